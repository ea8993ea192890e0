"""The list under the model picker: type to filter, arrows to choose, Enter to use."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.core.model_notes import ModelNotes
from app.features.models.capability_chips import CapabilityChips
from app.features.models.list_state import ListState, state_words
from app.features.models.model_list_view import ModelListView
from app.features.models.model_row_delegate import ModelRowDelegate
from app.features.models.model_rows import ModelRowsListModel, RowRole
from app.features.models.service_chips import ServiceChips
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.card_shadow import CardShadow
from app.kit.widgets.elided_label import ElidedLabel
from app.kit.widgets.plain_label import PlainLabel

WIDTH, NARROW, ROWS, EDGE, SIDE = 640, 520, 9, 8, 14
STAR_KEY = QKeySequence(Qt.Modifier.CTRL | Qt.Key.Key_D)
AGE_STEP_MS = 20_000


class ModelPopup(QFrame):
    """A card over the window that it is a child of; Esc or a click elsewhere closes it."""

    chosen = Signal(str)
    closed = Signal()
    favourite_toggled = Signal(str, bool)
    service_chosen = Signal(str)

    def __init__(
        self, host: QWidget, *, theme: Theme, icons: Icons, clock: Callable[[], float] = time.time
    ) -> None:
        super().__init__(host)
        self._theme = theme
        self._clock = clock
        self._rows = ModelRowsListModel()
        self._state = ListState()
        self._starring = False
        self._services = ServiceChips()
        self._search = QLineEdit()
        self._chips = CapabilityChips()
        self._delegate = ModelRowDelegate(theme, icons)
        self._list = ModelListView(self._rows, self._delegate)
        self._footer = ElidedLabel()
        self._problem = PlainLabel()
        self._older = QTimer(self, interval=AGE_STEP_MS)
        self._build()
        self._connect()
        self._retranslate()
        self.hide()
        self._shadow = CardShadow(self, theme=theme)

    def set_state(self, state: ListState) -> None:
        """The models to choose from; keeps what is typed and, if it is still there, the row."""
        current = self._list.currentIndex().data(RowRole.ID)
        if state.models != self._state.models:
            self._rows.set_models(state.models)
        self._state = state
        self._retranslate()
        self._select(current)
        if self.isVisible():
            self._fit()

    def set_notes(self, notes: Mapping[str, ModelNotes]) -> None:
        """Favourites and last uses, by model; from then on stars can be clicked."""
        current = self._list.currentIndex().data(RowRole.ID)
        self._rows.set_notes(notes, keep_order=self._starring)
        self._retranslate()
        self._select(current)

    def set_services(self, services: Sequence[tuple[str, str]], current: str) -> None:
        """Services as (profile id, name), and the one whose models these are."""
        self._services.set_services(services, current)
        if self.isVisible():
            self._fit()

    def open(self, anchor: QWidget, current: str) -> None:
        """Show it under `anchor`, with `current` chosen and the focus in its field."""
        self._anchor = anchor
        self._search.clear()
        self._chips.clear()
        self._rows.arrange()
        self._filter()
        self._select(current)
        self._say_state()
        self._fit()
        self.show()
        self.raise_()
        self._search.setFocus(Qt.FocusReason.PopupFocusReason)
        self._watch(True)
        self._older.start()

    def close_up(self) -> None:
        """Hide it, and tell so."""
        if self.isVisible():
            self._watch(False)
            self._older.stop()
            self.hide()
            self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round within the card."""
        ring: list[QWidget] = [self._search, *self._chips.chips]
        ring += self._services.chips if self._services.isVisible() else ()
        focused = QApplication.focusWidget()
        at = ring.index(focused) if focused in ring else 0
        reason = Qt.FocusReason.TabFocusReason
        ring[(at + (1 if forward else -1)) % len(ring)].setFocus(reason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            at = event.globalPosition().toPoint()
            if not self.rect().contains(self.mapFromGlobal(at)):
                self.close_up()
        elif isinstance(event, QKeyEvent) and isinstance(watched, QWidget):
            if not self.isAncestorOf(watched):
                return False
            if kind == QEvent.Type.KeyPress:
                return self._key_pressed(event, typing=watched is self._search)
            if kind == QEvent.Type.ShortcutOverride and _is_star_key(event):
                event.accept()
                return True
        elif watched is self.parent() and kind == QEvent.Type.Resize:
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
        set_kind(self._problem, "warning-caption")
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.hide()
        top = QHBoxLayout()
        top.setContentsMargins(6, 8, 12, 8)
        top.setSpacing(4)
        top.addWidget(self._search, 1)
        top.addWidget(self._chips, 0, Qt.AlignmentFlag.AlignVCenter)
        self._top = top
        self._second = QHBoxLayout()
        self._second.setContentsMargins(12, 0, 12, 0)
        bottom = QVBoxLayout()
        bottom.setContentsMargins(SIDE, 8, SIDE, 8)
        bottom.setSpacing(2)
        bottom.addWidget(self._footer)
        bottom.addWidget(self._problem)
        services = QHBoxLayout()
        services.setContentsMargins(SIDE, 0, 12, 0)
        services.addWidget(self._services)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(services)
        column.addLayout(top)
        column.addLayout(self._second)
        column.addWidget(_hairline())
        column.addWidget(self._list, 1)
        column.addWidget(_hairline())
        column.addLayout(bottom)
        self._service_row = services

    def _connect(self) -> None:
        self._search.textChanged.connect(self._filter)
        self._chips.changed.connect(self._filter)
        self._services.service_chosen.connect(self.service_chosen)
        self._list.taken.connect(self._take)
        self._list.star_clicked.connect(self._toggle_star)
        self._theme.changed.connect(self._list.doItemsLayout)
        self._older.timeout.connect(self._say_state)

    def _retranslate(self) -> None:
        hint = self.tr("Type to filter %1 models…").replace("%1", str(self._rows.total))
        if not self._rows.total:
            hint = self.tr("Type a model's name…")
        self._search.setPlaceholderText(hint)
        self._search.setAccessibleName(self.tr("Filter models"))
        self._list.setAccessibleName(self.tr("Models"))
        self._say_state()

    def _say_state(self) -> None:
        """The keys, and what the list is worth; why it is old gets a line of its own."""
        words = state_words(self._state, self._clock())
        room = self.width() - 2 * SIDE - 2
        hints = [self.tr("↑↓ choose"), self.tr("Enter use")]
        if self._rows.has_stars:
            key = STAR_KEY.toString(QKeySequence.SequenceFormat.NativeText)
            hints.append(self.tr("%1 ★ favourite").replace("%1", key))
        else:
            hints.append(self.tr("Esc close"))
        failed = bool(self._state.problem) and not self._state.refreshing
        shown = " · ".join((*hints, words) if words and not failed else hints)
        if words and not failed and self._footer.fontMetrics().horizontalAdvance(shown) > room:
            shown = words
        self._footer.setText(shown)
        if self._problem.text() != (words if failed else ""):
            self._problem.setText(words if failed else "")
            self._problem.setVisible(failed)
            if self.isVisible():
                self._fit()

    def _filter(self) -> None:
        self._rows.set_filter(self._search.text(), self._chips.wanted)
        self._select(None)

    def _select(self, model_id: str | None) -> None:
        self._move(max(0, self._rows.row_of(model_id) if model_id else 0))

    def _fit(self) -> None:
        """Under the anchor, or over it where there is more room; never outside the window."""
        host = self.parentWidget()
        layout = self.layout()
        assert host is not None
        assert layout is not None
        below = self._anchor.mapTo(host, QPoint(0, self._anchor.height() + 4))
        above = self._anchor.mapTo(host, QPoint(0, -4)).y() - EDGE
        room = host.height() - below.y() - EDGE
        width = min(self._theme.px(WIDTH), host.width() - 2 * EDGE)
        self._put_chips(narrow=width < self._theme.px(NARROW))
        rows = min(max(self._rows.total, 3), ROWS)
        self._list.setMinimumHeight(0)
        rest = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else 0
        rest = (rest or self.sizeHint().height()) - self._list.sizeHint().height()
        row = self._theme.px(37)
        rows = max(1, min(rows, (max(room, above) - rest) // row))
        height = min(rows * row + rest, max(room, above))
        left = min(max(EDGE, below.x()), host.width() - EDGE - width)
        top = below.y() if height <= room else above + EDGE - height
        self.setGeometry(left, top, width, height)
        self._say_state()

    def _put_chips(self, *, narrow: bool) -> None:
        """Beside the field, or on a line of their own where that leaves no room to type."""
        row, other = (self._second, self._top) if narrow else (self._top, self._second)
        if row.indexOf(self._chips) < 0:
            other.removeWidget(self._chips)
            row.addWidget(self._chips, 1 if narrow else 0, Qt.AlignmentFlag.AlignVCenter)
        self._second.setContentsMargins(12, 0, 12, 8 if narrow else 0)
        self._service_row.setContentsMargins(SIDE, 8 if self._services.chips else 0, 12, 0)

    def _key_pressed(self, event: QKeyEvent, *, typing: bool) -> bool:
        row, count = self._list.currentIndex().row(), self._rows.rowCount()
        if _is_star_key(event):
            self._toggle_star(self._list.currentIndex())
            return True
        match event.key():
            case Qt.Key.Key_Down:
                self._move(row + 1 if row + 1 < count else 0)
            case Qt.Key.Key_Up:
                self._move(row - 1 if row > 0 else count - 1)
            case Qt.Key.Key_PageDown:
                self._move(min(row + ROWS - 1, count - 1))
            case Qt.Key.Key_PageUp:
                self._move(max(row - ROWS + 1, 0))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if typing:
                self._take(self._list.currentIndex())
            case Qt.Key.Key_Escape:
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

    def _toggle_star(self, index: QModelIndex) -> None:
        """Tell that a favourite was chosen or unchosen; whoever owns the notes then sets them."""
        favourite = index.data(RowRole.STAR)
        if favourite is not None:
            self._starring = True
            self.favourite_toggled.emit(index.data(RowRole.ID), not favourite)
            self._starring = False


def _is_star_key(event: QKeyEvent) -> bool:
    return QKeySequence(event.keyCombination()) == STAR_KEY


def _hairline() -> QFrame:
    line = QFrame()
    line.setFixedHeight(1)
    set_kind(line, "hairline")
    return line
