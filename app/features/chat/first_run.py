"""What an empty conversation shows: where to drop a screenshot, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.features.chat.composer import QuickActionSource
from app.kit.style import set_kind
from app.kit.theme import RADIUS_COMPOSER
from app.kit.widgets.plain_label import PlainLabel

WIDTH = 560
DASH = (3.0, 3.0)


class _Card(QFrame):
    """A card with dashes round it, longer than a style sheet's."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self.palette().link().color(), 1)
        pen.setDashPattern(DASH)
        painter.setPen(pen)
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, RADIUS_COMPOSER, RADIUS_COMPOSER)
        painter.end()


class DropZone(QWidget):
    """A click on it picks files; a ready-made question picks files and is asked about them."""

    files_requested = Signal()
    action_requested = Signal(str)

    def __init__(self, *, hints: QuickActionSource) -> None:
        super().__init__()
        self._card = _Card()
        self._title = PlainLabel()
        self._text, self._also = PlainLabel(), PlainLabel()
        set_kind(self._card, "drop")
        set_kind(self._title, "title")
        set_kind(self._text, "lead")
        set_kind(self._also, "caption")
        self._card.setCursor(Qt.CursorShape.PointingHandCursor)
        self._card.setMaximumWidth(WIDTH)
        for label in (self._title, self._text, self._also):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(24, 36, 24, 36)
        inside.setSpacing(16)
        inside.addWidget(self._title)
        inside.addWidget(self._text)
        inside.addWidget(hints.widget)
        inside.addWidget(self._also)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._card, 1000)
        row.addStretch(1)
        outer.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(1)
        hints.picked.connect(self.action_requested)
        self._retranslate()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._card.geometry().contains(
            event.position().toPoint()
        ):
            self.files_requested.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Drop a screenshot anywhere"))
        self._text.setText(self.tr("or paste it with Ctrl V, or click here to pick a file"))
        self._also.setText(self.tr("PDF, Word, Excel, text and code files go along as well"))
        self._card.setAccessibleName(self._title.text())
