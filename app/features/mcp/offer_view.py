"""A list of what a server offers, and what it says of the one chosen: foreign text, all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.plain_label import PlainLabel, plain_tip
from app.kit.widgets.text_pane import TextPane

ROWS, WORDS, SCHEMA = 9, 8, 16
EDGE, ICON = 5, 12
KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Offered:
    """One row. `on`: whether its box is ticked; None: it has none. `about` and `schema` are made
    when it is chosen."""

    key: str
    shown: str
    about: Callable[[], str]
    schema: Callable[[], str] | None = None
    on: bool | None = None
    warning: str = ""


class _Row(QStyledItemDelegate):
    """A box's outline in a colour that is seen: the style's own is lost on dark ground."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        if index.data(Qt.ItemDataRole.CheckStateRole) is None:
            return
        item = QStyleOptionViewItem(option)
        self.initStyleOption(item, index)
        style = item.widget.style()
        part = style.SubElement.SE_ItemViewItemCheckIndicator
        box = style.subElementRect(part, item, item.widget)
        painter.save()
        painter.setPen(self._theme.tokens.color("text_2"))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.restore()


class OfferView(QWidget):
    """`switched` tells keys and whether they were ticked or cleared."""

    switched = Signal(object, bool)  # tuple of keys

    def __init__(self, *, checkable: bool, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme, self._icons, self._checkable = theme, icons, checkable
        self._offered: tuple[Offered, ...] = ()
        self._list, self._about, self._schema = QListWidget(), TextPane(), TextPane()
        self._lead, self._empty, self._warning = PlainLabel(), PlainLabel(), PlainLabel()
        self._fold, self._all, self._none = QPushButton(), QPushButton(), QPushButton()
        self._words = ""
        self._row = _Row(theme)
        self._list.setItemDelegate(self._row)
        self._build()
        self._list.currentRowChanged.connect(lambda _row: self._show_chosen())
        self._list.itemChanged.connect(self._ticked)
        self._fold.toggled.connect(lambda _on: self._show_chosen())
        self._all.clicked.connect(lambda: self._switch_all(True))
        self._none.clicked.connect(lambda: self._switch_all(False))
        theme.changed.connect(self._fit)
        self._retranslate()

    def show_offered(self, offered: Sequence[Offered], empty: str) -> None:
        """Show these, or why there is nothing; the one that was chosen stays chosen."""
        chosen = self._chosen()
        key = chosen.key if chosen is not None else ""
        self._offered = tuple(offered)
        with QSignalBlocker(self._list):
            self._list.clear()
            for one in self._offered:
                self._list.addItem(self._item(one))
            place = next((i for i, one in enumerate(self._offered) if one.key == key), -1)
            self._list.setCurrentRow(place)
        self._empty.setText(empty)
        self._empty.setVisible(not offered)
        self._list.setVisible(bool(offered))
        switches = self._checkable and any(one.on is not None for one in offered)
        for part in (self._lead, self._all, self._none):
            part.setVisible(switches)
        self._fit()
        self._show_chosen()

    def _build(self) -> None:
        set_kind(self._list, "presets")
        set_kind(self._lead, "caption")
        set_kind(self._empty, "caption")
        set_kind(self._warning, "warning-caption")
        for label in (self._lead, self._empty, self._warning):
            label.setWordWrap(True)
        self._fold.setCheckable(True)
        set_kind(self._fold, "fold")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setUniformItemSizes(True)
        switches = QHBoxLayout()
        switches.setSpacing(4)
        switches.addWidget(self._lead, 1)
        for button in (self._all, self._none):
            set_kind(button, "ghost")
            switches.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addLayout(switches)
        for part in (self._empty, self._list, self._warning, self._about):
            column.addWidget(part)
        column.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._schema)

    def _item(self, one: Offered) -> QListWidgetItem:
        item = QListWidgetItem(f"⚠ {one.shown}" if one.warning else one.shown)
        item.setData(KEY, one.key)
        item.setToolTip(plain_tip(one.warning or one.shown))
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if one.on is not None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
            item.setCheckState(Qt.CheckState.Checked if one.on else Qt.CheckState.Unchecked)
        item.setFlags(flags)
        return item

    def _chosen(self) -> Offered | None:
        row = self._list.currentRow()
        return self._offered[row] if 0 <= row < len(self._offered) else None

    def _show_chosen(self) -> None:
        one = self._chosen()
        about = one.about() if one is not None else ""
        schema = one.schema if one is not None else None
        self._warning.setText(one.warning if one is not None else "")
        self._warning.setVisible(bool(self._warning.text()))
        self._about.setVisible(bool(about))
        self._about.show_text(about, at_most=WORDS)
        self._fold.setVisible(schema is not None)
        opened = schema is not None and self._fold.isChecked()
        self._schema.setVisible(opened)
        if opened and schema is not None:
            self._schema.show_text(schema(), at_most=SCHEMA)
        self._show_fold()

    def _show_fold(self) -> None:
        size = self._theme.px(ICON)
        name = "chevron-down" if self._fold.isChecked() else "chevron-right"
        self._fold.setIcon(self._icons.icon(name, self._theme.tokens.text_2, size))
        self._fold.setIconSize(QSize(size, size))

    def _ticked(self, item: QListWidgetItem) -> None:
        on = item.checkState() is Qt.CheckState.Checked
        self.switched.emit((str(item.data(KEY)),), on)

    def _switch_all(self, on: bool) -> None:
        self.switched.emit(tuple(one.key for one in self._offered if one.on is not None), on)

    def _fit(self) -> None:
        count = min(self._list.count(), ROWS)
        self._list.setFixedHeight(count * max(self._list.sizeHintForRow(0), 0) + 2 * EDGE)
        self._show_fold()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._lead.setText(self.tr("Ticked: new conversations may use it. It still asks you."))
        self._all.setText(self.tr("All"))
        self._all.setAccessibleName(self.tr("Let new conversations use all tools of this server"))
        self._none.setText(self.tr("None"))
        self._none.setAccessibleName(self.tr("Let new conversations use no tool of this server"))
        self._fold.setText(self.tr("Arguments (JSON schema)"))
        self._list.setAccessibleName(self.tr("What the server offers"))
        self._about.setAccessibleName(self.tr("What the server says of it"))
        self._schema.setAccessibleName(self.tr("Arguments (JSON schema)"))
