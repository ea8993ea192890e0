"""What is done with whole conversations in the window: delete, duplicate, pin, close, come back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.core.conversation import Conversation, ConversationInfo
from app.core.errors import StorageError, StorageProblem
from app.core.message import Message, MessageState
from tests.conftest import until
from tests.journeys.world import Porthole, porthole

pytestmark = pytest.mark.usefixtures("qapp")


async def begin_stream(window: Porthole) -> str:
    """Start a long answer; answers the conversation's id."""
    window.type("/stream 5000 400")
    window.press(Qt.Key.Key_Return)
    await until(lambda: "Section 1" in window.shown)
    return window.page.session.info.id


async def test_deleted_while_it_is_sent_a_conversation_stays_away(data_dir: Path) -> None:
    async with porthole(data_dir, demo=True) as window:
        await window.ask("hello")
        session = window.page.session
        conversation = session.info.id
        store, held = window.program.store, asyncio.Event()
        append = store.append

        async def slow(info: ConversationInfo, messages: Sequence[Message]) -> None:
            await append(info, messages)
            await held.wait()

        store.append = slow  # type: ignore[method-assign]
        window.type("more")
        window.press(Qt.Key.Key_Return)
        window.program.history.delete_requested.emit(conversation)
        await until(lambda: window.program.sessions.get(conversation) is None)
        held.set()
        await until(lambda: "deleted" in window.notice and not session.busy)
        assert window.program.history.info(conversation) is None
        assert not await store.conversations()


async def test_closed_in_mid_stream_and_reopened_at_once_it_is_whole(data_dir: Path) -> None:
    async with porthole(data_dir, demo=True) as window:
        conversation = await begin_stream(window)
        store, held = window.program.store, asyncio.Event()
        update = store.update

        async def slow(message: Message, *, durable: bool = True) -> None:
            if message.state is MessageState.STOPPED:
                await held.wait()
            await update(message, durable=durable)

        store.update = slow  # type: ignore[method-assign]
        window.shortcut("Ctrl+W")
        await until(lambda: window.program.sessions.get(conversation) is None)
        window.shortcut("Ctrl+Shift+T")
        for _ in range(20):
            await asyncio.sleep(0)
        held.set()
        await until(window.program.workspace.current_page)
        assert window.page.session.info.id == conversation
        assert window.page.session.branch()[-1].state is MessageState.STOPPED


async def test_a_duplicate_of_a_closed_conversation_leaves_that_closed(data_dir: Path) -> None:
    async with porthole(data_dir, demo=True) as window:
        await window.ask("hello")
        original = window.page.session.info.id
        window.shortcut("Ctrl+W")
        await until(lambda: window.program.sessions.get(original) is None)
        window.program.history.duplicate_requested.emit(original)
        await until(lambda: len(window.page.session.branch()) == 2)
        assert window.page.session.info.id != original
        await until(lambda: window.program.sessions.get(original) is None)


async def test_pinned_while_it_opens_a_conversation_keeps_its_session(data_dir: Path) -> None:
    async with porthole(data_dir, demo=True) as window:
        await window.ask("hello")
        conversation = window.page.session.info.id
        window.shortcut("Ctrl+W")
        await until(lambda: window.program.sessions.get(conversation) is None)
        window.program.workspace.open_conversation(conversation)
        window.program.history.pin_requested.emit(conversation, True)
        await until(window.program.workspace.current_page)
        await until(lambda: window.page.session.info.pinned)
        await window.ask("again")
        assert len(window.page.session.branch()) == 4
        assert window.program.sessions.get(conversation) is window.page.session


async def test_a_tab_that_cannot_be_read_shows_no_other_conversation(data_dir: Path) -> None:
    async with porthole(data_dir, demo=True) as window:
        await window.ask("first")
        window.shortcut("Ctrl+T")
        await window.ask("second")
    async with porthole(data_dir, demo=True) as window:
        other = window.page

        async def unreadable(conversation_id: str, at: str | None = None) -> Conversation | None:
            raise StorageError(StorageProblem.FAILED)

        window.program.store.open = unreadable  # type: ignore[method-assign]
        window.program.workspace.step(-1)
        await until(lambda: window.notice)
        assert not other.isVisible()
