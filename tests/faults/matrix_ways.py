"""The ways of asking a row of the network matrix, and whether what came of it is right."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, field

from app.adapters.chat_api.client import ChatApi
from app.core.again import ask_again
from app.core.events import Ended, Failed, FellBack, Sent, StreamEvent, Waiting
from app.core.message import Message, Role, TextPart
from app.core.reply import ReplyBuilder
from app.core.request import ChatRequest, FormatKind, ResponseFormat
from tests.faults.certificates import Certificates
from tests.faults.matrix_row import End, Place, Row
from tests.faults.rude_server import Manner, RudeServer, Wire, black_hole, nobody

KEY = "sk-canary-0123456789"
SCHEMA = {"type": "object", "properties": {"answer": {"type": "string"}}}


@dataclass(slots=True)
class Seen:
    """What came of asking once, by one way. `early` counts further POSTs that left unannounced."""

    posts: int
    connections: int
    announced: int
    early: int
    end: End
    complaints: list[str] = field(default_factory=list)
    took_ms: float = 0.0

    @property
    def unannounced(self) -> int:
        return max(0, self.posts - 1 - self.announced, self.early)


@dataclass(frozen=True, slots=True)
class Played:
    """A row asked by one way: POSTs counted by the server, and everything that was wrong."""

    way: str
    posts: int
    announced: int
    wrong: list[str]
    took_ms: float = 0.0


@dataclass(slots=True)
class Scene:
    """Where a row is played: its server, another one that redirects may name, and the address."""

    row: Row
    server: RudeServer
    other: RudeServer
    address: str

    async def ready(self, api: ChatApi) -> None:
        """Have a connection that was used before, if the row wants one, and count from here."""
        if self.row.reused:
            async for _ in api.stream(request(self.row)):
                pass
            await self.server.quiet()
        self.server.forget()

    def judge(self, way: str, seen: Seen, posts: int, expected: End) -> Played:
        """Hold what was seen against what must be."""
        found = list(seen.complaints)
        if seen.posts != posts:
            found.append(f"{seen.posts} POSTs, not {posts}")
        if seen.unannounced:
            found.append(f"{seen.unannounced} further POSTs unannounced")
        if len(self.server.asked) != self.server.posts:
            found.append("something else than a POST was asked")
        if self.row.place in (Place.SERVER, Place.SECURED) and seen.connections > max(posts, 1):
            found.append(f"{seen.connections} connections")
        if self.other.connections:
            found.append("the redirect was followed")
        if seen.end != expected:
            found.append(f"ended as {seen.end}, not {expected}")
        return Played(way, seen.posts, seen.announced, found, seen.took_ms)


def _untouched(wire: Wire) -> None:
    wire.request()
    wire.reset()


@contextmanager
def scene(row: Row, certificates: Certificates) -> Iterator[Scene]:
    """Set up what the row needs."""
    manner: Manner = row.manner or _untouched
    context = getattr(certificates, row.certificate) if row.certificate else None
    with contextlib.ExitStack() as stack:
        other = stack.enter_context(RudeServer(_untouched, name="localhost"))
        server = stack.enter_context(RudeServer(manner, context, other=other.address))
        address = server.address
        match row.place:
            case Place.NOBODY:
                address = nobody()
            case Place.BLACK_HOLE:
                address = stack.enter_context(black_hole())
            case Place.UNKNOWN:
                # RFC 6761: never resolves, and asking for it leaves no machine without a network.
                address = "http://nowhere.invalid/v1"
            case Place.SECURED:
                address = address.replace("http://", "https://")
                stack.enter_context(trusting(certificates))
        yield Scene(row, server, other, address)


@contextmanager
def trusting(certificates: Certificates) -> Iterator[None]:
    """Let this process trust the authority, as a system would that had it installed."""
    before = os.environ.get("SSL_CERT_FILE")
    os.environ["SSL_CERT_FILE"] = str(certificates.authority)
    try:
        yield
    finally:
        if before is None:
            del os.environ["SSL_CERT_FILE"]
        else:
            os.environ["SSL_CERT_FILE"] = before


def request(row: Row) -> ChatRequest:
    wanted = ResponseFormat(FormatKind.JSON_SCHEMA, schema=SCHEMA) if row.format else None
    question = Message(Role.USER, (TextPart("hello"),))
    return ChatRequest("m", (question,), response_format=wanted, stream=row.stream)


async def directly(where: Scene, api: ChatApi) -> Played:
    """`ChatApi.stream`: one POST, whatever comes."""
    await where.ready(api)
    seen = await _watch(where, api.stream(request(where.row)))
    return where.judge("directly", seen, where.row.posts, where.row.end)


async def patiently(where: Scene, api: ChatApi) -> Played:
    """`ask_again` around it, as the window asks."""
    waits: list[float] = []

    async def pause(seconds: float) -> bool:
        waits.append(seconds)
        return True

    await where.ready(api)
    seen = await _watch(where, ask_again(api, request(where.row), pause))
    if any(not 0.4 <= wait <= 76 for wait in waits):
        seen.complaints.append(f"waited {waits}")
    return where.judge("patiently", seen, *where.row.patiently)


async def impatiently(where: Scene, api: ChatApi) -> Played:
    """`ask_again` by somebody who would rather not wait."""

    async def pause(_seconds: float) -> bool:
        return False

    await where.ready(api)
    seen = await _watch(where, ask_again(api, request(where.row), pause))
    return where.judge("impatiently", seen, *where.row.impatiently)


async def _watch(where: Scene, events: AsyncGenerator[StreamEvent, None]) -> Seen:
    """Take all events; at each announcement, look whether what it announces has already left."""
    builder, server, began = ReplyBuilder(), where.server, time.monotonic()
    announced = early = endings = sent = 0
    complaints: list[str] = []
    async with aclosing(events):
        async for event in events:
            if endings:
                complaints.append(f"{event} came behind the end")
            if isinstance(event, (Waiting, FellBack)):
                early += server.posts > announced + 1
                announced += 1
            if isinstance(event, (Ended, Failed)):
                endings += 1
            sent += isinstance(event, Sent)
            if KEY in repr(event):
                complaints.append(f"the key stands in {event}")
            builder.add(event)
    if endings != 1:
        complaints.append(f"it ended {endings} times")
    if sent < server.posts:
        complaints.append(f"{sent} requests were told of, {server.posts} left")
    message = builder.finish(Message(Role.ASSISTANT, ()))
    kind = message.failure.kind if message.failure else None
    end = End(kind, message.text, message.state)
    took_ms = (time.monotonic() - began) * 1000
    return Seen(server.posts, server.connections, announced, early, end, complaints, took_ms)
