"""Markdown text to markdown-it tokens: what we switch on, and when we do not parse at all.

CommonMark with tables, strike-through, footnotes and math. HTML is no part of it: it stays text.
Addresses are not judged here; whoever writes a link decides whether it is one
(`links.web_address`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.kit.markdown.budget import PARSE, Budget, TooIntricateError, add_budget

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

NESTING = 120
"""How deep quotes, lists and their items may stand in each other."""


def load_parser() -> None:
    """Import what parsing takes; may run in a thread."""
    MarkdownParser().warm()


class MarkdownParser:
    """Parses with one markdown-it, imported and made at the first text."""

    def __init__(self) -> None:
        self._markdown: MarkdownIt | None = None
        self._budget = Budget()
        self._busy = False
        self.work = 0
        """Units of work done so far (`budget`), for those who share a frame's time."""

    def parse(self, text: str, env: dict[str, Any]) -> list[Token] | None:
        """The tokens of `text`, or None where parsing would take too long.

        `env` carries definitions of links and footnotes from one text to the next. A paragraph
        that alone is too much has `budget.PLAIN` in its token's `meta`.
        """
        if self._markdown is None:
            self._markdown = _make(self._budget)
        if self._busy:
            # Asked by a text that is being parsed: its budget pays.
            return self._markdown.parse(text, env)
        self._budget.left = PARSE
        self._busy = True
        try:
            return self._markdown.parse(text, env)
        except (TooIntricateError, RecursionError):
            return None
        finally:
            self._busy = False
            self.work += min(PARSE, PARSE - self._budget.left) + len(text)

    def warm(self) -> None:
        """Import and make the parser now, so that the first answer does not wait for it."""
        self.parse("warm", {})


def _make(budget: Budget) -> MarkdownIt:
    from markdown_it import MarkdownIt

    from app.kit.markdown.address_rules import add_addresses
    from app.kit.markdown.cjk_rules import add_cjk_emphasis
    from app.kit.markdown.footnote_rules import add_footnotes
    from app.kit.markdown.math_rules import add_math

    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": NESTING}).enable(
        ["table", "strikethrough"]
    )
    markdown.disable(["html_block", "html_inline"])
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]
    add_addresses(markdown)
    add_math(markdown)
    add_cjk_emphasis(markdown)
    add_footnotes(markdown)
    add_budget(markdown, budget, NESTING)
    return markdown
