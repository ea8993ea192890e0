"""Reading an answer's body as it comes: with patience, in slices, and never past its end."""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterator
from contextlib import aclosing
from time import perf_counter
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from app.adapters.chat_api.decode import AnswerDecoder
from app.core.errors import FailureKind
from app.core.events import Opened, StreamEvent, UsageReported

if TYPE_CHECKING:
    import httpx2

T = TypeVar("T")

WORK_SLICE_S = 0.004
"""How long decoding may go on before the window gets its turn."""
SLICE_BYTES = 4 * 1024
"""How much is decoded at once; far less than `WORK_SLICE_S` allows, whoever takes the events."""
LINGER_S = 5.0
"""How long a stream that said all it was asked for may keep its end to itself."""
DRAIN_S = 0.1
"""How long to wait for the body's end behind `[DONE]`, so that the connection can be used again."""
LOOK_S = 10.0
"""How often a long wait looks at the clock: a timer this long outlives the answer at most."""


class SilentTooLong(Exception):  # noqa: N818 - a fact about the service, no error of ours
    """Nothing that carries an answer came within the limit that `kind` names."""

    def __init__(self, kind: FailureKind) -> None:
        super().__init__(kind.value)
        self.kind = kind


class Begun(Generic[T]):
    """Something awaitable, run as far as it goes without waiting. Await it, or drop it if `done`.

    Most pieces of an answer are at hand when they are asked for: these need no timer.
    """

    __slots__ = ("_steps", "_waits_for", "done", "result")

    def __init__(self, coming: Awaitable[T]) -> None:
        self.result: T
        self.done = False
        self._steps = coming.__await__()
        try:
            self._waits_for: Any = next(self._steps)
        except StopIteration as ended:
            self.result, self.done = ended.value, True

    def __await__(self) -> Generator[Any, Any, T]:
        try:
            while not self.done:
                try:
                    sent = yield self._waits_for
                except BaseException as error:
                    self._waits_for = self._steps.throw(error)
                else:
                    self._waits_for = self._steps.send(sent)
        except StopIteration as ended:
            self.result, self.done = ended.value, True
        return self.result


class Patience:
    """How much longer to wait. Only waiting counts, and only what carries an answer renews it.

    One timer serves all waits of an answer, and is set anew only once it went off: a timer that is
    cancelled lives on in the window's event loop until its time comes.
    """

    def __init__(self, first_s: float, idle_s: float) -> None:
        self._left = first_s
        self._idle_s = idle_s
        self._kind = FailureKind.TIMEOUT_FIRST
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = math.inf
        self._until = math.inf
        self._waiting: asyncio.Task[Any] | None = None
        self._over = False

    def saw(self, event: StreamEvent) -> None:
        """Something came. Comments never get here; that a stream was opened is no token yet."""
        if not isinstance(event, (Opened, UsageReported)):
            self.renew()

    def renew(self) -> None:
        """Something came that carries an answer."""
        self._left = self._idle_s
        self._kind = FailureKind.TIMEOUT_IDLE

    async def wait(self, coming: Awaitable[T], at_most_s: float = math.inf) -> T:
        """What is awaited. Raises SilentTooLong."""
        begun = coming if isinstance(coming, Begun) else Begun(coming)
        if begun.done:
            return cast("T", begun.result)
        clock = asyncio.get_running_loop().time
        started = clock()
        self._until = started + min(self._left, at_most_s)
        self._over = False
        self._waiting = task = asyncio.current_task()
        assert task is not None
        cancelled = task.cancelling()
        if self._timer_at > self._until:
            self._set_timer()
        try:
            return cast("T", await begun)
        except asyncio.CancelledError:
            if self._over and task.uncancel() <= cancelled:
                raise SilentTooLong(self._kind) from None
            raise
        finally:
            self._waiting = None
            self._left -= clock() - started

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        loop = asyncio.get_running_loop()
        self._timer_at = min(self._until, loop.time() + LOOK_S)
        self._timer = loop.call_at(self._timer_at, self._look)

    def _look(self) -> None:
        self._timer, self._timer_at = None, math.inf
        if self._waiting is None:
            return
        if asyncio.get_running_loop().time() < self._until:
            self._set_timer()
        else:
            self._over = True
            self._waiting.cancel()


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
    packed = "content-encoding" in response.headers
    body = response.aiter_bytes() if packed else response.aiter_raw()
    async with aclosing(response), aclosing(body) as pieces:
        since = perf_counter()
        while not decoder.done:
            coming = Begun(anext(pieces, None))
            if coming.done:
                piece = coming.result
            else:
                piece = await patience.wait(coming, LINGER_S if decoder.whole else math.inf)
                since = perf_counter()
            if piece is None:
                return
            record(piece)
            for part in (piece,) if len(piece) <= SLICE_BYTES else _slices(piece):
                events = decoder.feed(part)
                if events:
                    patience.saw(events[-1])
                    for event in events:
                        yield event
                if perf_counter() - since > WORK_SLICE_S:
                    await asyncio.sleep(0)
                    since = perf_counter()
        with contextlib.suppress(Exception):  # the answer is whole: only reuse is at stake
            await patience.wait(anext(pieces, None), DRAIN_S)


def _slices(piece: bytes) -> Iterator[bytes]:
    for start in range(0, len(piece), SLICE_BYTES):
        yield piece[start : start + SLICE_BYTES]
