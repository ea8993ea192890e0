"""JSON that arrives piece by piece: the value as far as it is certain, at any time."""

from __future__ import annotations

import json
import re
from typing import Any

from app.core.written_number import WrittenNumber

DEEPEST = 100
"""How deep values may stand in each other; what goes deeper is not read."""

_MARK = re.compile(r'["\[\]{},]')
_STRING_END = re.compile(r'["\\]')
_CLOSING = {"[": "]", "{": "}"}


class GrowingJson:
    """Takes a text that begins with `{` or `[`. What is after the end of its value breaks it."""

    def __init__(self) -> None:
        self._text = ""
        self._at = 0
        self._open: list[str] = []
        self._in_string = False
        self._safe, self._closers = 0, ""
        self._broken = False
        self._ended = False
        self._value: tuple[int, Any] = (0, None)

    @property
    def text(self) -> str:
        """All that came."""
        return self._text

    @property
    def broken(self) -> bool:
        """Whether this is no JSON, whatever may come."""
        return self._broken

    @property
    def whole(self) -> bool:
        """Whether the value has come to its end."""
        return self._ended and not self._broken

    def feed(self, text: str) -> None:
        self._text += text
        while not self._broken and self._step():
            pass

    def value(self) -> Any:
        """The value so far: members and elements that are whole, in all that is open.

        None before there is anything.
        """
        if self._safe and self._value[0] != self._safe:
            try:
                text = self._text[: self._safe] + self._closers
                found = json.loads(text, parse_constant=_refuse, parse_float=WrittenNumber)
            except (ValueError, RecursionError):
                self._broken = True
            else:
                self._value = self._safe, found
        return None if self._broken else self._value[1]

    def _step(self) -> bool:
        """Read on to the next character that matters; False where none has come yet."""
        if self._in_string:
            return self._read_string()
        found = _MARK.search(self._text, self._at)
        if self._ended:
            self._broken = bool(self._text[self._at :].strip())
            return False
        if found is None:
            self._broken = not self._open and bool(self._text.strip())
            return False
        mark, place = found.group(), found.start()
        if not self._open and (mark not in _CLOSING or self._text[self._at : place].strip()):
            self._broken = True
            return False
        self._at = found.end()
        if mark == '"':
            self._in_string = True
        elif mark in _CLOSING:
            self._open.append(_CLOSING[mark])
            self._broken = len(self._open) > DEEPEST
            self._is_safe(self._at)
        elif mark == ",":
            self._is_safe(place)
        elif self._open.pop() == mark:
            self._is_safe(self._at)
            self._ended = not self._open
        else:
            self._broken = True
        return True

    def _read_string(self) -> bool:
        found = _STRING_END.search(self._text, self._at)
        if found is None:
            self._at = len(self._text)
            return False
        escaped = found.group() == "\\"
        if escaped and found.end() == len(self._text):
            self._at = found.start()
            return False
        self._at = found.end() + escaped
        self._in_string = escaped
        return True

    def _is_safe(self, place: int) -> None:
        """Up to here the text and the marks that close it are JSON."""
        self._safe, self._closers = place, "".join(reversed(self._open))


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
