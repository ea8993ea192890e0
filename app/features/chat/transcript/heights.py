"""Heights one below the other, with sums and look-ups in logarithmic time (a Fenwick tree)."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from functools import cache
from itertools import accumulate
from operator import sub


class HeightIndex:
    """A list of heights in whole pixels."""

    def __init__(self, heights: Iterable[int] = ()) -> None:
        self._heights = array("l", heights)
        self._tree = array("l")
        self._rebuild()

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, place: int) -> int:
        return self._heights[place]

    @property
    def total(self) -> int:
        return self.before(len(self._heights))

    def before(self, place: int) -> int:
        """The sum of all heights above the one at `place`."""
        total = 0
        while place > 0:
            total += self._tree[place]
            place -= place & -place
        return total

    def at(self, y: int) -> int:
        """Which one covers `y`; the last (or first) one where `y` is outside."""
        place, step = 0, 1 << len(self._heights).bit_length()
        while step:
            further = place + step
            if further <= len(self._heights) and self._tree[further] <= y:
                place = further
                y -= self._tree[further]
            step >>= 1
        return min(place, max(0, len(self._heights) - 1))

    def set(self, place: int, height: int) -> None:
        change = height - self._heights[place]
        if not change:
            return
        self._heights[place] = height
        place += 1
        while place < len(self._tree):
            self._tree[place] += change
            place += place & -place

    def append(self, height: int) -> None:
        self._heights.append(height)
        place = len(self._heights)
        low = place - (place & -place)
        self._tree.append(self.before(place - 1) - self.before(low) + height)

    def splice(self, start: int, end: int, heights: Iterable[int]) -> None:
        """Put `heights` in place of those from `start` to before `end`."""
        if end == len(self._heights):
            del self._heights[start:]
            del self._tree[start + 1 :]
            for height in heights:
                self.append(height)
            return
        self._heights[start:end] = array("l", heights)
        self._rebuild()

    def _rebuild(self) -> None:
        sums = list(accumulate(self._heights, initial=0))
        below = _below(len(sums).bit_length())
        self._tree = array("l", map(sub, sums, map(sums.__getitem__, below[: len(sums)])))


@cache
def _below(bits: int) -> array[int]:
    """For each place, the one below which a tree holds nothing of it: `n & (n - 1)`."""
    made = array("l", (0,))
    for bit in range(bits):
        upper = array("l", map((1 << bit).__add__, made))
        upper[0] = 0
        made.extend(upper)
    return made
