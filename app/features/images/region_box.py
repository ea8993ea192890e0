"""A region of a picture as it is drawn: by dragging, or moved and stretched by keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from app.core.picture import Region

FAR = 10
"""Pixels that Shift and an arrow go."""
SHADE = QColor(0, 0, 0, 140)


class RegionBox(QGraphicsItem):
    """Lies over a picture of `width` by `height` pixels; `dims` what is outside."""

    def __init__(self, width: int, height: int, ink: QColor, *, dims: bool) -> None:
        super().__init__()
        self._whole = QRectF(0, 0, width, height)
        self._ink = ink
        self._dims = dims
        self._from = QPointF()
        self._rect = QRectF(width * 0.2, height * 0.2, width * 0.6, height * 0.6)
        self._rect = QRectF(self._rect.toAlignedRect())
        self.touched = False
        """Whether it was drawn or moved: it is no longer merely offered."""

    @property
    def region(self) -> Region:
        rect = self._rect.toAlignedRect()
        return Region(rect.left(), rect.top(), rect.left() + rect.width(), rect.bottom() + 1)

    def begin(self, point: QPointF) -> None:
        """Draw another from that pixel."""
        self._from = self._inside(point)
        self._set(QRectF(self._from, self._from))

    def draw_to(self, point: QPointF) -> None:
        self._set(QRectF(self._from, self._inside(point)).normalized())

    def move_by(self, x: int, y: int) -> None:
        """Move it within the picture."""
        rect, whole = self._rect, self._whole
        x = max(round(-rect.left()), min(x, round(whole.right() - rect.right())))
        y = max(round(-rect.top()), min(y, round(whole.bottom() - rect.bottom())))
        self._set(rect.translated(x, y))

    def stretch_by(self, x: int, y: int) -> None:
        """Move its right and lower edge; at least a pixel is left."""
        rect = self._rect.adjusted(0, 0, x, y)
        rect.setWidth(max(1, rect.width()))
        rect.setHeight(max(1, rect.height()))
        self._set(rect & self._whole)

    def boundingRect(self) -> QRectF:
        return self._whole.adjusted(-2, -2, 2, 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        rect, whole = QRectF(self._rect.toAlignedRect()), self._whole
        if self._dims:
            below = QRectF(whole.left(), rect.bottom(), whole.width(), whole.bottom())
            for side in (
                QRectF(whole.left(), whole.top(), whole.width(), rect.top()),
                below & whole,
                QRectF(whole.left(), rect.top(), rect.left(), rect.height()),
                QRectF(rect.right(), rect.top(), whole.right() - rect.right(), rect.height()),
            ):
                painter.fillRect(side, SHADE)
        # What is to be blacked out is not black before it is: nobody may take it for covered.
        for color, style in (("white", Qt.PenStyle.SolidLine), (self._ink, Qt.PenStyle.DashLine)):
            pen = QPen(QColor(color), 2, style)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawRect(rect)

    def _inside(self, point: QPointF) -> QPointF:
        whole = self._whole
        return QPointF(
            min(max(point.x(), whole.left()), whole.right()),
            min(max(point.y(), whole.top()), whole.bottom()),
        )

    def _set(self, rect: QRectF) -> None:
        self._rect = rect
        self.touched = True
        self.update()
