"""Takes an answer in as it arrives: a short one at once, a long one beside the window's thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from app.kit.tasks import TaskScope, in_thread

FRAME_MS = 40
"""What arrives is gathered at least so long before it is taken in."""
AT_ONCE = 6_000
"""Characters of an answer that is read at once: they take less than a frame."""
SHARE = 3
"""A long answer is read again only after so many times as long as that took."""
TURN_S = 0.1
"""Seconds that are read of what came at once, before that much is shown."""


class Taken(Protocol):
    """What an answer holds by now."""

    @property
    def behind(self) -> bool:
        """There is more that was not taken in yet."""
        ...


class Reading(Protocol):
    """Reads one answer; in any thread, one at a time."""

    def take(self, new: str = "", *, ended: bool = False) -> Taken: ...


class Intake(QObject):
    """One answer at a time; `result` is what it holds by now, `nothing` to begin with.

    Nothing is read twice, never two at a time, and never more of an old answer than is under way.
    `make` makes the reading of an answer, of which up to `at_once` characters are read at once.
    """

    changed = Signal()

    def __init__(
        self,
        make: Callable[[], Reading],
        nothing: Any,
        scope: TaskScope,
        parent: QObject | None = None,
        *,
        at_once: int = AT_ONCE,
    ) -> None:
        super().__init__(parent)
        self._make, self._nothing, self._scope = make, nothing, scope
        self.result = nothing
        self._at_once = at_once
        self._reader: Reading | None = None
        self._pieces: list[str] = []
        self._new: list[str] = []
        self._length = 0
        self._ended = False
        self._reads = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.take_in)

    @property
    def text(self) -> str:
        """All that came, as it came, taken in or not."""
        self._pieces = ["".join(self._pieces)]
        return self._pieces[0]

    @property
    def busy(self) -> bool:
        """Whether something that came was not taken in yet."""
        return self._reads or self._timer.isActive() or bool(self._new) or self.result.behind

    def begin(self) -> None:
        """Another answer, of which nothing came yet."""
        self._reader, self.result = None, self._nothing
        self._pieces, self._new = [], []
        self._length, self._ended = 0, False

    def feed(self, text: str) -> None:
        """More of it; it is taken in a moment later, or by `take_in`."""
        self._pieces.append(text)
        self._new.append(text)
        self._length += len(text)
        self._soon(FRAME_MS)

    def finish(self) -> None:
        """No more will come."""
        self._ended = True

    def take_in(self) -> None:
        """Take in what came: now, where that is little; else it is `changed` when it is done."""
        self._timer.stop()
        if self._reads or self._scope.closed:
            return  # whoever reads goes on with it
        if self._reader is None:
            self._reader = self._make()
        reader, new, ended = self._reader, "".join(self._new), self._ended
        self._new.clear()
        if self._length <= self._at_once:
            self._told(reader.take(new, ended=ended))
            return
        self._reads = True
        self._scope.start(self._read(reader, new, ended=ended), name="read an answer")

    async def _read(self, reader: Reading, new: str, *, ended: bool) -> None:
        try:
            result, took = await in_thread(_read_on, reader, new, ended)
        finally:
            self._reads = False
        if not isValid(self):
            return
        if reader is not self._reader:
            self._soon(0)
            return
        self._told(result)
        if self._new or self._ended is not ended:
            self._soon(max(FRAME_MS, round(1000 * SHARE * took)))

    def _told(self, result: Taken) -> None:
        self.result = result
        if result.behind:
            self._soon(0)
        self.changed.emit()

    def _soon(self, delay: int) -> None:
        if not self._timer.isActive() and not self._reads:
            self._timer.start(delay)


def _read_on(reader: Reading, new: str, ended: bool) -> tuple[Taken, float]:
    """Read for a while; answers what there is then, and how many seconds of work it was."""
    begin = time.thread_time()
    result = reader.take(new, ended=ended)
    while result.behind and time.thread_time() - begin < TURN_S:
        result = reader.take(ended=ended)
    return result, time.thread_time() - begin
