"""A JSON value as a tree that grows: what is there stays, open or folded, while more comes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from app.core.visible_text import visible
from app.core.written_number import json_text
from app.kit.style import set_kind
from app.kit.theme import Theme

MOST_ROWS = 20_000
"""Rows that are shown; of more, the source has all."""
AT_ONCE = 80
"""Rows that are looked at between two looks at what else there is to do."""
COLOR = Qt.ItemDataRole.UserRole
LOOKED_AT = 60
"""Rows by whose names the first column is made wide."""


class JsonTree(QTreeView):
    """A row a member: its name, and its value or how many it holds.

    `resized` tells that rows came or went, or were opened or folded.
    """

    resized = Signal()

    def __init__(self, parent: QWidget | None = None, *, theme: Theme | None = None) -> None:
        super().__init__(parent)
        self._rows = QStandardItemModel(0, 2, self)
        self._left = MOST_ROWS
        self._value: Any = None
        self._wanted: Any = None
        self._work: Iterator[None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)
        self.setModel(self._rows)
        set_kind(self, "figures")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.header()
        header.setStretchLastSection(True)
        header.setResizeContentsPrecision(LOOKED_AT)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self._rows.rowsInserted.connect(self._open)
        for change in (self.expanded, self.collapsed, self._rows.rowsInserted):
            change.connect(self.resized)
        self._rows.rowsRemoved.connect(self.resized)
        if theme is not None:
            self.setItemDelegateForColumn(1, _ValueColors(theme, self))
        self._retranslate()

    @property
    def busy(self) -> bool:
        """Whether there is more to show than is shown."""
        return self._work is not None

    def rows_height(self, most: int) -> int:
        """Pixels that the rows take that are open, and their header; not counted beyond `most`."""
        row = max(self.sizeHintForRow(0), 1)
        height = self.header().sizeHint().height() + 2 * self.frameWidth()
        index = self._rows.index(0, 0)
        while index.isValid() and height < most:
            height += row
            index = self.indexBelow(index)
        return min(height, most)

    def show_value(self, value: Any) -> None:
        """Show a value; where it is the one before with more in it, only that is new.

        A large one comes in slices; one that comes meanwhile waits until those are through.
        """
        self._wanted = value
        if self._work is None:
            self._go_on()

    def _go_on(self) -> None:
        """Show as much more as is shown at once."""
        if self._work is None:
            if self._value is self._wanted and self._value is not None:
                return
            self._value, self._left = self._wanted, MOST_ROWS
            members = _members(self._value)
            whole = [("", self._value)] if members is None else members
            self._work = self._fill(self._rows.invisibleRootItem(), whole)
        if sum(1 for _ in islice(self._work, AT_ONCE)) < AT_ONCE:
            self._work = None
        if self._work is not None or self._value is not self._wanted:
            self._timer.start()

    def _fill(self, parent: QStandardItem, members: list[tuple[str, Any]]) -> Iterator[None]:
        shown = members[: max(self._left, 0)]
        self._left -= len(shown)
        if parent.rowCount() > len(shown):
            parent.removeRows(len(shown), parent.rowCount() - len(shown))
        for row, (name, value) in enumerate(shown):
            if row == parent.rowCount():
                parent.appendRow([QStandardItem(), QStandardItem()])
            inner, said = parent.child(row, 0), parent.child(row, 1)
            held = _members(value)
            _say(inner, visible(name))
            _say(said, visible(json_text(value)) if held is None else _count(value))
            said.setData(_color(value), COLOR)
            yield
            yield from self._fill(inner, held or [])

    def _open(self, parent: QModelIndex, first: int, _last: int) -> None:
        """What gets its first members is open."""
        if first == 0 and parent.isValid():
            self.expand(parent.siblingAtColumn(0))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._rows.setHorizontalHeaderLabels([self.tr("Name"), self.tr("Value")])
        self.setAccessibleName(self.tr("JSON as a tree"))


class _ValueColors(QStyledItemDelegate):
    """Draws a value in the colour of its type."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if name := index.data(COLOR):
            color = QColor(getattr(self._theme.tokens, name))
            for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
                option.palette.setColor(role, color)


def _color(value: Any) -> str:
    """The theme's colour for a value of its type."""
    if isinstance(value, dict | list):
        return "text_2"
    if value is None or isinstance(value, bool):
        return "keyword"
    return "string" if isinstance(value, str) else "number"


def _members(value: Any) -> list[tuple[str, Any]] | None:
    """What a value holds; None of one that holds nothing else."""
    if isinstance(value, dict):
        return [(str(name), member) for name, member in value.items()]
    if isinstance(value, list):
        return [(str(place), member) for place, member in enumerate(value)]
    return None


def _count(value: Any) -> str:
    """How many members it has, in its own brackets."""
    return f"{{ {len(value)} }}" if isinstance(value, dict) else f"[ {len(value)} ]"


def _say(item: QStandardItem, text: str) -> None:
    if item.text() != text:
        item.setText(text)
