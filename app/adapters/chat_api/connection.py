"""The openai client and the HTTP client below it, made late and kept honest.

Importing openai takes about a second and loading certificates some tens of milliseconds: `connect`
is called in a thread, with the first request or before it.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Mapping
from contextlib import aclosing
from typing import TYPE_CHECKING

from app.core.address import is_loopback
from app.core.errors import Failure, FailureKind, ServiceError

if TYPE_CHECKING:
    import httpx2
    from openai import AsyncOpenAI

REFUSAL_BYTES = 64 * 1024
REFUSAL_LIMIT_S = 10.0
_SENT = frozenset(
    {"accept", "accept-encoding", "connection", "content-length", "content-type", "host"}
    | {"transfer-encoding", "user-agent"}
)
"""The headers that leave: none that tells of this machine, or comes from its environment."""

_NO_KEY = "none"
"""openai refuses to work without a key; this one is taken off before anything is sent."""


class Refused(Exception):  # noqa: N818 - the service's answer, no error of ours
    """The service answered with a status that is no success. `body` is the start of its words."""

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        super().__init__(status)
        self.status = status
        self.headers = headers
        self.body = body


def connect(address: str, key: str | None, connect_limit_s: float) -> AsyncOpenAI:
    """A client for the service at `address`. Blocks: call it in a thread.

    Nothing is resent, no redirect followed, and no time limit set but for connecting: the stream
    has its own. Requests raise `Refused` for every status that is no success.
    Raises ServiceError (NOT_CONNECTED) for a proxy that cannot be used.
    """
    import httpx2
    import truststore
    from openai import AsyncOpenAI

    authorization = f"Bearer {key}" if key else None

    async def prepare(request: httpx2.Request) -> None:
        for name in [name for name in request.headers if name.lower() not in _SENT]:
            del request.headers[name]
        if authorization is not None:
            request.headers["Authorization"] = authorization

    try:
        http = httpx2.AsyncClient(
            verify=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            # Proxies of the environment are meant for the world outside.
            trust_env=not is_loopback(address),
            follow_redirects=False,
            timeout=httpx2.Timeout(None, connect=connect_limit_s),
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=4),
            event_hooks={"request": [prepare], "response": [_refuse]},
        )
    except (ImportError, ValueError) as error:
        # A SOCKS proxy without its library, or a proxy's address that is none.
        raise ServiceError(Failure(FailureKind.NOT_CONNECTED, message=str(error))) from error
    return AsyncOpenAI(
        base_url=address,
        api_key=key or _NO_KEY,
        max_retries=0,
        http_client=http,
        timeout=httpx2.Timeout(None, connect=connect_limit_s),
    )


async def _refuse(response: httpx2.Response) -> None:
    """Read what an answer that is no success has to say, within bounds, and raise it."""
    if 200 <= response.status_code < 300:
        return
    body = b""
    with contextlib.suppress(Exception):  # the status alone says enough, should the rest not come
        async with asyncio.timeout(REFUSAL_LIMIT_S), aclosing(response.aiter_bytes()) as pieces:
            async for piece in pieces:
                body += piece
                if len(body) >= REFUSAL_BYTES:
                    break
    raise Refused(response.status_code, dict(response.headers), body[:REFUSAL_BYTES])
