"""Puts on tape what a service answers, from its first line on, whoever reads it.

The HTTP client hands out a response only after its hooks have seen it, and what is no success is
read within them: they learn which tape runs from the context in which the request is sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from app.core.exchange import Tape

if TYPE_CHECKING:
    import httpx2

_UNSHOWN = frozenset({"set-cookie", "set-cookie2"})
"""Secrets that a service hands out; we never send them back either."""

_running: ContextVar[Tape | None] = ContextVar("running", default=None)


@contextmanager
def recorded_on(tape: Tape) -> Iterator[None]:
    """What is sent and answered within goes on that tape."""
    before = _running.set(tape)
    try:
        yield
    finally:
        _running.reset(before)


def record_head(response: httpx2.Response) -> None:
    """A response began."""
    if (tape := _running.get()) is not None:
        tape.status = response.status_code
        tape.headers = {
            name: value for name, value in response.headers.items() if name not in _UNSHOWN
        }


def record(piece: bytes) -> None:
    """More of its body came."""
    if (tape := _running.get()) is not None:
        tape.feed(piece)
