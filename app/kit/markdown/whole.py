"""A text that is whole, in chunks that are parsed when they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from app.kit.markdown.blocks import Block, Context, Kind
from app.kit.markdown.footnote_rules import NOTES, definition
from app.kit.markdown.link_definitions import are_definitions
from app.kit.markdown.long_code import long_code
from app.kit.markdown.parser import MarkdownParser
from app.kit.markdown.reading import parse_units
from app.kit.markdown.split import Chunk, chunks

DEFINITIONS = 1000
"""Links and footnotes that are known everywhere in a text; later ones at best where they stand."""

_DEFINITION = re.compile(r"^ {0,3}\[([^\]\n]{1,200})\]:[ \t]*\S[^\n]{0,2000}$", re.MULTILINE)


class WholeText:
    """A text that is whole, in chunks that are parsed when they are asked for."""

    def __init__(self, text: str, parser: MarkdownParser) -> None:
        self._parser = parser
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        links, notes = _definitions(text)
        self._env: dict[str, Any] = {NOTES: notes}
        if links:
            self._env["references"] = _References(links, parser)
        self.chunks: list[Chunk] = list(chunks(text))

    def blocks(self, chunk: Chunk) -> Iterator[Block]:
        """The blocks of one of the chunks."""
        if not chunk.context.head and are_definitions(chunk.text):
            return
        if (code := long_code(chunk.text, self._parser, chunk.context)) is not None:
            yield code
            return
        context = self._with_widths(chunk.context)
        for unit in parse_units(chunk.text, self._parser, self._env, context=context):
            yield from unit.blocks

    def _with_widths(self, context: Context) -> Context:
        if not context.sample:
            return context
        first = parse_units(context.sample, self._parser, {})
        blocks = first[0].blocks if first else ()
        table = next((block for block in blocks if block.kind is Kind.TABLE), None)
        return replace(context, widths=table.widths if table else (), sample="")


class _References(dict[str, Any]):
    """Link references by their normal name; each is read when somebody asks for it."""

    def __init__(self, lines: dict[str, str], parser: MarkdownParser) -> None:
        super().__init__()
        self._lines = lines
        self._parser = parser

    def get(self, name: str, default: Any = None) -> Any:
        line = self._lines.pop(name, None)
        if line is not None and name not in self:
            env: dict[str, Any] = {}
            self._parser.parse(line, env)
            self.update(env.get("references", {}))
        return super().get(name, default)


def _definitions(text: str) -> tuple[dict[str, str], set[str]]:
    """The lines that define link references, by normal name, and the names of footnotes."""
    links: dict[str, str] = {}
    notes: set[str] = set()
    if "]:" not in text:
        return links, notes
    for number, match in enumerate(_DEFINITION.finditer(text)):
        if number == DEFINITIONS:
            break
        if name := definition(match.group()):
            notes.add(name)
        else:
            links.setdefault(_normal(match[1]), match.group())
    return links, notes


def _normal(name: str) -> str:
    """A link's name as the parser looks it up."""
    from markdown_it.common.utils import normalizeReference

    return normalizeReference(name)
