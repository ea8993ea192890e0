"""A box to choose one of a few from: Qt's combo box with our chevron."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from app.kit.icons import Icons
from app.kit.theme import Theme

CHEVRON, SIDE = 12, 11


class ChoiceBox(QComboBox):
    """As wide as its widest choice. A wheel over it scrolls the page until it has the focus."""

    def __init__(self, parent: QWidget | None = None, *, theme: Theme, icons: Icons) -> None:
        super().__init__(parent)
        self._theme, self._icons = theme, icons
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        chevron = self._icons.pixmap("chevron-down", self._theme.tokens.text_2, CHEVRON)
        top = (self.height() - CHEVRON) // 2
        painter.drawPixmap(self.width() - SIDE - CHEVRON, top, chevron)
        painter.end()
