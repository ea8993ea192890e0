"""A table as an Excel workbook, through XlsxWriter; every text is text, never a formula or link."""

from __future__ import annotations

import io
from typing import Any

from app.core.batch_table import Cell, Table

LONGEST_CELL = 32_767
"""What Excel takes in a cell, in units of UTF-16; of longer texts the begin is written."""
CUT = "… [cut here: a cell holds no more; CSV and JSON lines have all of it]"
"""Ends such a text."""
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
WIDTHS = {"file": 28, "result": 60, "path": 40}
WIDTH = 16


def xlsx_bytes(table: Table) -> bytes:
    """The workbook; blocks."""
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for column, head in enumerate(table.heads[:MOST_COLUMNS]):
            sheet.write_string(0, column, fitted(head), bold)
            sheet.set_column(column, column, WIDTHS.get(head, WIDTH), wrapped)
        for line, cells in enumerate(table.rows[: MOST_ROWS - 1], start=1):
            for column, cell in enumerate(cells[:MOST_COLUMNS]):
                _write(sheet, line, column, cell)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, len(table.rows)), max(0, len(table.heads) - 1))
    return out.getvalue()


def fitted(text: str) -> str:
    """As much of a text as a cell holds; says so where that is not all of it."""
    text = text.encode("utf-8", "replace").decode()
    # None takes more than two units: most texts need no counting.
    if len(text) * 2 <= LONGEST_CELL or len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL:
        return text
    room = (LONGEST_CELL - len(CUT)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT


def _write(sheet: Any, line: int, column: int, cell: Cell) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(line, column, fitted(cell))
    else:
        sheet.write_number(line, column, cell)
