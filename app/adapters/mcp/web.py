"""A server reached by streamable HTTP: bounded answers, no redirect to another origin."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from app.adapters.network import trusted
from app.adapters.threads import in_daemon_thread
from app.core.mcp import Http, McpError, McpFailure
from app.core.mcp_paste import is_address
from app.core.network import Network

LONGEST = 64 * 1024 * 1024
"""Bytes of one answer."""
CONNECT_S = 20.0
READ_S = 600.0


@asynccontextmanager
async def web_streams(
    way: Http, secrets: Mapping[str, str], fault: Callable[[McpError], None]
) -> AsyncIterator[tuple[Any, Any]]:
    """The streams that a session reads and writes. Raises McpError for an address that is none.

    `fault` hears of what the session only sees as an answer that never came.
    """
    import httpx2
    from mcp.client.streamable_http import streamable_http_client

    if not is_address(way.url):
        raise McpError(McpFailure.UNREACHABLE, way.url)

    async def looked_at(response: httpx2.Response) -> None:
        if response.status_code in (401, 403):
            fault(McpError(McpFailure.NEEDS_SIGN_IN, f"HTTP {response.status_code}"))
        elif response.has_redirect_location:
            here = response.request.url
            there = here.join(response.headers["location"])
            if (there.scheme, there.host, there.port) != (here.scheme, here.host, here.port):
                fault(McpError(McpFailure.REDIRECTS, str(there)))
        elif response.status_code >= 400:
            fault(McpError(McpFailure.REFUSED, f"HTTP {response.status_code}"))
        said = response.headers.get("content-length", "0")
        if said.isdecimal() and int(said) > LONGEST:
            fault(McpError(McpFailure.TOO_LONG))
            raise httpx2.ReadError("too long", request=response.request)
        response.stream = _bounded(response.stream, fault)

    try:
        client = httpx2.AsyncClient(
            headers=dict(secrets),
            timeout=httpx2.Timeout(CONNECT_S, read=READ_S),
            follow_redirects=False,
            verify=await in_daemon_thread(trusted, Network()),
            event_hooks={"response": [looked_at]},
        )
    except (ValueError, TypeError) as error:  # a header that cannot be sent
        raise McpError(McpFailure.UNREACHABLE, type(error).__name__) from None
    async with (
        client,
        streamable_http_client(way.url, http_client=client, max_sse_event_size=LONGEST) as streams,
    ):
        yield streams


def _bounded(stream: Any, fault: Callable[[McpError], None]) -> Any:
    """The same bytes, up to a bound; events that are never answered count as well."""
    import httpx2

    class Bounded(httpx2.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            count = 0
            async for chunk in stream:
                count += len(chunk)
                if count > LONGEST:
                    fault(McpError(McpFailure.TOO_LONG))
                    raise httpx2.ReadError("too long")
                yield chunk

        async def aclose(self) -> None:
            await stream.aclose()

    return Bounded()
