"""What went over the wire for one reply: the request as sent, the response as received, bounded."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.message import Usage

KEPT_BYTES = 256 * 1024
"""How much of a response is kept: its first and its last half of this when it is longer."""
KEY_MARK = b"[key]"
_NO_SECRETS = frozenset(
    {"none", "null", "empty", "dummy", "test", "local", "token", "ollama", "lm-studio"}
    | {"key", "no-key", "nokey", "api-key", "apikey", "not-needed", "not-required", "anything"}
)


def secret(key: str | None) -> str | None:
    """The key, if it is one. Servers on one's own machine take any word, which is no secret, and
    must not be blotted out wherever it stands."""
    return key if key and len(key) > 3 and key.lower() not in _NO_SECRETS else None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One POST and what came back, without the key.

    `request` is the body's JSON object without `messages` (these are rebuilt from the store): where
    they were not written in the usual way, an object in their place says how. `system_prompt` is
    what stood before them. `response` holds the `size` bytes that were received or, when those
    were more than `KEPT_BYTES`, the first `cut` and the last ones of them. `status` None: no
    response came.
    """

    url: str
    request: Mapping[str, Any] = field(default_factory=dict)
    system_prompt: str = ""
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    response: bytes = b""
    size: int = 0
    cut: int = 0


class Tape:
    """Records one exchange while it happens; `exchange()` may be asked at any time.

    Whoever sends owns it. `key` is blotted out of everything that is given back, and so are
    `passwords`: those of a proxy, in each form they may have.
    """

    def __init__(
        self,
        url: str,
        request: Mapping[str, Any],
        system_prompt: str,
        key: str | None,
        passwords: Sequence[str] = (),
    ) -> None:
        self.status: int | None = None
        self.headers: Mapping[str, str] = {}
        self.usage: Usage | None = None
        """The last one that was said, be the answer stopped before it was reported."""
        self._url = url
        self._request = request
        self._system_prompt = system_prompt
        held = secret(key)
        secrets = (held, *passwords) if held else tuple(passwords)
        self._keys = tuple(s for each in secrets for s in _spellings(each))
        self._first = bytearray()
        self._last = bytearray()
        self._size = 0

    def feed(self, piece: bytes) -> None:
        """More of the response's body, as it came."""
        self._size += len(piece)
        half = KEPT_BYTES // 2
        if room := half - len(self._first):
            self._first += piece[:room]
            piece = piece[room:]
        if piece:
            self._last += piece
            if len(self._last) > 4 * half:
                del self._last[:-half]

    def without_key(self, text: str) -> str:
        """A text that was received, for what is kept of it."""
        for key in self._keys:
            text = text.replace(key.decode("utf-8", "replace"), KEY_MARK.decode())
        return text

    def value_without_key(self, value: Any) -> Any:
        """Likewise for a JSON value."""
        said = json.dumps(value, ensure_ascii=False)
        kept = self.without_key(said)
        return value if kept == said else json.loads(kept)

    def exchange(self) -> Exchange:
        """What is known so far."""
        half = KEPT_BYTES // 2
        last = bytes(self._last[-half:])
        lost = self._size - len(self._first) - len(last)
        first = bytes(self._first)
        if lost:
            # Half a key at either side of what is left out is blotted out as well.
            first, last = self._without_end(first), self._without_start(last)
            response = self._clean(first) + self._clean(last)
            cut = len(self._clean(first))
        else:
            response, cut = self._clean(first + last), 0
        headers = {name: self._words(value) for name, value in self.headers.items()}
        return Exchange(
            self._words(self._url),
            self._request,
            self._system_prompt,
            self.status,
            headers,
            response,
            self._size,
            cut,
        )

    def _clean(self, data: bytes) -> bytes:
        for key in self._keys:
            data = data.replace(key, KEY_MARK)
        return data

    def _words(self, text: str) -> str:
        return self._clean(text.encode("utf-8", "replace")).decode("utf-8", "replace")

    def _without_end(self, data: bytes) -> bytes:
        """Without a beginning of the key at its very end."""
        for key in self._keys:
            for length in range(min(len(key), len(data)), 3, -1):
                if data.endswith(key[:length]):
                    return data[:-length] + KEY_MARK
        return data

    def _without_start(self, data: bytes) -> bytes:
        """Without an end of the key at its very start."""
        for key in self._keys:
            for length in range(min(len(key), len(data)), 3, -1):
                if data.startswith(key[-length:]):
                    return KEY_MARK + data[length:]
        return data


def _spellings(key: str) -> tuple[bytes, ...]:
    """The key as it is, and as JSON may hold it; the longest first."""
    quoted = json.dumps(key, ensure_ascii=False)[1:-1]
    spelled = {key, quoted, quoted.replace("/", "\\/")}
    return tuple(sorted((text.encode() for text in spelled), key=len, reverse=True))
