"""A test of the way to a service: its models are asked for without a key, and the status counts."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from app.adapters.chat_api.connection import Refused, http_client
from app.adapters.chat_api.failures import from_exception, from_response, presentable
from app.adapters.network import proxy_for
from app.adapters.threads import in_daemon_thread
from app.core.address import host, normalise
from app.core.errors import Failure, FailureKind, ServiceError
from app.core.network import Network, ProbeResult

if TYPE_CHECKING:
    import httpx2

CONNECT_LIMIT_S = 10.0
LIMIT_S = 20.0


async def probe(address: str, network: Network, *, limit_s: float = LIMIT_S) -> ProbeResult:
    """Reach the service at `address`, as typed, once. Fulfils `core.network.Probe`."""
    try:
        where = normalise(address)
    except ServiceError as error:
        return ProbeResult("", failure=error.failure)
    result = ProbeResult(host(where))
    passwords: tuple[str, ...] = ()
    began = time.monotonic()
    try:
        proxy = await in_daemon_thread(proxy_for, where, network)
        if proxy is not None:
            passwords = proxy.secrets
            result = replace(result, proxy=proxy.place)
        http = await in_daemon_thread(http_client, proxy, network, None, CONNECT_LIMIT_S)
        began = time.monotonic()  # what is read in for the first client is no one's way
        async with http, asyncio.timeout(limit_s):
            status = await _status(http, where)
    except Exception as error:
        failure = presentable(_failure(error, result.host), None, passwords)
        return replace(result, seconds=time.monotonic() - began, failure=failure)
    return replace(result, seconds=time.monotonic() - began, status=status)


async def _status(http: httpx2.AsyncClient, where: str) -> int:
    """The status that the service answers with. Raises what the library does."""
    try:
        async with http.stream("GET", f"{where}/models") as response:
            return response.status_code
    except Refused as refused:
        if refused.status == 407 and refused.proxy:
            raise
        return refused.status


def _failure(error: Exception, name: str) -> Failure:
    match error:
        case ServiceError():
            return replace(error.failure, host=error.failure.host or name)
        case Refused():
            return from_response(error.status, error.headers, error.body, name, error.proxy)
        case TimeoutError():
            return Failure(FailureKind.TIMEOUT_FIRST, host=name)
    return from_exception(error, name)
