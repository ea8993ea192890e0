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

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.adapters.history_db import open_history
from app.bootstrap import World, run_window
from app.core.message import Message
from app.core.settings import Settings
from app.features.chat.composer.text_box import TextBox
from app.features.chat.page import ChatPage
from app.opening import application
from app.program import Program
from app.tour_keys import NoKeys
from tests.benchmarks.lateness import Lateness

IDLE_S = 3.0
REPLIES = 5
SHOWN_S = 0.1
LIMIT_S = 120.0


class StreamedReplies:
    """Sends `/stream` as a person would, a few times, and holds what the loop did meanwhile."""

    def __init__(self, tokens: int) -> None:
        self._tokens = tokens
        self._probe = Lateness()
        self.result: dict[str, object] = {}

    async def play(self, program: Program) -> None:
        page = program.workspace.current_page()
        if page is None:
            made: asyncio.Future[ChatPage] = asyncio.get_running_loop().create_future()
            program.workspace.page_made.connect(made.set_result)
            page = await asyncio.wait_for(made, LIMIT_S)
        await asyncio.sleep(IDLE_S)
        self._probe.start()
        await asyncio.sleep(IDLE_S)
        idle = self._probe.stop()
        streaming: list[float] = []
        seconds = []
        for _ in range(REPLIES):
            begun = time.monotonic()
            await self._stream(page)
            seconds.append(time.monotonic() - begun)
            streaming += self._probe.stop()
        self.result = {"idle": idle, "streaming": streaming, "seconds": seconds}

    async def _stream(self, page: ChatPage) -> None:
        """From the send until the reply is whole and shown; the probe starts with the answer."""
        ended: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        once = Qt.ConnectionType.SingleShotConnection
        page.session.delta_arrived.connect(self._begin, once)
        page.session.reply_ended.connect(ended.set_result, once)
        box = page.findChild(TextBox)
        assert box is not None
        QTest.keyClicks(box, f"/stream {self._tokens} 0")
        QTest.keyClick(box, Qt.Key.Key_Return)
        await asyncio.wait_for(ended, LIMIT_S)
        await asyncio.sleep(SHOWN_S)

    def _begin(self, _message: str, _event: object) -> None:
        self._probe.start()


def main() -> int:
    directory, tokens = Path(sys.argv[1]), int(sys.argv[2])
    application()
    store = open_history(directory)
    world = World(directory, Settings(), store, store.start_state(), NoKeys())
    replies = StreamedReplies(tokens)
    run_window(world, demo=True, script=replies.play)
    print(json.dumps(replies.result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
