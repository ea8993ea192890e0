"""Footnotes among Markdown: `[^1]` in a sentence, and `[^1]: …` where the note itself stands.

A note is shown where it was written, under the name that it was given; nothing is counted or moved,
so that a text that still arrives never changes what is shown of it already.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

ARRIVING = "arriving"
"""In `env` while the text is not whole: the names that were taken for a note's, as they may be."""

NOTES = "footnotes"
"""In `env`: the names that have a note."""

_MARK = re.compile(r"\[\^([^\s\[\]^`*<>\\]{1,60})\]")
_DEFINITION = re.compile(r"\[\^([^\s\[\]^`*<>\\]{1,60})\]:[ \t]*")


def add_footnotes(markdown: MarkdownIt) -> None:
    """Teach a parser the tokens `footnote_ref` and `footnote_open`/`_close`.

    `content` of the first and `info` of the second are the note's name.
    """
    markdown.inline.ruler.before("link", "footnote_ref", _reference)
    alternatives = ["paragraph", "reference", "blockquote", "list"]
    markdown.block.ruler.before("reference", "footnote", _definition, {"alt": alternatives})


def is_mark(name: str, env: MutableMapping[str, Any]) -> bool:
    """Whether `[^name]` refers to a note: it has one, may still get one, or is a number."""
    if name.isdecimal() or name in env.get(NOTES, ()):
        return True
    if ARRIVING not in env:
        return False
    env[ARRIVING].add(name)
    return True


def definition(line: str) -> str:
    """The name of the note that begins with this line, or empty."""
    match = _DEFINITION.match(line.lstrip(" "))
    return match[1] if match else ""


def _reference(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    match = _MARK.match(state.src, state.pos, state.posMax)
    if match is None or not is_mark(match[1], state.env):
        return False
    if not silent:
        token = state.push("footnote_ref", "", 0)
        token.content = match[1]
        token.markup = match.group()
    state.pos = match.end()
    return True


def _definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A note: the rest of its line, and what is indented by four below it."""
    if state.is_code_block(start_line):
        return False
    begin = state.bMarks[start_line] + state.tShift[start_line]
    match = _DEFINITION.match(state.src, begin, state.eMarks[start_line])
    if match is None:
        return False
    if silent:
        return True
    state.env.setdefault(NOTES, set()).add(match[1])
    opening = state.push("footnote_open", "", 1)
    opening.info = match[1]
    opening.block = True
    opening.map = [start_line, 0]

    before = state.parentType, state.blkIndent
    first = (state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line])
    state.bMarks[start_line] = match.end()
    state.tShift[start_line] = 0
    state.sCount[start_line] = state.blkIndent + 4
    state.blkIndent += 4
    # A paragraph's later lines need no indent, as in a quote.
    state.parentType = "blockquote"
    state.md.block.tokenize(state, start_line, end_line)
    state.parentType, state.blkIndent = before
    state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line] = first

    opening.map[1] = state.line
    state.push("footnote_close", "", -1).block = True
    return True
