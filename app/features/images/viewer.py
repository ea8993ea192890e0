"""A picture at its full size: exactly the bytes that are sent, zoomed and moved by hand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPixmap, QTransform, QWheelEvent
from PySide6.QtWidgets import (
    QDialog,
    QGraphicsPixmapItem,
    QGraphicsScene,
    QGraphicsView,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.plain_label import PlainLabel

STEP = 1.25
SMALLEST, LARGEST = 0.02, 16.0


class ImageViewer(QDialog):
    """Opens fitted; + and −, the wheel, 0 for fit, 1 for 100 %, Esc closes and ends it."""

    def __init__(self, pixmap: QPixmap, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fitted = True
        self._scene = QGraphicsScene(self)
        self._item = QGraphicsPixmapItem(pixmap)
        self._item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._scene.addItem(self._item)
        self._view = QGraphicsView(self._scene)
        self._view.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self._view.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._view.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self._view.setFrameShape(QGraphicsView.Shape.NoFrame)
        self._view.viewport().installEventFilter(self)
        self._facts = PlainLabel()
        self._fit_button = QPushButton()
        self._full_button = QPushButton()
        set_kind(self, "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_kind(self._facts, "caption")
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 8)
        bar.addWidget(self._facts)
        bar.addStretch(1)
        for button, act in ((self._fit_button, self.fit), (self._full_button, self.full_size)):
            set_kind(button, "secondary")
            button.clicked.connect(act)
            bar.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self._view, 1)
        self.resize(980, 720)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    @property
    def scale(self) -> float:
        """The screen's own pixels for a picture's pixel."""
        return self._view.transform().m11() * self.devicePixelRatioF()

    def fit(self) -> None:
        self._fitted = True
        self._view.fitInView(self._item, Qt.AspectRatioMode.KeepAspectRatio)
        if self.scale > 1:
            self._show_full()
        self._retranslate()

    def full_size(self) -> None:
        self._fitted = False
        self._show_full()
        self._retranslate()

    def _show_full(self) -> None:
        unit = 1 / self.devicePixelRatioF()
        self._view.setTransform(QTransform.fromScale(unit, unit))

    def zoom(self, factor: float) -> None:
        wanted = min(max(self.scale * factor, SMALLEST), LARGEST)
        self._fitted = False
        self._view.scale(wanted / self.scale, wanted / self.scale)
        self._retranslate()

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
            case _:
                super().keyPressEvent(event)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QWheelEvent):
            self.zoom(STEP if event.angleDelta().y() > 0 else 1 / STEP)
            return True
        if event.type() is QEvent.Type.Resize and self._fitted:
            self.fit()
        return False

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _restyle(self) -> None:
        self._view.setBackgroundBrush(self._theme.tokens.color("panel"))

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Picture"))
        self._fit_button.setText(self.tr("Fit"))
        self._full_button.setText(self.tr("100 %"))
        size = self._item.pixmap().size()
        percent = round(self.scale * 100)
        self._facts.setText(f"{size.width()} × {size.height()} · {percent} %")
        self._view.setAccessibleName(self.tr("Picture"))
