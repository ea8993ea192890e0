"""Proxies of the tests' own, on loopback: HTTP (CONNECT and forwarding) and SOCKS 5.

They alone know where the hosts of a test are, so that a request that gets there went through them.
"""

from __future__ import annotations

import asyncio
import base64
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

Kind = Literal["http", "socks5"]
Place = tuple[str, int]


@dataclass
class TestProxy:
    """Where it listens, and whom it was asked for. `login`: the only user it lets through."""

    __test__ = False

    hosts: dict[str, int] = field(default_factory=dict)
    """Names, and the loopback ports they stand for."""
    login: tuple[str, str] | None = None
    port: int = 0
    asked: list[str] = field(default_factory=list)
    """Each as `CONNECT host:port`, `GET http://…`, `socks host:port`."""
    heads: list[bytes] = field(default_factory=list)
    """What came first on each connection."""

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def login_is(self, user: bytes, password: bytes) -> bool:
        return self.login is not None and (user, password) == (
            self.login[0].encode(),
            self.login[1].encode(),
        )


Handler = Callable[[TestProxy, asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def listening(
    handle: Handler, proxy: TestProxy | None = None, context: ssl.SSLContext | None = None
) -> AsyncIterator[TestProxy]:
    """Serve connections with `handle`; all are closed and done with at the end."""
    state = proxy or TestProxy()
    tasks: set[asyncio.Task[None]] = set()
    writers: set[asyncio.StreamWriter] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        writers.add(writer)
        try:
            await handle(state, reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            await _close(writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    state.port = server.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        server.close()
        for writer in writers:
            writer.close()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def proxying(
    kind: Kind,
    hosts: dict[str, int],
    *,
    login: tuple[str, str] | None = None,
    context: ssl.SSLContext | None = None,
) -> AsyncIterator[TestProxy]:
    """A proxy that works, and knows these hosts."""
    handle = http_proxy if kind == "http" else socks_proxy
    async with listening(handle, TestProxy(hosts, login), context) as proxy:
        yield proxy


async def http_proxy(
    proxy: TestProxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    proxy.heads.append(head)
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ")
    proxy.asked.append(f"{method} {target}")
    wanted = ""
    if proxy.login is not None:
        pair = ":".join(proxy.login).encode()
        wanted = f"Basic {base64.b64encode(pair).decode()}"
    given = next(
        (line[21:] for line in lines if line.lower().startswith("proxy-authorization: ")), ""
    )
    if given != wanted:
        body = f"who is {given}?".encode()
        writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: ")
        writer.write(f"{len(body)}\r\n\r\n".encode() + body)
        await writer.drain()
        return
    place = target if method == "CONNECT" else urlsplit(target).netloc
    to = await _open(proxy, place.partition(":")[0])
    if to is None:
        writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        return
    if method == "CONNECT":
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    else:
        parts = urlsplit(target)
        kept = [line for line in lines if not line.lower().startswith("proxy-")]
        to[1].write("\r\n".join([f"{method} {parts.path} HTTP/1.1", *kept]).encode("latin-1"))
    await _join((reader, writer), to)


async def socks_proxy(
    proxy: TestProxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    version, count = await reader.readexactly(2)
    if version != 5:
        return
    methods = await reader.readexactly(count)
    wanted = 2 if proxy.login else 0
    if wanted not in methods:
        writer.write(b"\x05\xff")
        await writer.drain()
        return
    writer.write(bytes([5, wanted]))
    if proxy.login:
        _, length = await reader.readexactly(2)
        user = await reader.readexactly(length)
        password = await reader.readexactly((await reader.readexactly(1))[0])
        known = proxy.login_is(user, password)
        writer.write(b"\x01\x00" if known else b"\x01\x01")
        await writer.drain()
        if not known:
            return
    head = await reader.readexactly(4)
    assert head[3] == 3, "the name is to be looked up by the proxy"
    name = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
    port = int.from_bytes(await reader.readexactly(2))
    proxy.asked.append(f"socks {name}:{port}")
    to = await _open(proxy, name)
    code = 0 if to is not None else 4
    writer.write(bytes([5, code, 0, 1, 0, 0, 0, 0, 0, 0]))
    await writer.drain()
    if to is not None:
        await _join((reader, writer), to)


Pair = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _open(proxy: TestProxy, host: str) -> Pair | None:
    port = proxy.hosts.get(host)
    return await asyncio.open_connection("127.0.0.1", port) if port is not None else None


async def _join(one: Pair, other: Pair) -> None:
    """Pass on what either side says, until both have hung up."""
    await asyncio.gather(_pass(one[0], other[1]), _pass(other[0], one[1]))


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    await _close(writer)


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


async def silent(
    _proxy: TestProxy, reader: asyncio.StreamReader, _writer: asyncio.StreamWriter
) -> None:
    """Takes everything and says nothing."""
    while await reader.read(65536):
        pass


def saying(words: bytes) -> Handler:
    """Says the same to everybody, once something came."""

    async def handle(
        _proxy: TestProxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await reader.read(65536)
        writer.write(words)
        await writer.drain()

    return handle
