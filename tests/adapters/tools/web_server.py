"""A web server on loopback for tests: answers by path, and remembers what it was asked."""

from __future__ import annotations

import asyncio
import inspect
import ssl
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from app.adapters.documents.reader import ChildDocumentReader

Test = Callable[..., Coroutine[Any, Any, None]]


@dataclass
class Site:
    """`pages`: what is sent for a path, head and all, or in pieces. `asked`: heads as they came."""

    pages: dict[str, bytes | list[bytes]] = field(default_factory=dict)
    port: int = 0
    asked: list[str] = field(default_factory=list)

    def at(self, path: str = "/", scheme: str = "http") -> str:
        return f"{scheme}://127.0.0.1:{self.port}{path}"

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def put(self, path: str, body: bytes, kind: str = "text/html", *heads: str) -> None:
        self.pages[path] = answer(body, kind, *heads)


def answer(body: bytes, kind: str, *heads: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *heads]
    return "\r\n".join([*lines, "", ""]).encode() + body


@asynccontextmanager
async def serving(context: ssl.SSLContext | None = None) -> AsyncIterator[Site]:
    site = Site()
    tasks: set[asyncio.Task[None]] = set()
    stop = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        with suppress(OSError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            site.asked.append(head)
            path = head.split(" ")[1]
            missing = answer(b"nothing here", "text/plain", status="404 Not Found")
            said = site.pages.get(path) or site.pages.get(path.partition("?")[0], missing)
            for piece in said if isinstance(said, list) else [said]:
                if piece == b"...":
                    await stop.wait()
                writer.write(piece)
                await writer.drain()
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        stop.set()
        server.close()
        await asyncio.gather(*tasks, return_exceptions=True)


def with_site(test: Test) -> Test:
    """Gives a coroutine test its `site` and its `reader`, as far as it asks for them."""
    asked = inspect.signature(test)
    given = {"site", "reader"} & set(asked.parameters)

    @wraps(test)
    async def run(**others: Any) -> None:
        reader = ChildDocumentReader()
        async with serving() as site:
            own = {"site": site, "reader": reader}
            try:
                await test(**others, **{name: own[name] for name in given})
            finally:
                await reader.close()

    kept = [one for name, one in asked.parameters.items() if name not in given]
    vars(run)["__signature__"] = asked.replace(parameters=kept)
    return run
