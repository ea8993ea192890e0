"""Bodies that never come to a point: held within bounds, read in time, ended once."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterable, Iterator

import pytest

from app.adapters.chat_api import arguments, decode, reasoning, sse
from app.adapters.chat_api.arguments import Arguments
from app.core.events import Ended, Failed, StreamEvent, TextDelta
from tests.adapters.chat_api.dialects import call, chunk
from tests.adapters.chat_api.dialects import sse as body_of

LIMIT = 32 * 1024
PIECE = 16 * 1024
PIECES = 64
HELD = 512 * 1024
"""Half of what comes; most of it is what 256 calls or choices take, each for itself."""


@pytest.fixture(autouse=True)
def _small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "MAX_EVENT_BYTES", LIMIT)
    monkeypatch.setattr(decode, "MAX_BODY_BYTES", LIMIT)
    monkeypatch.setattr(arguments, "MAX_CHARACTERS", LIMIT)
    monkeypatch.setattr(reasoning, "MAX_COMPARED", LIMIT)


def again(piece: bytes, first: bytes = b"") -> Iterator[bytes]:
    yield first
    times = max(1, PIECE // len(piece))
    for _ in range(PIECES):
        yield piece * times


def event(value: object) -> bytes:
    return f"data: {json.dumps(value)}\n\n".encode()


BODIES = {
    "a line without end": again(b"data: x"),
    "a line of nothing but space": again(b" "),
    "an event without end": again(b"data: {\n"),
    "an event of empty lines": again(b"data:\n"),
    "bare JSON without end": again(b'{"a": [', b"{"),
    "bare JSON on lines": again(b'"a",\n', b"[\n"),
    "HTML without end": again(b"<p>", b"<html>"),
    "comments": again(b": ping\n\n"),
    "names": again(b"event: long" + b"g" * 1000 + b"\n"),
    "white space before an answer": again(event(chunk({"content": " " * 50}))),
    "white space behind a tag": again(
        event(chunk({"content": " \n" * 50})), event(chunk({"content": "<think>a</think>"}))
    ),
    "white space in reasoning": again(
        event(chunk({"content": "\n" * 50})), event(chunk({"content": "<think>a"}))
    ),
    "reasoning": again(event(chunk({"reasoning": "hm " * 20}))),
    "reasoning in two fields by turns": again(
        event(chunk({"reasoning": "hm "})) + event(chunk({"thinking": "ah "}))
    ),
    "arguments": again(event(chunk({"tool_calls": [call("x" * 60, "f", "a", 0)]}))),
    "arguments that end all the time": again(event(chunk({"tool_calls": [call("{}", "f", "a")]}))),
    "brackets": again(event(chunk({"tool_calls": [call("}]", "f", index=0)]}))),
    "many calls": (
        event(chunk({"tool_calls": [call("{}", "f", f"c{n}-{m}", m) for m in range(100)]}))
        for n in range(100)
    ),
    "many choices": (
        event({"choices": [{"index": n * 100 + m, "delta": {"content": "a"}} for m in range(100)]})
        for n in range(100)
    ),
    "usage on all of them": again(event(chunk({"content": "a"}, usage={"total_tokens": 1}))),
    "errors that are none": again(event({"error": {}})),
}


@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize("name", BODIES)
def test_what_has_no_end_is_held_within_bounds(name: str) -> None:
    held, last = _held(BODIES[name])
    assert held < HELD, f"{held} bytes"
    assert isinstance(last, (Ended, Failed))


def _held(body: Iterable[bytes]) -> tuple[int, StreamEvent]:
    """The most memory that the decoder ever held between two pieces, and the last event."""
    made = decode.AnswerDecoder()
    most = 0
    events: list[StreamEvent] = []
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for piece in body:
            events += made.feed(piece)[-1:]
            most = max(most, tracemalloc.get_traced_memory()[0] - before)
            if made.done:
                break
    finally:
        tracemalloc.stop()
    return most, [*events, *made.close()][-1]


@pytest.mark.parametrize(
    "value",
    [
        {"usage": None, "choices": [{"delta": {"content": "a"}}]},
        {"choices": [{"delta": {"reasoning_details": [None]}}]},
        {"choices": [{"delta": {"tool_calls": [{"function": {"name": "f", "arguments": None}}]}}]},
        {"error": None},
    ],
)
def test_what_is_nested_beyond_sense_harms_nothing(value: object) -> None:
    for depth in (300, 600, 900, 990, 5000):
        deep = json.dumps(value).replace("null", '{"a":[' * depth + "]}" * depth, 1)
        body = f"data: {deep}\n\n".encode() + body_of(chunk({"content": "b"}, "stop"))
        for bytes_ in (body, deep.encode()):
            made = decode.AnswerDecoder()
            events = [*made.feed(bytes_), *made.close()]
            assert sum(isinstance(event, (Ended, Failed)) for event in events) == 1
            repr(events)


def test_arguments_are_not_read_anew_with_each_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    readings = 0
    is_object = arguments.is_object

    def counted(text: str) -> bool:
        nonlocal readings
        readings += 1
        return is_object(text)

    monkeypatch.setattr(arguments, "is_object", counted)
    made = Arguments()
    made.add('{"code": "')
    for _ in range(1000):
        made.add('} {\\"')
        assert not made.whole
    made.add('"}')
    for _ in range(1000):
        made.add(" ")
        assert made.whole
    assert readings == 1


@pytest.mark.parametrize(
    ("pieces", "ended", "whole"),
    [
        (["{}"], True, True),
        (["{", "}"], True, True),
        (['{"a": "', "}", '"'], False, False),
        (['{"a": "', "}", '"', "}"], True, True),
        (['{"a": "\\', '"}', '"}'], True, True),
        (['{"a": "\\\\', '"}'], True, True),
        (['{"a": [{}', "]}"], True, True),
        (["{}", " \n"], True, True),
        (["{}", "x"], True, False),
        (["[]"], True, False),
        (["{]"], True, False),
        (["x"], False, False),
        ([], False, False),
    ],
)
def test_where_arguments_end(pieces: list[str], ended: bool, whole: bool) -> None:
    made = Arguments()
    for piece in pieces:
        made.add(piece)
    assert (made.ended, made.whole) == (ended, whole)
    assert made.text == "".join(pieces)


@pytest.mark.parametrize("cut", [1000, 10 * LIMIT])
def test_an_answer_with_an_event_too_large_to_be_held_is_not_called_whole(cut: int) -> None:
    large = event(chunk({"content": "x" * 2 * LIMIT}))
    body = event(chunk({"content": "a"})) + large + event(chunk({"content": "b"}, "stop"))
    decoder = decode.AnswerDecoder()
    told = [e for at in range(0, len(body), cut) for e in decoder.feed(body[at : at + cut])]
    told += decoder.close()
    assert isinstance(told[-1], Failed)
    assert "".join(e.text for e in told if isinstance(e, TextDelta)) == "ab"


def test_a_comment_too_large_to_be_held_takes_nothing_with_it() -> None:
    body = event(chunk({"content": "a"})) + b": " + b"p" * 2 * LIMIT + b"\n\n"
    body += event(chunk({"content": "b"}, "stop"))
    decoder = decode.AnswerDecoder()
    told = [e for at in range(0, len(body), 500) for e in decoder.feed(body[at : at + 500])]
    assert decoder.close()[-1] == Ended()
    assert "".join(e.text for e in told if isinstance(e, TextDelta)) == "ab"
