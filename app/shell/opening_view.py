"""What the window shows from its first paint until the program behind it is read in.

The frame of the window, and a real box in the composer's place: what is typed there at once goes
into the conversation that opens.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from app.kit.theme import BODY_PX, RADIUS_COMPOSER, READING_WIDTH, Theme

SIDEBAR, TABS, HEADER, STATUS = 248, 40, 44, 26
CARD_HEIGHT, MARGIN, FOOT = 116, 16, 14


class EarlyBox(QPlainTextEdit):
    """Takes text; Enter waits until there is somebody to send to."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)


class OpeningView(QWidget):
    """Drawn by hand and quickly; it lives for a fraction of a second."""

    def __init__(self, *, theme: Theme, placeholder: str, sidebar: bool) -> None:
        super().__init__()
        self._theme = theme
        self._sidebar = SIDEBAR if sidebar else 0
        tokens = theme.tokens
        self.box = EarlyBox(self)
        self.box.setFrameShape(QFrame.Shape.NoFrame)
        self.box.document().setDocumentMargin(0)
        self.box.setFont(theme.font(BODY_PX))
        self.box.setPlaceholderText(placeholder)
        self.box.setAccessibleName(placeholder)
        palette = theme.palette()
        palette.setColor(palette.ColorRole.Base, QColor(tokens.canvas))
        self.box.setPalette(palette)
        self.setFocusProxy(self.box)

    def _card(self) -> QRect:
        room = self.width() - self._sidebar - 2 * MARGIN
        width = min(READING_WIDTH, room)
        left = self._sidebar + MARGIN + (room - width) // 2
        return QRect(left, self.height() - STATUS - FOOT - CARD_HEIGHT, width, CARD_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.box.setGeometry(self._card().adjusted(12, 12, -12, -50))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.canvas))
        side, foot = self._sidebar, self.height() - STATUS
        painter.fillRect(0, 0, side, self.height(), QColor(tokens.sidebar))
        painter.fillRect(0, 0, self.width(), TABS, QColor(tokens.sidebar))
        painter.fillRect(0, foot, self.width(), STATUS, QColor(tokens.sidebar))
        line = QColor(tokens.line)
        for top in (TABS - 1, TABS + HEADER - 1):
            painter.fillRect(side, top, self.width() - side, 1, line)
        painter.fillRect(0, foot, self.width(), 1, line)
        if side:
            painter.fillRect(side - 1, 0, 1, foot, line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(line, 1))
        card = QRectF(self._card()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(card, RADIUS_COMPOSER, RADIUS_COMPOSER)
        painter.end()
