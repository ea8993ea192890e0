"""Server-sent events from bytes: any cut, any line end, and how services bend the format."""

from __future__ import annotations

import json

MAX_EVENT_BYTES = 32 * 1024 * 1024
"""Longer lines and events are dropped: no delta is this large, and memory is not to be had for it.
"""
MAX_NAME_BYTES = 100
_LINE_BYTES = 40
"""What a line costs beside its text, be it an empty one."""

_BARE = b'{}[]" \t'
"""What a line of bare JSON starts with, and no field of an event does."""

SseEvent = tuple[str, str]
"""The name an event was given (mostly none), and its data, lines joined by a newline."""


class SseReader:
    """Takes bytes as they come, gives the events that they end. A byte order mark is not its own.

    Beyond the standard: bare JSON without `data:` counts as data (proxies append errors so), one
    whole value on a line is an event at once, and so is what is whole when another value begins,
    even without the empty line between.
    """

    def __init__(self) -> None:
        self.lost = False
        """An event was too large, and dropped: what it said is missing."""
        self._rest = bytearray()
        """A line that has not ended yet."""
        self._after_cr = False
        self._too_long = False
        self._name = ""
        self._data: list[bytes] = []
        self._data_size = 0

    def feed(self, chunk: bytes) -> list[SseEvent]:
        """Events that end within these bytes."""
        if self._after_cr and chunk:
            self._after_cr = False
            if chunk[0] == 0x0A:
                chunk = chunk[1:]
        if not chunk:
            return []
        if (
            chunk.startswith(b"data: ")
            and chunk.find(b"\n") == len(chunk) - 2
            and chunk.endswith(b"\n")
            and b"\r" not in chunk
            and not (self._rest or self._data or self._too_long)
        ):
            # An event of one line, whole and alone: so most services send them.
            name, self._name = self._name, ""
            return [(name, chunk[6:-2].decode("utf-8", "replace"))]
        self._after_cr = chunk[-1] == 0x0D
        end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r")) + 1
        ended, rest = (chunk, b"") if end == len(chunk) else (chunk[:end], chunk[end:])
        if ended and self._rest:
            ended = bytes(self._rest) + ended
            self._rest.clear()
        # bytes.splitlines knows only LF, CR and CRLF: U+2028 and its like stay text.
        events = [
            self._line(line) if line or self._too_long else self._dispatch()
            for line in ended.splitlines()
        ]
        if rest:
            self._rest += rest
            if len(self._rest) > MAX_EVENT_BYTES:
                self.lost = self.lost or bool(self._data) or not self._rest.startswith(b":")
                self._rest.clear()
                self._too_long = True
        return [event for event in events if event is not None]

    def close(self) -> list[SseEvent]:
        """What stood unfinished at the end: services forget the last empty line."""
        last = self._line(bytes(self._rest)) if self._rest else None
        self._rest.clear()
        return [event for event in (last, self._dispatch()) if event is not None]

    def _line(self, line: bytes) -> SseEvent | None:
        if self._too_long:
            # The rest of a line whose start was dropped; what it belonged to is lost with it.
            self._too_long = False
            self._drop()
            return None
        if line.startswith(b"data:"):
            return self._add(line[6:] if line.startswith(b" ", 5) else line[5:])
        if line[0] in _BARE:
            indented = line.lstrip()
            if indented.startswith(b"data:"):
                return self._line(indented)
            ended = self._add(line)
            # Two of them at once there are never: what was pending is no whole value, or it ended.
            return ended or (self._dispatch() if _is_whole(self._data) else None)
        if line.startswith(b"event:"):
            ended = self._dispatch()
            self._name = line[6:].strip()[:MAX_NAME_BYTES].decode("utf-8", "replace")
            return ended
        return None

    def _add(self, value: bytes) -> SseEvent | None:
        ended = None
        # Inside one JSON value no line that closes an object is followed by one that opens one.
        if self._data and value[:1] in (b"{", b"[") and self._data[-1].rstrip()[-1:] == b"}":
            ended = self._dispatch()
        self._data.append(value)
        self._data_size += len(value) + _LINE_BYTES
        if self._data_size > MAX_EVENT_BYTES:
            self.lost = True
            self._drop()
        return ended

    def _drop(self) -> None:
        self._data.clear()
        self._data_size = 0

    def _dispatch(self) -> SseEvent | None:
        name = self._name
        if name:
            self._name = ""
        if not self._data:
            return None
        data = self._data[0] if len(self._data) == 1 else b"\n".join(self._data)
        self._drop()
        return name, data.decode("utf-8", "replace")


def _is_whole(lines: list[bytes]) -> bool:
    """Whether these lines are one line that is a JSON object."""
    if len(lines) != 1 or not lines[0].startswith(b"{") or not lines[0].rstrip().endswith(b"}"):
        return False
    try:
        json.loads(lines[0])
    except (ValueError, RecursionError):
        return False
    return True
