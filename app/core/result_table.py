"""Tables in an answer, and what they are copied as: cells stay cells wherever they are pasted.

What an answer says is data: a text that a spreadsheet would compute is marked as text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from app.core import batch_table
from app.core.batch import cell_text
from app.core.cell_format import cell_format
from app.core.spreadsheet import as_text

MOST_COLUMNS = 200
"""Columns that are told apart; a table of more is not meant to be read as one."""

EXACT_DIGITS = 15
"""Digits of a number that a spreadsheet keeps; of more it makes another number."""

_BREAK = re.compile(r"[\t\r\n]+")
_BORDER = "border:1px solid #c9cdca;padding:4px 8px"


@dataclass(frozen=True, slots=True)
class ResultTable:
    """Cells as they are read; each row has as many as there are `heads`.

    `title` is where it stands: a heading, or a path in JSON; empty where nothing says. `values`
    are the JSON values that cells stand for, where there are any, in the same order.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    values: tuple[tuple[Any, ...], ...] = field(default=(), compare=False, repr=False)


NO_TABLE = ResultTable((), ())


def tables_of(value: Any, heads: tuple[str, str]) -> tuple[ResultTable, ...]:
    """What of a JSON value is a table: lists of objects or of lists, and the fields of an object.

    `heads` are the words over the names and the values of fields.
    """
    made: list[ResultTable] = []
    if isinstance(value, dict):
        _take_object(value, "", heads, made)
    elif isinstance(value, list) and (table := _list_table(value, "")) is not None:
        made.append(table)
    return tuple(made)


def _take_object(
    value: dict[str, Any], path: str, heads: tuple[str, str], made: list[ResultTable]
) -> None:
    """The fields of an object, those of the objects in it by their path, then its lists."""
    fields: list[tuple[str, Any]] = []
    lists: list[ResultTable] = []

    def take(inner: dict[str, Any], before: str) -> None:
        for name, member in inner.items():
            place = f"{before}.{name}" if before else str(name)
            table = _list_table(member, place) if isinstance(member, list) else None
            if isinstance(member, dict) and member:
                take(member, place)
            elif table is not None:
                lists.append(table)
            else:
                fields.append((place, member))

    take(value, path)
    if fields:
        rows = tuple((place, cell_text(member)) for place, member in fields)
        made.append(ResultTable(heads, rows, path, tuple(fields)))
    made.extend(lists)


def _list_table(values: list[Any], title: str) -> ResultTable | None:
    """A list of objects, a column a name; of lists, the first of them as heads; else None."""
    if not values:
        return None
    if all(isinstance(value, dict) for value in values):
        names = tuple(dict.fromkeys(str(name) for value in values for name in value))
        if not 0 < len(names) <= MOST_COLUMNS:
            return None
        cells = tuple(tuple(value.get(name) for name in names) for value in values)
        return ResultTable(names, tuple(tuple(map(cell_text, row)) for row in cells), title, cells)
    if all(isinstance(value, list) for value in values) and len(values) > 1:
        made = even([[cell_text(cell) for cell in value[:MOST_COLUMNS]] for value in values], title)
        blank = [None] * len(made.heads)
        filled = (tuple([*value, *blank][: len(blank)]) for value in values[1:])
        return replace(made, values=tuple(filled))
    return None


def for_workbook(table: ResultTable) -> batch_table.Table:
    """The same for a spreadsheet's cells: numbers are numbers there, as far as they stay exact."""
    rows = table.values if len(table.values) == len(table.rows) else table.rows
    return batch_table.Table(table.heads, tuple(tuple(map(_cell, row)) for row in rows))


def _cell(value: Any) -> batch_table.Cell:
    if isinstance(value, int | float) and not isinstance(value, bool):
        exact = len(str(abs(value)).replace(".", "")) <= EXACT_DIGITS
        return value if exact else cell_text(value)
    return None if value is None else cell_text(value)


def even(rows: Sequence[Sequence[str]], title: str = "") -> ResultTable:
    """A table of rows, the first of which are its heads; short ones are filled up."""
    width = max(map(len, rows), default=0)
    filled = [(*row, *[""] * (width - len(row))) for row in rows]
    return ResultTable(filled[0] if filled else (), tuple(filled[1:]), title)


def _lines(table: ResultTable) -> Iterable[tuple[str, ...]]:
    """All that goes out: the heads, where there are any, and the rows."""
    return (table.heads, *table.rows) if any(table.heads) else table.rows


def tsv_text(table: ResultTable) -> str:
    """A line a row, a tab between cells: breaks and tabs in a cell become spaces."""
    rows = (map(as_text, row) for row in _lines(table))
    return "\n".join("\t".join(_BREAK.sub(" ", cell) for cell in row) for row in rows)


def csv_text(table: ResultTable) -> str:
    """RFC 4180: quoted where needed, lines end in CRLF."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    write.writerows(map(as_text, row) for row in _lines(table))
    return out.getvalue()


def markdown_text(table: ResultTable) -> str:
    """A pipe table; lines within a cell are broken by `<br>`."""
    return batch_table.markdown_text(batch_table.Table(table.heads, table.rows)).rstrip("\n")


def html_text(table: ResultTable) -> str:
    """A table with inline styles only; what could be computed is said to be text."""
    rows = [_html_row(table.heads, "th")] if any(table.heads) else []
    rows += [_html_row(row, "td") for row in table.rows]
    return f'<table style="border-collapse:collapse">{"".join(rows)}</table>'


def _html_row(cells: Sequence[str], name: str) -> str:
    return f"<tr>{''.join(_html_cell(cell, name) for cell in cells)}</tr>"


def _html_cell(cell: str, name: str) -> str:
    # Excel reads the style, LibreOffice the attribute; the words stay as they are for both.
    words = escape(cell).replace("\n", '<br style="mso-data-placement:same-cell">')
    shape = cell_format(cell)
    if not shape:
        return f'<{name} style="{_BORDER}">{words}</{name}>'
    in_style = re.sub(r"[@.,]", r"\\\g<0>", shape)
    style = f"{_BORDER};mso-number-format:'{in_style}'"
    return f'<{name} style="{style}" sdnum="1033;0;{shape}">{words}</{name}>'
