"""Parts survive the way into the database and back."""

from __future__ import annotations

import json

from app.core.errors import Failure, FailureKind
from app.core.message import (
    Detail,
    FilePart,
    ImagePart,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from app.core.message_json import (
    failure_from_json,
    failure_to_json,
    parts_from_json,
    parts_to_json,
)


def test_every_part_there_and_back() -> None:
    parts = (
        ImagePart("a.png", blob="ab", width=3, height=4, detail=Detail.HIGH, text="read"),
        ImagePart("b", url="https://example.test/b.png"),
        FilePart("notes.txt", "words"),
        ReasoningPart("hm", 1.5, ({"type": "reasoning.encrypted", "data": "x"},)),
        TextPart("文字\x00\ud83d"),
        ToolCallPart("1", "f", '{"x":'),
        ToolResultPart("1", "f", "no", is_error=True),
    )
    assert parts_from_json(json.loads(json.dumps(parts_to_json(parts)))) == parts


def test_what_a_later_version_wrote_is_passed_over() -> None:
    items = [{"type": "hologram", "x": 1}, "junk", {"type": "text", "text": "a", "new": 2}]
    assert parts_from_json(items) == (TextPart("a"),)
    assert parts_from_json(None) == ()


def test_failures_there_and_back() -> None:
    failure = Failure(FailureKind.RATE_LIMITED, "slow down", 429, retry_after=2.5, host="h")
    assert failure_from_json(json.loads(json.dumps(failure_to_json(failure)))) == failure
    assert failure_from_json(failure_to_json(None)) is None
