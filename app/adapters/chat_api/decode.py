"""The body of an answer, in bytes as they come, made into stream events.

Whether it is an event stream, one JSON value, or a page of HTML is seen from its first character:
what the request asked for and what the headers claim is not to be relied on.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Iterator
from enum import Enum, auto
from typing import Any
from uuid import uuid4

from app.adapters.chat_api.alike import JSON, AlikeChunks
from app.adapters.chat_api.answer import MAX_CHOICES, Answer
from app.adapters.chat_api.failures import BODY_LIMIT, from_error, html_title
from app.adapters.chat_api.reasoning import plain_text
from app.adapters.chat_api.sse import SseEvent, SseReader
from app.core.errors import Failure, FailureKind
from app.core.events import (
    Ended,
    Failed,
    ReasoningDelta,
    StreamEvent,
    TextDelta,
    ToolCallDelta,
)
from app.core.message import Usage

MAX_BODY_BYTES = 64 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"
_BETWEEN = re.compile(r"[\s,]*(?:data:)?\s*")
"""What may stand between two values on one line."""


class _Shape(Enum):
    UNKNOWN = auto()
    EVENTS = auto()
    JSON = auto()
    HTML = auto()


def new_call_id() -> str:
    """An id for a tool call that came without one."""
    return f"call_{uuid4().hex[:24]}"


class AnswerDecoder:
    """Decodes one answer. Feed it, then `close` it (or `fail` it): either ends it, once.

    Each gives the events that it brought about. `choices` is how many were asked for.
    """

    def __init__(
        self,
        *,
        choices: int = 1,
        host: str = "",
        new_id: Callable[[], str] = new_call_id,
    ) -> None:
        self.done = False
        """`[DONE]` or an error was read: nothing that follows counts."""
        self.status = 200
        """What the service answered with; for failures that are seen in the body."""
        self._events: list[StreamEvent] = []
        self._answer = Answer(choices, host, new_id, self._events.append)
        self._host = host
        self._ended = False
        self._shape = _Shape.UNKNOWN
        self._raw = bytearray()
        self._body = bytearray()
        self._line_tried = False
        self._reader = SseReader()
        self._alike = AlikeChunks()

    @property
    def whole(self) -> bool:
        """Whether every choice that was asked for has said why it ended."""
        return self._answer.whole

    @property
    def usage(self) -> Usage | None:
        """The last one said so far: for an answer that is stopped before it is reported."""
        return self._answer.usage

    @property
    def request_id(self) -> str:
        """What the headers said."""
        return self._answer.request_id

    @request_id.setter
    def request_id(self, request_id: str) -> None:
        self._answer.request_id = request_id

    def feed(self, chunk: bytes) -> list[StreamEvent]:
        """The next bytes of the body, cut anywhere. Large ones take their time: feed slices."""
        if not self.done and chunk:
            if not self._answer.opened and len(self._raw) < BODY_LIMIT:
                self._raw += chunk[:BODY_LIMIT]
            if self._shape is _Shape.UNKNOWN:
                chunk = self._look(chunk)
            self._take(chunk)
        return self._told()

    def close(self) -> list[StreamEvent]:
        """The body's end was reached: the last events, then Ended or Failed."""
        if self._shape is _Shape.JSON and not self.done:
            self._whole_body(bytes(self._body))
            self._body.clear()
        self._read(self._reader.close())
        verdict = self._verdict()
        if verdict is not None:
            self._fail(verdict)
        else:
            self._end(Ended())
        return self._told()

    def fail(self, failure: Failure) -> list[StreamEvent]:
        """It broke off: what was held back, then Failed, or Ended if one JSON value came whole."""
        if self._shape is _Shape.JSON and not self.done:
            with contextlib.suppress(ValueError, RecursionError):
                self._value(json.loads(self._body), "")
            self._body.clear()
        if self._shape is _Shape.JSON and self.whole:
            self._end(Ended())
        self._fail(failure)
        return self._told()

    def _told(self) -> list[StreamEvent]:
        events = self._events.copy()
        self._events.clear()
        return events

    def _look(self, chunk: bytes) -> bytes:
        """Tell the shape by the first character that is no white space; gives what starts there."""
        start = bytes(self._body) + chunk
        self._body.clear()
        if _BOM.startswith(start):
            self._body += start
            return b""
        start = start.removeprefix(_BOM).lstrip()
        if start:
            json_shape = start[:1] in (b"{", b"[")
            page = _Shape.HTML if start[:1] == b"<" else _Shape.EVENTS
            self._shape = _Shape.JSON if json_shape else page
        return start

    def _take(self, chunk: bytes) -> None:
        if self._shape is _Shape.EVENTS:
            self._read(self._reader.feed(chunk))
        elif self._shape is _Shape.JSON:
            self._gather(chunk)
        elif self._shape is _Shape.HTML:
            self.done = len(self._raw) >= BODY_LIMIT

    def _gather(self, chunk: bytes) -> None:
        """Bare JSON: one value for all of the body, unless its first line is one by itself."""
        self._body += chunk
        if len(self._body) > MAX_BODY_BYTES:
            self._fail(self._failure(FailureKind.NOT_JSON))
        elif not self._line_tried and (b"\n" in chunk or b"\r" in chunk):
            self._line_tried = True
            end = min(at for end in (b"\n", b"\r") if (at := self._body.find(end)) >= 0)
            try:
                json.loads(self._body[:end])
            except (ValueError, RecursionError):
                return
            self._shape = _Shape.EVENTS
            lines = bytes(self._body)
            self._body.clear()
            self._read(self._reader.feed(lines))

    def _whole_body(self, body: bytes) -> None:
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            # Several values, or a stream that began with a bare one.
            self._read(self._reader.feed(body))
        else:
            self._value(value, "")

    def _read(self, events: list[SseEvent]) -> None:
        for name, data in events:
            if self.done:
                return
            self._event(name, data)

    def _event(self, name: str, data: str) -> None:
        data = data.strip()
        if (text := self._alike.text(name, data)) is not None:
            self._answer.go_on(self._alike.field, text)
            return
        try:
            value, end = JSON.raw_decode(data)
        except (ValueError, RecursionError):
            value, end = None, -1
        if end == len(data) and value and isinstance(value, (dict, list)):
            if type(value) is dict:
                self._chunk(value, name)
            else:
                self._value(value, name)
            self._alike.learn(name, data, value)
        else:
            self._odd_event(name, data)
            self._alike.forget()

    def _odd_event(self, name: str, data: str) -> None:
        """No JSON, several values, a bare word, or nothing."""
        if data == "[DONE]":
            self.done = True
            return
        chunks = [v for line in data.split("\n") for v in _values(line) if isinstance(v, dict)]
        if name == "error" and not chunks:
            self._fail(from_error({"message": data.strip('"')}, host=self._host))
        for chunk in chunks:
            self._value(chunk, name)

    def _value(self, value: Any, name: str) -> None:
        for chunk in value if type(value) is list else (value,):
            if self.done:
                return
            if isinstance(chunk, dict):
                self._chunk(chunk, name)
            elif name == "error":
                self._fail(from_error({"message": plain_text(chunk)}, host=self._host))

    def _chunk(self, chunk: dict[str, Any], name: str) -> None:
        try:
            failure = self._answer.take(chunk, name)
        except RecursionError:
            return  # nested beyond all sense: junk
        if failure is not None:
            self._fail(failure)

    def _fail(self, failure: Failure) -> None:
        self._end(Failed(failure))

    def _end(self, last: Ended | Failed) -> None:
        if not self._ended:
            self._ended = self.done = True
            self._answer.flush()
            self._events.append(last)

    def _verdict(self) -> Failure | None:
        """What is wrong with a body that ended without a word of error; None if nothing is."""
        if self._shape is _Shape.HTML:
            return self._failure(FailureKind.NOT_JSON)
        if not self._answer.opened:
            empty = all(map(_says_nothing, bytes(self._raw).splitlines()))
            return self._failure(FailureKind.EMPTY if empty else FailureKind.NOT_JSON)
        if self._reader.lost or not self._answer.had_choices:
            return self._failure(FailureKind.NOT_JSON)
        return None if self._answer.said else self._failure(FailureKind.EMPTY)

    def _failure(self, kind: FailureKind) -> Failure:
        text = bytes(self._raw).decode("utf-8", "replace").removeprefix("\ufeff").strip()
        return Failure(
            kind,
            message=html_title(text) if self._shape is _Shape.HTML else "",
            status=self.status,
            request_id=self._answer.request_id,
            body=text,
            host=self._host,
        )


def output_in(body: bytes) -> list[StreamEvent]:
    """What stands of an answer in a refusal's words: some services refuse when they have begun."""
    if b"choices" not in body:
        return []
    decoder = AnswerDecoder(choices=MAX_CHOICES)
    output = (TextDelta, ReasoningDelta, ToolCallDelta)
    return [e for e in (*decoder.feed(body), *decoder.close()) if isinstance(e, output)]


def _says_nothing(line: bytes) -> bool:
    """Whether a line is empty, a comment, a field without data, or the end mark."""
    field, _, value = line.strip().removeprefix(_BOM).partition(b":")
    if field == b"data":
        return value.strip() in (b"", b"[DONE]")
    return field in (b"", b"event", b"id", b"retry") or line.strip() in (b"[DONE]", b"{}", b"[]")


def _values(line: str) -> Iterator[Any]:
    """The JSON values at the head of a line, one behind another."""
    at = 0
    while (between := _BETWEEN.match(line, at)) and between.end() < len(line):
        try:
            value, at = JSON.raw_decode(line, between.end())
        except (ValueError, RecursionError):
            return
        yield value
