"""The list under the model picker: type to filter, arrows to choose, Enter to use."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.model_info import ModelInfo
from app.features.models.describe import SHOWN, capability_word
from app.features.models.model_row_delegate import ModelRowDelegate
from app.features.models.model_rows import ModelRowsListModel, RowRole
from app.kit.style import set_kind
from app.kit.theme import Theme

WIDTH, ROWS, EDGE = 640, 9, 8


class ModelPopup(QFrame):
    """A card over the window that it is a child of; Esc or a click elsewhere closes it."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, host: QWidget, *, theme: Theme) -> None:
        super().__init__(host)
        self._theme = theme
        self._rows = ModelRowsListModel()
        self._refreshing = False
        self._search = QLineEdit()
        self._list = QListView()
        self._delegate = ModelRowDelegate(theme)
        self._chips = {capability: QPushButton() for capability in SHOWN}
        self._footer = QLabel()
        self._build()
        self._connect()
        self._retranslate()
        self.hide()

    def set_models(self, models: Sequence[ModelInfo], *, refreshing: bool) -> None:
        """The models to choose from; keeps what is typed and, if it is still there, the row."""
        current = self._list.currentIndex().data(RowRole.ID)
        self._rows.set_models(models)
        self._refreshing = refreshing
        self._retranslate()
        self._select(current)
        if self.isVisible():
            self._fit()

    def open(self, anchor: QWidget, current: str) -> None:
        """Show it under `anchor`, with `current` chosen and the focus in its field."""
        self._anchor = anchor
        self._search.clear()
        for chip in self._chips.values():
            chip.setChecked(False)
        self._filter()
        self._select(current)
        self._fit()
        self.show()
        self.raise_()
        self._search.setFocus(Qt.FocusReason.PopupFocusReason)
        self._watch(True)

    def close_up(self) -> None:
        """Hide it, and tell so."""
        if self.isVisible():
            self._watch(False)
            self.hide()
            self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            at = event.globalPosition().toPoint()
            if not self.rect().contains(self.mapFromGlobal(at)):
                self.close_up()
        elif watched is self._search and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._key_pressed(event)
        elif watched is self.parent() and event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _watch(self, on: bool) -> None:
        """Hear all events while open: keys in the field, and clicks elsewhere."""
        app = QApplication.instance()
        if app is not None:
            (app.installEventFilter if on else app.removeEventFilter)(self)

    def _build(self) -> None:
        set_kind(self, "popup")
        set_kind(self._search, "plain")
        set_kind(self._footer, "caption")
        self._footer.setTextFormat(Qt.TextFormat.PlainText)
        self._list.setModel(self._rows)
        self._list.setItemDelegate(self._delegate)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setStyleSheet("QListView { background: transparent; }")
        top = QHBoxLayout()
        top.setContentsMargins(6, 8, 12, 8)
        top.setSpacing(4)
        top.addWidget(self._search, 1)
        for chip in self._chips.values():
            chip.setCheckable(True)
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            set_kind(chip, "chip")
            top.addWidget(chip)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(14, 8, 14, 8)
        bottom.addWidget(self._footer, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(_hairline())
        column.addWidget(self._list, 1)
        column.addWidget(_hairline())
        column.addLayout(bottom)

    def _connect(self) -> None:
        self._search.textChanged.connect(self._filter)
        for chip in self._chips.values():
            chip.toggled.connect(self._filter)
        self._list.clicked.connect(self._take)
        self._theme.changed.connect(self._list.doItemsLayout)

    def _retranslate(self) -> None:
        hint = self.tr("Type to filter %1 models…").replace("%1", str(self._rows.total))
        if not self._rows.total:
            hint = self.tr("Type a model's name…")
        self._search.setPlaceholderText(hint)
        self._search.setAccessibleName(self.tr("Filter models"))
        self._list.setAccessibleName(self.tr("Models"))
        for capability, chip in self._chips.items():
            chip.setText(capability_word(capability))
            only = self.tr("Only models listed with: %1")
            chip.setAccessibleName(only.replace("%1", capability_word(capability)))
        keys = self.tr("↑↓ choose · Enter use · Esc close")
        if self._refreshing:
            keys = f"{keys} · {self.tr('refreshing the list')}"
        self._footer.setText(keys)

    def _filter(self) -> None:
        wanted = frozenset(c for c, chip in self._chips.items() if chip.isChecked())
        self._rows.set_filter(self._search.text(), wanted)
        self._select(None)

    def _select(self, model_id: str | None) -> None:
        row = max(0, self._rows.row_of(model_id) if model_id else 0)
        index = self._rows.index(row, 0)
        self._list.setCurrentIndex(index)
        self._list.scrollTo(index)

    def _fit(self) -> None:
        """Under the anchor, or over it where there is more room; never outside the window."""
        host = self.parentWidget()
        assert host is not None
        below = self._anchor.mapTo(host, QPoint(0, self._anchor.height() + 4))
        above = self._anchor.mapTo(host, QPoint(0, -4)).y() - EDGE
        room = host.height() - below.y() - EDGE
        rows = min(max(self._rows.total, 3), ROWS)
        rest = self.sizeHint().height() - self._list.sizeHint().height()
        wanted = rows * self._theme.px(37) + rest
        width = min(self._theme.px(WIDTH), host.width() - 2 * EDGE)
        height = min(wanted, max(room, above))
        left = min(max(EDGE, below.x()), host.width() - EDGE - width)
        top = below.y() if height <= room else above + EDGE - height
        for chip in self._chips.values():
            chip.setVisible(width >= self._theme.px(520))
        self.setGeometry(left, top, width, height)

    def _key_pressed(self, event: QKeyEvent) -> bool:
        row, count = self._list.currentIndex().row(), self._rows.rowCount()
        match event.key():
            case Qt.Key.Key_Down:
                self._move(row + 1 if row + 1 < count else 0)
            case Qt.Key.Key_Up:
                self._move(row - 1 if row > 0 else count - 1)
            case Qt.Key.Key_PageDown:
                self._move(min(row + ROWS - 1, count - 1))
            case Qt.Key.Key_PageUp:
                self._move(max(row - ROWS + 1, 0))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._take(self._list.currentIndex())
            case Qt.Key.Key_Escape | Qt.Key.Key_Tab | Qt.Key.Key_Backtab:
                self.close_up()
            case _:
                return False
        return True

    def _move(self, row: int) -> None:
        index = self._rows.index(row, 0)
        self._list.setCurrentIndex(index)
        self._list.scrollTo(index)

    def _take(self, index: QModelIndex) -> None:
        model_id = index.data(RowRole.ID)
        if model_id:
            self.close_up()
            self.chosen.emit(model_id)


def _hairline() -> QFrame:
    line = QFrame()
    line.setFixedHeight(1)
    set_kind(line, "hairline")
    return line
