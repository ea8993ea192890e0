"""What a reply that streams waits for: its first words, a busy service's next turn, or more."""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import ceil

from app.core.errors import Failure
from app.core.events import FellBack, Opened, Sent, StreamEvent, Waiting
from app.core.message import Message
from app.features.chat.transcript import words

STILL_AFTER_S = 10.0
"""From when on the seconds are counted for the reader."""


@dataclass(frozen=True, slots=True)
class WaitLine:
    """What is said of the wait. `said` holds the busy service's own words."""

    sentence: str
    said: str = ""
    busy: bool = False


class Wait:
    """Hears a reply's events. Times are seconds of the clock that its owner reads."""

    def __init__(self, since: float) -> None:
        self.fell_back = ""
        self._since = since
        self._tries = 1
        self._opened = False
        self._begun = False
        self._busy: Failure | None = None
        self._until = 0.0

    def came(self, now: float) -> None:
        """Something of the answer arrived."""
        self._begun = True
        self._since = now

    def hear(self, event: StreamEvent, now: float) -> None:
        """Something else became known."""
        match event:
            case Sent():
                self._busy, self._opened, self._since = None, False, now
            case Opened():
                self._opened = True
            case Waiting():
                self._busy, self._until = event.failure, now + event.seconds
                self._tries = event.attempt + 1
            case FellBack():
                self.fell_back = event.format.value

    def line(self, now: float) -> WaitLine | None:
        """What there is to say now, if anything."""
        if self._busy is not None:
            left = max(0, ceil(self._until - now))
            said = words.one_line(self._busy.message)
            return WaitLine(words.busy(self._busy, left), said, busy=True)
        silent = now - self._since
        counted = int(silent) if silent >= STILL_AFTER_S else None
        if self._begun:
            return WaitLine(words.silent(counted)) if counted is not None else None
        return WaitLine(words.waiting(counted, opened=self._opened, tries=self._tries))


def wait_of(message: Message, now: float) -> Wait:
    """The wait of a message that is found streaming: it began when the message did."""
    return Wait(now - max(0.0, time.time() - message.created_at))
