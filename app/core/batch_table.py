"""A batch's results as a table, and the table as CSV, Markdown and JSON lines.

Where the answers are JSON objects, their fields are the columns. What an answer says is data
wherever it goes: a text that a spreadsheet would take for a formula is marked as text.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.core.batch import BatchRow, cell_text, json_object
from app.core.spreadsheet import as_text

MOST_FIELDS = 200
"""Columns for fields; what an answer has beyond them stands in `more`, as JSON."""

BEFORE, AFTER = ("file", "state"), ("seconds", "cost_usd", "problem", "path")
"""The columns that are ours, on both sides of what was answered."""

Cell = str | int | float | None


class TableFormat(StrEnum):
    """Each is also the ending of a file's name."""

    CSV = "csv"
    JSONL = "jsonl"
    MARKDOWN = "md"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Table:
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table_of(results: Sequence[tuple[BatchRow, str]]) -> Table:
    """A row a file: name, state, the answer or its fields, seconds, USD, what failed, path."""
    objects = [json_object(text) for _, text in results]
    names: dict[str, None] = {}
    for found in objects:
        for key in found or ():
            if len(names) < MOST_FIELDS:
                names.setdefault(str(key))
    plain = not names or any(text and not found for (_, text), found in _pairs(results, objects))
    more = any(found and len(found.keys() - names.keys()) for found in objects)
    said = (*map(_own, names), *(["result"] if plain else []), *(["more"] if more else []))
    heads = (*BEFORE, *said, *AFTER)
    return Table(heads, tuple(_row(row, text, found, names, plain, more)
                              for (row, text), found in _pairs(results, objects)))  # fmt: skip


def _own(name: str) -> str:
    """The head of a field: an address has a state too, and programs read columns by their names."""
    return f"{name} (answer)" if name in (*BEFORE, *AFTER, "result", "more") else name


def _pairs(
    results: Sequence[tuple[BatchRow, str]], objects: Sequence[dict[str, Any] | None]
) -> list[tuple[tuple[BatchRow, str], dict[str, Any] | None]]:
    return list(zip(results, objects, strict=True))


def _row(
    row: BatchRow,
    text: str,
    found: dict[str, Any] | None,
    names: dict[str, None],
    plain: bool,
    more: bool,
) -> tuple[Cell, ...]:
    given = found or {}
    cells: list[Cell] = [_cell(given.get(name)) for name in names]
    if plain:
        cells.append("" if found else text)
    if more:
        rest = {key: value for key, value in given.items() if key not in names}
        cells.append(cell_text(rest) if rest else "")
    seconds = round(row.took, 2) if row.took is not None else None
    return (row.name, row.state.value, *cells, seconds, row.cost, problem_of(row), row.path)


def problem_of(row: BatchRow) -> str:
    """Why there is no result, or none to rely on, in the words of whoever refused it."""
    if row.problem is not None:
        return row.problem.value
    if row.failure is not None:
        return row.failure.message or row.failure.kind.value
    return "cut short" if row.cut else ""


def _cell(value: Any) -> Cell:
    """Numbers stay numbers where every program reads them alike; all else is text."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return cell_text(value)
    exact = abs(value) < 10**15 and math.isfinite(value)
    return value if exact else str(value)


def csv_text(table: Table) -> str:
    """For spreadsheets; a text that one would compute has an apostrophe before it."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    for cells in (table.heads, *table.rows):
        write.writerow([_safe(cell) for cell in cells])
    return out.getvalue()


def _safe(cell: Cell) -> Cell:
    return as_text(cell) if isinstance(cell, str) else cell


def markdown_text(table: Table) -> str:
    """A pipe table; lines within a cell are broken by `<br>`."""
    lines = [_pipes(table.heads), _pipes(["---"] * len(table.heads))]
    lines += [_pipes(cells) for cells in table.rows]
    return "\n".join(lines) + "\n"


def _pipes(cells: Sequence[Cell]) -> str:
    return f"| {' | '.join(_in_pipes(cell) for cell in cells)} |"


def _in_pipes(cell: Cell) -> str:
    text = "" if cell is None else str(cell)
    text = text.strip().replace("\\", "\\\\").replace("|", "\\|")
    return "<br>".join(text.splitlines())


def jsonl_text(results: Sequence[tuple[BatchRow, str]]) -> str:
    """An object a file, the answer as it came: parsed where it is a JSON object, else its text."""
    return "".join(f"{json.dumps(_object(*one), ensure_ascii=False)}\n" for one in results)


def _object(row: BatchRow, text: str) -> dict[str, Any]:
    found = json_object(text)
    kept = {
        "file": row.name,
        "path": row.path,
        "state": row.state.value,
        "result": (found if found is not None else text) if text else None,
        "seconds": row.took,
        "cost_usd": row.cost,
        "problem": problem_of(row) or None,
    }
    return {name: value for name, value in kept.items() if value is not None}
