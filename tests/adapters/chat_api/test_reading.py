"""Reading pieces as they come: without waiting where none is needed, and no longer than allowed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import httpx2
import pytest

from app.adapters.chat_api.decode import AnswerDecoder
from app.adapters.chat_api.reading import Begun, Patience, SilentTooLong, events_of
from app.core.errors import FailureKind
from app.core.events import StreamEvent, TextDelta
from tests.adapters.chat_api.dialects import chunk, sse
from tests.conftest import until


async def at_once(value: int) -> int:
    return value


async def after_turns(value: int, turns: int) -> int:
    for _ in range(turns):
        await asyncio.sleep(0)
    return value


async def broken(turns: int) -> int:
    await after_turns(0, turns)
    raise LookupError("broken")


async def test_what_is_at_hand_is_done_at_once() -> None:
    begun = Begun(at_once(3))
    assert begun.done
    assert begun.result == 3
    waiting = Begun(after_turns(4, 3))
    assert not waiting.done
    assert await waiting == 4
    with pytest.raises(LookupError):
        Begun(broken(0))
    failing = Begun(broken(2))
    with pytest.raises(LookupError):
        await failing


async def test_patience_ends_with_the_reason_that_holds() -> None:
    patience = Patience(0.02, 0.03)
    never = asyncio.Event()
    with pytest.raises(SilentTooLong) as first:
        await patience.wait(never.wait())
    assert first.value.kind is FailureKind.TIMEOUT_FIRST
    patience.renew()
    assert await patience.wait(after_turns(1, 2)) == 1
    with pytest.raises(SilentTooLong) as idle:
        await patience.wait(never.wait())
    assert idle.value.kind is FailureKind.TIMEOUT_IDLE
    patience.renew()
    with pytest.raises(SilentTooLong):
        await patience.wait(never.wait(), 0.001)


async def test_a_cancelled_wait_is_cancelled_and_nothing_else() -> None:
    patience = Patience(60, 60)
    begun = asyncio.Event()
    cleaned = asyncio.Event()

    async def waits() -> None:
        try:
            begun.set()
            await asyncio.Event().wait()
        finally:
            cleaned.set()

    async def waiting() -> None:
        await patience.wait(waits())

    task = asyncio.ensure_future(waiting())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert cleaned.is_set()


async def test_many_waits_share_one_timer(monkeypatch: pytest.MonkeyPatch) -> None:
    loop: Any = asyncio.get_running_loop()
    timers: list[float] = []
    call_at = loop.call_at

    def counted(when: float, *rest: Any, **named: Any) -> Any:
        timers.append(when)
        return call_at(when, *rest, **named)

    monkeypatch.setattr(loop, "call_at", counted)
    patience = Patience(300, 60)
    for _ in range(200):
        await patience.wait(after_turns(1, 1))
        patience.renew()
    assert len(timers) == 1


class Pieces(httpx2.AsyncByteStream):
    """A body in these pieces."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = pieces
        self.closed = False

    async def __aiter__(self) -> AsyncGenerator[bytes, None]:
        for piece in self._pieces:
            yield piece

    async def aclose(self) -> None:
        self.closed = True


async def read(body: Pieces, **headers: str) -> tuple[list[StreamEvent], bytes]:
    recorded = bytearray()
    response = httpx2.Response(200, headers=headers, stream=body)
    decoder = AnswerDecoder()
    events = events_of(response, decoder, Patience(60, 60), record=recorded.extend)
    return [event async for event in events], bytes(recorded)


async def test_large_pieces_are_decoded_in_slices_and_recorded_whole() -> None:
    count = 20_000
    whole = sse(*[chunk({"content": "word "})] * count, chunk({}, "stop"))
    body = Pieces(whole)
    turns = 0

    async def window() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    painting = asyncio.ensure_future(window())
    await until(lambda: turns)
    before = turns
    events, recorded = await read(body)
    painting.cancel()
    assert sum(event == TextDelta("word ") for event in events) == count
    assert recorded == whole
    assert body.closed
    # The window had its turn in between, though not one wait was needed.
    assert turns > before + 2


async def test_nothing_is_read_behind_the_end() -> None:
    body = Pieces(sse(chunk({"content": "a"}, "stop")), b"data: more\n\n", b"and more")
    events, recorded = await read(body)
    assert TextDelta("a") in events
    assert b"and more" not in recorded
    assert body.closed


async def test_a_packed_body_is_recorded_unpacked() -> None:
    import gzip

    whole = sse(chunk({"content": "a"}, "stop"))
    packed = gzip.compress(whole)
    events, recorded = await read(Pieces(packed[:9], packed[9:]), **{"content-encoding": "gzip"})
    assert TextDelta("a") in events
    assert recorded == whole
