"""A table of an answer as Qt's views take it: rows come to it while it is looked at, and sorted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cmp_to_key
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCollator,
    QModelIndex,
    QPersistentModelIndex,
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
    """Cells as text. Sorted, numbers stand by what they count and words in the language's order."""

    def __init__(self) -> None:
        super().__init__()
        self.table = NO_TABLE
        self._places: list[int] = []
        self._column, self._way = -1, Qt.SortOrder.AscendingOrder
        self._words = QCollator()
        self._words.setNumericMode(True)

    @property
    def places(self) -> tuple[int, ...]:
        """Which row of the table stands in each row that is shown."""
        return tuple(self._places)

    def row(self, row: int) -> tuple[str, ...]:
        """The cells of a row as it is shown."""
        return self.table.rows[self._places[row]]

    def show(self, table: ResultTable) -> None:
        """Show a table; where it is the one before with more in it, only that is new."""
        before = self.table
        known = len(before.rows)
        last = max(known - 1, 0)
        grew = table.heads == before.heads and len(table.rows) >= known
        if not grew or table.rows[:last] != before.rows[:last] or not before.heads:
            self.beginResetModel()
            self.table = table
            self._places = self._in_order()
            self.endResetModel()
            return
        changed = bool(known) and table.rows[last] != before.rows[last]
        if changed:
            self.table = ResultTable(table.heads, table.rows[:known], table.title)
            row = self._places.index(last)
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(table.heads) - 1))
        more = range(known, len(table.rows))
        if more:
            self.beginInsertRows(QModelIndex(), known, len(table.rows) - 1)
            self.table = table
            self._places.extend(more)
            self.endInsertRows()
        self.table = table
        if (changed or more) and self._column >= 0:
            self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; by none, rows stand as they came."""
        self._column, self._way = column, order
        self._arrange()

    def _arrange(self) -> None:
        """Put the rows in order; what points at one goes along."""
        self.layoutAboutToBeChanged.emit()
        old, before = self.persistentIndexList(), self._places
        self._places = self._in_order()
        if old:
            to = {place: row for row, place in enumerate(self._places)}
            new = [self.index(to[before[i.row()]], i.column()) for i in old]
            self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _in_order(self) -> list[int]:
        rows, column = self.table.rows, self._column
        places = list(range(len(rows)))
        if not 0 <= column < len(self.table.heads):
            return places
        numbers = [number_in(row[column]) for row in rows]
        compare = self._words.compare

        def order(one: int, other: int) -> int:
            return compare(rows[one][column], rows[other][column])

        counted = [place for place in places if numbers[place] is not None]
        worded = [place for place in places if numbers[place] is None]
        down = self._way is Qt.SortOrder.DescendingOrder
        counted.sort(key=lambda place: numbers[place] or 0, reverse=down)
        worded.sort(key=cmp_to_key(order), reverse=down)
        return worded + counted if down else counted + worded

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._places)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.table.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        text = self.row(index.row())[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text.replace("\n", " ")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return text
        if role == Qt.ItemDataRole.FontRole and is_total(self.row(index.row())):
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
