"""A table of an answer as Qt's views take it: rows come to it while it is looked at, and sorted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCollator,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QFont

from app.core.result_table import NO_TABLE, ResultTable

Index = QModelIndex | QPersistentModelIndex
_NUMBER = re.compile(r"[\s¥$€£￥]*([+\-−]?)[\s¥$€£￥]*(\d[\d,\s]*(?:\.\d+)?|\.\d+)\s*\D{0,4}")

_TOTAL = re.compile(
    r"(?:(?:grand |sub-?|net )?(?:total|sum)(?: (?:due|amount|paid))?|amount due|balance due"
    r"|[总合小共]\s*[计計]|總[计計]|总额|總額|总金额|实付(?:金额)?|应付(?:金额)?)\s*[:：]?",
    re.IGNORECASE,
)


class ResultTableModel(QAbstractTableModel):
    """Cells as text."""

    def __init__(self) -> None:
        super().__init__()
        self.table = NO_TABLE

    def show(self, table: ResultTable) -> None:
        """Show a table; where it is the one before with more in it, only that is new."""
        before = self.table
        known = len(before.rows)
        last = max(known - 1, 0)
        grew = table.heads == before.heads and len(table.rows) >= known
        if not grew or table.rows[:last] != before.rows[:last] or not before.heads:
            self.beginResetModel()
            self.table = table
            self.endResetModel()
            return
        if known and table.rows[last] != before.rows[last]:
            self.table = ResultTable(table.heads, table.rows[:known], table.title)
            self.dataChanged.emit(self.index(last, 0), self.index(last, len(table.heads) - 1))
        if len(table.rows) > known:
            self.beginInsertRows(QModelIndex(), known, len(table.rows) - 1)
            self.table = table
            self.endInsertRows()
        self.table = table

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.table.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        text = self.table.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text.replace("\n", " ")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return text
        if role == Qt.ItemDataRole.FontRole and is_total(self.table.rows[index.row()]):
            font = QFont()
            font.setBold(True)
            return font
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return self.table.heads[section] if section < len(self.table.heads) else None


class SortedTable(QSortFilterProxyModel):
    """Numbers by what they count, words by the language's order; unsorted as it came."""

    def __init__(self) -> None:
        super().__init__()
        self._order = QCollator()
        self._order.setNumericMode(True)

    def lessThan(self, left: Index, right: Index) -> bool:
        rows = self._rows()
        one = rows[left.row()][left.column()]
        other = rows[right.row()][right.column()]
        numbers = number_in(one), number_in(other)
        if numbers[0] is not None and numbers[1] is not None:
            return numbers[0] < numbers[1]
        if (numbers[0] is None) is not (numbers[1] is None):
            return numbers[0] is not None
        return self._order.compare(one, other) < 0

    def _rows(self) -> tuple[tuple[str, ...], ...]:
        model = self.sourceModel()
        assert isinstance(model, ResultTableModel)
        return model.table.rows


def is_total(row: Sequence[str]) -> bool:
    """Whether a row sums up others: it is called so, and counts something."""
    name = next((cell for cell in row if cell.strip()), "")
    named = _TOTAL.fullmatch(name.strip()) is not None
    return named and any(number_in(cell) is not None for cell in row)


def number_in(cell: str) -> float | None:
    """What a cell counts: with a currency before it, or a short unit behind it; else None."""
    match = _NUMBER.fullmatch(cell)
    if match is None:
        return None
    value = float(re.sub(r"[,\s]", "", match[2]))
    return -value if match[1] in ("-", "−") and match[1] else value
