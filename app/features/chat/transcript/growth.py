"""Deltas on their way to the view: gathered, and shown at most once a frame.

A flush that took long makes the next one wait longer (four times its cost), so that a slow machine
spends most of its time on everything else.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

FRAME_MS = 33
BACK_OFF = 4
LONGEST_MS = 1000


class Growth(QObject):
    """Calls `flush` some time after `touch`."""

    def __init__(self, flush: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._flush = flush
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush_now)
        self._wait = FRAME_MS

    def touch(self) -> None:
        """Something arrived."""
        if not self._timer.isActive():
            self._timer.start(self._wait)

    def flush_now(self) -> None:
        """Show what is there, without waiting."""
        self._timer.stop()
        begun = perf_counter()
        self._flush()
        cost = (perf_counter() - begun) * 1000
        self._wait = min(LONGEST_MS, max(FRAME_MS, round(BACK_OFF * cost)))

    def stop(self) -> None:
        self._timer.stop()
