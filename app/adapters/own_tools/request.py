"""A call answered by an HTTP request, to the address that the person gave and nowhere else."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Mapping
from contextlib import aclosing
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from app.adapters.network import proxy_for, trusted
from app.adapters.own_tools.result import picture_in, result_text
from app.adapters.threads import in_daemon_thread
from app.core.address import host
from app.core.errors import ServiceError
from app.core.network import Network
from app.core.own_tool import RequestAction, origin_of
from app.core.own_tool_call import address_of, body_of
from app.core.proxies import Proxy
from app.core.tool import ToolOutcome

if TYPE_CHECKING:
    import httpx2

MOST_BYTES = 16 * 1024 * 1024
MOST_REDIRECTS = 5
CONNECT_S = 15.0
_OWN_NAMES = (
    ".local",
    ".lan",
    ".internal",
    ".intranet",
    ".home.arpa",
    ".localhost",
    ".localdomain",
)


class RefusedError(Exception):
    """The request is not sent, or not followed; says why."""


async def send_request(
    action: RequestAction,
    secrets: Mapping[str, str],
    arguments: Mapping[str, Any],
    limit_s: int,
    network: Network,
) -> ToolOutcome:
    """Send it and wait for the whole answer. Never raises but for a cancellation."""
    try:
        async with asyncio.timeout(limit_s):
            return await _send(action, secrets, arguments, network)
    except TimeoutError:
        return _failed(f"No whole answer came within {limit_s} s.")
    except RefusedError as refused:
        return _failed(str(refused))
    except ServiceError as error:
        return _failed(
            f"The way there is not usable: {error.failure.message or error.failure.code}"
        )
    except Exception as error:  # of the HTTP library and of what it stands on
        return _failed(f"The request failed: {_words(error)}")


async def _send(
    action: RequestAction,
    secrets: Mapping[str, str],
    arguments: Mapping[str, Any],
    network: Network,
) -> ToolOutcome:
    method = action.method
    url, body = address_of(action, arguments), body_of(action, arguments)
    headers = {"User-Agent": "Porthole", "Accept": "*/*", "Accept-Encoding": "identity"}
    if body:
        headers["Content-Type"] = "application/json"
    given = {**dict(action.headers), **secrets}
    headers = {k: v for k, v in headers.items() if k.lower() not in {n.lower() for n in given}}
    home = origin_of(url)
    if not home:
        raise RefusedError("This is no address that can be asked.")
    for _ in range(MOST_REDIRECTS + 1):
        proxy = await in_daemon_thread(proxy_for, home, network)
        client = await in_daemon_thread(_client, proxy, network)
        async with client:
            place, extensions = await _reached(url, proxy)
            request = client.build_request(
                method,
                place,
                headers={**headers, **given, "Host": _host_header(url)},
                content=body or None,
                extensions=extensions,
            )
            response = await client.send(request, stream=True)
            try:
                if not response.has_redirect_location:
                    return await _outcome(response)
                status, target = response.status_code, response.headers["Location"]
            finally:
                await response.aclose()
        url = urljoin(url, target).partition("#")[0]
        if origin_of(url) != home:
            raise RefusedError(
                f"The server wants the request sent elsewhere, and it was not: {url[:300]}"
            )
        if status == 303 or (status in (301, 302) and method == "POST"):
            method, body = "GET", b""
            headers.pop("Content-Type", None)
    raise RefusedError(f"The server sends the request on more than {MOST_REDIRECTS} times.")


def _client(proxy: Proxy | None, network: Network) -> httpx2.AsyncClient:
    """Blocks. Raises ServiceError (BAD_NETWORK)."""
    import httpx2

    context = trusted(network)
    through = None
    if proxy is not None:
        auth = (proxy.user, proxy.password) if proxy.user or proxy.password else None
        secured = context if proxy.scheme == "https" else None
        through = httpx2.Proxy(proxy.url, auth=auth, ssl_context=secured)
    return httpx2.AsyncClient(
        verify=context,
        proxy=through,
        trust_env=False,
        follow_redirects=False,
        timeout=httpx2.Timeout(None, connect=CONNECT_S),
    )


async def _reached(url: str, proxy: Proxy | None) -> tuple[str, dict[str, Any]]:
    """The address that is connected to. Raises RefusedError, OSError.

    A name that is looked up here must not lead into the person's own network unless it says so
    itself; the number that was looked at is the one that is used.
    """
    name = host(origin_of(url))
    if proxy is not None or _names_own_network(name):
        return url, {}
    scheme, _mark, rest = url.partition("://")
    place, slash, path = rest.partition("/")
    if not slash:
        place, mark, query = rest.partition("?")
        slash, path = "/", mark + query
    port = place.rpartition(":")[2] if ":" in place else ""
    found = await in_daemon_thread(_looked_up, name)
    for number in found:
        if not ipaddress.ip_address(number).is_global:
            raise RefusedError(f"{name} leads into a private network ({number}), and says not so.")
    number = f"[{found[0]}]" if ":" in found[0] else found[0]
    where = f"{number}:{port}" if port else number
    return f"{scheme}://{where}{slash}{path}", {"sni_hostname": name}


def _looked_up(name: str) -> list[str]:
    """The numbers of a host, those of the older kind first. Raises RefusedError."""
    try:
        found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except OSError:
        raise RefusedError(f"The host was not found: {name}") from None
    numbers = {str(entry[4][0]).partition("%")[0]: entry[0] for entry in found}
    return sorted(numbers, key=lambda number: ":" in number)


def _names_own_network(name: str) -> bool:
    """Whether a host is of the person's own network by its very name, or is a number."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return "." not in name or name.endswith(_OWN_NAMES)
    return True


def _host_header(url: str) -> str:
    return origin_of(url).partition("://")[2]


async def _outcome(response: httpx2.Response) -> ToolOutcome:
    data = bytearray()
    async with aclosing(response.aiter_bytes()) as pieces:
        async for piece in pieces:
            data += piece
            if len(data) > MOST_BYTES:
                break
    note = ""
    if len(data) > MOST_BYTES:
        del data[MOST_BYTES:]
        note = f"\n\n[The rest of the answer, beyond {MOST_BYTES // 1024 // 1024} MB, was not read]"
    if 200 <= response.status_code < 300:
        if (picture := picture_in(bytes(data))) is not None:
            return ToolOutcome("[The server gave a picture.]", pictures=(picture,))
        text = result_text(bytes(data), response.charset_encoding or "utf-8")
        return ToolOutcome((text or "[The server gave an empty answer.]") + note)
    said = result_text(bytes(data), response.charset_encoding or "utf-8").strip()
    words = f"HTTP {response.status_code} {response.reason_phrase}".strip()
    return _failed(f"{words}\n\n{said}{note}" if said else words)


def _words(error: Exception) -> str:
    """What the library says, in one line; its name where it says nothing."""
    return " ".join(str(error).split())[:300] or type(error).__name__


def _failed(words: str) -> ToolOutcome:
    return ToolOutcome(words, is_error=True)
