"""Where in a JSON text a value stands, by its path."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def line_of(text: str, path: Sequence[str | int]) -> int:
    """The line, from 1, on which the value at `path` begins; as near to it as the text goes.

    `text` is valid JSON.
    """
    at = _skip(text, 0)
    for step in path:
        found = _member(text, at, step)
        if found is None:
            break
        at = found
    return text.count("\n", 0, at) + 1


def _member(text: str, at: int, step: str | int) -> int | None:
    """Where a member of the value that begins at `at` begins; None: it has none like that."""
    opening = text[at : at + 1]
    if opening not in ("{", "["):
        return None
    at, place = _skip(text, at + 1), 0
    while at < len(text) and text[at] not in "}]":
        name: str | int = place
        if opening == "{":
            name, at = _DECODER.raw_decode(text, at)
            at = _skip(text, _skip(text, at) + 1)
        if name == step:
            return at
        _, at = _DECODER.raw_decode(text, at)
        at = _skip(text, at)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        place += 1
    return None


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
