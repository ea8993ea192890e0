"""Server-sent events from bytes: any cut, any line end, and how services bend the format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

MAX_EVENT_BYTES = 32 * 1024 * 1024
"""Longer events are dropped: no delta is this large, and memory is not to be had for it."""

_BOM = b"\xef\xbb\xbf"
_BARE = b'{}[]" \t'
"""What a line of bare JSON starts with, and no field of an event does."""


@dataclass(frozen=True, slots=True)
class SseEvent:
    """One event: the name it was given (mostly none) and its data, lines joined by a newline."""

    name: str
    data: str


class SseReader:
    """Takes bytes as they come, gives the events that they end.

    Beyond the standard: bare JSON without `data:` counts as data (proxies append errors so), and
    what is whole when another begins is an event, even without the empty line between.
    """

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._size = 0
        self._after_cr = False
        self._first = True
        self._name = ""
        self._data: list[bytes] = []
        self._data_size = 0
        self._too_long = False

    def feed(self, chunk: bytes) -> Iterator[SseEvent]:
        """Events that end within these bytes, one by one as they are asked for.

        Exhaust it before feeding more.
        """
        if self._after_cr and chunk:
            self._after_cr = False
            if chunk[0] == 0x0A:
                chunk = chunk[1:]
        if not chunk:
            return
        self._after_cr = chunk[-1] == 0x0D
        if b"\n" not in chunk and b"\r" not in chunk:
            self._keep(chunk)
            return
        if self._pieces:
            chunk = b"".join((*self._pieces, chunk))
            self._pieces.clear()
            self._size = 0
        # bytes.splitlines knows only LF, CR and CRLF: U+2028 and its like stay text.
        lines = chunk.splitlines()
        if chunk[-1] not in b"\r\n":
            self._keep(lines.pop())
        for line in lines:
            event = self._line(line)
            if event is not None:
                yield event

    def close(self) -> Iterator[SseEvent]:
        """What stood unfinished at the end: services forget the last empty line."""
        if self._pieces:
            event = self._line(b"".join(self._pieces))
            self._pieces.clear()
            if event is not None:
                yield event
        event = self._dispatch()
        if event is not None:
            yield event

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > MAX_EVENT_BYTES:
            self._pieces.clear()
            self._too_long = True
        else:
            self._pieces.append(piece)

    def _line(self, line: bytes) -> SseEvent | None:
        if self._first:
            self._first = False
            line = line.removeprefix(_BOM)
        if self._too_long:
            # The rest of a line whose start was dropped; what it belonged to is lost with it.
            self._too_long = False
            self._data.clear()
            self._data_size = 0
            return None
        if not line:
            return self._dispatch()
        if line.startswith(b"data:"):
            return self._add(line[6:] if line[5:6] == b" " else line[5:])
        if line[0] in _BARE:
            indented = line.lstrip()
            return self._line(indented) if indented.startswith(b"data:") else self._add(line)
        if line.startswith(b"event:"):
            ended = self._dispatch()
            self._name = line[6:].strip().decode("utf-8", "replace")
            return ended
        return None

    def _add(self, value: bytes) -> SseEvent | None:
        ended = None
        # Inside one JSON value no line that closes an object is followed by one that opens one.
        if self._data and value[:1] in (b"{", b"[") and self._data[-1].rstrip()[-1:] == b"}":
            ended = self._dispatch()
        self._data_size += len(value)
        if self._data_size > MAX_EVENT_BYTES:
            self._data.clear()
            self._data_size = 0
        else:
            self._data.append(value)
        return ended

    def _dispatch(self) -> SseEvent | None:
        name, self._name = self._name, ""
        if not self._data:
            return None
        data = self._data[0] if len(self._data) == 1 else b"\n".join(self._data)
        self._data.clear()
        self._data_size = 0
        return SseEvent(name, data.decode("utf-8", "replace"))
