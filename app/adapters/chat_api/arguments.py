"""A tool call's arguments as they grow: their text, and whether their JSON object has ended."""

from __future__ import annotations

import json
import re
from io import StringIO

MAX_CHARACTERS = 8 * 1024 * 1024
"""Longer arguments are cut off: they are broken then, and go back to the model as such."""

_MARKS = re.compile(r'\\.|\\\Z|["{}\[\]]', re.DOTALL)


class Arguments:
    """Grows by pieces. Each costs what it is long, however often it is asked what they make up."""

    def __init__(self) -> None:
        self.last = ""
        """The piece that came last."""
        self._said = StringIO()
        self._more_behind = False
        self._whole: bool | None = None
        self._start_anew()

    def __bool__(self) -> bool:
        return self._size > 0

    @property
    def text(self) -> str:
        return self._said.getvalue()

    @property
    def ended(self) -> bool:
        """Whether what was opened first is closed again: no object can begin behind it."""
        return self._ended

    @property
    def whole(self) -> bool:
        """Whether they are a JSON object already."""
        if not self._ended or self._more_behind:
            return False
        if self._whole is None:
            self._whole = is_object(self.text)
        return self._whole

    def add(self, piece: str) -> bool:
        """Take a piece; False: they are too long for it."""
        if self._size + len(piece) > MAX_CHARACTERS:
            return False
        self._size += self._said.write(piece)
        self.last = piece
        if self._ended:
            self._more_behind = self._more_behind or bool(piece.strip())
        else:
            self._scan(piece)
        return True

    def replace(self, text: str) -> bool:
        """Start anew with this text; False: it is too long."""
        self._said = StringIO()
        self._start_anew()
        return self.add(text)

    def _start_anew(self) -> None:
        self._size = 0
        self._depth = 0
        self._in_string = False
        self._escaped = False
        """The last piece ended in a backslash."""
        self._ended = False
        self._more_behind = False
        self._whole = None

    def _scan(self, piece: str) -> None:
        start = 1 if self._escaped else 0
        self._escaped = False
        for found in _MARKS.finditer(piece, start):
            mark = found.group()
            if mark[0] == "\\":
                self._escaped = len(mark) == 1
            elif mark == '"':
                self._in_string = not self._in_string
            elif not self._in_string:
                self._depth += 1 if mark in "{[" else -1
                if self._depth <= 0:
                    self._ended = True
                    self._more_behind = bool(piece[found.end() :].strip())
                    return


def is_object(text: str) -> bool:
    """Whether the text is a JSON object."""
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
