"""A layout that puts widgets in a row and goes on in the next row when the width is used up."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem


class _Measured(NamedTuple):
    """An item that takes room: the size it would have, and the least it can have, in pixels."""

    item: QLayoutItem
    width: int
    height: int
    least_width: int
    least_height: int


class _Row(NamedTuple):
    """Items with their sizes, one beside the other, and what the row takes with its gaps."""

    items: list[tuple[QLayoutItem, int, int]]
    used: int
    height: int


class FlowLayout(QLayout):
    """Items keep their size hint, left to right, `gap` pixels apart; hidden ones take no room.

    One that is wider than the whole row is narrowed to it, as far as its minimum allows, and as
    high as it then has to be. Rows are centred if the layout's alignment says so.
    Qt asks for sizes many times for each change, and there may be hundreds of items: what was
    measured is kept until the next change.
    """

    def __init__(self, gap: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._known: list[_Measured] | None = None
        self._rows_known: dict[int, list[_Row]] = {}

    def invalidate(self) -> None:
        """An item changed, came or went: nothing that was measured holds any more."""
        self._known = None
        self._rows_known.clear()
        super().invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        if not 0 <= index < len(self._items):
            return None
        item = self._items.pop(index)
        self.invalidate()
        return item

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = self._rows(width)
        return sum(row.height for row in rows) + self._gap * max(0, len(rows) - 1)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        centred = bool(self.alignment() & Qt.AlignmentFlag.AlignHCenter)
        top = rect.top()
        for row in self._rows(rect.width()):
            left = rect.left()
            if centred:
                left += max(0, rect.width() - row.used) // 2
            for item, width, height in row.items:
                middle = top + (row.height - height) // 2
                item.setGeometry(QRect(QPoint(left, middle), QSize(width, height)))
                left += width + self._gap
            top += row.height + self._gap

    def sizeHint(self) -> QSize:
        known = self._measured()
        width = sum(one.width for one in known) + self._gap * max(0, len(known) - 1)
        return QSize(width, max((one.height for one in known), default=0))

    def minimumSize(self) -> QSize:
        known = self._measured()
        return QSize(
            max((one.least_width for one in known), default=0),
            max((one.least_height for one in known), default=0),
        )

    def _rows(self, width: int) -> list[_Row]:
        """The items that take room, with their widths, split into rows that fit."""
        if width not in self._rows_known:
            self._rows_known[width] = self._split(width)
        return self._rows_known[width]

    def _split(self, width: int) -> list[_Row]:
        rows: list[_Row] = []
        for one in self._measured():
            wide, high = min(one.width, max(width, one.least_width)), one.height
            if wide < one.width and one.item.hasHeightForWidth():
                high = one.item.heightForWidth(wide)
            placed = (one.item, wide, high)
            if rows and rows[-1].used + self._gap + wide <= width:
                items, used, height = rows[-1]
                items.append(placed)
                rows[-1] = _Row(items, used + self._gap + wide, max(height, high))
            else:
                rows.append(_Row([placed], wide, high))
        return rows

    def _measured(self) -> list[_Measured]:
        if self._known is None:
            self._known = [_measure(item) for item in self._items if not item.isEmpty()]
        return self._known


def _measure(item: QLayoutItem) -> _Measured:
    hint, least = item.sizeHint(), item.minimumSize()
    return _Measured(item, hint.width(), hint.height(), least.width(), least.height())
