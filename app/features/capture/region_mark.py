"""Marks on the screen which region is asked about: its frame and its size, in nobody's way."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget

from app.features.capture.geometry import Box
from app.kit.theme import CAPTION_PX, DARK, Theme

FRAME = 3
GAP = 6
INSIDE = QSize(16, 6)


class RegionMark(QWidget):
    """Lies around a region and below it; clicks and keys go to what is behind."""

    def __init__(self, region: Box, size: str, *, theme: Theme) -> None:
        kind = Qt.WindowType
        super().__init__(
            None,
            kind.FramelessWindowHint
            | kind.WindowStaysOnTopHint
            | kind.BypassWindowManagerHint
            | kind.WindowTransparentForInput
            | kind.WindowDoesNotAcceptFocus
            | kind.ToolTip,
        )
        self._size = size
        self._font = theme.font(CAPTION_PX)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        inner = QRectF(region.x, region.y, region.width, region.height).toAlignedRect()
        label = QFontMetrics(self._font).size(0, size) + INSIDE
        outer = inner.adjusted(-FRAME, -FRAME, FRAME, FRAME)
        high = outer.height() + GAP + label.height()
        wide = max(outer.width(), label.width() + FRAME)
        self.setGeometry(QRect(outer.topLeft(), QSize(wide, high)))
        self._outer = QRect(QPoint(0, 0), outer.size())
        self._label = QRect(QPoint(FRAME, outer.height() + GAP), label)
        hole = self._outer.adjusted(FRAME, FRAME, -FRAME, -FRAME)
        self.setMask(QRegion(self._outer) - QRegion(hole) + QRegion(self._label))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self._outer, QColor(DARK.accent))
        painter.fillRect(self._label, QColor(DARK.canvas))
        painter.setPen(QColor(DARK.text_2))
        painter.setFont(self._font)
        painter.drawText(self._label, Qt.AlignmentFlag.AlignCenter, self._size)
        painter.end()
