"""The wheel and the touch pad: as many pixels as were meant, a wheel's steps not at a stroke."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QObject, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollBar

NOTCH = 120
"""What a wheel tells for one of its steps, in eighths of a degree."""
FRAME_MS = 16


def sideways_of(event: QWheelEvent) -> int:
    """How far it was turned sideways, in eighths of a degree; up and down with Shift counts."""
    delta = event.angleDelta()
    shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
    if delta.x() and abs(delta.x()) >= abs(delta.y()):
        return delta.x()
    return delta.y() if shift else 0


class Wheel(QObject):
    """Moves a scroll bar. A wheel's step takes `glide_ms`; 0: it is made at once.

    A touch pad tells pixels, and many small turns: those are followed as they come.
    """

    def __init__(self, bar: QScrollBar, step: int) -> None:
        super().__init__(bar)
        self._bar = bar
        self._step = step
        self._rest = 0.0
        self._curve = QEasingCurve(QEasingCurve.Type.OutCubic)
        self._frames = 0
        self._frame = 0
        self._way = 0
        self._gone = 0
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._glide)
        self.glide_ms = 0

    def turn(self, event: QWheelEvent) -> None:
        """Scroll by what an event tells."""
        pixels = event.pixelDelta().y()
        angle = event.angleDelta().y()
        touch = event.phase() != Qt.ScrollPhase.NoScrollPhase or abs(angle) % NOTCH != 0
        if pixels and touch:
            self.stop()
            self._move(-pixels)
        elif angle:
            exact = -angle * self._step * QApplication.wheelScrollLines() / NOTCH + self._rest
            way = round(exact)
            self._rest = exact - way
            if touch or self.glide_ms < FRAME_MS:
                self.stop()
                self._move(way)
            else:
                self._begin(way)

    @property
    def glides(self) -> bool:
        """Whether a step is on its way."""
        return self._timer.isActive()

    def stop(self) -> None:
        """Stay where it is."""
        self._timer.stop()
        self._way = self._gone = 0

    def _begin(self, way: int) -> None:
        """Glide so far from here, and what was left of the last step."""
        left = self._way - self._gone
        self._way = way + (left if (left > 0) == (way > 0) else 0)
        self._gone = self._frame = 0
        self._frames = max(1, self.glide_ms // FRAME_MS)
        self._glide()
        self._timer.start()

    def _glide(self) -> None:
        self._frame += 1
        share = self._curve.valueForProgress(min(1.0, self._frame / self._frames))
        by = round(self._way * share) - self._gone
        self._gone += by
        target = self._bar.value() + by
        self._move(by)
        if self._frame >= self._frames or not 0 < target < self._bar.maximum():
            self.stop()

    def _move(self, by: int) -> None:
        self._bar.setValue(self._bar.value() + by)
