"""A small raw HTTP server on loopback, which answers as a test tells it to, byte by byte."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.conftest import until


@dataclass(frozen=True)
class Asked:
    """A request as it arrived; header names in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    reader: asyncio.StreamReader

    async def hung_up(self) -> None:
        """Wait until the other side closes the connection."""
        await self.reader.read()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Server:
    """What was asked so far, and where to ask."""

    address: str = ""
    asked: list[Asked] = field(default_factory=list)
    open: int = 0
    """Connections that are open now."""

    @property
    def posts(self) -> int:
        return sum(request.method == "POST" for request in self.asked)


Answer = Callable[[asyncio.StreamWriter, Asked], Awaitable[None]]


def plain(
    body: bytes, status: str = "200 OK", kind: str = "text/event-stream", **headers: str
) -> Answer:
    """An answer with a known length."""

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)

    return answer


def chunk(piece: bytes) -> bytes:
    return f"{len(piece):x}\r\n".encode() + piece + b"\r\n"


CHUNKED = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Request-Id: req-1\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n"
)


@asynccontextmanager
async def serving(
    answer: Answer, context: ssl.SSLContext | None = None, *, port: int = 0
) -> AsyncIterator[Server]:
    """Serve every request with `answer`; connections are kept alive until the client closes."""
    state = Server()
    writers: set[asyncio.StreamWriter] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.add(writer)
        state.open += 1
        try:
            while asked := await _read(reader):
                state.asked.append(asked)
                await answer(writer, asked)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            state.open -= 1
            writers.discard(writer)
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", port, ssl=context)
    scheme = "https" if context else "http"
    state.address = f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield state
    finally:
        server.close()
        for writer in tuple(writers):
            writer.close()
        await alone()


async def alone() -> None:
    """Wait until the server's side of all connections has ended."""
    names = ("handle", "refuse", "_accept_connection2")
    tasks = [
        task
        for task in asyncio.all_tasks()
        if getattr(task.get_coro(), "__qualname__", "").endswith(names)
    ]
    await until(lambda: all(task.done() for task in tasks))


async def _read(reader: asyncio.StreamReader) -> Asked | None:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, path, _ = first.split(" ")
    pairs = (line.partition(":") for line in lines if line)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Asked(method, path, headers, body, reader)
