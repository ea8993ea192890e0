"""The bar over the transcript in which words are looked for: field, count, back and forth."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.find_field import FindField
from app.kit.widgets.plain_label import PlainLabel

LONGEST = 500
WIDEST = 340


class FindBar(QFrame):
    """Hidden until it is opened. Whoever finds tells it what was found."""

    query_changed = Signal(str, bool)  # words, and whether capitals matter
    step_requested = Signal(int)
    closed = Signal()

    def __init__(self, *, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._before: QWidget | None = None
        self._state = (0, 0, True, False)
        self._field = FindField()
        self._field.setMaxLength(LONGEST)
        self._field.setMaximumWidth(WIDEST)
        self._count = PlainLabel()
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self._back = QToolButton()
        self._forth = QToolButton()
        self._case = QToolButton()
        self._case.setCheckable(True)
        self._case.setText("Aa")
        self._close = QToolButton()
        set_kind(self, "find")
        set_kind(self._count, "caption")
        for button in (self._back, self._forth, self._case, self._close):
            set_kind(button, "icon")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 12, 5)
        row.setSpacing(4)
        row.addWidget(self._field, 1)
        row.addSpacing(4)
        for widget in (self._back, self._forth, self._case):
            row.addWidget(widget)
        row.addSpacing(4)
        row.addWidget(self._count)
        row.addStretch()
        row.addWidget(self._close)
        self._connect()
        self.hide()
        self._restyle()
        self._retranslate()

    def _connect(self) -> None:
        self._field.textChanged.connect(lambda _text: self._tell_query())
        self._field.step_requested.connect(self.step_requested)
        self._field.escaped.connect(self.close_bar)
        self._case.toggled.connect(lambda _on: self._tell_query())
        self._back.clicked.connect(lambda: self.step_requested.emit(-1))
        self._forth.clicked.connect(lambda: self.step_requested.emit(1))
        self._close.clicked.connect(self.close_bar)
        self._theme.changed.connect(self._restyle)

    @property
    def result(self) -> str:
        """What is said of what was found."""
        return self._count.text()

    def open_bar(self, words: str = "") -> None:
        """Show it, to type in; with these words, or what was looked for last."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.show()
        if words and words != self._field.text():
            self._field.setText(words)
        else:
            self._tell_query()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def close_bar(self) -> None:
        """Hide it, and give the focus back to where it was."""
        before, self._before = self._before, None
        self.hide()
        self.closed.emit()
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()

    def show_found(self, number: int, total: int, *, complete: bool, more: bool) -> None:
        """The how manieth place of how many; `more`: there are still others behind."""
        self._state = (number, total, complete, more)
        self._tell_found()

    def _tell_query(self) -> None:
        self.query_changed.emit(self._field.text(), self._case.isChecked())

    def _tell_found(self) -> None:
        number, total, complete, more = self._state
        some = total > 0
        if not self._field.text():
            text = ""
        elif some and complete:
            text = self.tr("%1 of %2").replace("%1", f"{number:,}").replace("%2", f"{total:,}")
        elif more:
            text = self.tr("More than %1").replace("%1", f"{total:,}")
        elif some:
            text = self.tr("%1 so far…").replace("%1", f"{total:,}")
        else:
            text = self.tr("Not found") if complete else self.tr("Searching…")
        if text != self._count.text():
            self._count.setText(text)
            self._count.setAccessibleName(text)
        self._back.setEnabled(some)
        self._forth.setEnabled(some)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._field.setPlaceholderText(self.tr("Find in this conversation"))
        self._field.setAccessibleName(self.tr("Find in this conversation"))
        for button, name, key in (
            (self._back, self.tr("Previous place"), "Shift+F3"),
            (self._forth, self.tr("Next place"), "F3"),
            (self._case, self.tr("Match case"), ""),
            (self._close, self.tr("Close"), "Esc"),
        ):
            button.setAccessibleName(name)
            button.setToolTip(f"{name} ({key})" if key else name)
        self._tell_found()

    def _restyle(self) -> None:
        size = self._theme.px(16)
        color = self._theme.tokens.text_2
        for button, icon in (
            (self._back, "chevron-up"),
            (self._forth, "chevron-down"),
            (self._close, "close"),
        ):
            button.setIcon(self._icons.icon(icon, color, size))
            button.setIconSize(QSize(size, size))
