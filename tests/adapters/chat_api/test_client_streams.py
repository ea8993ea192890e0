"""The client against a real server: answers of every kind come through whole, by one POST each."""

from __future__ import annotations

import asyncio
import gzip
import json
from typing import Any

import pytest

from app.adapters.chat_api.client import ChatApi
from app.core.errors import FailureKind
from app.core.events import Ended, Failed, Opened, Sent, StreamEvent, TextDelta
from app.core.message import ImagePart, Message, MessageState, Role, TextPart, Usage
from app.core.reply import ReplyBuilder
from app.core.request import ChatRequest
from tests.adapters.chat_api.server import CHUNKED, Asked, chunk, plain, serving
from tests.adapters.chat_api.streams import (
    BENDS,
    FOLDER,
    Recording,
    built,
    check,
    cut,
    recordings,
    with_crlf,
)

KEY = "sk-canary-0123456789"


async def no_blob(sha256: str) -> bytes:
    raise AssertionError("no picture was sent")


def question(**parameters: Any) -> ChatRequest:
    return ChatRequest("m", (Message(Role.USER, (TextPart("hello"),)),), parameters)


async def ask(
    address: str, request: ChatRequest | None = None, key: str | None = KEY, **limits: Any
) -> list[StreamEvent]:
    api = ChatApi(address, key, no_blob, **limits)
    try:
        return [event async for event in api.stream(request or question())]
    finally:
        await api.close()


STREAM = (
    b'data: {"model":"m1","choices":[{"index":0,"delta":{"content":"He"}}]}\n\n'
    b'data: {"choices":[{"index":0,"delta":{"content":"y"},"finish_reason":"stop"}]}\n\n'
    b"data: [DONE]\n\n"
)


async def test_an_answer_streams_and_only_what_is_needed_is_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-secret")
    monkeypatch.setenv("OPENAI_ADMIN_KEY", "admin-secret")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Mine: secret\nAuthorization: Bearer other")

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(CHUNKED)
        for piece in cut(STREAM, 9):
            writer.write(chunk(piece))
        writer.write(b"0\r\n\r\n")

    async with serving(answer) as server:
        events = await ask(server.address)
        assert isinstance(events[0], Sent)
        assert events[1] == Opened("m1", "req-1")
        assert events[2:4] == [TextDelta("He"), TextDelta("y")]
        assert events[-1] == Ended()
        [asked] = server.asked
    assert (asked.method, asked.path) == ("POST", "/v1/chat/completions")
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    assert set(asked.headers) <= {
        "accept",
        "accept-encoding",
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "host",
        "user-agent",
    }
    assert asked.json == {
        "model": "m",
        "stream": True,
        "stream_options": {"include_usage": True},
        "messages": [{"role": "user", "content": "hello"}],
    }


async def test_without_a_key_no_authorization_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another-program")
    async with serving(plain(STREAM)) as server:
        assert built(await ask(server.address, key=None)).complete
        assert built(await ask(server.address, key="  ")).complete
        assert all("authorization" not in asked.headers for asked in server.asked)


@pytest.mark.parametrize("key", ["ключ", "sk-½", "sk-a\nb", "sk-“quoted”"])
async def test_a_key_that_fits_no_header_is_never_sent(key: str) -> None:
    async with serving(plain(STREAM)) as server:
        [failed] = await ask(server.address, key=key)
        assert isinstance(failed, Failed)
        assert failed.failure.kind is FailureKind.BAD_KEY
        assert not server.asked


async def test_one_connection_serves_many_requests() -> None:
    connections: set[int] = set()

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        connections.add(id(writer))
        writer.write(CHUNKED + chunk(STREAM) + b"0\r\n\r\n")

    async with serving(answer) as server:
        api = ChatApi(server.address, KEY, no_blob)
        for _ in range(3):
            assert built([e async for e in api.stream(question())]).complete
        await api.close()
        assert server.posts == 3
    assert len(connections) == 1


async def test_a_picture_goes_as_its_bytes_before_the_text() -> None:
    async def blob(sha256: str) -> bytes:
        return {"cafe": b"\x89PNG"}[sha256]

    parts = (TextPart("what?"), ImagePart("p.png", blob="cafe"))
    request = ChatRequest("m", (Message(Role.USER, parts),), stream=False)
    body = json.dumps({"choices": [{"message": {"content": "a"}, "finish_reason": "stop"}]})
    async with serving(plain(body.encode(), kind="application/json")) as server:
        api = ChatApi(server.address, KEY, blob, always_max_tokens=4096)
        events = [event async for event in api.stream(request)]
        await api.close()
        asked = server.asked[0].json
    assert built(events).complete
    assert asked["stream"] is False
    assert "stream_options" not in asked
    assert asked["max_tokens"] == 4096
    image, text = asked["messages"][0]["content"]
    assert image["image_url"] == {"url": "data:image/png;base64,iVBORw==", "detail": "auto"}
    assert text == {"type": "text", "text": "what?"}


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the recordings do not lie beside the project")
@pytest.mark.parametrize("recording", recordings(), ids=lambda r: r.name)
async def test_recordings_come_through_compressed(recording: Recording) -> None:
    body = gzip.compress(with_crlf(recording.body))

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(CHUNKED.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n"))
        for piece in cut(body, 100):
            writer.write(chunk(piece))
        writer.write(b"0\r\n\r\n")

    async with serving(answer) as server:
        check(await ask(server.address), recording.expected)
        assert server.posts == 1


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the recordings do not lie beside the project")
@pytest.mark.parametrize("bend", ["bytewise", "sevens", "pings", "comments", "no [DONE]"])
@pytest.mark.parametrize("recording", recordings()[::6], ids=lambda r: r.name)
async def test_recordings_come_through_bent(recording: Recording, bend: str) -> None:
    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(CHUNKED)
        for piece in BENDS[bend](recording.body):
            writer.write(chunk(piece))
        writer.write(b"0\r\n\r\n")

    async with serving(answer) as server:
        check(await ask(server.address), recording.expected)
        assert server.posts == 1


async def test_stopping_closes_the_connection_at_once() -> None:
    hung_up = asyncio.Event()

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(CHUNKED + chunk(STREAM[:90]))
        await writer.drain()
        await asked.hung_up()
        hung_up.set()

    async with serving(answer) as server:
        api = ChatApi(server.address, KEY, no_blob)
        got: list[StreamEvent] = []
        begun = asyncio.Event()

        async def read() -> None:
            async for event in api.stream(question()):
                got.append(event)
                if isinstance(event, TextDelta):
                    begun.set()

        async with asyncio.timeout(20):
            reading = asyncio.ensure_future(read())
            await begun.wait()
            reading.cancel()
            with pytest.raises(asyncio.CancelledError):
                await reading
            await hung_up.wait()
        assert got[-1] == TextDelta("He")
        await api.close()


async def test_a_stopped_answer_has_the_usage_that_was_said_so_far() -> None:
    chunks = b'data: {"choices":[{"delta":{"content":"a"}}],"usage":{"total_tokens":%d}}\n\n'

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(CHUNKED + chunk(chunks % 3) + chunk(chunks % 4))
        await writer.drain()
        await asked.hung_up()

    async with serving(answer) as server:
        api = ChatApi(server.address, KEY, no_blob)
        builder = ReplyBuilder()
        both = asyncio.Event()

        async def read() -> None:
            async for event in api.stream(question()):
                builder.add(event)
                if builder.parts() == (TextPart("aa"),):
                    both.set()

        reading = asyncio.ensure_future(read())
        await both.wait()
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        told = builder.usage
        builder.stop()
        assert (told, builder.usage) == (None, Usage({"total_tokens": 4}))
        await api.close()


async def test_a_burst_lets_the_window_have_its_turn() -> None:
    line = b'data: {"choices":[{"index":0,"delta":{"content":"word "}}]}\n\n'
    async with serving(plain(line * 5000 + STREAM)) as server:
        api = ChatApi(server.address, KEY, no_blob)
        await api.warm()
        turns = 0
        running = True

        async def window() -> None:
            nonlocal turns
            while running:
                turns += 1
                await asyncio.sleep(0)

        painting = asyncio.ensure_future(window())
        before = 0
        most = 0
        alone = 0
        async for event in api.stream(question()):
            if isinstance(event, TextDelta):
                alone = alone + 1 if turns == before else 0
                before = turns
                most = max(most, alone)
        running = False
        await painting
        await api.close()
    # 5,000 events take far longer than a slice of 4 ms: none may run through without a turn.
    assert most < 4000


async def test_an_end_that_never_comes_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.adapters.chat_api.reading.LINGER_S", 0.05)

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(CHUNKED + chunk(STREAM.replace(b"data: [DONE]\n\n", b"")))
        await writer.drain()
        await asked.hung_up()

    async with serving(answer) as server:
        events = await ask(server.address)
        assert built(events).state is MessageState.COMPLETE


async def test_a_drop_behind_the_finish_costs_nothing() -> None:
    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(CHUNKED + chunk(STREAM.replace(b"data: [DONE]\n\n", b"")))
        writer.close()

    async with serving(answer) as server:
        events = await ask(server.address)
        assert built(events).state is MessageState.COMPLETE
        assert events[-1] == Ended()
