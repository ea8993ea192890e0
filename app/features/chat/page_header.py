"""The bar over a conversation: its model and preset, and the toggles of what can be shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme

HEIGHT, ICON = 44, 16


class PageHeader(QFrame):
    """`widgets` stand at its left. The buttons are toggles, for the page to join."""

    def __init__(self, *widgets: QWidget, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        self.reader, self.inspector = QToolButton(), QToolButton()
        set_kind(self, "bar")
        self.setMinimumHeight(HEIGHT)
        bar = QHBoxLayout(self)
        bar.setContentsMargins(16, 6, 16, 6)
        for widget in widgets:
            bar.addWidget(widget)
        bar.addStretch(1)
        for button in (self.reader, self.inspector):
            set_kind(button, "icon")
            button.setCheckable(True)
            bar.addWidget(button)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.inspector.setAccessibleName(self.tr("Parameters"))
        self.inspector.setToolTip(self.tr("Parameters (Ctrl+I)"))
        self.reader.setAccessibleName(self.tr("Reader"))
        self.reader.setToolTip(self.tr("Reader: the picture beside what was read (Ctrl+R)"))

    def _restyle(self) -> None:
        tokens, size = self._theme.tokens, self._theme.px(ICON)
        for button, name in ((self.reader, "reader"), (self.inspector, "inspector")):
            icon = self._icons.icon(name, tokens.text_2, size, disabled=tokens.text_3)
            button.setIcon(icon)
            button.setIconSize(QSize(size, size))
