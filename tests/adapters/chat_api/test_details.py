"""Reasoning details that came in pieces go back as the items they were."""

from __future__ import annotations

from typing import Any

import pytest

from app.adapters.chat_api.details import whole_details


def text(words: str, **more: Any) -> dict[str, Any]:
    return {"type": "reasoning.text", "text": words, **more}


@pytest.mark.parametrize(
    ("pieces", "whole"),
    [
        ([], []),
        # A signature comes on a piece of its own, and empty fields hide nothing.
        (
            [
                text("Let ", index=0, signature=None, format="anthropic-claude-v1"),
                text("me", index=0),
                {"type": "reasoning.text", "signature": "sig", "index": 0, "format": None},
            ],
            [text("Let me", index=0, signature="sig", format="anthropic-claude-v1")],
        ),
        # Two items of the same index but different types, and a second text.
        (
            [
                {"type": "reasoning.summary", "summary": "a", "index": 0},
                {"type": "reasoning.summary", "summary": "b", "index": 0},
                {"type": "reasoning.encrypted", "data": "xx", "id": "rs_1", "index": 0},
                {"type": "reasoning.encrypted", "data": "yy", "id": "rs_1", "index": 0},
                text("next", index=1),
            ],
            [
                {"type": "reasoning.summary", "summary": "ab", "index": 0},
                {"type": "reasoning.encrypted", "data": "xxyy", "id": "rs_1", "index": 0},
                text("next", index=1),
            ],
        ),
        # Items of different ids are never one, nor are encrypted ones that have neither.
        (
            [
                {"type": "reasoning.encrypted", "data": "xx", "id": "a"},
                {"type": "reasoning.encrypted", "data": "yy", "id": "b"},
                {"type": "reasoning.encrypted", "data": "zz"},
                {"type": "reasoning.encrypted", "data": "zz"},
            ],
            [
                {"type": "reasoning.encrypted", "data": "xx", "id": "a"},
                {"type": "reasoning.encrypted", "data": "yy", "id": "b"},
                {"type": "reasoning.encrypted", "data": "zz"},
                {"type": "reasoning.encrypted", "data": "zz"},
            ],
        ),
        # Interleaved by index.
        (
            [text("a", index=0), text("x", index=1), text("b", index=0), text("y", index=1)],
            [text("ab", index=0), text("xy", index=1)],
        ),
        # Neither index nor id: what follows at once, until it was signed.
        (
            [text("a"), text("b", signature="s"), text("c")],
            [text("ab", signature="s"), text("c")],
        ),
        # The whole so far each time, and the same opaque piece twice.
        (
            [text("So", index=0), text("So it", index=0), text("So it is", index=0)],
            [text("So it is", index=0)],
        ),
        (
            [{"type": "e", "data": "xx", "id": "a"}, {"type": "e", "data": "xx", "id": "a"}],
            [{"type": "e", "data": "xx", "id": "a"}],
        ),
        # Words that happen to repeat are words.
        ([text("ha", index=0), text("ha", index=0)], [text("haha", index=0)]),
        (["odd", 3], ["odd", 3]),
    ],
)
def test_pieces_are_joined(pieces: list[Any], whole: list[Any]) -> None:
    assert whole_details(pieces) == whole
    assert whole_details(whole) == whole


def test_thousands_of_pieces_are_joined_in_one_pass() -> None:
    [item] = whole_details(text("word ", index=0) for _ in range(20_000))
    assert item["text"] == "word " * 20_000
