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

import qasync
from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer
from PySide6.QtTest import QTest

from app import bootstrap
from app.adapters.history_db import open_history
from app.core.message import Message
from app.core.settings import Settings
from app.features.chat.composer.text_box import TextBox
from app.features.chat.page import ChatPage
from app.features.chat.session import ChatSession
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


async def stream(directory: Path, tokens: int) -> dict[str, object]:
    """Answers {"idle", "streaming": lists of ms, "seconds", "characters"}."""
    store = open_history(directory)
    start = store.start_state()
    world = bootstrap.World(directory, Settings(), store, start, NoKeys())
    program = bootstrap.new_program(world, demo=True)
    probe = Lateness()
    first_delta: asyncio.Future[float] = asyncio.get_running_loop().create_future()
    ended: asyncio.Future[Message] = asyncio.get_running_loop().create_future()

    def begin(_message: str, _event: object) -> None:
        if not first_delta.done():
            first_delta.set_result(time.monotonic())
            probe.start()

    def follow(session: ChatSession) -> None:
        session.delta_arrived.connect(begin)
        session.reply_ended.connect(ended.set_result)

    made: asyncio.Future[ChatPage] = asyncio.get_running_loop().create_future()
    program.sessions.opened.connect(follow)
    program.workspace.page_made.connect(made.set_result)
    program.show(start)
    page = await asyncio.wait_for(made, LIMIT_S)
    await asyncio.sleep(IDLE_S)
    probe.start()
    await asyncio.sleep(IDLE_S)
    idle = probe.stop()

    composer = page.findChild(TextBox)
    assert isinstance(composer, TextBox)
    composer.setPlainText(f"/stream {tokens} 0")
    QTest.keyClick(composer, Qt.Key.Key_Return)
    reply = await asyncio.wait_for(ended, LIMIT_S)
    seconds = time.monotonic() - first_delta.result()
    streaming = probe.stop()
    await program.finish()
    return {
        "idle": idle,
        "streaming": streaming,
        "seconds": seconds,
        "characters": sum(len(getattr(part, "text", "")) for part in reply.parts),
    }


def main() -> int:
    app = bootstrap.application()
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    with loop:
        result = loop.run_until_complete(stream(Path(sys.argv[1]), int(sys.argv[2])))
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
