"""Reading an answer's body as it comes: with patience, in slices, and never past its end."""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

from app.adapters.chat_api.decode import AnswerDecoder
from app.core.errors import FailureKind
from app.core.events import Opened, StreamEvent, UsageReported

if TYPE_CHECKING:
    import httpx2

T = TypeVar("T")

WORK_SLICE_S = 0.004
"""How long decoding may go on before the window gets its turn."""
LINGER_S = 5.0
"""How long a stream that said all it was asked for may keep its end to itself."""
DRAIN_S = 0.1
"""How long to wait for the body's end behind `[DONE]`, so that the connection can be used again."""


class SilentTooLong(Exception):  # noqa: N818 - a fact about the service, no error of ours
    """Nothing that carries an answer came within the limit that `kind` names."""

    def __init__(self, kind: FailureKind) -> None:
        super().__init__(kind.value)
        self.kind = kind


class Patience:
    """How much longer to wait. Only waiting counts, and only what carries an answer renews it."""

    def __init__(self, first_s: float, idle_s: float) -> None:
        self._left = first_s
        self._idle_s = idle_s
        self._kind = FailureKind.TIMEOUT_FIRST

    def saw(self, event: StreamEvent) -> None:
        """Something came. Comments never get here; that a stream was opened is no token yet."""
        if not isinstance(event, (Opened, UsageReported)):
            self._left = self._idle_s
            self._kind = FailureKind.TIMEOUT_IDLE

    async def wait(self, coming: Awaitable[T], at_most_s: float = math.inf) -> T:
        """What is awaited. Raises SilentTooLong."""
        clock = asyncio.get_running_loop().time
        started = clock()
        try:
            async with asyncio.timeout(min(self._left, at_most_s)) as limit:
                return await coming
        except TimeoutError:
            if limit.expired():
                raise SilentTooLong(self._kind) from None
            raise
        finally:
            self._left -= clock() - started


async def events_of(
    response: httpx2.Response,
    decoder: AnswerDecoder,
    patience: Patience,
    *,
    record: Callable[[bytes], None],
) -> AsyncGenerator[StreamEvent, None]:
    """The events in the response's body, up to its end or to what says that no more will come.

    Neither closes nor fails the decoder. Every piece goes to `record` as it was received (but
    unpacked). Closes the response. Raises SilentTooLong, and what the HTTP library raises.
    """
    async with aclosing(response), aclosing(response.aiter_bytes()) as pieces:
        since = perf_counter()
        while not decoder.done:
            before = perf_counter()
            linger = LINGER_S if decoder.whole else math.inf
            piece = await patience.wait(anext(pieces, None), linger)
            if piece is None:
                return
            record(piece)
            if perf_counter() - before > WORK_SLICE_S:
                since = perf_counter()
            for event in decoder.feed(piece):
                patience.saw(event)
                yield event
                if perf_counter() - since > WORK_SLICE_S:
                    await asyncio.sleep(0)
                    since = perf_counter()
        with contextlib.suppress(Exception):  # the answer is whole: only reuse is at stake
            await patience.wait(anext(pieces, None), DRAIN_S)
