"""‹ 2/3 ›: which of several is shown, and the way to the one before and the next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.plain_label import PlainLabel

ICON = 14


class Stepper(QWidget):
    """Counts from 0; hidden while there is one or none. `names` answers the words for its two
    buttons."""

    stepped = Signal(int)

    def __init__(self, names: Callable[[], tuple[str, str]], *, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._names = names
        self._theme, self._icons = theme, icons
        self._at, self._count = 0, 0
        self.back, self.on = QToolButton(), QToolButton()
        self._label = PlainLabel()
        set_kind(self._label, "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for widget in (self.back, self._label, self.on):
            row.addWidget(widget)
        for button, step in ((self.back, -1), (self.on, 1)):
            set_kind(button, "icon")
            button.clicked.connect(lambda _checked=False, step=step: self.step(step))
        theme.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()
        self.show_place(0, 0)

    @property
    def text(self) -> str:
        return self._label.text()

    def show_place(self, at: int, count: int) -> None:
        self._at, self._count = at, count
        self._label.setText(f"{at + 1}/{count}")
        self.back.setEnabled(at > 0)
        self.on.setEnabled(at + 1 < count)
        self.setVisible(count > 1)

    def step(self, step: int) -> None:
        """One back or on, if there is one."""
        if 0 <= self._at + step < self._count:
            self.stepped.emit(self._at + step)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        for button, name in zip((self.back, self.on), self._names(), strict=True):
            button.setToolTip(name)
            button.setAccessibleName(name)

    def _restyle(self) -> None:
        tokens, size = self._theme.tokens, self._theme.px(ICON)
        for button, name in ((self.back, "chevron-left"), (self.on, "chevron-right")):
            button.setIcon(self._icons.icon(name, tokens.text_2, size, disabled=tokens.text_3))
            button.setIconSize(QSize(size, size))
