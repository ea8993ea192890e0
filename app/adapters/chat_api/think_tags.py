"""`<think>…</think>` inside an answer's text: reasoning when it opens the message, else text."""

from __future__ import annotations

from enum import Enum, auto

_OPEN = "<think>"
_CLOSE = "</think>"


class _Place(Enum):
    START = auto()
    """Nothing but white space or a beginning of the tag so far."""
    INSIDE = auto()
    BEHIND = auto()
    """Past the closing tag, before the answer's first character."""
    TEXT = auto()


class ThinkSplitter:
    """Splits one message's content; tags may be cut anywhere between deltas.

    White space next to the tags belongs to neither reasoning nor answer.
    """

    def __init__(self) -> None:
        self._place = _Place.START
        self._held = ""
        self._begun = False

    def feed(self, text: str) -> list[tuple[bool, str]]:
        """Pieces as (is it reasoning, text), none of them empty."""
        if self._place is _Place.TEXT:
            return [(False, text)]
        pieces: list[tuple[bool, str]] = []
        text, self._held = self._held + text, ""
        if self._place is _Place.START:
            ahead = text.lstrip()
            if _OPEN.startswith(ahead[: len(_OPEN)]) and len(ahead) < len(_OPEN):
                self._held = text
                return pieces
            if not ahead.startswith(_OPEN):
                self._place = _Place.TEXT
                return [(False, text)]
            self._place = _Place.INSIDE
            text = ahead[len(_OPEN) :]
        if self._place is _Place.INSIDE:
            inside, tag, rest = text.partition(_CLOSE)
            self._inside(inside, pieces, ended=bool(tag))
            if not tag:
                return pieces
            self._place = _Place.BEHIND
            text = rest
        text = text.lstrip()
        if text:
            self._place = _Place.TEXT
            pieces.append((False, text))
        return pieces

    def flush(self) -> list[tuple[bool, str]]:
        """What was held back at the message's end, as what it then is."""
        held, self._held = self._held, ""
        if self._place is _Place.INSIDE:
            held = held.rstrip() if self._begun else held.strip()
        return [(self._place is _Place.INSIDE, held)] if held else []

    def _inside(self, text: str, pieces: list[tuple[bool, str]], *, ended: bool) -> None:
        if not self._begun:
            text = text.lstrip()
        keep = len(text)
        if not ended:
            # A tail that may yet turn out to be the closing tag, or the white space before it.
            for size in range(min(len(_CLOSE) - 1, len(text)), 0, -1):
                if _CLOSE.startswith(text[-size:]):
                    keep -= size
                    break
        keep = len(text[:keep].rstrip())
        if not ended:
            self._held = text[keep:]
        if keep:
            self._begun = True
            pieces.append((True, text[:keep]))
