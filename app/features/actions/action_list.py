"""The list of quick actions in the settings: each with its key, put in order by dragging."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.core.picture_action import PictureAction
from app.kit.style import set_kind
from app.kit.theme import MICRO_PX, Theme
from app.kit.widgets.plain_label import plain_tip

ID, KEY = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
SIDE = 8


class _Row(QStyledItemDelegate):
    """A name at the left, its key at the right; the name gives way."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        key, font = str(index.data(KEY) or ""), self._theme.font(MICRO_PX)
        room = QFontMetrics(font).horizontalAdvance(key) + SIDE if key else 0
        names = QStyleOptionViewItem(option)
        self.initStyleOption(names, index)
        metrics = QFontMetrics(names.font)
        left = names.rect.width() - 2 * SIDE - 4 - room
        names.text = metrics.elidedText(names.text, Qt.TextElideMode.ElideRight, left)
        style = names.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, names, painter, names.widget)
        painter.save()
        painter.setFont(font)
        painter.setPen(self._theme.tokens.color("text_2"))
        place = option.rect.adjusted(SIDE, 0, -SIDE, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(place, flags, key)
        painter.restore()


class ActionList(QListWidget):
    """`ordered` tells the ids in the order into which the person dragged them."""

    ordered = Signal(object)  # tuple of ids

    def __init__(self, *, theme: Theme) -> None:
        super().__init__()
        self._row = _Row(theme)
        self.setItemDelegate(self._row)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_kind(self, "presets")
        # Only once the drop is over: the list is made anew by whoever hears of it.
        self.model().rowsMoved.connect(self._tell_order, Qt.ConnectionType.QueuedConnection)

    def show_actions(self, actions: Sequence[PictureAction], current: int, marked: str) -> None:
        """Show these; nothing is told of it. `marked` is the id of the one asked on a drop."""
        with QSignalBlocker(self):
            self.clear()
            for action in actions:
                self.addItem(_item(action, marked=action.id == marked))
            self.setCurrentRow(current)

    def _tell_order(self) -> None:
        self.ordered.emit(tuple(self.item(row).data(ID) for row in range(self.count())))


def _item(action: PictureAction, *, marked: bool) -> QListWidgetItem:
    key = QKeySequence(action.key).toString(QKeySequence.SequenceFormat.NativeText)
    dropped = QCoreApplication.translate("ActionList", "on a drop") if marked else ""
    shown = " · ".join(part for part in (dropped, key) if part)
    item = QListWidgetItem(action.name)
    item.setData(ID, action.id)
    item.setData(KEY, shown)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{action.name} {shown}".strip())
    item.setToolTip(plain_tip(action.name))
    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
    return item
