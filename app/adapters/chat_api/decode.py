"""The body of an answer, in bytes as they come, made into stream events.

Whether it is an event stream, one JSON value, or a page of HTML is seen from its first character:
what the request asked for and what the headers claim is not to be relied on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from enum import Enum, auto
from typing import Any
from uuid import uuid4

from app.adapters.chat_api.choice import Choice
from app.adapters.chat_api.failures import BODY_LIMIT, error_in, from_error, html_title
from app.adapters.chat_api.reasoning import plain_text
from app.adapters.chat_api.sse import SseEvent, SseReader
from app.adapters.chat_api.surrogates import scrub, scrub_value
from app.core.errors import Failure, FailureKind
from app.core.events import (
    Ended,
    Failed,
    Opened,
    StreamEvent,
    UsageReported,
)
from app.core.message import Usage

MAX_BODY_BYTES = 64 * 1024 * 1024
MAX_CHOICES = 1024
_BOM = b"\xef\xbb\xbf"


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

    `choices` is how many were asked for; `request_id` is what the headers said.
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
        self._asked = choices
        self._host = host
        self.request_id = ""
        self._new_id = new_id
        self._ended = False
        self._shape = _Shape.UNKNOWN
        self._raw = bytearray()
        self._body: list[bytes] = []
        self._body_size = 0
        self._reader = SseReader()
        self._choices: dict[int, Choice] = {}
        self._model = ""
        self._opened = False
        self._had_choices = False
        self._said = False
        self._usage: dict[str, Any] | None = None

    @property
    def whole(self) -> bool:
        """Whether every choice that was asked for has said why it ended."""
        finished = sum(bool(choice.finish_reason) for choice in self._choices.values())
        return finished >= max(self._asked, len(self._choices), 1)

    def feed(self, chunk: bytes) -> Iterator[StreamEvent]:
        """The events in these bytes, decoded as they are asked for. Exhaust before feeding more."""
        over = self.done
        if over or not chunk:
            return
        if not self._opened and len(self._raw) < BODY_LIMIT:
            self._raw += chunk[:BODY_LIMIT]
        if self._shape is _Shape.UNKNOWN:
            chunk = self._look(chunk)
        shape: _Shape = self._shape
        if shape is _Shape.EVENTS:
            for event in self._reader.feed(chunk):
                yield from self._event(event)
                if self.done:
                    return
        elif shape is _Shape.JSON:
            self._body_size += len(chunk)
            if self._body_size > MAX_BODY_BYTES:
                yield from self.fail(self._failure(FailureKind.NOT_JSON))
            else:
                self._body.append(chunk)
        elif shape is _Shape.HTML:
            self.done = len(self._raw) >= BODY_LIMIT

    def close(self) -> Iterator[StreamEvent]:
        """The body's end was reached: the last events, then Ended or Failed."""
        if self._shape is _Shape.JSON and not self._ended:
            yield from self._json(b"".join(self._body))
        if not self.done:
            for event in self._reader.close():
                yield from self._event(event)
        if self._ended:
            return
        verdict = self._verdict()
        if verdict is not None:
            yield from self.fail(verdict)
            return
        yield from self._flush()
        self._ended = True
        yield Ended()

    def fail(self, failure: Failure) -> Iterator[StreamEvent]:
        """It broke off: what was held back, then Failed."""
        if self._ended:
            return
        self._ended = self.done = True
        yield from self._flush()
        yield Failed(failure)

    def _look(self, chunk: bytes) -> bytes:
        """Tell the shape by the first character that is no white space; gives what starts there."""
        start = b"".join((*self._body, chunk))
        if _BOM.startswith(start):
            self._body = [start]
            return b""
        start = start.removeprefix(_BOM).lstrip()
        self._body.clear()
        if start:
            json_shape = start[:1] in (b"{", b"[")
            page = _Shape.HTML if start[:1] == b"<" else _Shape.EVENTS
            self._shape = _Shape.JSON if json_shape else page
        return start

    def _json(self, body: bytes) -> Iterator[StreamEvent]:
        self._body.clear()
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            # Several values, or a stream that began with a bare one.
            for event in self._reader.feed(body):
                yield from self._event(event)
                if self.done:
                    return
        else:
            yield from self._value(value, "")

    def _event(self, event: SseEvent) -> Iterator[StreamEvent]:
        data = event.data.strip()
        if data == "[DONE]":
            self.done = True
            return
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            if event.name == "error":
                yield from self.fail(from_error({"message": data}, host=self._host))
                return
            for line in data.split("\n") if "\n" in data else ():
                try:
                    value = json.loads(line)
                except (ValueError, RecursionError):
                    continue
                yield from self._value(value, event.name)
        else:
            yield from self._value(value, event.name)

    def _value(self, value: Any, name: str) -> Iterator[StreamEvent]:
        for chunk in value if isinstance(value, list) else (value,):
            if self.done:
                return
            if isinstance(chunk, dict):
                try:
                    yield from self._chunk(chunk, name)
                except RecursionError:
                    continue  # nested beyond all sense: junk
            elif name == "error":
                yield from self.fail(from_error({"message": plain_text(chunk)}, host=self._host))

    def _chunk(self, chunk: dict[str, Any], name: str) -> Iterator[StreamEvent]:
        model = chunk.get("model")
        if not self._opened or (not self._model and model):
            self._opened = True
            self._model = scrub(model) if isinstance(model, str) else ""
            yield Opened(self._model, self.request_id)
        choices = chunk.get("choices")
        if isinstance(choices, dict):
            choices = [choices]
        error: Any = None
        if choices and isinstance(choices, list):
            self._had_choices = True
            for position, choice in enumerate(choices):
                if isinstance(choice, dict):
                    yield from self._choice(position, choice)
                    self._count(choice.get("usage"))
                    error = choice.get("error") or error
        elif "choices" in chunk:
            self._had_choices = True
        self._count(chunk.get("usage"))
        if "x_groq" in chunk and isinstance(chunk["x_groq"], dict):
            self._count(chunk["x_groq"].get("usage"))
            error = chunk["x_groq"].get("error") or error
        if error:
            error = error_in({"error": error})
        elif name == "error" or not choices or "error" in chunk:
            error = error_in(chunk) or (chunk if name == "error" else None)
        if error:
            failure = from_error(error, host=self._host, request_id=self.request_id)
            yield from self.fail(failure)

    def _choice(self, position: int, given: dict[str, Any]) -> Iterator[StreamEvent]:
        index = given.get("index")
        if not isinstance(index, int) or isinstance(index, bool):
            index = position
        choice = self._choices.get(index)
        if choice is None:
            if len(self._choices) >= MAX_CHOICES:
                return
            choice = self._choices[index] = Choice(index, self._new_id)
        delta = given.get("delta")
        message = given.get("message")
        if delta and isinstance(delta, dict):
            yield from self._saying(choice.delta(delta))
        if message and isinstance(message, dict):
            yield from self._saying(choice.message(message))
        elif not delta and isinstance(text := given.get("text"), str):
            yield from self._saying(choice.delta({"content": text}))
        if reason := given.get("finish_reason"):
            yield from self._saying(choice.finish(reason))

    def _saying(self, events: Iterator[StreamEvent]) -> Iterator[StreamEvent]:
        for event in events:
            self._said = True
            yield event

    def _count(self, usage: Any) -> None:
        if usage and isinstance(usage, dict):
            self._usage = usage

    def _flush(self) -> Iterator[StreamEvent]:
        for choice in self._choices.values():
            yield from choice.flush()
        if self._usage is not None:
            yield UsageReported(Usage(scrub_value(self._usage)))

    def _verdict(self) -> Failure | None:
        """What is wrong with a body that ended without a word of error; None if nothing is."""
        if self._shape is _Shape.HTML:
            return self._failure(FailureKind.NOT_JSON)
        if not self._opened:
            empty = all(map(_says_nothing, bytes(self._raw).splitlines()))
            return self._failure(FailureKind.EMPTY if empty else FailureKind.NOT_JSON)
        if not self._had_choices:
            return self._failure(FailureKind.NOT_JSON)
        return None if self._said else self._failure(FailureKind.EMPTY)

    def _failure(self, kind: FailureKind) -> Failure:
        text = bytes(self._raw).decode("utf-8", "replace").removeprefix("\ufeff").strip()
        return Failure(
            kind,
            message=html_title(text) if self._shape is _Shape.HTML else "",
            status=200,
            request_id=self.request_id,
            body=text,
            host=self._host,
        )


def _says_nothing(line: bytes) -> bool:
    """Whether a line is empty, a comment, a field without data, or the end mark."""
    field, _, value = line.strip().removeprefix(_BOM).partition(b":")
    if field == b"data":
        return value.strip() in (b"", b"[DONE]")
    return field in (b"", b"event", b"id", b"retry") or line.strip() in (b"[DONE]", b"{}", b"[]")
