"""A long conversation through the real window: opened at its end, read to its start, asked on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.adapters.history_db import open_history
from app.core.conversation import ConversationInfo, TabState
from app.core.message import Message, Role, TextPart
from tests.adapters.chat_api.server import plain, serving
from tests.conftest import until
from tests.journeys.world import porthole

pytestmark = pytest.mark.usefixtures("qapp")

COUNT = 1500


async def long_history(directory: Path) -> ConversationInfo:
    """A conversation of so many messages, open in the one tab."""
    store = open_history(directory)
    store.start_state()
    messages: list[Message] = []
    for number in range(COUNT):
        role = Role.ASSISTANT if number % 2 else Role.USER
        parent = messages[-1].id if messages else None
        text = f"message number {number}\n\nand a second paragraph"
        messages.append(Message(role, (TextPart(text),), parent=parent))
    info = ConversationInfo(title="long", profile="local", leaf=messages[-1].id)
    await store.append(info, messages)
    await store.save_tabs((TabState(info.id),), 0)
    await store.close()
    return info


def answer(text: str) -> bytes:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": "stop"}
    return b"data: " + json.dumps({"choices": [choice]}).encode() + b"\n\ndata: [DONE]\n\n"


async def test_it_opens_at_its_end_and_can_be_read_to_its_start(data_dir: Path) -> None:
    await long_history(data_dir)
    async with porthole(data_dir, address="http://127.0.0.1:9/v1") as window:
        view = window.page.transcript
        await until(lambda: f"message number {COUNT - 1}" in view.visible_text())
        QTest.keyClick(view, Qt.Key.Key_Home)
        await until(lambda: "message number 0\n" in view.visible_text())
        bar = view.verticalScrollBar()
        bar.setValue(bar.maximum() // 2)
        await until(lambda: "message number 7" in view.visible_text())
        QTest.keyClick(view, Qt.Key.Key_End)
        await until(lambda: f"message number {COUNT - 1}" in view.visible_text())


async def test_a_question_in_it_carries_all_that_was_said(data_dir: Path) -> None:
    await long_history(data_dir)
    async with (
        serving(plain(answer("all of it"))) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        await until(lambda: f"number {COUNT - 1}" in window.page.transcript.visible_text())
        await window.ask("and now?")
        sent = next(a for a in server.asked if a.method == "POST").json["messages"]
        assert len(sent) == COUNT + 1
        assert sent[0]["content"].startswith("message number 0")
        assert "all of it" in window.page.transcript.visible_text()


async def test_an_early_message_is_edited_branched_and_shown_raw(data_dir: Path) -> None:
    await long_history(data_dir)
    async with (
        serving(plain(answer("fresh"))) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        view = window.page.transcript
        await until(lambda: f"number {COUNT - 1}" in view.visible_text())
        QTest.keyClick(view, Qt.Key.Key_Home)
        await until(lambda: "message number 0\n" in view.visible_text())
        window.click("Edit")
        assert window.page.draft().text.startswith("message number 0")
        window.press(Qt.Key.Key_Return)
        await until(lambda: "fresh" in window.shown)
        await window.quiet()
        assert len(window.page.session.branch()) == 2
        window.click("Previous version")
        await until(lambda: f"number {COUNT - 1}" in view.visible_text())
