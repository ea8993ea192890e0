"""A disk that is full, or may not be written to, while the window is open: nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import apsw
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from app.core.message import Message, MessageState, Role
from app.core.settings import LanguageChoice
from tests.adapters.chat_api.server import CHUNKED, Asked, chunk, serving
from tests.conftest import until
from tests.journeys.test_bad_input import YES, event, in_turn
from tests.journeys.world import Porthole, porthole

pytestmark = pytest.mark.usefixtures("qapp")

LONG = "满" * 4000
"""More than fits into what a database has already."""


class Disk:
    """The history's disk. Its connections are told what a disk would tell them."""

    def __init__(self) -> None:
        self.opened: list[apsw.Connection] = []

    def fill(self) -> None:
        self._set("max_page_count", 1)

    def make_room(self) -> None:
        self._set("max_page_count", 1_000_000)

    def forbid(self) -> None:
        self._set("query_only", 1)

    def allow(self) -> None:
        self._set("query_only", 0)

    def _set(self, name: str, value: int) -> None:
        """Between two writes: the writer's thread may be using its connection right now."""
        for _ in range(100_000):
            with suppress(apsw.ThreadingViolationError):
                self.opened[0].pragma(name, value)
                return
        raise AssertionError("the writer never rested")


@pytest.fixture
def disk() -> Iterator[Disk]:
    made = Disk()
    apsw.connection_hooks.append(made.opened.append)
    yield made
    apsw.connection_hooks.remove(made.opened.append)


async def stored(window: Porthole) -> list[Message]:
    """The conversation as it lies on the disk."""
    found = await window.program.store.load(window.page.session.info.id)
    return list(found.tree.branch()) if found is not None else []


async def until_stored(window: Porthole, text: str) -> Message:
    """Wait until the last message on the disk holds that."""

    async def last() -> Message | None:
        messages = await stored(window)
        return messages[-1] if messages and messages[-1].text == text else None

    message: Message = await until(last)
    return message


def banner_says(window: Porthole, text: str) -> bool:
    labels = window.page.findChildren(QLabel)
    return any(label.isVisible() and label.text() == text for label in labels)


async def test_a_full_disk_keeps_the_draft_and_needs_no_restart(data_dir: Path, disk: Disk) -> None:
    async with (
        serving(in_turn(YES, YES)) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        await window.ask("before")
        await window.settled()
        disk.fill()
        window.type(LONG)
        window.press(Qt.Key.Key_Return)
        await until(lambda: window.notice)
        assert f"The disk that holds {data_dir / 'history.sqlite3'} is full." in window.notice
        assert "free some space, and saving goes on by itself." in window.notice
        await until(lambda: not window.page.session.busy)
        assert window.page.draft().text == LONG
        assert LONG not in window.shown
        assert server.posts == 1
        disk.make_room()
        window.press(Qt.Key.Key_Return)
        await until(lambda: server.posts == 2)
        await window.quiet()
        assert window.shown.count("Yes, it is.") == 2
        assert not window.page.draft()
        assert window.notice == "Saving works again. Nothing was lost."
    async with porthole(data_dir, demo=True) as window:
        await until(lambda: window.shown.count("Yes, it is.") == 2)
        assert [m.text for m in window.page.session.branch()][2] == LONG


async def test_an_answer_that_found_no_room_is_saved_by_itself_later(
    data_dir: Path, disk: Disk
) -> None:
    full = asyncio.Event()

    async def slowly(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(CHUNKED + chunk(event({"content": "begun "})))
        await writer.drain()
        await full.wait()
        writer.write(chunk(event({"content": LONG}, "stop") + b"data: [DONE]\n\n") + chunk(b""))

    async with (
        serving(in_turn(slowly)) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        window.speak(LanguageChoice.CHINESE)
        drafts: list[bool] = []
        window.page.session.draft_stored.connect(lambda: drafts.append(True))
        window.type("question")
        window.press(Qt.Key.Key_Return)
        await until(lambda: "begun" in window.shown)
        await until_stored(window, "begun ")
        # Nothing but the answer itself is left to be saved.
        await until(lambda: drafts)
        disk.fill()
        full.set()
        await window.quiet()
        assert f"{data_dir / 'history.sqlite3'} 所在的磁盘已满。" in window.notice
        assert "腾出空间后会自动继续保存。" in window.notice
        assert LONG in window.shown.replace("\n", "")
        assert (await stored(window))[-1].text == "begun "
        disk.make_room()
        saved = await until_stored(window, "begun " + LONG)
        assert saved.state is MessageState.COMPLETE


async def test_a_disk_that_may_not_be_written_to_keeps_the_draft(
    data_dir: Path, disk: Disk
) -> None:
    async with (
        serving(in_turn(YES)) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        await window.settled()
        disk.forbid()
        window.type("may I?")
        window.press(Qt.Key.Key_Return)
        await until(lambda: window.notice)
        assert f"Porthole may not write to {data_dir / 'history.sqlite3'}." in window.notice
        await until(lambda: not window.page.session.busy)
        assert window.page.draft().text == "may I?"
        assert server.posts == 0
        disk.allow()
        window.press(Qt.Key.Key_Return)
        await until(lambda: server.posts == 1)
        await window.quiet()
        assert "Yes, it is." in window.shown


async def test_a_question_whose_answer_found_no_room_can_be_asked_on(
    data_dir: Path, disk: Disk
) -> None:
    """The disk fills up just after the question was stored: it is not sent, and not forgotten."""
    async with (
        serving(in_turn(YES)) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        await window.settled()
        window.page.session.draft_taken.connect(disk.forbid)
        window.type("asked")
        window.press(Qt.Key.Key_Return)
        await until(lambda: banner_says(window, "Your last message has no answer yet."))
        assert "Porthole may not write to" in window.notice
        assert server.posts == 0
        assert [m.role for m in window.page.session.branch()] == [Role.USER]
        disk.allow()
        window.speak(LanguageChoice.CHINESE)
        assert banner_says(window, "您的最后一条消息还没有回答。")
        (ask,) = [b for b in window.page.findChildren(QPushButton) if b.text() == "请求回答"]
        QTest.mouseClick(ask, Qt.MouseButton.LeftButton)
        await until(lambda: server.posts == 1)
        await window.quiet()
        assert "Yes, it is." in window.shown
        assert not banner_says(window, "您的最后一条消息还没有回答。")
