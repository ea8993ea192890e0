"""Tables: hairlines between rows, columns as wide as what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from app.kit.markdown.blocks import Block, Kind
from app.kit.markdown.inline import write_inline
from app.kit.markdown.look import Look, Style
from app.kit.markdown.table_columns import column_widths
from app.kit.theme import SECONDARY_PX

if TYPE_CHECKING:
    from markdown_it.token import Token

SIDE = 10
"""Pixels left free beside the words of a cell."""

UNBOUND = 1e5
"""Pixels that stand for any width at all."""

ROOMY = 1.1
"""How much wider than the font's average the characters of a word may be."""


def write_table(cursor: QTextCursor, block: Block, look: Look) -> None:
    """Insert a table block; `block.level` is 0 where its first row is the head."""
    rows = _rows(block.tokens)
    columns = max((len(row) for row in rows), default=0)
    if not columns:
        return
    room = cursor.document().textWidth()
    table = cursor.insertTable(len(rows), columns, _format(block.widths, columns, look, room))
    line = QBrush(QColor(look.tokens.line))
    for number, row in enumerate(rows):
        head = number == 0 and block.level == 0
        for column, (opening, inline) in enumerate(row):
            _write_cell(table, number, column, opening, inline, look, line, head=head)


def add_rows(document: QTextDocument, before: Block, now: Block, look: Look) -> bool:
    """Write the rows by which a table has grown; False, and nothing, where more is different."""
    same = (before.kind, before.level, before.widths) == (now.kind, now.level, now.widths)
    if not same or now.kind is not Kind.TABLE or not now.source.startswith(before.source + "\n"):
        return False
    rows, known = _rows(now.tokens), sum(token.type == "tr_open" for token in before.tokens)
    frames = document.rootFrame().childFrames()
    table = frames[0] if frames else None
    if not isinstance(table, QTextTable) or table.rows() != known or len(rows) <= known:
        return False
    if max(map(len, rows)) > table.columns():
        return False
    line = QBrush(QColor(look.tokens.line))
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    table.appendRows(len(rows) - known)
    for number in range(known, len(rows)):
        for column, (opening, inline) in enumerate(rows[number]):
            _write_cell(table, number, column, opening, inline, look, line, head=False)
    cursor.endEditBlock()
    return True


def _rows(tokens: Sequence[Token]) -> list[list[tuple[Token, Token]]]:
    """Each row as (cell's opening token, its inline token)."""
    rows: list[list[tuple[Token, Token]]] = []
    for at, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append((tokens[at - 1], token))
    return rows


def fit_table(document: QTextDocument, block: Block, look: Look) -> None:
    """Make the columns fit the document's width, which is another than it was written for."""
    frames = document.rootFrame().childFrames()
    table = frames[0] if frames else None
    if isinstance(table, QTextTable):
        table.setFormat(_format(block.widths, table.columns(), look, document.textWidth()))


def _format(widths: Sequence[int], columns: int, look: Look, room: float) -> QTextTableFormat:
    made = QTextTableFormat()
    made.setBorder(0)
    made.setCellSpacing(0)
    made.setCellPadding(0)
    made.setBorderCollapse(True)
    head = look.chars(Style(size=SECONDARY_PX, strong=True)).font()
    character = ROOMY * QFontMetricsF(head).averageCharWidth()
    pixels, fits = column_widths(
        widths,
        columns,
        character=character,
        beside=2 * SIDE + character,
        room=room if room > 0 else UNBOUND,
    )
    if not fits:
        fixed = QTextLength.Type.FixedLength
        made.setColumnWidthConstraints([QTextLength(fixed, width) for width in pixels])
        return made
    percent, whole = QTextLength.Type.PercentageLength, sum(pixels)
    made.setWidth(QTextLength(percent, 100))
    made.setColumnWidthConstraints([QTextLength(percent, 100 * w / whole) for w in pixels])
    return made


def _write_cell(
    table: QTextTable,
    row: int,
    column: int,
    opening: Token,
    inline: Token,
    look: Look,
    line: QBrush,
    *,
    head: bool,
) -> None:
    cell = table.cellAt(row, column)
    shape = QTextTableCellFormat()
    shape.setLeftPadding(SIDE)
    shape.setRightPadding(SIDE)
    lift = look.lift(SECONDARY_PX)
    shape.setTopPadding(max(0, 5 - lift))
    shape.setBottomPadding(5 + lift)
    shape.setBottomBorder(1)
    shape.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBottomBorderBrush(line)
    cell.setFormat(shape)
    cursor = cell.firstCursorPosition()
    paragraph = look.paragraph(SECONDARY_PX)
    side = opening.attrGet("style")
    # Also where the words are read from the right.
    meant = Qt.AlignmentFlag.AlignAbsolute
    if isinstance(side, str) and "right" in side:
        paragraph.setAlignment(meant | Qt.AlignmentFlag.AlignRight)
    elif isinstance(side, str) and "left" in side:
        paragraph.setAlignment(meant | Qt.AlignmentFlag.AlignLeft)
    elif isinstance(side, str) and "center" in side:
        paragraph.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    cursor.setBlockFormat(paragraph)
    style = Style(size=SECONDARY_PX, strong=head, color="text_2" if head else "text")
    write_inline(cursor, inline.children or (), look, style, html_breaks=True)
