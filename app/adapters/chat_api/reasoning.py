"""Reasoning under its many names, settled to one text that is counted once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

from app.adapters.chat_api.surrogates import scrub_value

MAX_COMPARED = 4 * 1024 * 1024
"""How many characters of reasoning are kept to know it again when it is said twice."""

_FIELDS = ("reasoning_content", "reasoning", "thinking")
_TAGS = "think"
_DETAILS = "reasoning_details"
_PARTS = frozenset({"thinking", "reasoning", "reasoning_text", "reasoning_content"})
_TEXTS = ("text", "content", "thinking", "reasoning", "summary", "refusal")


def plain_text(value: Any) -> str:
    """The text of a string, of a part, or of a list of them; nothing of anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(map(plain_text, value))
    if isinstance(value, dict):
        return next((t for name in _TEXTS if (t := plain_text(value.get(name)))), "")
    return ""


def content_parts(content: Any) -> Iterator[tuple[bool, str]]:
    """A message's content as (is it reasoning, text) in its order, none of them empty."""
    for part in content if isinstance(content, list) else [content]:
        kind = part.get("type") if isinstance(part, dict) else None
        text = plain_text(part)
        if text:
            yield isinstance(kind, str) and kind in _PARTS, text


class ReasoningJoiner:
    """One choice's reasoning. Some services say it twice, under two names: the second is dropped.

    The first name that brings text leads. What another name brings alone is new unless it repeats,
    from its own beginning on, what the leading one said.
    """

    def __init__(self) -> None:
        self._lead = ""
        self._said = StringIO()
        self._size = 0
        self._repeated: dict[str, int] = {}
        self._half = ""
        self._half_of = ""

    def take(self, delta: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]]:
        """New text and the opaque details of a delta or message; both may be empty."""
        said = [(name, text) for name in _FIELDS if (text := plain_text(delta.get(name)))]
        details = delta.get("reasoning_details")
        kept: tuple[Any, ...] = ()
        if isinstance(details, dict):
            details = [details]
        if isinstance(details, list) and details:
            kept = tuple(self._detail(item) for item in details if isinstance(item, dict))
            if text := plain_text(details):
                said.append((_DETAILS, text))
        return (self._new(said) if said else ""), kept

    def take_tagged(self, text: str) -> str:
        """Likewise for reasoning that stood in the content."""
        return self._new([(_TAGS, text)])

    def _new(self, said: list[tuple[str, str]]) -> str:
        if not self._lead:
            self._lead = said[0][0]
        name, text = next((pair for pair in said if pair[0] == self._lead), said[0])
        if name == self._lead:
            for other, same in said:
                if other != name and same == text:
                    self._repeated[other] = self._repeated.get(other, 0) + len(same)
        elif self._is_repeated(name, text):
            return ""
        if self._size < MAX_COMPARED:
            self._said.seek(self._size)
            self._size += self._said.write(text)
        return text

    def _is_repeated(self, name: str, text: str) -> bool:
        start = self._repeated.get(name, 0)
        self._said.seek(start)
        if self._said.read(len(text)) != text:
            return False
        self._repeated[name] = start + len(text)
        return True

    def _detail(self, item: dict[str, Any]) -> Any:
        """The item as it came; half a surrogate pair at its text's end goes to its next piece."""
        text = item.get("text")
        if isinstance(text, str) and (self._half or not text.isascii()):
            if self._half and self._half_of == _place(item):
                text = self._half + text
            self._half, self._half_of = "", _place(item)
            if "\ud800" <= text[-1:] <= "\udbff":
                self._half, text = text[-1], text[:-1]
            item = {**item, "text": text}
        return scrub_value(item)


def _place(item: Mapping[str, Any]) -> str:
    """What tells the pieces of one item from those of another."""
    return f"{item.get('type')} {item.get('index')} {item.get('id')}"[:200]
