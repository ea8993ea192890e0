"""How much work one text may be: counted while the parser runs, and the same on every machine.

Counted is work, not time, so that a text is laid out today as it was yesterday. A paragraph that
takes too much becomes text as it came; what is too deep or too wide in blocks fails the whole text.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

PARSE, WORDS = 40_000, 28_000
"""Units of work for one text, and for one paragraph; a unit is about a third of a microsecond."""

LOOK, STEP, BRACKET, LINE, CELL = 1, 9, 36, 10, 14
"""Units: a look back at what is known, a step among words, one at a bracket, a try at a
line, a cell of a table."""

COLUMNS = 24
"""A table with more of them is plain: its rows cost more to lay out than a frame has."""

PLAIN_ROWS = 3000
"""Characters of such a table that are a paragraph together."""

PLAIN = "plain"
"""Set in the `meta` of an `inline` token whose words were too much: its child is the bare text."""


_DELIMITERS = re.compile(r"[ \t>]*+[:\- \t]*+\|[|:\- \t]*+")


class TooIntricateError(Exception):
    """The text is more work than it may be."""


class Budget:
    """What is left of the work that one text may be."""

    def __init__(self) -> None:
        self.left = PARSE

    def spend(self, units: int) -> None:
        """Raises TooIntricateError when nothing is left."""
        self.left -= units
        if self.left < 0:
            raise TooIntricateError


def add_budget(markdown: MarkdownIt, budget: Budget, deepest: int) -> None:
    """Teach a parser to count its work, and to fail where it would drop what is nested deeper."""
    skip_token = markdown.inline.skipToken

    def counted_skip(state: StateInline) -> None:
        budget.spend(LOOK)
        skip_token(state)

    def count_step(state: StateInline, silent: bool) -> bool:
        budget.spend(BRACKET if state.src[state.pos] in "[!" else STEP)
        return False

    def count_line(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        budget.spend(LINE + state.level)
        if state.level >= deepest - 2:
            raise TooIntricateError
        return False

    def words(state: StateCore) -> None:
        for token in state.tokens:
            if token.type == "inline":
                _read_words(markdown, token, state.env, budget)

    markdown.inline.skipToken = counted_skip  # type: ignore[method-assign] # no rule is asked there
    markdown.inline.ruler.before("text", "count", count_step)
    alternatives = ["paragraph", "reference", "blockquote", "list"]
    markdown.block.ruler.before("table", "count", count_line, {"alt": alternatives})
    _count_tables(markdown, budget, alternatives[:2])
    markdown.core.ruler.at("inline", words)


def _count_tables(markdown: MarkdownIt, budget: Budget, alternatives: list[str]) -> None:
    """Pay for a table's cells before they are made: short rows are filled up to all columns."""
    from markdown_it.rules_block.table import table

    def counted_table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        if silent or start_line + 2 > end_line:
            return table(state, start_line, end_line, silent)
        begin, end = state.bMarks[start_line + 1], state.eMarks[start_line + 1]
        if _DELIMITERS.fullmatch(state.src, begin, end):
            columns = state.src[begin:end].strip(" \t>|").count("|") + 1
            if columns > COLUMNS and table(state, start_line, end_line, True):
                _leave_rows(state, start_line, end_line)
                return True
            row = start_line + 2
            while row < end_line and not state.isEmpty(row):
                row += 1
            budget.spend(CELL * columns * (row - start_line - 2))
        return table(state, start_line, end_line, silent)

    markdown.block.ruler.at("table", counted_table, {"alt": alternatives})


def _leave_rows(state: StateBlock, start_line: int, end_line: int) -> None:
    """Take a table for paragraphs of plain text, its head for one of its own."""
    whole = state.push("wide_table_open", "", 1)
    line = start_line
    while line < end_line and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        first, room = line, PLAIN_ROWS if line > start_line else 0
        while line < end_line and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
            room -= state.eMarks[line] - state.bMarks[line]
            if room < 0 and line - first > 1:
                break
            line += 1
        opening = state.push("paragraph_open", "p", 1)
        opening.map = [first, line]
        words = state.push("inline", "", 0)
        words.meta[PLAIN] = True
        words.content = state.getLines(first, line, state.blkIndent, False)
        state.push("paragraph_close", "p", -1)
    whole.map = [start_line, line]
    state.push("wide_table_close", "", -1)
    state.line = line


def _read_words(
    markdown: MarkdownIt, token: Token, env: MutableMapping[str, Any], budget: Budget
) -> None:
    """Read the words of one paragraph or cell, or leave them as they came."""
    token.children = []
    if token.meta.get(PLAIN):
        token.children = [_bare(token.content)]
        return
    if not token.content:
        return
    kept, budget.left = max(0, budget.left - WORDS), min(budget.left, WORDS)
    try:
        budget.spend(CELL)
        markdown.inline.parse(token.content, markdown, env, token.children)
    except (TooIntricateError, RecursionError):
        token.meta[PLAIN] = True
        token.children = [_bare(token.content)]
    budget.left = max(0, budget.left) + kept


def _bare(text: str) -> Token:
    from markdown_it.token import Token

    return Token("text", "", 0, content=text)
