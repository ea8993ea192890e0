"""Long texts given to a model in pieces, each saying where it stands and how to go on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

USUAL = 20_000
MOST = 50_000
START = {
    "type": "integer",
    "minimum": 0,
    "maximum": 1_000_000_000,
    "description": "How many characters to skip at the beginning, to go on with a long text.",
}
LENGTH = {
    "type": "integer",
    "minimum": 1,
    "maximum": MOST,
    "description": f"How many characters to give; {USUAL} without it.",
}


def piece(text: str, arguments: Mapping[str, Any]) -> str:
    """The part of `text` that a call asked for, with a note if it is not all."""
    start, length = arguments.get("start", 0), arguments.get("length", USUAL)
    part = text[start : start + length]
    if not text:
        return "[There is no text.]"
    if not part:
        return f"[The text ends before that: it has {len(text)} characters.]"
    if len(part) == len(text):
        return part
    end = start + len(part)
    more = f" Go on with start={end}." if end < len(text) else " This is its end."
    return f"{part}\n[Characters {start} to {end} of {len(text)}.{more}]"
