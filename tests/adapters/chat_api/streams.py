"""Recorded and hand-made answers, what is to be made of them, and ways to bend their bytes."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.adapters.chat_api.decode import AnswerDecoder
from app.core.events import Failed, StreamEvent
from app.core.message import ToolCallPart
from app.core.reply import ReplyBuilder

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "streams"


@dataclass(frozen=True)
class Recording:
    name: str
    body: bytes
    expected: dict[str, Any]


def recordings() -> list[Recording]:
    """All that lie beside the project; none where they are absent."""
    found = []
    for listing in sorted(FOLDER.glob("*/expected.json")):
        for name, expected in json.loads(listing.read_bytes()).items():
            body = (listing.parent / f"{name}.sse").read_bytes()
            found.append(Recording(name, body, expected))
    return found


def decode(pieces: Iterable[bytes], choices: int = 1) -> list[StreamEvent]:
    """All events of a body that arrives in these pieces."""
    ids = itertools.count()
    decoder = AnswerDecoder(choices=choices, new_id=lambda: f"made-{next(ids)}")
    events: list[StreamEvent] = []
    for piece in pieces:
        events += decoder.feed(piece)
        if decoder.done:
            break
    events += decoder.close()
    return events


def cut(body: bytes, size: int) -> list[bytes]:
    return [body[at : at + size] for at in range(0, len(body), size)]


def with_crlf(body: bytes) -> bytes:
    return body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def with_pings(body: bytes) -> bytes:
    pinged = b": ping\n\nid: 7\nretry: 10\n: id\n\n" + body
    return pinged.replace(b"\n\ndata:", b"\n\n:keep-alive\n\nevent: message\nid: 1\ndata:")


def with_comments(body: bytes) -> bytes:
    """A comment before each line of data, within events too."""
    return re.sub(rb"^(?=data:)", b": comment\n", body, flags=re.MULTILINE)


def without_done(body: bytes) -> bytes:
    return body.replace(b"data: [DONE]\n", b"").replace(b"data:[DONE]\r\n", b"")


def without_blank_lines(body: bytes) -> bytes:
    return with_crlf(body).replace(b"\r\n\r\n", b"\r\n")


BENDS: dict[str, Callable[[bytes], list[bytes]]] = {
    "whole": lambda body: [body],
    "bytewise": lambda body: cut(body, 1),
    "sevens": lambda body: cut(body, 7),
    "crlf": lambda body: cut(with_crlf(body), 5),
    "cr": lambda body: cut(with_crlf(body).replace(b"\n", b""), 11),
    "bom": lambda body: cut(b"\xef\xbb\xbf" + body, 2) if body else [],
    "pings": lambda body: [with_pings(body)],
    "comments": lambda body: cut(with_comments(body), 13),
    "no [DONE]": lambda body: [without_done(body)],
    "no blank lines": lambda body: [body if b'\ndata: "' in body else without_blank_lines(body)],
}


def built(events: Iterable[StreamEvent], choice: int = 0) -> ReplyBuilder:
    builder = ReplyBuilder(choice)
    for event in events:
        builder.add(event)
    return builder


def meant(events: Iterable[StreamEvent], choice: int = 0) -> dict[str, Any]:
    """What a reader gets of it, free of how it was cut."""
    builder = built(events, choice)
    parts = builder.parts()
    return {
        "parts": [(type(p).__name__, getattr(p, "text", None)) for p in parts],
        "calls": [(p.id, p.name, p.arguments) for p in parts if isinstance(p, ToolCallPart)],
        "details": [d for p in parts for d in getattr(p, "details", ())],
        "finish": builder.finish_reason,
        "usage": builder.usage.raw if builder.usage else None,
        "model": builder.model,
        "failure": builder.failure,
        "state": builder.state,
    }


def check(events: list[StreamEvent], expected: dict[str, Any]) -> None:
    """Hold the events against the keys that are listed, and against the events' own promises."""
    builder = built(events)
    parts = builder.parts()
    assert [e for e in events if type(e).__name__ in ("Ended", "Failed")] == events[-1:]
    if "content" in expected:
        assert (
            "".join(getattr(p, "text", "") for p in parts if _is(p, "TextPart"))
            == (expected["content"])
        )
    if "reasoning" in expected:
        assert (
            "".join(getattr(p, "text", "") for p in parts if _is(p, "ReasoningPart"))
            == (expected["reasoning"])
        )
    if "tools" in expected:
        calls = [p for p in parts if isinstance(p, ToolCallPart)]
        assert len(calls) == len(expected["tools"])
        for call, wanted in zip(calls, expected["tools"], strict=True):
            if isinstance(wanted, dict):
                assert (call.id, call.name, call.arguments) == (
                    wanted["id"],
                    wanted["name"],
                    wanted["args"],
                )
            else:
                assert [call.name, json.loads(call.arguments)] == wanted
    if "finish" in expected:
        assert builder.finish_reason == expected["finish"]
    if usage := expected.get("usage"):
        assert builder.usage is not None
        assert {k: builder.usage.raw.get(k) for k in usage} == usage
    elif "usage" in expected:
        assert builder.usage is None
    if expected.get("model"):
        assert builder.model == expected["model"]
    if error := expected.get("error"):
        last = events[-1]
        assert isinstance(last, Failed)
        words = error["message"] if isinstance(error, dict) else error
        assert words in (last.failure.message or last.failure.kind.value)
    else:
        assert not isinstance(events[-1], Failed)


def _is(part: object, name: str) -> bool:
    return type(part).__name__ == name
