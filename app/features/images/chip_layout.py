"""How a chip is laid out: in one row where there is room, else in two, with its text wrapped."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

GAP = 4
MARGINS = QMargins(4, 4, 6, 4)


class ChipLayout(QLayout):
    """Picture, text, choices, cross. The text gives way last: it says what is sent."""

    def __init__(self, picture: QWidget, text: QWidget, cross: QWidget) -> None:
        """What is added afterwards are the choices, in their order."""
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(MARGINS)
        for widget in (picture, text, cross):
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width >= self.sizeHint().width():
            return self.sizeHint().height()
        beneath = self._choices_size().height()
        return self._head_height(width) + beneath + MARGINS.top() + MARGINS.bottom()

    def sizeHint(self) -> QSize:
        choices = self._choices_size()
        head = [item.sizeHint() for item in self._items[:3]]
        width = sum(size.width() for size in head) + 2 * GAP
        width += choices.width() + GAP if choices.width() else 0
        height = max(size.height() for size in (*head, choices))
        return QSize(width, height).grownBy(MARGINS)

    def minimumSize(self) -> QSize:
        head = [item.minimumSize() for item in self._items[:3]]
        width = max(sum(size.width() for size in head) + 2 * GAP, self._choices_size().width())
        return QSize(width, max(size.height() for size in head)).grownBy(MARGINS)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        inside = rect.marginsRemoved(MARGINS)
        choices = self._choices_size()
        beneath = self._in_two(rect.width())
        row = QRect(inside)
        if beneath:
            row.setHeight(inside.height() - choices.height())
        picture, text, cross = self._items[:3]
        left = row.left() + _place(picture, row.left(), row) + GAP
        right = row.right() + 1 - cross.sizeHint().width()
        _place(cross, right, row)
        if not beneath and choices.width():
            right -= GAP + choices.width()
            self._place_choices(right, row)
        elif beneath:
            under = QRect(inside.left(), row.bottom() + 1, inside.width(), choices.height())
            self._place_choices(under.right() + 1 - choices.width(), under)
        text.setGeometry(QRect(left, row.top(), max(0, right - GAP - left), row.height()))

    def _head_height(self, width: int) -> int:
        """The row of picture, text and cross: the text takes as many lines as it needs."""
        picture, text, cross = self._items[:3]
        used = picture.sizeHint().width() + cross.sizeHint().width() + 2 * GAP
        room = width - MARGINS.left() - MARGINS.right() - used
        others = (picture.sizeHint().height(), cross.sizeHint().height())
        return max(*others, text.heightForWidth(max(1, room)))

    def _in_two(self, width: int) -> bool:
        return bool(self._choices_size().width()) and width < self.sizeHint().width()

    def _choices(self) -> list[QLayoutItem]:
        return [item for item in self._items[3:] if not item.isEmpty()]

    def _choices_size(self) -> QSize:
        sizes = [item.sizeHint() for item in self._choices()]
        width = sum(size.width() for size in sizes)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def _place_choices(self, left: int, row: QRect) -> None:
        for item in self._choices():
            left += _place(item, left, row)


def _place(item: QLayoutItem, left: int, row: QRect) -> int:
    """In the middle of the row's height; answers the width that it takes."""
    size = item.sizeHint()
    top = row.top() + (row.height() - size.height()) // 2
    item.setGeometry(QRect(QPoint(left, top), size))
    return size.width()
