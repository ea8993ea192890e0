"""However a stream ends, its tape holds what was received, and never the key."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable

import pytest

from app.adapters.chat_api.client import ChatApi
from app.core.events import Ended, Failed, Sent, StreamEvent
from app.core.exchange import Exchange
from tests.adapters.chat_api.server import CHUNKED, Answer, Asked, chunk, plain, serving
from tests.adapters.chat_api.test_client_streams import KEY, STREAM, ask, no_blob, question
from tests.conftest import until


def taped(events: list[StreamEvent]) -> Exchange:
    [tape] = [event.tape for event in events if isinstance(event, Sent)]
    exchange = tape.exchange()
    assert KEY not in repr(exchange)
    return exchange


async def test_an_answer() -> None:
    packed = plain(gzip.compress(STREAM), Content_Encoding="gzip", Set_Cookie="id=secret", X_A="b")
    async with serving(packed) as server:
        events = await ask(server.address)
    exchange = taped(events)
    assert isinstance(events[-1], Ended)
    assert (exchange.status, exchange.response) == (200, STREAM)
    assert exchange.headers["x-a"] == "b"
    assert "secret" not in repr(exchange.headers)


async def test_a_refusal_that_echoes_the_key() -> None:
    async with serving(plain(f"no {KEY}!".encode(), "401 No", X_Echo=KEY)) as server:
        exchange = taped(await ask(server.address))
    assert (exchange.status, exchange.response) == (401, b"no [key]!")
    assert exchange.headers["x-echo"] == "[key]"


async def test_nobody_listens() -> None:
    async with serving(plain(b"")) as server:
        address = server.address
    events = await ask(address)
    assert [type(event) for event in events] == [Sent, Failed]
    exchange = taped(events)
    assert (exchange.status, exchange.response, exchange.size) == (None, b"", 0)
    assert exchange.request["model"] == "m"


async def test_a_drop_in_mid_stream() -> None:
    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(CHUNKED + chunk(STREAM[:90]))
        await writer.drain()
        writer.close()

    async with serving(answer) as server:
        events = await ask(server.address)
    assert isinstance(events[-1], Failed)
    assert taped(events).response == STREAM[:90]


def hanging(start: bytes) -> Answer:
    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(start)
        await writer.drain()
        await asked.hung_up()

    return answer


@pytest.mark.parametrize(
    ("start", "status", "response"),
    [
        (CHUNKED + chunk(STREAM[:90]), 200, STREAM[:90]),
        (CHUNKED.replace(b"200 OK", b"429 Slow") + chunk(b"slow d"), 429, b"slow d"),
        (b"", None, b""),
    ],
    ids=["answer", "refusal", "silence"],
)
async def test_what_was_stopped(start: bytes, status: int | None, response: bytes) -> None:
    got: list[StreamEvent] = []
    async with serving(hanging(start)) as server:
        api = ChatApi(server.address, KEY, no_blob)

        async def read(note: Callable[[StreamEvent], None]) -> None:
            async for event in api.stream(question()):
                note(event)

        reading = asyncio.ensure_future(read(got.append))
        await until(lambda: bool(got and server.posts) and taped(got).response == response)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        await api.close()
    assert (taped(got).status, taped(got).response) == (status, response)


@pytest.mark.parametrize(
    ("answer", "whole"),
    [
        (plain(b"slow down", "429 Slow"), True),
        (plain(b"", "503 Away"), True),
        (plain(b"x" * 70_000, "503 Away"), False),
        (plain(b"no gzip", "503 Away", Content_Encoding="gzip"), False),
    ],
    ids=["whole", "empty", "longer than is read", "garbled"],
)
async def test_a_refusal_says_whether_it_came_whole(answer: Answer, whole: bool) -> None:
    async with serving(answer) as server:
        failed = (await ask(server.address))[-1]
    assert isinstance(failed, Failed)
    assert failed.failure.whole is whole


async def test_a_refusal_that_hangs_past_all_patience_is_still_a_refusal() -> None:
    start = CHUNKED.replace(b"200 OK", b"503 Away\r\nRetry-After: 7") + chunk(b"because")
    async with serving(hanging(start)) as server:
        failed = (await ask(server.address, first_token_limit_s=0.5))[-1]
    assert isinstance(failed, Failed)
    refusal = failed.failure
    assert (refusal.status, refusal.retry_after) == (503, 7)
    assert (refusal.body, refusal.whole) == ("because", False)


@pytest.mark.parametrize("limit_s", [0.3, None], ids=["hangs", "drops"])
async def test_a_refusal_that_breaks_off_is_not_whole(
    limit_s: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if limit_s is not None:
        monkeypatch.setattr("app.adapters.chat_api.connection.REFUSAL_LIMIT_S", limit_s)

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(CHUNKED.replace(b"200 OK", b"503 Away") + chunk(b"because"))
        await writer.drain()
        if limit_s is None:
            writer.close()
        else:
            await asked.hung_up()

    async with serving(answer) as server:
        events = await ask(server.address)
        assert server.posts == 1
    failed = events[-1]
    assert isinstance(failed, Failed)
    assert (failed.failure.status, failed.failure.whole) == (503, False)
    assert failed.failure.body == "because"
    assert taped(events).response == b"because"
