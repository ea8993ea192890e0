"""Tables found in recognised text: rows whose cells stand in common columns."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from app.core.ports import TextLine
from app.core.reading_order import Row, regions

Table = tuple[tuple[str, ...], ...]
"""Rows of cells, all of one length; an empty cell is an empty string."""

LEAST_ROWS = 2
FILLED = 0.6  # the share of cells that hold text
ROW_GAP = 2.5  # rows farther apart than so many heights belong to different tables


def find_tables(lines: Sequence[TextLine]) -> list[Table]:
    """Every table, from the top; none where columns cannot be told for certain."""
    tables = [_table(run) for region in regions(lines) for run in _runs(region)]
    return [table for table in tables if table is not None]


def to_markdown(table: Table) -> str:
    """The table in Markdown, its first row as the heading."""
    rows = ["| " + " | ".join(_escaped(cell) for cell in row) + " |" for row in table]
    rule = "|" + " --- |" * len(table[0])
    return "\n".join([rows[0], rule, *rows[1:]])


def _runs(rows: list[Row]) -> list[list[Row]]:
    """Rows of at least two cells that follow each other closely, in the same columns."""
    runs: list[list[Row]] = []
    previous: Row = ()
    for row in rows:
        if len(row) > 1:
            joins = len(previous) > 1 and _close(previous, row) and _fits(runs[-1], row)
            if joins:
                runs[-1].append(row)
            else:
                runs.append([row])
        previous = row
    return [run for run in runs if len(run) >= LEAST_ROWS]


def _close(above: Row, below: Row) -> bool:
    height = median(p.bottom - p.top for p in above + below)
    return min(p.top for p in below) - max(p.bottom for p in above) < ROW_GAP * height


def _fits(run: list[Row], row: Row) -> bool:
    """Whether the row's cells keep the columns apart, and stand in line with those above."""
    before, after = _columns(run), _columns([*run, row])
    if len(after) < max(len(before), len(row)):
        return False
    above = [piece for other in run for piece in other]
    return sum(any(_in_line(piece, other) for other in above) for piece in row) >= 2


def _in_line(piece: TextLine, other: TextLine) -> bool:
    reach = 0.6 * (piece.bottom - piece.top)
    middles = (piece.left + piece.right - other.left - other.right) / 2
    offsets = (piece.left - other.left, piece.right - other.right, middles)
    return any(abs(offset) < reach for offset in offsets)


def _columns(rows: list[Row]) -> list[tuple[float, float]]:
    """The stretches from left to right that hold cells, with clear space between them."""
    columns: list[tuple[float, float]] = []
    for piece in sorted((piece for row in rows for piece in row), key=lambda p: p.left):
        if columns and piece.left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], piece.right))
        else:
            columns.append((piece.left, piece.right))
    return columns


def _table(rows: list[Row]) -> Table | None:
    columns = _columns(rows)
    cells = sum(len(row) for row in rows)
    if len(columns) < 2 or cells < FILLED * len(columns) * len(rows):
        return None
    return tuple(
        tuple(
            " ".join(p.text for p in row if left <= (p.left + p.right) / 2 <= right)
            for left, right in columns
        )
        for row in rows
    )


def _escaped(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("|", "\\|")
