"""The list of MCP servers: each with how it stands, and how much it offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.kit.style import set_kind
from app.kit.theme import CAPTION_PX, Theme
from app.kit.widgets.plain_label import plain_tip

WORDS, COLOUR = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
SIDE = 8


@dataclass(frozen=True, slots=True)
class Standing:
    """A row. `colour` is a token of the theme."""

    name: str
    words: str
    colour: str


class _Row(QStyledItemDelegate):
    """A name at the left, how it stands at the right; the name gives way."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        words, font = str(index.data(WORDS) or ""), self._theme.font(CAPTION_PX)
        room = QFontMetrics(font).horizontalAdvance(words) + SIDE
        names = QStyleOptionViewItem(option)
        self.initStyleOption(names, index)
        left = names.rect.width() - 2 * SIDE - 4 - room
        names.text = QFontMetrics(names.font).elidedText(
            names.text, Qt.TextElideMode.ElideRight, left
        )
        style = names.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, names, painter, names.widget)
        painter.save()
        painter.setFont(font)
        painter.setPen(self._theme.tokens.color(str(index.data(COLOUR))))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(option.rect.adjusted(SIDE, 0, -SIDE, 0), flags, words)
        painter.restore()


class ServerList(QListWidget):
    def __init__(self, *, theme: Theme) -> None:
        super().__init__()
        self._row = _Row(theme)
        self.setItemDelegate(self._row)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_kind(self, "presets")

    def show_servers(self, standings: Sequence[Standing], current: int) -> None:
        """Show these; nothing is told of it."""
        with QSignalBlocker(self):
            while self.count() > len(standings):
                self.takeItem(self.count() - 1)
            while self.count() < len(standings):
                self.addItem(QListWidgetItem())
            for place, standing in enumerate(standings):
                item = self.item(place)
                item.setText(standing.name)
                item.setData(WORDS, standing.words)
                item.setData(COLOUR, standing.colour)
                said = f"{standing.name}, {standing.words}"
                item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
                item.setToolTip(plain_tip(standing.name))
            self.setCurrentRow(current)
