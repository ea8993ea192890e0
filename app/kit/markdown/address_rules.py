"""Addresses that stand in a text written out (`https://…`) become links of their own.

As a rule of the parser it comes before emphasis, so that stars in an address stay in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.kit.markdown.links import address_end

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline


def add_addresses(markdown: MarkdownIt) -> None:
    """Teach a parser to make links of bare addresses; their tokens' `markup` is `bare`."""
    markdown.inline.ruler.before("newline", "address", _address)


def _address(state: StateInline, silent: bool) -> bool:
    """At the colon behind `https`, which is pending as text by then."""
    source, colon = state.src, state.pos
    if not source.startswith("://", colon) or state.linkLevel:
        return False
    scheme = "https" if state.pending.endswith("https") else "http"
    if not state.pending.endswith(scheme):
        return False
    start = colon - len(scheme)
    before = source[start - 1 : start] if start else ""
    if before.isascii() and before.isalnum():
        return False
    end = address_end(source, start, state.posMax)
    if not end:
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme)]
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": source[start:end]}
        opening.markup, opening.info = "bare", "auto"
        state.push("text", "", 0).content = source[start:end]
        closing = state.push("link_close", "a", -1)
        closing.markup, closing.info = "bare", "auto"
    state.pos = end
    return True
