"""Where words were found in a conversation: by message, in reading order."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from typing import NamedTuple

from app.features.chat.transcript.addresses import Address


class Match(NamedTuple):
    """The `number`th place in the text of a box (from 0)."""

    row: int
    address: Address
    number: int


Hits = Sequence[tuple[Address, int]]
"""Boxes of a message in which something was found, and in how many places."""


class Found:
    """All places known so far."""

    def __init__(self) -> None:
        self._hits: dict[int, Hits] = {}
        self._rows: list[int] = []
        self.total = 0

    def rows(self) -> tuple[int, ...]:
        """The messages in which something was found."""
        return tuple(self._rows)

    def put(self, row: int, hits: Hits) -> None:
        """What was found in a message, in place of what was known of it."""
        known = self._hits.pop(row, ())
        self.total += _count(hits) - _count(known)
        if hits:
            self._hits[row] = hits
        if hits and not known:
            insort(self._rows, row)
        elif known and not hits:
            self._rows.remove(row)

    def number_of(self, match: Match) -> int:
        """The how manieth of all it is, from 1; 0 where it is none."""
        here = self._hits.get(match.row, ())
        count = next((count for address, count in here if address == match.address), 0)
        if match.number >= count:
            return 0
        before = self._rows[: bisect_left(self._rows, match.row)]
        above = sum(count for address, count in here if address < match.address)
        return sum(_count(self._hits[row]) for row in before) + above + match.number + 1

    def following(self, match: Match, *, itself: bool = False) -> Match | None:
        """The next one; None behind the last."""
        for row in self._rows[bisect_left(self._rows, match.row) :]:
            for address, count in self._hits[row]:
                first = 0
                if (row, address) == match[:2]:
                    first = match.number + (0 if itself else 1)
                if (row, address) >= match[:2] and first < count:
                    return Match(row, address, first)
        return None

    def preceding(self, match: Match) -> Match | None:
        """The one before; None before the first."""
        for row in reversed(self._rows[: bisect_left(self._rows, match.row + 1)]):
            for address, count in reversed(self._hits[row]):
                last = count - 1
                if (row, address) == match[:2]:
                    last = min(last, match.number - 1)
                if (row, address) <= match[:2] and last >= 0:
                    return Match(row, address, last)
        return None

    def first(self) -> Match | None:
        return self.following(Match(0, (0, 0, 0), 0), itself=True)

    def last(self) -> Match | None:
        return self.preceding(Match(1 << 40, (1 << 40, 0, 0), 0))


def _count(hits: Hits) -> int:
    return sum(count for _address, count in hits)
