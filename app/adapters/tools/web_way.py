"""The way to a web server: which address is connected to, through which proxy, and who may.

A host is looked up once, and what is connected to is what was looked at. Through a proxy it is the
same: the proxy is told the address, not the name, so that neither a name nor a redirect leads into
a network of the person's own.
"""

from __future__ import annotations

import asyncio
import base64
import ipaddress
import socket
import ssl
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from app.adapters.images.fetch import is_public
from app.adapters.network import proxy_for, trusted
from app.adapters.threads import in_daemon_thread
from app.adapters.tools.own_tool import ToolFault
from app.core.network import Network
from app.core.proxies import Proxy

CONNECT_S = 5.0
MOST_TRIED = 4
HEAD_BYTES = 64 * 1024
PORTS = {"http": 80, "https": 443}
# Addresses with a public number behind which clouds answer with a machine's secrets.
_METADATA = frozenset({"168.63.129.16"})

LookUp = Callable[[str, int], list[str]]
Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: parts of an address that was checked."""

    address: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_line(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def target_of(address: str) -> Target:
    """An address as a model or a redirect names it. Raises ToolFault."""
    try:
        parts = urlsplit(address.strip())
        host, port = _host(parts), parts.port
    except (ValueError, UnicodeError):
        raise ToolFault("This is no address of a web page.") from None
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        raise ToolFault("Only http:// and https:// addresses can be read.")
    if parts.username is not None or parts.password is not None:
        raise ToolFault("Addresses with a user name or a password in them are not read.")
    if not host:
        raise ToolFault("This address names no host.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.geturl(), scheme, host, port or PORTS[scheme], path)


def _host(parts: SplitResult) -> str:
    """As it is looked up: lower case, without the dot at its end. Raises ValueError."""
    host = (parts.hostname or "").rstrip(".")
    if any(char.isspace() or char < "!" for char in host):
        raise ValueError(host)
    return host if host.isascii() else host.encode("idna").decode("ascii")


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a host; blocks. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


def is_open(ip: str) -> bool:
    """Whether anybody's tool may connect to that address without the person's leave."""
    return is_public(ip) and str(ipaddress.ip_address(ip.partition("%")[0])) not in _METADATA


def is_allowed(target: Target, allowed: Collection[str]) -> bool:
    """Whether the person named the host, alone or with that port."""
    host = f"[{target.host}]" if ":" in target.host else target.host
    named = {entry.strip().lower() for entry in allowed}
    return bool(named & {target.host, host, f"{host}:{target.port}"})


async def connected(
    target: Target, network: Network, allowed: Collection[str], look: LookUp = look_up
) -> Line:
    """A line to the server, secured if the address is https. Raises ToolFault, OSError,
    ServiceError (BAD_NETWORK)."""
    proxy = await in_daemon_thread(proxy_for, target.address, network)
    trust = target.scheme == "https" or (proxy is not None and proxy.scheme == "https")
    context = await in_daemon_thread(trusted, network) if trust else None
    leave = is_allowed(target, allowed)
    if proxy is not None and leave:
        return await _through(proxy, target.host, target, context)
    places = await _places(target, look, behind_proxy=proxy is not None)
    if not leave and not all(is_open(ip) for ip in places):
        raise ToolFault(
            f"{target.host} is inside a private network or on this computer. Pages there are read "
            "only if the person allows that host in Porthole's settings."
        )
    error: OSError | None = None
    for ip in places[:MOST_TRIED]:
        try:
            if proxy is not None:
                return await _through(proxy, ip, target, context)
            secured = context if target.scheme == "https" else None
            name = target.host if secured is not None else None
            opening = asyncio.open_connection(ip, target.port, ssl=secured, server_hostname=name)
            return await asyncio.wait_for(opening, CONNECT_S)
        except ssl.SSLError:
            raise
        except OSError as caught:
            error = caught
    raise error or OSError("no address")


async def _places(target: Target, look: LookUp, *, behind_proxy: bool) -> list[str]:
    try:
        return await in_daemon_thread(look, target.host, target.port)
    except (OSError, UnicodeError):
        if behind_proxy:
            raise ToolFault(
                f"The address of {target.host} could not be looked up here, so it cannot be "
                "checked before the proxy is asked for it. The person can allow that host in "
                "Porthole's settings."
            ) from None
        raise ToolFault(f"There is no host named {target.host}, or no network.") from None


async def _through(proxy: Proxy, host: str, target: Target, context: ssl.SSLContext | None) -> Line:
    """A line through a proxy to `host`, a name or an address."""
    secured = context if proxy.scheme == "https" else None
    name = proxy.host if secured is not None else None
    opening = asyncio.open_connection(proxy.host, proxy.port, ssl=secured, server_hostname=name)
    try:
        reader, writer = await asyncio.wait_for(opening, CONNECT_S)
    except OSError:
        raise ToolFault(f"The proxy {proxy.place} could not be reached.") from None
    try:
        if proxy.scheme.startswith("socks"):
            await _socks(reader, writer, proxy, host, target.port)
        else:
            await _tunnel(reader, writer, proxy, host, target.port)
        if target.scheme == "https" and context is not None:
            await writer.start_tls(context, server_hostname=target.host)
    except BaseException:
        writer.transport.abort()
        raise
    return reader, writer


async def _tunnel(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, proxy: Proxy, host: str, port: int
) -> None:
    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    lines = [f"CONNECT {place} HTTP/1.1", f"Host: {place}"]
    if proxy.user or proxy.password:
        pair = base64.b64encode(f"{proxy.user}:{proxy.password}".encode()).decode()
        lines.append(f"Proxy-Authorization: Basic {pair}")
    writer.write("\r\n".join([*lines, "", ""]).encode("ascii"))
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1][:3])
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, IndexError, ValueError):
        raise ToolFault(f"What answers at {proxy.place} is no HTTP proxy.") from None
    if not 200 <= status < 300:
        raise ToolFault(f"The proxy {proxy.place} did not let this through (status {status}).")


async def _socks(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, proxy: Proxy, host: str, port: int
) -> None:
    """As RFC 1928 and 1929 say; `socksio` knows the bytes."""
    from socksio import ProtocolError, socks5

    login = bool(proxy.user or proxy.password)
    methods = socks5.SOCKS5AuthMethod
    method = methods.USERNAME_PASSWORD if login else methods.NO_AUTH_REQUIRED
    talk = socks5.SOCKS5Connection()

    async def asked(request: object) -> object:
        talk.send(request)
        writer.write(talk.data_to_send())
        return talk.receive_data(await reader.read(4096))

    try:
        chosen = await asked(socks5.SOCKS5AuthMethodsRequest([method]))
        if isinstance(chosen, socks5.SOCKS5AuthReply) and chosen.method == method and login:
            user, password = proxy.user.encode(), proxy.password.encode()
            reply = await asked(socks5.SOCKS5UsernamePasswordRequest(user, password))
            let_in = isinstance(reply, socks5.SOCKS5UsernamePasswordReply) and reply.success
        else:
            let_in = isinstance(chosen, socks5.SOCKS5AuthReply) and chosen.method == method
        if not let_in:
            raise ToolFault(f"The proxy {proxy.place} wants another user or password.")
        wish = socks5.SOCKS5CommandRequest.from_address(socks5.SOCKS5Command.CONNECT, (host, port))
        answer = await asked(wish)
    except (ProtocolError, ValueError):
        raise ToolFault(f"What answers at {proxy.place} is no SOCKS proxy.") from None
    code = answer.reply_code if isinstance(answer, socks5.SOCKS5Reply) else None
    if code != socks5.SOCKS5ReplyCode.SUCCEEDED:
        raise ToolFault(f"The proxy {proxy.place} could not connect to the page.")
