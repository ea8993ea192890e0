"""After a sleep no request is sent on a connection from before, and what streams is not cut."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

from app.adapters.chat_api.client import ChatApi
from app.adapters.chat_api.pool import Closed, Pool, clocks
from app.core.events import StreamEvent, TextDelta
from tests.adapters.chat_api.server import CHUNKED, Asked, chunk, plain, serving
from tests.adapters.chat_api.streams import built
from tests.adapters.chat_api.test_client_streams import KEY, STREAM, no_blob, question


@dataclass
class Clocks:
    """A clock that stands still in a sleep, the time of day, and one that counts sleep too."""

    at: list[float] = field(default_factory=lambda: [100.0, 1e9, 200.0])

    def __call__(self) -> tuple[float, ...]:
        return tuple(self.at)

    def pass_time(self, seconds: float) -> None:
        self.at = [clock + seconds for clock in self.at]

    def sleep(self, seconds: float, *, seen_by: tuple[int, ...] = (1, 2)) -> None:
        for place in seen_by:
            self.at[place] += seconds


@pytest.mark.parametrize(
    ("seen_by", "seconds", "new"),
    [
        ((1, 2), 3600, True),
        ((1,), 3600, True),
        ((2,), 3600, True),
        ((1,), -3600, True),
        ((1, 2), 2, False),
        ((), 0, False),
    ],
    ids=["sleep", "machine paused", "clock set meanwhile", "clock set back", "adjusted", "awake"],
)
async def test_a_sleep_drops_the_connections(
    seen_by: tuple[int, ...], seconds: float, new: bool
) -> None:
    used: list[int] = []

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        used.append(id(writer))
        await plain(STREAM)(writer, asked)

    async with serving(answer) as server:
        now = Clocks()
        api = ChatApi(server.address, KEY, no_blob, read_clocks=now)
        for _ in range(3):
            assert built([event async for event in api.stream(question())]).complete
            now.pass_time(4000)
        now.sleep(seconds, seen_by=seen_by)
        for _ in range(2):
            assert built([event async for event in api.stream(question())]).complete
        if new:
            assert server.open == 1
        await api.close()
    assert len(set(used[:3])) == 1
    assert (used[3] != used[2]) is new
    assert used[4] == used[3]


async def test_what_streams_meanwhile_goes_on_to_its_end() -> None:
    go_on = asyncio.Event()
    asked_before = 0

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        nonlocal asked_before
        asked_before += 1
        if asked_before > 1:
            await plain(STREAM)(writer, asked)
            return
        cut = STREAM.index(b"\n\n") + 2
        writer.write(CHUNKED + chunk(STREAM[:cut]))
        await writer.drain()
        await go_on.wait()
        writer.write(chunk(STREAM[cut:]) + b"0\r\n\r\n")

    async with serving(answer) as server:
        now = Clocks()
        api = ChatApi(server.address, KEY, no_blob, read_clocks=now)
        got: list[StreamEvent] = []
        slow = api.stream(question())
        async for event in slow:
            got.append(event)
            if isinstance(event, TextDelta):
                break
        now.sleep(3600)
        assert built([event async for event in api.stream(question())]).complete
        assert server.open == 2
        go_on.set()
        got += [event async for event in slow]
        assert built(got).complete
        await api.close()


class Client:
    def __init__(self) -> None:
        self.closed = 0

    async def close(self) -> None:
        self.closed += 1


async def test_each_client_is_closed_once_and_none_is_made_behind_the_end() -> None:
    made: list[Client] = []
    now = Clocks()
    may_make = asyncio.Event()
    may_make.set()

    async def make() -> Client:
        await may_make.wait()
        made.append(Client())
        return made[-1]

    pool = Pool(make, now)
    async with pool.client() as first:
        now.sleep(60)
        async with pool.client() as second:
            assert second is not first
        assert (first.closed, second.closed) == (0, 0)
    assert (first.closed, second.closed) == (1, 0)
    await pool.close()
    await pool.close()
    assert [client.closed for client in made] == [1, 1]
    with pytest.raises(Closed):
        async with pool.client():
            pass
    assert len(made) == 2

    may_make.clear()
    late = Pool(make, now)

    async def use() -> None:
        async with late.client():
            pass

    using = asyncio.ensure_future(use())
    await asyncio.sleep(0)
    await late.close()
    may_make.set()
    with pytest.raises(Closed):
        await using
    assert made[-1].closed == 1


async def test_this_machines_clocks_go_on() -> None:
    before, after = clocks(), clocks()
    assert len(before) == len(after) >= 2
    assert all(b >= a for a, b in zip(before, after, strict=True))
