"""As much HTTP/1.1 as the demo service needs: requests in, JSON or a stream of events out.

Only for loopback, and only for what this program asks; it is no server for the world.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

BODY_LIMIT = 64 * 1024 * 1024
HEAD_LIMIT = 64 * 1024
GONE_LOOK_S = 0.05
REASONS = {
    200: "OK",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    413: "Payload Too Large",
}


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    body: bytes
    from_page: bool = False
    """A web page asks, by way of a browser: those can reach loopback, and are refused."""


class Exchange:
    """One request's answer: either `send_json`, or `start_events` and then `send_event`s."""

    def __init__(self, writer: asyncio.StreamWriter, request_id: str) -> None:
        self._writer = writer
        self._id = request_id
        self.streaming = False

    async def send_json(self, status: int, value: Any) -> None:
        body = json.dumps(value, ensure_ascii=False).encode()
        self._head(status, "application/json", f"Content-Length: {len(body)}\r\n")
        self._writer.write(body)
        await self._writer.drain()

    def start_events(self) -> None:
        self.streaming = True
        self._head(200, "text/event-stream; charset=utf-8", "Cache-Control: no-store\r\n")

    async def send_event(self, value: Any) -> None:
        """One event with this value as JSON; `[DONE]` goes as it is."""
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        self._writer.write(f"data: {text}\n\n".encode())
        await self._writer.drain()

    def drop(self) -> None:
        """Cut the connection as a failing network would: by a reset, not an orderly close."""
        sock = self._writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()

    def _head(self, status: int, kind: str, more: str) -> None:
        reason = REASONS.get(status, "Status")
        self._writer.write(
            f"HTTP/1.1 {status} {reason}\r\nContent-Type: {kind}\r\n{more}"
            f"x-request-id: {self._id}\r\nConnection: close\r\n\r\n".encode()
        )


Handler = Callable[[Request, Exchange], Awaitable[None]]


class LoopbackServer:
    """Listens on a random port of 127.0.0.1; each connection carries one request."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._server: asyncio.Server | None = None
        self._running: set[asyncio.Task[Any]] = set()
        self._count = 0

    @property
    def running(self) -> int:
        """How many connections are being served."""
        return len(self._running)

    async def start(self) -> int:
        """Listen; answers the port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=HEAD_LIMIT)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def close(self) -> None:
        """Stop listening, and end what is being answered."""
        if self._server is None:
            return
        self._server.close()
        for task in tuple(self._running):
            task.cancel()
        while self._running:
            await asyncio.wait(tuple(self._running))
        self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        self._count += 1
        try:
            request = await _read(reader)
            if request is None:
                return
            exchange = Exchange(writer, f"demo-{self._count}")
            watch = _GoneWatch(reader, task)
            try:
                await self._handler(request, exchange)
            finally:
                watch.stop()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return  # the other side went away, or never spoke HTTP
        except asyncio.CancelledError:
            return  # the answer is not wanted any more
        finally:
            self._running.discard(task)
            with suppress(ConnectionError, asyncio.CancelledError):
                writer.close()
                await writer.wait_closed()


class _GoneWatch:
    """Cancels the answer's task once the other side has hung up."""

    def __init__(self, reader: asyncio.StreamReader, task: asyncio.Task[Any]) -> None:
        self._reader = reader
        self._task = task
        self._loop = asyncio.get_running_loop()
        self._handle = self._loop.call_later(GONE_LOOK_S, self._look)

    def stop(self) -> None:
        self._handle.cancel()

    def _look(self) -> None:
        if self._reader.at_eof():
            self._task.cancel()
        else:
            self._handle = self._loop.call_later(GONE_LOOK_S, self._look)


async def _read(reader: asyncio.StreamReader) -> Request | None:
    """The next request; None if its head makes no sense or its body is too large to take in."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.split("\r\n")
    words = first.split(" ")
    if len(words) != 3:
        return None
    headers = {k.strip().lower(): v.strip() for k, _, v in (x.partition(":") for x in lines if x)}
    length = headers.get("content-length", "0")
    if not length.isdecimal():
        return None
    if int(length) > BODY_LIMIT:
        return Request(words[0], "/too-large", b"")
    body = await reader.readexactly(int(length))
    return Request(words[0], words[1].split("?")[0], body, "origin" in headers)
