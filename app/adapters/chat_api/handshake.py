"""Closes the connection under a TLS handshake that was cancelled: the HTTP library leaves it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx2


class Handshake:
    """Follows one request from its connection to the end of the handshake on it.

    The library closes the connection where the handshake fails, but not where it is cancelled: a
    service that never answers it would be left with one more open connection at every stop.
    """

    def __init__(self) -> None:
        self._stream: Any = None

    async def __call__(self, event: str, facts: dict[str, Any]) -> None:
        """What the HTTP library calls at each step (its `trace` extension)."""
        if event.endswith(".connect_tcp.complete"):
            self._stream = facts.get("return_value")
        elif event.endswith(".start_tls.complete"):
            self._stream = None
        elif event.endswith(".start_tls.failed") and self._stream is not None:
            with contextlib.suppress(Exception):
                await self._stream.aclose()


def watch(request: httpx2.Request) -> None:
    """Have an abandoned handshake on this request's way closed."""
    request.extensions = {**request.extensions, "trace": Handshake()}
