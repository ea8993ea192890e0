"""What went over the wire for a reply is kept beside it, small, and gone with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from app.adapters.history_db import History, open_history
from app.core.conversation import ConversationInfo
from app.core.errors import StorageError, StorageProblem
from app.core.exchange import KEPT_BYTES, Exchange
from app.core.message import Message, MessageState, Role, TextPart
from tests.adapters.history_db.test_opening import FILE, make_old

EXCHANGE = Exchange(
    "https://api.example/v1/chat/completions",
    {"model": "m/1", "temperature": 0.5, "stop": ["\ud800", "中"], "stream": True},
    "Be brief. \ufffe",
    200,
    {"content-type": "text/event-stream", "x-request-id": "é"},
    b'data: {"choices":[]}\n\n' * 10_000,
    220_000,
    7,
)
REPLY = Message(Role.ASSISTANT, (TextPart("box"),), state=MessageState.STREAMING, model="m/1")


async def test_it_comes_back_as_it_was_and_is_replaced(history: History, data_dir: Path) -> None:
    await history.append(ConversationInfo(), [REPLY])
    assert await history.exchange(REPLY.id) is None
    for exchange in (Exchange("https://x.example"), EXCHANGE):
        await history.save_exchange(REPLY.id, exchange)
        found = await history.exchange(REPLY.id)
        assert found == exchange
        assert list(found.request) == list(exchange.request), "in its order"
    wal = data_dir / f"{FILE}-wal"
    assert wal.stat().st_size < 400_000, "compressed"


async def test_the_reply_may_go_on_and_be_replaced(history: History) -> None:
    await history.append(ConversationInfo(), [REPLY])
    await history.save_exchange(REPLY.id, EXCHANGE)
    await history.update(replace(REPLY, state=MessageState.COMPLETE))
    assert await history.exchange(REPLY.id) == EXCHANGE


async def test_there_is_none_without_its_message(history: History) -> None:
    with pytest.raises(StorageError) as caught:
        await history.save_exchange("never stored", EXCHANGE)
    assert caught.value.problem is StorageProblem.FAILED
    assert await history.exchange("never stored") is None


async def test_it_goes_with_its_conversation(data_dir: Path) -> None:
    history = open_history(data_dir)
    info = ConversationInfo()
    await history.append(info, [REPLY])
    await history.save_exchange(REPLY.id, replace(EXCHANGE, response=b"x" * KEPT_BYTES))
    await history.delete(info.id)
    await history.close()
    history = open_history(data_dir)
    history.start_state()
    await history.purge()
    await history.close()
    connection = apsw.Connection(str(data_dir / FILE))
    assert connection.execute("SELECT count(*) FROM exchange").get == 0
    connection.close()


@pytest.mark.parametrize(
    "damage", ["response = x'1234'", "request = '{'", "headers = '[1]'", "request = 'null'"]
)
async def test_damage_is_said(history: History, data_dir: Path, damage: str) -> None:
    await history.append(ConversationInfo(), [REPLY])
    await history.save_exchange(REPLY.id, EXCHANGE)
    connection = apsw.Connection(str(data_dir / FILE))
    connection.execute(f"UPDATE exchange SET {damage}")
    connection.close()
    with pytest.raises(StorageError) as caught:
        await history.exchange(REPLY.id)
    assert caught.value.problem is StorageProblem.DAMAGED


async def test_what_schema_2_kept_is_there(data_dir: Path) -> None:
    make_old(data_dir, 2)
    history = open_history(data_dir)
    assert await history.exchange("01a2084e-af0d-7008-994f-0070e3a3898a") == Exchange(
        "https://api.example/v1/chat/completions",
        {"model": "m/1", "stream": True},
        "Be brief.",
        200,
        {"content-type": "text/event-stream"},
        b"data: {}\n\n",
        10,
    )
    await history.close()
