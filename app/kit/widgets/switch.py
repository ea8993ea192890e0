"""A switch: a check box that looks like what it does, for what is in force at once."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from app.kit.theme import Theme

WIDTH, HEIGHT, RING = 30, 17, 2


class Switch(QCheckBox):
    """Assistive tools know it as a check box. Its name has to be given: it shows no words."""

    def __init__(self, *, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        ring = 2 * RING
        return QSize(self._theme.px(WIDTH) + ring, self._theme.px(HEIGHT) + ring)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, on = self._theme.tokens, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)
        radius = track.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 1))
            painter.drawRoundedRect(track.adjusted(-1.5, -1.5, 1.5, 1.5), radius + 2, radius + 2)
            painter.setPen(Qt.PenStyle.NoPen)
        lit = on and self.isEnabled()
        painter.setBrush(QColor(tokens.accent if lit else tokens.text_3))
        painter.drawRoundedRect(track, radius, radius)
        knob = track.height() - 4
        left = track.right() - knob - 2 if on else track.left() + 2
        painter.setBrush(QColor(tokens.on_accent if lit else tokens.canvas))
        painter.drawEllipse(QRectF(left, track.top() + 2, knob, knob))
        painter.end()
