"""When a request may be sent once more by itself: after a busy service or a refused format, only.

Both must have come as complete answers, before any output: then nothing was billed. Each further
request is announced by an event before it leaves, so that whoever shows the reply can say so.
"""

from __future__ import annotations

import random
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace

from app.core.errors import Failure, FailureKind
from app.core.events import (
    Failed,
    FellBack,
    LimitsReported,
    Opened,
    Sent,
    StreamEvent,
    Waiting,
)
from app.core.fixes import plainer
from app.core.ports import ChatService
from app.core.request import ChatRequest, FormatKind

MAX_ATTEMPTS = 4
"""How many further requests a busy service is sent."""
MAX_WAIT_S = 60.0
"""The longest single wait; a service that asks for more is not waited for."""
FIRST_WAIT_S = 2.0
_NO_OUTPUT = (Sent, LimitsReported, Opened)

Pause = Callable[[float], Awaitable[bool]]
"""Waits so many seconds; False: the person would rather not wait."""


async def ask_again(
    service: ChatService, request: ChatRequest, pause: Pause | None
) -> AsyncGenerator[StreamEvent, None]:
    """Like `service.stream`, but waits out a busy service and falls back from a refused format.

    Without `pause` nothing is waited for. Ends in one `Ended` or `Failed`, as any stream does;
    cancelling it ends the waiting too.
    """
    attempt = 0
    refusal: Failure | None = None
    while True:
        before, refusal = refusal, None
        async with aclosing(_until_refused(service, request)) as events:
            async for event in events:
                if isinstance(event, _Refusal):
                    refusal = event.failure
                elif before is not None and _is_gone(event):
                    # Its key or address changed meanwhile: what it last said is what stays.
                    yield Failed(before)
                else:
                    yield event
        if refusal is None:
            return
        if (lesser := _plainer_format(request, refusal)) is not None:
            request = replace(request, dialect=replace(request.dialect, format=lesser))
            yield FellBack(refusal, lesser)
            continue
        attempt += 1
        seconds = _wait_for(refusal, attempt)
        if pause is None or seconds is None:
            yield Failed(refusal)
            return
        yield Waiting(refusal, seconds, attempt)
        if not await pause(seconds):
            yield Failed(refusal)
            return


class _Refusal:
    """A refusal that may be answered with another request."""

    def __init__(self, failure: Failure) -> None:
        self.failure = failure


async def _until_refused(
    service: ChatService, request: ChatRequest
) -> AsyncGenerator[StreamEvent | _Refusal, None]:
    silent = True
    stream = service.stream(request)
    try:
        async for event in stream:
            if isinstance(event, Failed) and silent and _may_ask_again(request, event.failure):
                yield _Refusal(event.failure)
                return
            silent = silent and isinstance(event, _NO_OUTPUT)
            yield event
    finally:
        if isinstance(stream, AsyncGenerator):
            await stream.aclose()


def _is_gone(event: StreamEvent) -> bool:
    return isinstance(event, Failed) and event.failure.kind is FailureKind.NO_SERVICE


def _may_ask_again(request: ChatRequest, failure: Failure) -> bool:
    return failure.whole and (_is_busy(failure) or _plainer_format(request, failure) is not None)


def _is_busy(failure: Failure) -> bool:
    busy = (FailureKind.RATE_LIMITED, FailureKind.UNAVAILABLE)
    return failure.kind in busy and failure.status in (429, 503)


def _plainer_format(request: ChatRequest, failure: Failure) -> FormatKind | None:
    """What to ask for instead, if it was the response format that was refused."""
    asked = request.response_format
    refused = failure.kind is FailureKind.BAD_REQUEST and failure.parameter == "response_format"
    if asked is None or not refused:
        return None
    order = (FormatKind.TEXT, FormatKind.JSON_OBJECT, FormatKind.JSON_SCHEMA)
    return plainer(min(asked.kind, request.dialect.format, key=order.index))


def _wait_for(failure: Failure, attempt: int) -> float | None:
    """Seconds to wait before the `attempt`th further request; None: do not."""
    if attempt > MAX_ATTEMPTS:
        return None
    if failure.retry_after is not None:
        return max(failure.retry_after, 0.5) if failure.retry_after <= MAX_WAIT_S else None
    backoff = FIRST_WAIT_S * float(2 ** (attempt - 1))
    return min(MAX_WAIT_S, backoff * random.uniform(0.75, 1.25))  # noqa: S311 - jitter, no secret
