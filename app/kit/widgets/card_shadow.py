"""The soft shadow under a card that lies over the window: drawn once a size, then only copied."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from app.kit.theme import RADIUS_CARD, Theme

REACH, DROP = 30, 14
"""How far it reaches beyond the card on each side, and how much lower than the card it lies."""
STRENGTH = {False: 0.2, True: 0.6}
"""How dark it is under the card, by whether the theme is dark; at the edge it is half of that."""


class CardShadow(QWidget):
    """Lies behind `card`, a child of the same window, and follows it; mice do not notice it."""

    def __init__(self, card: QWidget, *, theme: Theme) -> None:
        super().__init__(card.parentWidget())
        self._card = card
        self._theme = theme
        self._drawn: tuple[tuple[int, int, bool, float], QPixmap] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card.installEventFilter(self)
        card.destroyed.connect(self.deleteLater)
        theme.changed.connect(self.update)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.Move | QEvent.Type.Resize:
                self._follow()
            case QEvent.Type.Show:
                self._follow()
                self.show()
            case QEvent.Type.Hide:
                self.hide()
            case QEvent.Type.ZOrderChange:
                self.stackUnder(self._card)
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        key = (self.width(), self.height(), self._theme.dark, self.devicePixelRatioF())
        if self._drawn is None or self._drawn[0] != key:
            self._drawn = key, self._draw()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn[1])
        painter.end()

    def _follow(self) -> None:
        box = self._card.geometry()
        self.setGeometry(box.adjusted(-REACH, DROP - REACH, REACH, DROP + REACH))
        self.stackUnder(self._card)

    def _draw(self) -> QPixmap:
        """Ever smaller rounded boxes on one another, which add up to a soft edge."""
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(self.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        dark = STRENGTH[self._theme.dark]
        steps = 2 * REACH
        for step in range(steps):
            # Each layer adds what is missing between two points of a curve that is soft at both
            # its ends.
            share = _smooth((step + 1) / steps) - _smooth(step / steps)
            painter.setBrush(QColor.fromRgbF(0, 0, 0, dark * share))
            box = QRectF(self.rect()).adjusted(step, step, -step, -step)
            radius = max(RADIUS_CARD, RADIUS_CARD + REACH - step)
            painter.drawRoundedRect(box, radius, radius)
        painter.end()
        return pixmap


def _smooth(part: float) -> float:
    """From 0 to 1 as `part` does, slowly at first and at last."""
    return part * part * (3 - 2 * part)
