"""Searching the history, in a real store: other conversations, and what to say of none."""

from __future__ import annotations

from pathlib import Path

from app.adapters.history_db import History, open_history
from app.adapters.tools.history_search import history_search
from app.core.conversation import ConversationInfo
from app.core.message import Message, Role, TextPart
from tests.adapters.tools.calling import CONTEXT, fault, told


async def say(store: History, conversation: str, title: str, *texts: str) -> None:
    info = ConversationInfo(conversation, title=title)
    messages = [Message(Role.USER, (TextPart(text),)) for text in texts]
    await store.append(info, messages)


async def test_finds_in_other_conversations_with_title_and_date(data_dir: Path) -> None:
    store = open_history(data_dir)
    try:
        await say(store, "one", "Harbour plans", "The lighthouse is painted in May.")
        await say(store, "two", "", "Another lighthouse, of 1890.")
        here = [f"lighthouse number {number}" for number in range(120)]
        await say(store, CONTEXT.conversation, "Now", *here)
        tool = history_search(store)
        found = (await told(tool, query="lighthouse")).split("\n\n")
        assert len(found) == 2
        assert found[0].startswith("Untitled (20")
        assert found[0].endswith("Another lighthouse, of 1890.")
        assert found[1].startswith("Harbour plans (20")
        assert len((await told(tool, query="lighthouse", limit=1)).split("\n\n")) == 1
        assert "No other conversation" in await told(tool, query="number 119")
        assert "No other conversation" in await told(tool, query='"* OR NEAR( )')
        assert "which words" in await fault(tool, query="  ")
    finally:
        await store.close()


async def test_a_store_that_fails(data_dir: Path) -> None:
    store = open_history(data_dir)
    await store.close()
    assert "could not be searched" in await fault(history_search(store), query="a")
