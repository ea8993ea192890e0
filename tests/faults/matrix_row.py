"""A row of the network matrix: how the world misbehaves, and what must come of asking it once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.core.errors import FailureKind
from app.core.message import MessageState
from tests.faults.rude_server import CHUNKED, Answer, Asked, Manner, Wire, chunk, whole

Limits = dict[str, Any]
"""What a client is told of how long to wait, in seconds."""
LONG_S = 30.0
_WAITED_FOR: dict[FailureKind | None, str] = {
    FailureKind.TIMEOUT_FIRST: "first_token_limit_s",
    FailureKind.TIMEOUT_IDLE: "idle_limit_s",
    FailureKind.NOT_CONNECTED: "connect_limit_s",
}


class Place(StrEnum):
    """Where the request goes."""

    SERVER = "server"
    NOBODY = "nobody"
    """Where nothing listens."""
    BLACK_HOLE = "black_hole"
    """Where connecting never ends."""
    UNKNOWN = "unknown"
    """A host that no name server knows."""
    SECURED = "secured"
    """The server, by an https address."""


@dataclass(frozen=True, slots=True)
class End:
    """How an answer ends: kept text, its state, and the kind of failure if there was one."""

    kind: FailureKind | None = None
    text: str = ""
    state: MessageState = MessageState.FAILED


@dataclass(frozen=True, slots=True)
class Row:
    """One way to misbehave.

    `posts` is how many POSTs a single request may be, as the server counts them. `further` is how
    many more `ask_again` sends, each announced; it then ends as `then` says. `format` asks for
    JSON by a schema. `waits` for a time limit: the row is over only when that has run out.
    `reused`: the request goes over a connection that has already been used.
    """

    name: str
    end: End
    manner: Manner | None = None
    posts: int = 1
    further: int = 0
    then: End | None = None
    impatient: tuple[int, End] | None = None
    place: Place = Place.SERVER
    certificate: str = ""
    format: bool = False
    stream: bool = True
    waits: bool = False
    reused: bool = False

    def limits(self, short: Limits) -> Limits:
        """Short is only the one that it waits for: else a slow machine may meet another first."""
        which = _WAITED_FOR[self.end.kind] if self.waits else ""
        return {limit: short[limit] if limit == which else LONG_S for limit in short}

    @property
    def patiently(self) -> tuple[int, End]:
        """How many POSTs in all where busy services are waited for, and how it ends."""
        return self.posts + self.further, self.then or self.end

    @property
    def impatiently(self) -> tuple[int, End]:
        """The same where nothing is waited for; a refused format is fallen back from at once."""
        further, end = self.impatient or (0, self.end)
        if self.format and self.impatient is None:
            return self.patiently
        return self.posts + further, end


def event(value: Any) -> bytes:
    """A chunk of an event stream."""
    return b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n"


def says(text: str, finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
    return event({"id": "c", "model": "m", "choices": [choice]})


DONE = b"data: [DONE]\n\n"
WHOLE = "Hello, whole world"
PARTIAL = "Hello, "
FIRST = says(PARTIAL)
GOOD_STREAM = FIRST + says("whole world", "stop") + DONE
GOOD = End(None, WHOLE, MessageState.COMPLETE)


def failed(kind: FailureKind, text: str = "") -> End:
    return End(kind, text)


def cut_short(text: str = PARTIAL) -> End:
    return End(None, text, MessageState.CUT_SHORT)


def good(wire: Wire, asked: Asked) -> None:
    """The whole answer, in the way it was asked for."""
    if asked.json.get("stream"):
        wire.send(CHUNKED + chunk(GOOD_STREAM) + chunk(b""))
    else:
        message = {"role": "assistant", "content": WHOLE}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        body = json.dumps({"model": "m", "choices": [choice]}).encode()
        whole(body, kind="application/json")(wire, asked)


def refusal(status: str, body: Any, *headers: str) -> Answer:
    """A complete refusal; `body` is JSON, or bytes of a page."""
    if isinstance(body, bytes):
        return whole(body, status, "text/html", headers)
    return whole(json.dumps(body).encode(), status, "application/json", headers)


def begun(*pieces: bytes) -> Answer:
    """An answer that began as a chunked stream, its end left to whoever comes next."""
    return lambda wire, _asked: wire.send(CHUNKED + b"".join(map(chunk, pieces)))
