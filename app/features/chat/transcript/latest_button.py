"""The way back to the end of a conversation that goes on below what is read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme


class LatestButton(QPushButton):
    """Stands over the transcript's lower edge while the reader is elsewhere."""

    def __init__(self, parent: QWidget, *, theme: Theme, icons: Icons) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        set_kind(self, "latest")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        self.restyle()
        self._retranslate()

    def restyle(self) -> None:
        size = self._theme.px(14)
        self.setIcon(self._icons.icon("down", self._theme.tokens.text, size))
        self.setIconSize(QSize(size, size))
        self.adjustSize()

    def _retranslate(self) -> None:
        self.setText(self.tr("Latest"))
        self.setAccessibleName(self.tr("Go to the latest message"))
        self.adjustSize()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
