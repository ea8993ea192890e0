"""When Python looks for objects that only hold on to each other: in pauses, never mid-stream.

Looking through everything takes tens of milliseconds once much is loaded, and Python would do it
whenever enough was made, which is while an answer arrives or somebody scrolls. So it is done here,
a little at a time: what was looked through once is set aside, and only looked through again when
something large has gone.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 2000
YOUNG, MIDDLE = 700, 10
"""Python's own numbers: how many new objects make it look through the young ones."""
ENOUGH = 8
"""Looks through the young ones after which it is worth to look through all that is new."""
TOO_MANY = 400
"""After so many it is done whatever goes on."""


class Collector(QObject):
    """Owned by the program. `busy` tells whether something runs that must not be held up."""

    def __init__(self, busy: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._busy = busy
        self._gone = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Look through all there is, once, and from now on in pauses."""
        gc.set_threshold(YOUNG, MIDDLE, 1_000_000)
        gc.collect()
        gc.freeze()
        self._timer.start()

    def something_went(self) -> None:
        """Something large was closed: with the next pause everything is looked through."""
        self._gone = True

    def look(self) -> None:
        """Collect, if it is time to."""
        count = gc.get_count()[2]
        if (count < ENOUGH and not self._gone) or (self._busy() and count < TOO_MANY):
            return
        if self._gone:
            self._gone = False
            gc.unfreeze()
        gc.collect()
        gc.freeze()

    def end(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.set_threshold(YOUNG, MIDDLE, MIDDLE)
