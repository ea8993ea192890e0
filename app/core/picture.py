"""How a picture is made ready to send, and what is cut off, turned or blacked out before that.

Regions count in pixels of the upright original: the picture as it came, turned as its orientation
tag says, before anything is shrunk; or of a smaller picture of it, where a person saw only that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

FIT_SIDE = 2048
"""Pixels of the longest side of a picture that is made to fit, where nothing else is said."""
STRIP = 3
"""A picture is a strip when it is this many times as long as it is broad."""
STRIP_SIDE = 2048
"""... and longer than this: services shrink it until small text cannot be read."""


class Scaling(StrEnum):
    """What becomes of a picture's pixels."""

    SHARP = "sharp"
    """They stay as they are, so that small text stays sharp. Only what no service takes is shrunk:
    sides of more than 8,000 pixels, and more than 8 MiB."""
    FIT = "fit"
    """The picture is shrunk until its longest side fits."""
    TILES = "tiles"
    """It is cut at blank rows or columns into tiles that keep their pixels."""


@dataclass(frozen=True, slots=True)
class Preparation:
    """How a picture is prepared. `longest_side`, in pixels, counts where it is made to fit."""

    scaling: Scaling = Scaling.SHARP
    longest_side: int = FIT_SIDE


SHARP = Preparation()


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle; `right` and `bottom` are the first column and row beyond it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return max(0, self.right - self.left)

    @property
    def height(self) -> int:
        return max(0, self.bottom - self.top)

    @property
    def empty(self) -> bool:
        return not self.width or not self.height

    def within(self, width: int, height: int) -> Region:
        """What of it lies in a picture of that size."""
        return Region(
            min(max(self.left, 0), width),
            min(max(self.top, 0), height),
            min(max(self.right, 0), width),
            min(max(self.bottom, 0), height),
        )


@dataclass(frozen=True, slots=True)
class Edits:
    """What a person did to a picture.

    First the `black_out` regions are filled with solid black, then what is outside `crop` is cut
    off, then the rest is turned clockwise by `quarter_turns`.

    `seen_size`: width and height of the whole picture in which the regions count; None: they count
    in the original's own pixels. Very large pictures are looked at smaller than they came.
    """

    crop: Region | None = None
    quarter_turns: int = 0
    black_out: tuple[Region, ...] = ()
    seen_size: tuple[int, int] | None = None

    @property
    def nothing(self) -> bool:
        """Whether they leave every pixel where it was."""
        return self.crop is None and not self.quarter_turns % 4 and not self.black_out

    def turned(self, quarters: int = 1) -> Edits:
        """The same, turned clockwise by so many quarters more."""
        return replace(self, quarter_turns=(self.quarter_turns + quarters) % 4)

    def in_pixels_of(self, width: int, height: int) -> Edits:
        """The same for the original itself, which has that size.

        No less is blacked out than was seen to be, and nothing is kept that was seen cut off.
        """
        seen = self.seen_size
        if seen is None:
            return self
        full = (width, height)
        crop = None if self.crop is None else _scaled(self.crop, seen, full, outwards=False)
        black_out = tuple(_scaled(r, seen, full, outwards=True) for r in self.black_out)
        return Edits(crop, self.quarter_turns, black_out)

    def size_after(self, width: int, height: int) -> tuple[int, int]:
        """The size of what is left of a picture of that size."""
        if self.crop is not None:
            rest = self.crop.within(width, height)
            width, height = rest.width, rest.height
        return (height, width) if self.quarter_turns % 2 else (width, height)


NO_EDITS = Edits()


def _scaled(
    region: Region, seen: tuple[int, int], full: tuple[int, int], *, outwards: bool
) -> Region:
    """A region of a picture of the size `seen`, in one of the size `full`; at least a pixel."""
    (left, right), (top, bottom) = (
        _span(begin, end, now, then, outwards)
        for begin, end, now, then in (
            (region.left, region.right, seen[0], full[0]),
            (region.top, region.bottom, seen[1], full[1]),
        )
    )
    return Region(left, top, right, bottom)


def _span(begin: int, end: int, seen: int, full: int, outwards: bool) -> tuple[int, int]:
    if outwards:
        return begin * full // seen, -(-end * full // seen)
    first = -(-begin * full // seen)
    return first, max(first + 1, end * full // seen)


def is_strip(width: int, height: int) -> bool:
    """Whether a picture is so tall or wide that it had better be cut into tiles."""
    long, short = max(width, height), min(width, height)
    return long > STRIP_SIDE and long >= STRIP * short
