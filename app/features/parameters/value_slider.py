"""A slider that may stand for nothing: grey until a value is set, and still under a wheel."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider

from app.kit.style import set_kind

HEIGHT = 20
"""Room for the whole ring of the handle."""


class ValueSlider(QSlider):
    """Goes to where it is clicked. It is not in the tab order: its field is, and takes arrows.

    `two_ways` says that nothing lies in the middle, so that no side is filled.
    """

    cleared = Signal()

    def __init__(self, *, two_ways: bool = False) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._two_ways = two_ways
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMinimumHeight(HEIGHT)

    def show_place(self, place: int, *, sent: bool) -> None:
        """Stand at a place without telling so; grey unless that is sent."""
        self.blockSignals(True)
        self.setValue(place)
        self.blockSignals(False)
        set_kind(self, "unsent" if not sent else "two-ways" if self._two_ways else "")

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            handle = self.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength, self._option())
            room = max(1, self.width() - handle)
            at = round(event.position().x()) - handle // 2
            place = QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), at, room)
            if place == self.value():
                self.valueChanged.emit(place)
            self.setValue(place)
        super().mousePressEvent(event)

    def _option(self) -> QStyleOptionSlider:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        return option
