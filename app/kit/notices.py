"""The one global channel: short notices, with an action where there is one to offer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal


class NoticeKind(StrEnum):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the reader. `action` names what `act` does ("Undo"); it goes by itself
    unless `stays`. One with a `topic` takes the place of what was said about it before."""

    text: str
    kind: NoticeKind = NoticeKind.INFO
    action: str = ""
    act: Callable[[], None] | None = None
    stays: bool = False
    topic: str = ""


class Notices(QObject):
    """Whoever has something to say posts it; the window that is there shows it.

    What is posted before anyone listens is kept until somebody does.
    """

    posted = Signal(object)  # Notice

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Notice] = []
        self._listening = False

    def post(self, notice: Notice) -> None:
        if self._listening:
            self.posted.emit(notice)
        else:
            self._waiting.append(notice)

    def listen(self, show: Callable[[Notice], None]) -> None:
        """Show notices from now on, those that waited first."""
        self.posted.connect(show)
        self._listening = True
        waiting, self._waiting = self._waiting, []
        for notice in waiting:
            show(notice)
