"""Porthole's window with long conversations in its history, run as a program: prints figures.

`make` fills a data directory. `open` tells how long a conversation takes from the click on it to
its first paint; `pace` how long the loop was held while answers came at a pace, and how much of a
core that took; `read` what a conversation of 50,000 messages weighs, before and after all was read.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest

from app.adapters.history_db import open_history
from app.bootstrap import World, run_window
from app.core.conversation import ConversationInfo
from app.core.message import Message
from app.core.settings import Profile, Settings
from app.features.chat.composer.text_box import TextBox
from app.features.chat.page import ChatPage
from app.features.history.history_list import ConversationListView
from app.opening import application
from app.program import Program
from app.tour_keys import NoKeys
from tests.benchmarks.lateness import TICK_MS, Lateness
from tests.benchmarks.memory import resident_mib
from tests.benchmarks.transcript_text import conversation

SIZES = {"1,000": 1_000, "10,000": 10_000, "50,000": 50_000}
TABS = ("first", "second", "third", "fourth")
IN_TAB = 2_000
PART = 5_000
PARTS, PAGES = 400, 8
"""In how many places it is read on, and how many pages in each."""
QUIET_S = 2.5
SHARE_S = 4.0
"""How long the share of a core is measured, at the beginning of the streams."""
LIMIT_S = 120.0
Figures = dict[str, list[float]]


async def make(directory: Path) -> None:
    """Conversations of 1,000, 10,000 and 50,000 messages, and four to stream in."""
    store = open_history(directory)
    store.start_state()
    wanted = SIZES | dict.fromkeys(TABS, IN_TAB)
    for title, count in wanted.items():
        messages = conversation(count, prefix=f"{title} ")
        info = ConversationInfo(title=title, leaf=messages[-1].id, profile="local")
        for begin in range(0, count, PART):
            await store.append(info, messages[begin : begin + PART])
    await store.close()


class FirstPaint(QObject):
    """Done when a conversation's transcript was painted with words in it."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self._program = program
        self._before = program.workspace.current_page()
        self.painted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        application().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.painted.done():
            page = self._program.workspace.current_page()
            if page is not None and page is not self._before:
                view = page.transcript
                if watched is view.viewport() and view.visible_text():
                    # The filter hears of it before it is painted; the next turn comes after.
                    application().removeEventFilter(self)
                    asyncio.get_running_loop().call_soon(self.painted.set_result, None)
        return super().eventFilter(watched, event)


async def click(program: Program, title: str) -> tuple[float, float]:
    """Open a conversation from the list; milliseconds to its first paint, and of CPU for that."""
    view = program.window.findChild(ConversationListView)
    assert view is not None
    model = view.model()
    rows = (model.index(row, 0) for row in range(model.rowCount()))
    place = next(index for index in rows if index.data() == title)
    view.scrollTo(place)
    point = view.visualRect(place).center()
    await by_hand(lambda: QTest.mouseMove(view.viewport(), point))
    await asyncio.sleep(0.3)
    first = FirstPaint(program)
    begun, cpu = time.perf_counter(), time.thread_time()
    press = partial(QTest.mouseClick, view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    await by_hand(press)
    await asyncio.wait_for(first.painted, LIMIT_S)
    return (time.perf_counter() - begun) * 1000, (time.thread_time() - cpu) * 1000


async def by_hand(work: Callable[[], object]) -> None:
    """Do something with the test library's hands outside of any task: they turn the loop."""
    done = asyncio.get_running_loop().create_future()

    def do() -> None:
        work()
        done.set_result(None)

    asyncio.get_running_loop().call_soon(do)
    await done


async def open_(program: Program, title: str) -> Figures:
    """The first time in this process, and four times more."""
    took, cpu = [], []
    for _ in range(5):
        wall, own = await click(program, title)
        took.append(wall)
        cpu.append(own)
        await asyncio.sleep(QUIET_S)
        program.workspace.close_current()
        await asyncio.sleep(0.5)
    return {"took": took, "cpu": cpu}


async def pace(program: Program, tabs: str) -> Figures:
    """Ask in so many tabs, and watch the loop until the first has ended."""
    pages = []
    for title in TABS[: int(tabs)]:
        await click(program, title)
        page = program.workspace.current_page()
        assert page is not None
        pages.append(page)
        await asyncio.sleep(QUIET_S)
    probe = Lateness()
    probe.start()
    await asyncio.sleep(QUIET_S)
    idle = probe.stop()
    ended = []
    for page in pages:
        done: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        page.session.reply_ended.connect(done.set_result, Qt.ConnectionType.SingleShotConnection)
        begun: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        page.session.delta_arrived.connect(
            lambda message, _event, begun=begun: begun.set_result(message),
            Qt.ConnectionType.SingleShotConnection,
        )
        program.workspace.open_conversation(page.session.info.id)
        await by_hand(partial(_ask, page))
        await asyncio.wait_for(begun, LIMIT_S)
        ended.append(done)
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    await asyncio.sleep(SHARE_S)  # the probe costs something itself
    share = (time.process_time() - cpu) / (time.perf_counter() - wall)
    probe.start()
    await asyncio.wait(ended, return_when=asyncio.FIRST_COMPLETED, timeout=LIMIT_S)
    gaps = probe.stop()
    await asyncio.wait_for(asyncio.gather(*ended), LIMIT_S)
    return {
        "idle": [late + TICK_MS for late in idle],
        "gaps": [late + TICK_MS for late in gaps],
        "share": [share],
    }


def _ask(page: ChatPage) -> None:
    box = page.findChild(TextBox)
    assert box is not None
    QTest.keyClicks(box, "go on")
    QTest.keyClick(box, Qt.Key.Key_Return)


async def read(program: Program, title: str) -> Figures:
    """Memory added by a conversation, and by reading in all parts of it, each some pages on."""
    await click(program, "1,000")
    await asyncio.sleep(QUIET_S)
    gc.collect()
    before = resident_mib()
    await click(program, title)
    await asyncio.sleep(QUIET_S)
    opened = resident_mib()
    page = program.workspace.current_page()
    assert page is not None
    view = page.transcript
    bar = view.verticalScrollBar()
    most, pages = 0.0, 0
    for part in range(PARTS, 0, -1):
        bar.setValue(bar.maximum() * part // PARTS)
        for _ in range(PAGES):
            await by_hand(partial(QTest.keyClick, view, Qt.Key.Key_PageUp))
            await asyncio.sleep(0)
            pages += 1
        most = max(most, resident_mib() - before)
    await asyncio.sleep(QUIET_S)
    most = max(most, resident_mib() - before)
    return {"opened": [opened - before], "read": [most], "pages": [pages]}


def run(directory: Path, play: Callable[[Program], Awaitable[Figures]], model: str) -> Figures:
    """The window over that history, talking with the service whose port stands in `model`."""
    application()
    port, _, name = model.partition("/")
    local = Profile("local", "Local", f"http://127.0.0.1:{port}/v1", text_model=name)
    settings = replace(Settings(), profiles=(local,), default_profile="local")
    store = open_history(directory)
    world = World(directory, settings, store, store.start_state(), NoKeys())
    result: Figures = {}

    async def script(program: Program) -> None:
        await asyncio.sleep(QUIET_S)
        for _ in program.workspace.titles():  # what an earlier run left open
            program.workspace.close_current()
        await asyncio.sleep(QUIET_S)
        result.update(await play(program))

    run_window(world, script=script)
    return result


def main() -> int:
    what, directory, *rest = sys.argv[1:]
    if what == "make":
        asyncio.run(make(Path(directory)))
        return 0
    parts = {"open": open_, "pace": pace, "read": read}
    argument, model = rest
    figures = run(Path(directory), lambda program: parts[what](program, argument), model)
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
