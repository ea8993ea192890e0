"""Porthole's window with a stream in it, run as a program: prints how late its event loop was.

A timer that should tick every few milliseconds tells how long the loop was held each time, first
in an idle window, then from the first delta of a demo stream to the end of the reply.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer
from PySide6.QtTest import QTest

from app.adapters.history_db import open_history
from app.bootstrap import World, application, run_window
from app.core.message import Message
from app.core.settings import Settings
from app.features.chat.composer.text_box import TextBox
from app.features.chat.page import ChatPage
from app.program import Program
from app.tour_keys import NoKeys

TICK_MS = 4
IDLE_S = 3.0
LIMIT_S = 120.0


class Lateness(QObject):
    """Milliseconds by which each tick came late."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self.late = []
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


class StreamedReply:
    """Sends `/stream` as a person would, and holds what the loop did meanwhile."""

    def __init__(self, tokens: int) -> None:
        self._tokens = tokens
        self.result: dict[str, object] = {}

    async def play(self, program: Program) -> None:
        probe, loop = Lateness(), asyncio.get_running_loop()
        first_delta: asyncio.Future[float] = loop.create_future()
        ended: asyncio.Future[Message] = loop.create_future()

        def begin(_message: str, _event: object) -> None:
            if not first_delta.done():
                first_delta.set_result(time.monotonic())
                probe.start()

        page = program.workspace.current_page()
        if page is None:
            made: asyncio.Future[ChatPage] = loop.create_future()
            program.workspace.page_made.connect(made.set_result)
            page = await asyncio.wait_for(made, LIMIT_S)
        page.session.delta_arrived.connect(begin)
        page.session.reply_ended.connect(ended.set_result)
        await asyncio.sleep(IDLE_S)
        probe.start()
        await asyncio.sleep(IDLE_S)
        idle = probe.stop()

        composer = page.findChild(TextBox)
        assert composer is not None
        QTest.keyClicks(composer, f"/stream {self._tokens} 0")
        QTest.keyClick(composer, Qt.Key.Key_Return)
        reply = await asyncio.wait_for(ended, LIMIT_S)
        seconds = time.monotonic() - first_delta.result()
        self.result = {
            "idle": idle,
            "streaming": probe.stop(),
            "seconds": seconds,
            "characters": sum(len(getattr(part, "text", "")) for part in reply.parts),
        }


def main() -> int:
    directory, tokens = Path(sys.argv[1]), int(sys.argv[2])
    application()
    store = open_history(directory)
    world = World(directory, Settings(), store, store.start_state(), NoKeys())
    reply = StreamedReply(tokens)
    run_window(world, demo=True, script=reply.play)
    print(json.dumps(reply.result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
