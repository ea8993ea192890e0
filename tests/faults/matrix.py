"""The network matrix: all its rows."""

from __future__ import annotations

from tests.faults import matrix_refusals, matrix_streams
from tests.faults.matrix_row import Row

ROWS: dict[str, Row] = {row.name: row for row in (*matrix_refusals.ROWS, *matrix_streams.ROWS)}
assert len(ROWS) == len(matrix_refusals.ROWS) + len(matrix_streams.ROWS), "two rows of one name"
