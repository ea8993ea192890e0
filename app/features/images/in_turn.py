"""Small steps in their order, a few milliseconds of them at a time: the window goes on."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

SLICE_S = 0.005


class InTurn(QObject):
    """The first steps are taken at once, as many as a slice holds; the others by and by."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: deque[Callable[[], None]] = deque()
        self._used = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    @property
    def waiting(self) -> bool:
        """Whether there are steps still to be taken."""
        return bool(self._steps)

    def add(self, step: Callable[[], None]) -> None:
        self._steps.append(step)
        self._take()

    def clear(self) -> None:
        """Give up the steps that were not taken."""
        self._steps.clear()

    def _go_on(self) -> None:
        self._used = 0.0
        self._take()

    def _take(self) -> None:
        while self._steps and self._used < SLICE_S:
            begun = time.perf_counter()
            self._steps.popleft()()
            self._used += time.perf_counter() - begun
        if self._used and not self._timer.isActive():
            self._timer.start(0)
