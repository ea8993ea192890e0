"""The tools of a conversation in a card over the composer: type to find, switch, close."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.features.tool_choice.choosing import ToolChoosing
from app.features.tool_choice.tool_list import ToolList
from app.features.tool_choice.tool_rows import Calls
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.card_shadow import CardShadow
from app.kit.widgets.plain_label import PlainLabel

WIDTH, HIGHEST, EDGE, SIDE = 440, 460, 8, 14


class ToolPopup(QFrame):
    """A card over the window that it is a child of; Esc or a click elsewhere closes it."""

    closed = Signal()
    manage_requested = Signal()

    def __init__(self, host: QWidget, choosing: ToolChoosing, *, theme: Theme) -> None:
        super().__init__(host)
        self._choosing, self._theme = choosing, theme
        self._search, self._list = QLineEdit(), ToolList(choosing, theme=theme)
        self._hint, self._cost = PlainLabel(), PlainLabel()
        self._for_new, self._manage = QPushButton(), QPushButton()
        self._again = QPushButton()
        self._scroll, self._anchor = QScrollArea(), QWidget()
        self._build()
        self._search.textChanged.connect(self._list.set_filter)
        self._search.textChanged.connect(self._fit_soon)
        self._again.clicked.connect(choosing.send_again)
        self._for_new.clicked.connect(choosing.use_for_new)
        self._manage.clicked.connect(self._leave_for_settings)
        choosing.changed.connect(self._refresh)
        self._retranslate()
        self.hide()
        self._shadow = CardShadow(self, theme=theme)

    @property
    def tools(self) -> ToolList:
        return self._list

    def open(self, anchor: QWidget) -> None:
        """Show it over `anchor`, with the focus in its field."""
        self._anchor = anchor
        self._search.clear()
        self._choosing.refresh()
        self._refresh()
        self._fit()
        self.show()
        self.raise_()
        self._search.setFocus(Qt.FocusReason.PopupFocusReason)
        if (app := QApplication.instance()) is not None:
            app.installEventFilter(self)
        self._fit_soon()

    def close_up(self) -> None:
        """Hide it, and tell so."""
        if self.isVisible():
            if (app := QApplication.instance()) is not None:
                app.removeEventFilter(self)
            self.hide()
            self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round within the card."""
        inside = [w for w in self._focusable() if w.isVisibleTo(self) and w.isEnabled()]
        focused = QApplication.focusWidget()
        at = inside.index(focused) if focused in inside else 0
        to = inside[(at + (1 if forward else -1)) % len(inside)]
        to.setFocus(Qt.FocusReason.TabFocusReason)
        if self._list.isAncestorOf(to):
            self._scroll.ensureWidgetVisible(to, 0, self._theme.px(24))
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            at = event.globalPosition().toPoint()
            on_button = self._anchor.rect().contains(self._anchor.mapFromGlobal(at))
            if not on_button and not self.rect().contains(self.mapFromGlobal(at)):
                self.close_up()
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self._has(watched):
                self.close_up()
                return True
        elif kind == QEvent.Type.Resize and watched is self.parent():
            self._fit()
        return False

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._fit()
        return handled

    def _has(self, watched: QObject) -> bool:
        return isinstance(watched, QWidget) and (watched is self or self.isAncestorOf(watched))

    def _focusable(self) -> list[QWidget]:
        """The field, the switches and links from top to bottom, the links below."""
        inside = [
            w for w in self._list.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        inside.sort(key=lambda w: (w.mapTo(self._list, QPoint()).y(), w.x()))
        return [self._search, *inside, self._again, self._for_new, self._manage]

    def _build(self) -> None:
        set_kind(self, "popup")
        set_kind(self._search, "plain")
        set_kind(self._hint, "warning-caption")
        set_kind(self._cost, "caption")
        set_kind(self._for_new, "caption-link")
        set_kind(self._manage, "caption-link")
        set_kind(self._again, "caption-link")
        self._hint.setWordWrap(True)
        self._cost.setWordWrap(True)
        inside = QWidget()
        set_kind(inside, "canvas")
        within = QVBoxLayout(inside)
        within.setContentsMargins(SIDE, 2, SIDE, 8)
        within.addWidget(self._list)
        within.addStretch(1)
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        links = QHBoxLayout()
        links.addWidget(self._for_new)
        links.addStretch(1)
        links.addWidget(self._manage)
        bottom = QVBoxLayout()
        bottom.setContentsMargins(SIDE, 8, SIDE, 8)
        bottom.setSpacing(4)
        bottom.addWidget(self._hint)
        bottom.addWidget(self._again, 0, Qt.AlignmentFlag.AlignLeft)
        bottom.addWidget(self._cost)
        bottom.addLayout(links)
        top = QHBoxLayout()
        top.setContentsMargins(6, 8, 12, 8)
        top.addWidget(self._search)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(_hairline())
        column.addWidget(self._scroll, 1)
        column.addWidget(_hairline())
        column.addLayout(bottom)

    def _leave_for_settings(self) -> None:
        self.close_up()
        self.manage_requested.emit()

    def _refresh(self) -> None:
        """Say anew what the choice costs, and what is to be known of it."""
        count = len(self._choosing.told())
        words = self.tr("No tool is on: nothing is added to requests.")
        if count:
            words = self.tr("%1 on. They add about %2 tokens to each request.")
            words = words.replace("%1", str(count))
            words = words.replace("%2", f"{self._choosing.tokens:,}")
        self._cost.setText(words)
        calls = self._choosing.model_calls
        refused = calls is Calls.REFUSED
        unfit = self.tr("This model is not listed as one that calls tools. It may refuse them.")
        left_out = self.tr("This model refused tools: they are left out for it.")
        self._hint.setText(left_out if refused else unfit)
        self._hint.setVisible(count > 0 and calls in (Calls.REFUSED, Calls.UNLISTED))
        self._again.setVisible(count > 0 and refused)
        same = self._choosing.as_for_new
        new, told = (
            self.tr("Use for new conversations, too"),
            self.tr("New conversations use these"),
        )
        self._for_new.setText(told if same else new)
        self._for_new.setEnabled(not same)

    def _retranslate(self) -> None:
        self._search.setPlaceholderText(self.tr("Type to find a tool…"))
        self._search.setAccessibleName(self.tr("Find tools"))
        self._list.setAccessibleName(self.tr("Tools"))
        self._again.setText(self.tr("Send them again"))
        self._manage.setText(self.tr("Tool settings…"))
        self._refresh()

    def _fit_soon(self, *_why: object) -> None:
        """Rows that were just made know their height after the event loop came round."""
        QApplication.postEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def _fit(self) -> None:
        """Over the anchor, or under it where there is more room; never outside the window."""
        host = self.parentWidget()
        assert host is not None
        above = self._anchor.mapTo(host, QPoint(0, -6)).y() - EDGE
        below = self._anchor.mapTo(host, QPoint(0, self._anchor.height() + 6))
        under = host.height() - below.y() - EDGE
        width = min(self._theme.px(WIDTH), host.width() - 2 * EDGE)
        inside = self._scroll.widget()
        wanted = self._rest(width) + (inside.sizeHint().height() if inside is not None else 0)
        height = min(wanted, self._theme.px(HIGHEST), max(above, under))
        left = min(max(EDGE, below.x()), host.width() - EDGE - width)
        top = above + EDGE - height if above >= min(height, under) else below.y()
        self.setGeometry(left, top, width, height)

    def _rest(self, width: int) -> int:
        """How high all is but the list."""
        words = width - 2 * SIDE - 2
        labels = [label for label in (self._hint, self._cost) if not label.isHidden()]
        lines = sum(label.heightForWidth(words) + 4 for label in labels)
        links = max(self._for_new.sizeHint().height(), self._manage.sizeHint().height())
        if not self._again.isHidden():
            links += self._again.sizeHint().height() + 4
        return self._search.sizeHint().height() + 16 + lines + links + 16 + 4


def _hairline() -> QFrame:
    line = QFrame()
    line.setFixedHeight(1)
    set_kind(line, "hairline")
    return line
