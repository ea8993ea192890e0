"""The openai client and the HTTP client below it, made late and kept honest.

Importing openai takes about a second and loading certificates some tens of milliseconds: `connect`
is called in a thread, with the first request or before it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.adapters.chat_api.handshake import watch
from app.adapters.chat_api.recording import record, record_head
from app.adapters.chat_api.steps import follow, steps_of
from app.adapters.network import proxy_for, trusted
from app.core.network import BY_THE_SYSTEM, Network
from app.core.proxies import Proxy

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
    """The service answered with a status that is no success. `body` is the start of its words.

    `proxy` is the host and port of the one that passed the request on, where it read it. `whole`
    says whether these are all the words there were.
    """

    def __init__(
        self,
        status: int,
        headers: Mapping[str, str],
        body: bytes,
        proxy: str = "",
        *,
        whole: bool = True,
    ) -> None:
        super().__init__(status)
        self.status = status
        self.headers = headers
        self.body = body
        self.proxy = proxy
        self.whole = whole


@dataclass(frozen=True, slots=True)
class Connected:
    """A client, and the proxy that it goes through, if any."""

    client: AsyncOpenAI
    proxy: Proxy | None


def connect(
    address: str, key: str | None, connect_limit_s: float, network: Network = BY_THE_SYSTEM
) -> Connected:
    """A client for the service at `address`. Blocks: call it in a thread.

    Nothing is resent, no redirect followed, and no time limit set but for connecting: the stream
    has its own. Requests raise `Refused` for every status that is no success.
    Raises ServiceError (BAD_NETWORK) for a proxy or a file of certificates that cannot be used.
    """
    import httpx2
    from openai import AsyncOpenAI

    proxy = proxy_for(address, network)
    client = AsyncOpenAI(
        base_url=address,
        api_key=key or _NO_KEY,
        max_retries=0,
        http_client=http_client(proxy, network, key, connect_limit_s),
        timeout=httpx2.Timeout(None, connect=connect_limit_s),
    )
    return Connected(client, proxy)


def http_client(
    proxy: Proxy | None, network: Network, key: str | None, connect_limit_s: float
) -> httpx2.AsyncClient:
    """The HTTP client alone, as `connect` uses it. Blocks. Raises ServiceError (BAD_NETWORK)."""
    import httpx2

    authorization = f"Bearer {key}" if key else None

    async def prepare(request: httpx2.Request) -> None:
        for name in [name for name in request.headers if name.lower() not in _SENT]:
            del request.headers[name]
        if authorization is not None:
            request.headers["Authorization"] = authorization
        if proxy is None:
            watch(request)
        else:
            follow(request, proxy)

    context = trusted(network)
    through = None
    if proxy is not None:
        auth = (proxy.user, proxy.password) if proxy.user or proxy.password else None
        secured = context if proxy.scheme == "https" else None
        through = httpx2.Proxy(proxy.url, auth=auth, ssl_context=secured)
    return httpx2.AsyncClient(
        verify=context,
        proxy=through,
        # The environment was read where it counts; nothing else in it is meant for us.
        trust_env=False,
        follow_redirects=False,
        timeout=httpx2.Timeout(None, connect=connect_limit_s),
        limits=httpx2.Limits(max_connections=None, max_keepalive_connections=4),
        event_hooks={"request": [prepare], "response": [_refuse]},
    )


async def _refuse(response: httpx2.Response) -> None:
    """Read what an answer that is no success has to say, within bounds, and raise it."""
    record_head(response)
    if 200 <= response.status_code < 300:
        return
    body = b""
    whole = False
    with contextlib.suppress(Exception):  # the status alone says enough, should the rest not come
        async with asyncio.timeout(REFUSAL_LIMIT_S), aclosing(response.aiter_bytes()) as pieces:
            async for piece in pieces:
                record(piece)
                body += piece
                if len(body) > REFUSAL_BYTES:
                    break
            else:
                whole = True
    steps = steps_of(response)
    proxy = steps.proxy.place if steps is not None and steps.forwarded else ""
    headers, words = dict(response.headers), body[:REFUSAL_BYTES]
    raise Refused(response.status_code, headers, words, proxy, whole=whole)
