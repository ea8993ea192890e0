"""Code of very many lines, read without the parser: it would look at every character of it."""

from __future__ import annotations

import re
from dataclasses import replace

from app.kit.markdown.blocks import Block, CodeText, Context, Kind
from app.kit.markdown.outline import inner_indent
from app.kit.markdown.parser import MarkdownParser
from app.kit.markdown.reading import parse_units

LONG = 20_000
"""Characters."""

_FENCE = re.compile(r"( *)(`{3,}|~{3,})[^\n]*\n")


def long_code(text: str, parser: MarkdownParser, context: Context) -> Block | None:
    """The block of a text that is long code between fences and nothing else; else None."""
    opening = _FENCE.match(text) if len(text) > LONG else None
    if opening is None or context.rows:
        return None
    last = text.rfind("\n", 0, len(text.rstrip("\n"))) + 1
    mark, end = opening[2], text[last:].strip()
    is_closed = end.startswith(mark) and not end.strip(mark[0])
    inside = text[opening.end() : last].removesuffix("\n") if is_closed else text[opening.end() :]
    lines = _undented(inside, len(opening[1]), len(inner_indent(context)))
    if lines is None:
        return None
    found = parse_units(opening.group() + text[last:] * is_closed, parser, {}, context=context)
    blocks = [block for unit in found for block in unit.blocks]
    if len(blocks) != 1 or blocks[0].kind is not Kind.CODE or blocks[0].code is None:
        return None
    code = CodeText(blocks[0].code.language, lines)
    return replace(blocks[0], source=text.rstrip("\n"), code=code)


def _undented(text: str, indent: int, least: int) -> list[str] | None:
    """The lines without their indent; None where one may end the list that the code stands in."""
    lines = text.removesuffix("\n").replace("\x00", "\ufffd").split("\n")
    if not indent:
        return lines
    made: list[str] = []
    for line in lines:
        bare = line.lstrip(" ")
        spaces = len(line) - len(bare)
        if bare.startswith("\t") or (bare and spaces < least):
            return None
        made.append(line[min(indent, spaces) :])
    return made
