"""The view of the picker's rows, in which the star is a place of its own to click."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QListView

from app.features.models.model_row_delegate import ModelRowDelegate
from app.features.models.model_rows import ModelRowsListModel, RowRole


class ModelListView(QListView):
    """`taken` a row was clicked; `star_clicked` its star, which takes nothing."""

    taken = Signal(QModelIndex)
    star_clicked = Signal(QModelIndex)

    def __init__(self, rows: ModelRowsListModel, delegate: ModelRowDelegate) -> None:
        super().__init__()
        self._delegate = delegate
        self.setModel(rows)
        self.setItemDelegate(delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QListView { background: transparent; }")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._star_at(event).isValid():
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        star = self._star_at(event)
        if star.isValid():
            self.star_clicked.emit(star)
            return
        pressed = self.currentIndex()
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid() and index == pressed:
            self.taken.emit(index)

    def _star_at(self, event: QMouseEvent) -> QModelIndex:
        """The row whose star is under the mouse; invalid if none is."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        on_star = at.x() < self._delegate.star_width and index.data(RowRole.STAR) is not None
        return index if on_star else QModelIndex()
