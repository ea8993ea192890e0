"""`<think>…</think>` inside an answer's text: reasoning when it opens the message, else text."""

from __future__ import annotations

from enum import Enum, auto

_TAGS = {
    "<think>": "</think>",
    "<thought>": "</thought>",
    "<seed:think>": "</seed:think>",
    "[THINK]": "[/THINK]",
    "◁think▷": "◁/think▷",
}
"""How models mark what they think where the service leaves it in the text."""
_LONGEST = max(map(len, _TAGS))
_MOST_BLANK = 256
"""How much white space may be held back for what might follow it."""


class _Place(Enum):
    START = auto()
    """Nothing but white space or a beginning of the tag so far."""
    INSIDE = auto()
    BEHIND = auto()
    """Past the closing tag, before the answer's first character."""
    TEXT = auto()


class ThinkSplitter:
    """Splits one message's content; tags may be cut anywhere between deltas.

    White space at the reasoning's edges is dropped, and so are blank lines between it and the
    answer; the indentation of the answer's first line is its own.
    """

    def __init__(self) -> None:
        self.plain = False
        """Whether all that follows is text: `feed` need not be asked any more."""
        self._place = _Place.START
        self._close = ""
        self._held = ""
        self._begun = False

    def feed(self, text: str) -> list[tuple[bool, str]]:
        """Pieces as (is it reasoning, text), none of them empty."""
        text, self._held = self._held + text, ""
        pieces: list[tuple[bool, str]] = []
        if self._place is _Place.START:
            text = self._start(text)
        if self._place is _Place.INSIDE:
            text = self._inside(text, pieces)
        if self._place is _Place.BEHIND:
            text = self._behind(text)
        if text and self._place is _Place.TEXT:
            pieces.append((False, text))
        return pieces

    def flush(self) -> list[tuple[bool, str]]:
        """What was held back at the message's end, as what it then is."""
        held, self._held = self._held, ""
        if self._place is _Place.INSIDE:
            held = held.rstrip() if self._begun else held.strip()
        elif self._place is _Place.BEHIND:
            held = ""
        return [(self._place is _Place.INSIDE, held)] if held else []

    def _start(self, text: str) -> str:
        ahead = text.lstrip()
        tag = next((tag for tag in _TAGS if ahead.startswith(tag)), None)
        if tag is not None:
            self._place = _Place.INSIDE
            self._close = _TAGS[tag]
            return ahead[len(tag) :]
        may_be = len(ahead) < _LONGEST and any(tag.startswith(ahead) for tag in _TAGS)
        if may_be and len(text) < _MOST_BLANK:
            self._held = text
            return ""
        self._be_text()
        return text

    def _inside(self, text: str, pieces: list[tuple[bool, str]]) -> str:
        thought, tag, rest = text.partition(self._close)
        if not self._begun:
            thought = thought.lstrip()
        keep = len(thought)
        if not tag:
            # A tail that may yet turn out to be the closing tag, or the white space before it.
            for size in range(min(len(self._close) - 1, len(thought)), 0, -1):
                if self._close.startswith(thought[-size:]):
                    keep -= size
                    break
        blank = keep - len(thought[:keep].rstrip())
        if tag or blank < _MOST_BLANK:
            keep -= blank
        if keep:
            self._begun = True
            pieces.append((True, thought[:keep]))
        if tag:
            self._place = _Place.BEHIND
        else:
            self._held = thought[keep:]
        return rest

    def _behind(self, text: str) -> str:
        ahead = text.lstrip()
        *lines, indentation = text[: len(text) - len(ahead)].split("\n")
        if not ahead:
            self._held = ("\n" if lines else "") + indentation[-_MOST_BLANK:]
            return ""
        self._be_text()
        return indentation + ahead if lines else ahead

    def _be_text(self) -> None:
        self._place = _Place.TEXT
        self.plain = True
