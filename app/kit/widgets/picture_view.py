"""A picture to look at closely: fitted or at its own size, zoomed and moved by hand or by keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPixmap, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsPixmapItem, QGraphicsScene, QGraphicsView, QWidget

from app.kit.theme import Theme

STEP = 1.25
SMALLEST, LARGEST = 0.02, 16.0
CRISP = 2.0
"""From this scale on pixels are shown as squares: whoever looks so close wants to see them."""
MOVE = 60
NOTCH = 120


class PictureView(QGraphicsView):
    """Opens fitted, and follows its size until it is zoomed. `scale_changed` after each change."""

    scale_changed = Signal()

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fitted = True
        self.setScene(QGraphicsScene(self))
        self._item = QGraphicsPixmapItem()
        self.scene().addItem(self._item)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setFrameShape(QFrame.Shape.NoFrame)
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def pixmap(self) -> QPixmap:
        return self._item.pixmap()

    def show_pixmap(self, pixmap: QPixmap) -> None:
        """Show another picture; one of the same size stays where it is."""
        same = pixmap.size() == self._item.pixmap().size()
        self._item.setPixmap(pixmap)
        self.scene().setSceneRect(self._item.boundingRect())
        if not same:
            self.fit()

    @property
    def scale_now(self) -> float:
        """The screen's own pixels for a picture's pixel."""
        return self.transform().m11() * self.devicePixelRatioF()

    def fit(self) -> None:
        """The whole picture, no larger than its own size."""
        self._fitted = True
        self.fitInView(self._item, Qt.AspectRatioMode.KeepAspectRatio)
        if self.scale_now > 1:
            self._set_scale(1)
        self._told()

    def full_size(self) -> None:
        """A pixel of the picture for each of the screen's."""
        self._fitted = False
        self._set_scale(1)
        self._told()

    def zoom(self, factor: float) -> None:
        wanted = min(max(self.scale_now * factor, SMALLEST), LARGEST)
        self._fitted = False
        self.scale(wanted / self.scale_now, wanted / self.scale_now)
        self._told()

    def to_picture(self, point: QPointF) -> QPointF:
        """The picture's pixel under a point of the viewport."""
        return self._item.mapFromScene(self.mapToScene(point.toPoint()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A turn of the wheel zooms; with Shift, and from a touch pad, it moves."""
        pixels = event.pixelDelta()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if not pixels.isNull() and event.phase() != Qt.ScrollPhase.NoScrollPhase:
            self.move_by(-pixels.x(), -pixels.y())
        elif shift:
            self.move_by(-(event.angleDelta().y() or event.angleDelta().x()), 0)
        elif event.angleDelta().y():
            self.zoom(STEP ** (event.angleDelta().y() / NOTCH))
        event.accept()

    def move_by(self, x: int, y: int) -> None:
        """Move what is looked at, in pixels of the screen."""
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + x)
        down.setValue(down.value() + y)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(STEP)
            case Qt.Key.Key_Minus:
                self.zoom(1 / STEP)
            case Qt.Key.Key_0:
                self.fit()
            case Qt.Key.Key_1:
                self.full_size()
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self.move_by(MOVE if event.key() == Qt.Key.Key_Right else -MOVE, 0)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self.move_by(0, MOVE if event.key() == Qt.Key.Key_Down else -MOVE)
            case _:
                event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange and self._fitted:
            self.fit()
        return super().event(event)

    def _set_scale(self, scale: float) -> None:
        unit = scale / self.devicePixelRatioF()
        self.setTransform(QTransform.fromScale(unit, unit))

    def _told(self) -> None:
        smooth = self.scale_now < CRISP
        mode = Qt.TransformationMode
        self._item.setTransformationMode(
            mode.SmoothTransformation if smooth else mode.FastTransformation
        )
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        self.scale_changed.emit()

    def _restyle(self) -> None:
        self.setBackgroundBrush(self._theme.tokens.color("panel"))
