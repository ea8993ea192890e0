"""Part of a table: the cells that a stretch of its document takes, as a table of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextDocument, QTextTable

from app.kit.markdown.blocks import Block

if TYPE_CHECKING:
    from markdown_it.token import Token

_DELIMITERS = {"text-align:right": "--:", "text-align:center": ":-:", "text-align:left": ":--"}


@dataclass(frozen=True, slots=True)
class Cells:
    """Rows and columns from 0, the last ones included; `start` and `end` are their characters."""

    top: int
    left: int
    bottom: int
    right: int
    start: int
    end: int


def cells_of(document: QTextDocument, start: int, end: int) -> Cells | None:
    """The cells between two places: from cell to cell a rectangle, from or to outside whole rows.

    None where both are in one cell, and where the document has no table.
    """
    frames = document.rootFrame().childFrames()
    table = frames[0] if frames else None
    if not isinstance(table, QTextTable):
        return None
    first, last = table.cellAt(start), table.cellAt(end)
    if first.isValid() and first == last:
        return None
    top = first.row() if first.isValid() else 0
    bottom = last.row() if last.isValid() else table.rows() - 1
    columns = (0, table.columns() - 1)
    if first.isValid() and last.isValid():
        columns = min(first.column(), last.column()), max(first.column(), last.column())
    left, right = columns
    begin = table.cellAt(top, left).firstPosition()
    return Cells(top, left, bottom, right, begin, table.cellAt(bottom, right).lastPosition())


def table_of(block: Block, cells: Cells) -> Block:
    """These cells of a table block; `source` is that of the whole block (see `table_markdown`)."""
    tokens: list[Token] = []
    for opening, row, closing in _rows(block)[cells.top : cells.bottom + 1]:
        taken = row[cells.left : cells.right + 1]
        tokens += [opening, *(token for cell in taken for token in cell), closing]
    return replace(block, tokens=tuple(tokens), level=block.level + cells.top)


def table_markdown(block: Block, *, head: bool) -> str:
    """The rows of a table block as Markdown. `head`: the first is to be one."""
    lines: list[str] = []
    for _opening, row, _closing in _rows(block):
        lines.append(_line([inline.content.replace("|", "\\|") for _td, inline, _end in row]))
        if head and len(lines) == 1:
            sides = (str(td.attrGet("style") or "") for td, _inline, _end in row)
            lines.append(_line([_DELIMITERS.get(side, "---") for side in sides]))
    return "\n".join(lines)


def _rows(block: Block) -> list[tuple[Token, list[tuple[Token, Token, Token]], Token]]:
    """Each row between its own tokens, each cell as three: its words between its own."""
    made: list[tuple[Token, list[tuple[Token, Token, Token]], Token]] = []
    tokens, opening = block.tokens, 0
    row: list[tuple[Token, Token, Token]] = []
    for at, token in enumerate(tokens):
        if token.type == "tr_open":
            opening, row = at, []
        elif token.type == "inline":
            row.append((tokens[at - 1], token, tokens[at + 1]))
        elif token.type == "tr_close":
            made.append((tokens[opening], row, token))
    return made


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
