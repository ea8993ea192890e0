"""A JSON value as a tree that grows: what is there stays, open or folded, while more comes."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTreeView, QWidget

from app.kit.style import set_kind

MOST_ROWS = 20_000
"""Rows that are shown; of more, the source has all."""


class JsonTree(QTreeView):
    """A row a member: its name, and its value or how many it holds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QStandardItemModel(0, 2, self)
        self._left = MOST_ROWS
        self.setModel(self._rows)
        set_kind(self, "figures")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.header()
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self._rows.rowsInserted.connect(self._open)
        self._retranslate()

    def show_value(self, value: Any) -> None:
        """Show a value; where it is the one before with more in it, only that is new."""
        self._left = MOST_ROWS
        members = _members(value)
        self._fill(self._rows.invisibleRootItem(), [("", value)] if members is None else members)

    def _fill(self, parent: QStandardItem, members: list[tuple[str, Any]]) -> None:
        shown = members[: max(self._left, 0)]
        self._left -= len(shown)
        if parent.rowCount() > len(shown):
            parent.removeRows(len(shown), parent.rowCount() - len(shown))
        for row, (name, value) in enumerate(shown):
            if row == parent.rowCount():
                parent.appendRow([QStandardItem(), QStandardItem()])
            inner, said = parent.child(row, 0), parent.child(row, 1)
            held = _members(value)
            _say(inner, name)
            _say(said, _text(value) if held is None else _count(value))
            self._fill(inner, held or [])

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


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _say(item: QStandardItem, text: str) -> None:
    if item.text() != text:
        item.setText(text)
