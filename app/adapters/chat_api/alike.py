"""Chunks that differ from the one before in a single text: read without parsing them again.

Most of an answer is such chunks. What stands before and behind the text is remembered, character
for character; a chunk that has the same around a whole JSON string means the same but for that.
"""

from __future__ import annotations

import json
from typing import Any

JSON = json.JSONDecoder(strict=False)
"""Control characters in strings are borne: services forget to escape them."""

_FIELDS = ("content", "reasoning_content", "reasoning")
_PATIENCE = 32
"""After how many that were remembered for nothing, one after another, no more are."""


class AlikeChunks:
    """Remembers the last chunk that was parsed, and finds the text of those that are like it."""

    def __init__(self) -> None:
        self.field = ""
        """The delta's field that holds the text."""
        self._name = ""
        self._before = ""
        self._quote_at = 0
        self._behind = ""
        self._in_vain = 0

    def text(self, name: str, data: str) -> str | None:
        """The text of a chunk, in an event of that name, that is like the last; None: parse it."""
        if not (self._before and data.startswith(self._before) and data.endswith(self._behind)):
            return None
        if name != self._name:
            return None
        try:
            text, end = JSON.raw_decode(data, self._quote_at)
        except ValueError:
            return None
        if end != len(data) - len(self._behind):
            return None
        self._in_vain = 0
        return str(text)

    def forget(self) -> None:
        """What came is no such chunk, and may have changed what another one means."""
        self._before = ""

    def learn(self, name: str, data: str, chunk: Any) -> None:
        """A chunk that had to be parsed takes the place of the last one."""
        self.forget()
        if self._in_vain > _PATIENCE:
            return
        field = _only_text(_only_delta(chunk))
        quoted = f'"{field}"'
        if field and data.count(quoted) == 1:
            self._in_vain += 1
            self.field = field
            self._name = name
            self._quote_at = data.index('"', data.index(quoted) + len(quoted))
            self._before = data[: self._quote_at + 1]
            self._behind = data[JSON.raw_decode(data, self._quote_at)[1] :]


def _only_delta(chunk: Any) -> Any:
    """The delta of a chunk that has one choice, and beside it nothing that means a thing twice."""
    if not isinstance(chunk, dict) or chunk.get("error") or "x_groq" in chunk:
        return None
    choices = chunk.get("choices")
    choice = choices[0] if isinstance(choices, list) and len(choices) == 1 else None
    if not isinstance(choice, dict):
        return None
    more = any(choice.get(name) for name in ("message", "finish_reason", "error"))
    return None if more else choice.get("delta")


def _only_text(delta: Any) -> str:
    """The field that holds a text, where a delta has nothing but that and a role."""
    if not isinstance(delta, dict):
        return ""
    said = [name for name, value in delta.items() if value and name != "role"]
    one = len(said) == 1 and said[0] in _FIELDS and isinstance(delta[said[0]], str)
    return said[0] if one else ""
