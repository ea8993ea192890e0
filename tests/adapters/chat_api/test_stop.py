"""Stop ends a request at once, whatever it is waiting for; the time it takes is for a benchmark.

Each wait here ends only after the request was stopped: a Stop that waited for it would hang.
"""

from __future__ import annotations

import asyncio
import itertools
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from app.adapters.chat_api import client as client_module
from app.adapters.chat_api.client import ChatApi
from app.core.events import Sent, StreamEvent, TextDelta
from app.core.message import ImagePart, Message, Role
from app.core.request import ChatRequest
from tests.adapters.chat_api.server import CHUNKED, Asked, chunk, plain, serving
from tests.adapters.chat_api.test_client_streams import KEY, STREAM, no_blob, question
from tests.conftest import until

LIMIT_S = 20


async def stopped(
    api: ChatApi, request: ChatRequest, waiting: Callable[[list[StreamEvent]], bool]
) -> list[StreamEvent]:
    """Stop as soon as it waits for what it is to wait for."""
    got: list[StreamEvent] = []

    async def read(note: Callable[[StreamEvent], None]) -> None:
        async for event in api.stream(request):
            note(event)

    async with asyncio.timeout(LIMIT_S):
        reading = asyncio.ensure_future(read(got.append))
        await until(lambda: waiting(got))
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
    return got


@contextmanager
def blocking(monkeypatch: pytest.MonkeyPatch, place: Any, name: str) -> Iterator[threading.Event]:
    """Calls of `place.name` block until the test is over; the event says that one does."""
    within, over, left = threading.Event(), threading.Event(), threading.Event()

    def block(*_args: Any, **_kwargs: Any) -> Any:
        within.set()
        over.wait(LIMIT_S)
        left.set()
        raise OSError("the test is over")

    monkeypatch.setattr(place, name, block)
    try:
        yield within
        assert not left.is_set()
    finally:
        over.set()
        left.wait(LIMIT_S)


@pytest.mark.parametrize("name", ["connect", "encode"])
async def test_while_a_thread_works_for_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(plain(STREAM)) as server:
        api = ChatApi(server.address, KEY, no_blob)
        with blocking(monkeypatch, client_module, name) as within:
            await stopped(api, question(), lambda _: within.is_set())
        await api.close()
        assert not server.asked


async def test_while_a_name_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    api = ChatApi("http://slow.example/v1", KEY, no_blob)
    await api.warm()
    with blocking(monkeypatch, socket, "getaddrinfo") as within:
        await stopped(api, question(), lambda _: within.is_set())
    await api.close()


async def test_while_a_picture_is_read() -> None:
    reading = asyncio.Event()

    async def never(_sha256: str) -> bytes:
        reading.set()
        await asyncio.Event().wait()
        return b""

    api = ChatApi("http://127.0.0.1:1/v1", KEY, never)
    picture = ChatRequest("m", (Message(Role.USER, (ImagePart("p", blob="ab"),)),))
    await stopped(api, picture, lambda _: reading.is_set())
    await api.close()


async def test_while_it_connects() -> None:
    # A listener whose queue is full answers no further connect, as a black hole does.
    with socket.socket() as hole, socket.socket() as first, socket.socket() as second:
        hole.bind(("127.0.0.1", 0))
        hole.listen(0)
        for filler in (first, second):
            filler.setblocking(False)
            filler.connect_ex(hole.getsockname())
        api = ChatApi(f"http://127.0.0.1:{hole.getsockname()[1]}/v1", KEY, no_blob)
        await api.warm()
        turns = itertools.count()
        got = await stopped(api, question(), lambda got: bool(got) and next(turns) > 20)
        assert [type(event) for event in got] == [Sent]
        await api.close()


@pytest.mark.parametrize(
    "start",
    [
        b"",
        CHUNKED[:20],
        CHUNKED,
        CHUNKED + chunk(STREAM[:90]),
        CHUNKED.replace(b"200 OK", b"503 Away") + chunk(b"becau"),
        CHUNKED.replace(b"200 OK", b"302 Found"),
    ],
    ids=["silence", "half a head", "no body", "mid stream", "a refusal", "a redirect"],
)
async def test_while_the_service_keeps_silent(start: bytes) -> None:
    hung_up, sent = asyncio.Event(), asyncio.Event()

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(start)
        await writer.drain()
        sent.set()
        await asked.hung_up()
        hung_up.set()

    async with serving(answer) as server:
        api = ChatApi(server.address, KEY, no_blob)

        def waiting(got: list[StreamEvent]) -> bool:
            return sent.is_set() and (b"data" not in start or TextDelta("He") in got)

        await stopped(api, question(), waiting)
        async with asyncio.timeout(LIMIT_S):
            await hung_up.wait()
        assert server.posts == 1
        await api.close()


async def test_one_that_is_stopped_leaves_the_others_alone() -> None:
    going = asyncio.Event()

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        if b"slow" in asked.body:
            writer.write(CHUNKED + chunk(STREAM[:90]))
            await writer.drain()
            await going.wait()
            writer.write(chunk(STREAM[90:]) + b"0\r\n\r\n")
        else:
            await asked.hung_up()

    async with serving(answer) as server:
        api = ChatApi(server.address, KEY, no_blob)
        got: list[StreamEvent] = []

        async def read(note: Callable[[StreamEvent], None]) -> None:
            async for event in api.stream(question(user="slow")):
                note(event)

        slow = asyncio.ensure_future(read(got.append))
        await until(lambda: TextDelta("He") in got)
        await stopped(api, question(), lambda _: server.posts == 2)
        going.set()
        async with asyncio.timeout(LIMIT_S):
            await slow
        assert TextDelta("y") in got
        await api.close()
