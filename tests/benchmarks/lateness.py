"""How late an event loop is: a timer that should tick every few milliseconds tells."""

from __future__ import annotations

import time

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer

TICK_MS = 4


class Lateness(QObject):
    """Milliseconds by which each tick came late, and of this thread's own CPU before each.

    On a busy machine other programs make a tick late; what the loop itself did is its CPU.
    """

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self.cpu: list[float] = []
        self._used = 0.0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self.late, self.cpu = [], []
        self._used = time.thread_time()
        self._clock.start()
        self._timer.start()

    def stop(self) -> list[float]:
        self._tick()
        self._timer.stop()
        return self.late

    def _tick(self) -> None:
        gap = self._clock.nsecsElapsed() / 1e6
        self._clock.restart()
        self.late.append(max(0.0, gap - TICK_MS))
        used, self._used = self._used, time.thread_time()
        self.cpu.append((self._used - used) * 1000)
