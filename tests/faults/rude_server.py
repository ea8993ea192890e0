"""A loopback server on raw sockets that misbehaves byte by byte, and counts what reached it.

Each connection has a thread of its own, so that what the client's event loop does is seen from
outside it. A `Manner` has the whole connection in hand; `answering` makes one from an answer for
each request.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import ssl
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

RESET = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
_PIECE = 65536


@dataclass(frozen=True, slots=True)
class Asked:
    """The head of a request as it came (header names in lower case), and its body if that came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""
    whole: bool = True

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Gone(Exception):  # noqa: N818 - the ordinary end of a connection
    """The client closed the connection, or the server is being closed."""


class Wire:
    """One connection, in the hands of a `Manner`."""

    def __init__(self, server: RudeServer, connection: socket.socket) -> None:
        self.server = server
        self._socket = connection
        self._read = bytearray()

    def secure(self, context: ssl.SSLContext) -> None:
        """Do TLS's handshake. Raises Gone where the client breaks it off."""
        try:
            self._socket = context.wrap_socket(self._socket, server_side=True)
        except (OSError, ValueError):
            raise Gone from None

    def request(self, *, body: bool = True) -> Asked:
        """The next request, counted as soon as its head is there. Raises Gone."""
        while b"\r\n\r\n" not in self._read:
            self._read += self._more()
        ends = self._read.index(b"\r\n\r\n")
        first, *lines = self._read[:ends].decode("latin-1").split("\r\n")
        del self._read[: ends + 4]
        method, path, _ = first.split(" ")
        pairs = (line.partition(":") for line in lines)
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        number = self.server.count(Asked(method, path, headers, whole=False))
        length = int(headers.get("content-length", 0))
        if not body:
            return self.server.asked[number]
        while len(self._read) < length:
            self._read += self._more()
        asked = Asked(method, path, headers, bytes(self._read[:length]))
        del self._read[:length]
        self.server.asked[number] = asked
        return asked

    def send(self, data: bytes) -> None:
        """Raises Gone where nobody listens any more."""
        try:
            self._socket.sendall(data)
        except OSError:
            raise Gone from None

    def stirs(self) -> None:
        """Wait until something has come, and leave it unread. Raises Gone."""
        try:
            if self._socket.recv(1, socket.MSG_PEEK):
                return
        except OSError:
            pass
        raise Gone

    def hang(self) -> None:
        """Say nothing until the client goes away: always raises Gone."""
        while True:
            self._more()

    def repeat(self, data: bytes, every_s: float = 0.004) -> None:
        """Say the same for ever: always raises Gone."""
        while not self.server.closing.wait(every_s):
            self.send(data)
        raise Gone

    def reset(self) -> None:
        """Break off with RST: always raises Gone."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        self._socket.close()
        raise Gone

    def end(self) -> None:
        """Close in order: always raises Gone."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
        self.hang()

    def close(self) -> None:
        self._socket.close()

    def shut(self) -> None:
        """Wake the thread that reads or writes here."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def _more(self) -> bytes:
        try:
            piece = self._socket.recv(_PIECE)
        except (OSError, ValueError):
            piece = b""
        if not piece:
            raise Gone
        return piece


Manner = Callable[[Wire], None]
Answer = Callable[[Wire, Asked], None]


def answering(*answers: Answer) -> Manner:
    """The n-th POST to the server gets the n-th answer, those behind the last one get that one.

    Whoever asks for the list of models gets an empty one.
    """

    def manner(wire: Wire) -> None:
        while True:
            asked = wire.request()
            if asked.method == "GET":
                wire.send(
                    head(kind="application/json", headers=("Content-Length: 11",)) + b'{"data":[]}'
                )
                continue
            place = min(wire.server.posts, len(answers)) - 1
            answers[max(place, 0)](wire, asked)

    return manner


@dataclass
class RudeServer:
    """Listens while it is entered. `manner` may be changed between two connections."""

    manner: Manner
    context: ssl.SSLContext | None = None
    name: str = "127.0.0.1"
    """By which name the address calls this computer."""
    connections: int = 0
    asked: list[Asked] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    other: str = ""
    """Another server's address, for redirects."""
    left_at: float = 0.0
    """When a connection was last seen to end (monotonic clock)."""

    def __post_init__(self) -> None:
        self._wires: set[Wire] = set()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()

    @property
    def posts(self) -> int:
        return sum(asked.method == "POST" for asked in self.asked)

    @property
    def open(self) -> int:
        """How many connections are open."""
        return len(self._wires)

    @property
    def address(self) -> str:
        scheme = "https" if self.context else "http"
        return f"{scheme}://{self.name}:{self._listener.getsockname()[1]}/v1"

    def count(self, asked: Asked) -> int:
        """Take note of a request; answers its place in `asked`."""
        with self._lock:
            self.asked.append(asked)
            return len(self.asked) - 1

    async def quiet(self) -> None:
        """A moment, in which what the server said last has arrived."""
        await asyncio.sleep(0.02)

    def hang_up(self) -> None:
        """End all connections that are open."""
        for wire in tuple(self._wires):
            wire.shut()

    def forget(self) -> None:
        """Begin to count anew."""
        with self._lock:
            self.connections = 0
            self.asked.clear()

    def __enter__(self) -> RudeServer:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._start(self._listen)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.closing.set()
        # Closing a socket wakes nobody who waits on it; a last connection does.
        with contextlib.suppress(OSError):
            socket.create_connection(self._listener.getsockname()).close()
        self._threads[0].join()
        self._listener.close()
        self.hang_up()
        for thread in self._threads:
            thread.join()

    def _start(self, work: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _listen(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            if self.closing.is_set():
                connection.close()
                return
            wire = Wire(self, connection)
            with self._lock:
                self.connections += 1
                self._wires.add(wire)
            self._start(self._serve, wire)

    def _serve(self, wire: Wire) -> None:
        try:
            if self.context is not None:
                wire.secure(self.context)
            self.manner(wire)
        except Gone:
            pass
        finally:
            self.left_at = time.monotonic()
            wire.close()
            with self._lock:
                self._wires.discard(wire)


@contextmanager
def black_hole() -> Iterator[str]:
    """An address where connecting never ends: a queue that is full, and nobody who accepts."""
    with socket.socket() as listener, contextlib.ExitStack() as waiting:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        where = listener.getsockname()
        for _ in range(4):
            crowd = waiting.enter_context(socket.socket())
            crowd.setblocking(False)
            crowd.connect_ex(where)
        yield f"http://127.0.0.1:{where[1]}/v1"


def nobody() -> str:
    """An address where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as gone:
        return f"http://127.0.0.1:{gone.getsockname()[1]}/v1"


def head(
    status: str = "200 OK", kind: str = "text/event-stream", headers: Sequence[str] = ()
) -> bytes:
    """An answer's head, up to and with the empty line behind it."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def whole(
    body: bytes,
    status: str = "200 OK",
    kind: str = "text/event-stream",
    headers: Sequence[str] = (),
) -> Answer:
    """An answer of a known length, after which the connection stays open."""
    length = f"Content-Length: {len(body)}"
    return lambda wire, _asked: wire.send(head(status, kind, (*headers, length)) + body)


def chunk(piece: bytes) -> bytes:
    return f"{len(piece):x}\r\n".encode() + piece + b"\r\n"


CHUNKED = head(headers=("Transfer-Encoding: chunked", "X-Request-Id: req-1"))
