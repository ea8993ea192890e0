"""The client in use: made late, and made anew after the computer slept.

Connections that were open before a sleep look alive and are not: the next request would be lost on
one of them. What still streams on the old client goes on to its own end.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Generic, Protocol, TypeVar

JUMP_S = 5.0
"""How far apart the clocks may go between two uses: less is adjusting, more is a sleep."""

Clocks = Callable[[], tuple[float, ...]]
"""Seconds by a clock that stands still in a sleep, then by others that go on or are set after."""


def clocks() -> tuple[float, ...]:
    """This machine's clocks. Where all of them go on in a sleep, idle connections age out instead
    (the HTTP library keeps them for seconds by the same clock)."""
    through_sleep = getattr(time, "CLOCK_BOOTTIME", None)
    boot = () if through_sleep is None else (time.clock_gettime(through_sleep),)
    return (time.monotonic(), time.time(), *boot)


class Closable(Protocol):
    async def close(self) -> None: ...


C = TypeVar("C", bound=Closable)


class _Held(Generic[C]):
    """A client, and how many requests it serves."""

    def __init__(self, client: C) -> None:
        self.client = client
        self.uses = 0


class Pool(Generic[C]):
    """Holds one client, and those before it until their last use has ended."""

    def __init__(self, make: Callable[[], Awaitable[C]], read_clocks: Clocks = clocks) -> None:
        self._make = make
        self._read_clocks = read_clocks
        self._making = asyncio.Lock()
        self._held: _Held[C] | None = None
        self._old: list[_Held[C]] = []
        self._used_at = read_clocks()
        self._closed = False

    @asynccontextmanager
    async def client(self) -> AsyncIterator[C]:
        """The client, made if there is none. Raises what making it does, and Closed."""
        held = await self._current()
        held.uses += 1
        try:
            yield held.client
        finally:
            held.uses -= 1
            await self._let_go()

    async def close(self) -> None:
        """Close all clients; what still streams on them fails."""
        self._closed = True
        held = [*self._old, *([] if self._held is None else [self._held])]
        self._held, self._old = None, []
        for each in held:
            await each.client.close()

    async def _current(self) -> _Held[C]:
        async with self._making:
            self._check()
            if self._slept() and self._held is not None:
                self._old.append(self._held)
                self._held = None
                await self._let_go()
            if self._held is None:
                made = await self._make()
                if self._closed:
                    await made.close()
                self._check()
                self._held = _Held(made)
            return self._held

    def _check(self) -> None:
        if self._closed:
            raise Closed

    def _slept(self) -> bool:
        before, self._used_at = self._used_at, self._read_clocks()
        still, *others = (b - a for a, b in zip(before, self._used_at, strict=True))
        return any(abs(other - still) > JUMP_S for other in others)

    async def _let_go(self) -> None:
        idle = [held for held in self._old if not held.uses]
        self._old = [held for held in self._old if held.uses]
        for held in idle:
            await held.client.close()


class Closed(Exception):  # noqa: N818 - nothing is wrong with it
    """The pool was closed."""
