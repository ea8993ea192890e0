"""Wrapped rows of widgets that scroll once they would be too high."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from app.kit.widgets.flow_layout import FlowLayout


class FlowArea(QScrollArea):
    """As high as its rows, up to `most_height` pixels."""

    def __init__(self, *, gap: int, most_height: int) -> None:
        super().__init__()
        self._most = most_height
        self._rows = FlowLayout(gap)
        inner = QWidget()
        inner.setLayout(self._rows)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for ground in (inner, self.viewport()):
            ground.setAutoFillBackground(False)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        self._rows.addWidget(widget)

    def remove(self, widget: QWidget) -> None:
        self._rows.removeWidget(widget)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return min(self._rows.heightForWidth(width), self._most)

    def sizeHint(self) -> QSize:
        return self._rows.sizeHint().boundedTo(QSize(16_777_215, self._most))

    def minimumSizeHint(self) -> QSize:
        return self._rows.minimumSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
