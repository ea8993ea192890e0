"""Markdown text to markdown-it tokens: what we switch on, and when we do not parse at all.

CommonMark with tables, strike-through and math. HTML is no part of it: it stays text. Addresses
are not judged here; whoever writes a link decides whether it is one (`links.web_address`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

DEPTH_LIMIT = 40
BRACKETS_LIMIT = 1500
PIPES_LIMIT = 20_000
"""Open brackets in a paragraph, brackets and bars in all. Past these the parser's time grows with
the square of the text and worse: the text is shown as it is."""

NESTING = 100
"""How deep quotes and lists may stand in each other; the parser drops what is deeper."""

_TOO_DEEP = re.compile(r"^[ \t]{80,}(?:[-*+]|\d+[.)])[ \t]|^(?:[ \t]*>){45}", re.MULTILINE)
_BRACKETS = re.compile(r"[\[\]]|\n[ \t]*\n")


class MarkdownParser:
    """Parses with one markdown-it, imported and made at the first text."""

    def __init__(self) -> None:
        self._markdown: MarkdownIt | None = None

    def parse(self, text: str, env: dict[str, Any]) -> list[Token] | None:
        """The tokens of `text`, or None where parsing would take too long.

        `env` carries link reference definitions from one text to the next.
        """
        if too_much(text):
            return None
        if self._markdown is None:
            self._markdown = _make()
        return self._markdown.parse(text, env)

    def warm(self) -> None:
        """Import and make the parser now, so that the first answer does not wait for it."""
        self.parse("warm", {})


def too_much(text: str) -> bool:
    """Whether this text would keep the parser busy for too long."""
    brackets = text.count("[")
    if _TOO_DEEP.search(text) or brackets > BRACKETS_LIMIT or text.count("|") > PIPES_LIMIT:
        return True
    if brackets <= DEPTH_LIMIT:
        return False
    depth = 0
    for match in _BRACKETS.finditer(text):
        mark = match.group()
        depth = depth + 1 if mark == "[" else max(0, depth - 1) if mark == "]" else 0
        if depth > DEPTH_LIMIT:
            return True
    return False


def _make() -> MarkdownIt:
    from markdown_it import MarkdownIt

    from app.kit.markdown.cjk_rules import add_cjk_emphasis
    from app.kit.markdown.math_rules import add_math

    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": NESTING}).enable(
        ["table", "strikethrough"]
    )
    markdown.disable(["html_block", "html_inline"])
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]
    add_math(markdown)
    add_cjk_emphasis(markdown)
    return markdown
