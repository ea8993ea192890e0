"""Emphasis beside Chinese, Japanese and Korean text, where no spaces stand between words.

By CommonMark's rules `**注意：**请` is not strong, as a punctuation mark stands before the closing
stars and a letter after them. Here an ideograph beside the stars counts as a space would.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline


def add_cjk_emphasis(markdown: MarkdownIt) -> None:
    """Teach a parser to take stars beside ideographs for emphasis."""
    markdown.inline.ruler.before("emphasis", "cjk_emphasis", _emphasis)


def is_cjk(character: str) -> bool:
    """Whether it belongs to a script that is written without spaces (its punctuation too)."""
    return "\u2e80" <= character <= "\ua4cf" or "\uac00" <= character <= "\uffef"


def _emphasis(state: StateInline, silent: bool) -> bool:
    if silent or state.src[state.pos] != "*":
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == "*":
        end += 1
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[end] if end < state.posMax else " "
    if not (is_cjk(before) or is_cjk(after)):
        return False
    _push(state, end - state.pos, _may_begin(after, before), _may_begin(before, after))
    state.pos = end
    return True


def _may_begin(inside: str, outside: str) -> bool:
    """Whether emphasis may begin (or end) here, seen from within it."""
    from markdown_it.common.utils import isMdAsciiPunct, isPunctChar

    def is_mark(character: str) -> bool:
        return isMdAsciiPunct(ord(character)) or isPunctChar(character)

    if inside.isspace():
        return False
    return not is_mark(inside) or outside.isspace() or is_mark(outside) or is_cjk(outside)


def _push(state: StateInline, length: int, opens: bool, closes: bool) -> None:
    """Note a run of stars, as markdown-it's own rule does."""
    from markdown_it.rules_inline.state_inline import Delimiter

    for _ in range(length):
        token = state.push("text", "", 0)
        token.content = "*"
        place = len(state.tokens) - 1
        state.delimiters.append(Delimiter(ord("*"), length, place, -1, opens, closes))
