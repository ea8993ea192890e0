"""Screens side by side at scales of their own: regions, their pixels, and how a picture is joined.

Logical coordinates are those in which windows are placed. Screens at different scales may leave
gaps between them there (Windows, X11) or touch (macOS); what is taken has no gaps. Sizes in pixels
are always of the screen itself. Points are pairs of floats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in logical coordinates."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def __contains__(self, point: Point) -> bool:
        return self.x <= point[0] < self.right and self.y <= point[1] < self.bottom

    def within(self, other: Box) -> Box:
        """What both have in common; empty (0 wide or high) where that is nothing."""
        left, top = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Box(left, top, max(0.0, right - left), max(0.0, bottom - top))

    def __bool__(self) -> bool:
        return self.width > 0 and self.height > 0


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen: where it is in logical coordinates, and how many pixels it has."""

    x: int
    y: int
    width: int
    height: int
    pixel_width: int
    pixel_height: int

    @property
    def box(self) -> Box:
        return Box(self.x, self.y, self.width, self.height)

    @property
    def scale_x(self) -> float:
        """Pixels for each logical unit; as sizes are rounded, a little unlike `scale_y`."""
        return self.pixel_width / self.width

    @property
    def scale_y(self) -> float:
        return self.pixel_height / self.height


@dataclass(frozen=True, slots=True)
class Pixels:
    """A rectangle of whole pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Piece:
    """What one screen gives to a picture: `source` of its pixels, put at `target`."""

    screen: int
    source: Pixels
    target: Pixels


@dataclass(frozen=True, slots=True)
class Plan:
    """How the picture of a region is made; 0 by 0 without pieces where no screen is touched."""

    width: int
    height: int
    pieces: tuple[Piece, ...]


def screen_at(screens: Sequence[Screen], point: Point) -> Screen:
    """The screen a point is on, or the nearest."""

    def away(screen: Screen) -> float:
        x, y = clamped(point, screen.box)
        return (x - point[0]) ** 2 + (y - point[1]) ** 2

    on = next((screen for screen in screens if point in screen.box), None)
    return on or min(screens, key=away)


def clamped(point: Point, box: Box) -> Point:
    """The point of a box that is nearest to another; its far edges count as inside."""
    return min(max(point[0], box.x), box.right), min(max(point[1], box.y), box.bottom)


def on_pixel(point: Point, screens: Sequence[Screen]) -> Point:
    """The corner of a pixel that is nearest to a point; one beside all screens comes back."""
    screen = screen_at(screens, point)
    x, y = clamped(point, screen.box)
    return (
        screen.x + round((x - screen.x) * screen.scale_x) / screen.scale_x,
        screen.y + round((y - screen.y) * screen.scale_y) / screen.scale_y,
    )


def between(one: Point, other: Point, screens: Sequence[Screen]) -> Box:
    """The region with these corners, its edges between pixels."""
    (x1, y1), (x2, y2) = on_pixel(one, screens), on_pixel(other, screens)
    return Box(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))


def pixel(point: Point, screens: Sequence[Screen]) -> Point:
    """How wide and high a pixel is at a point, in logical units."""
    screen = screen_at(screens, point)
    return 1 / screen.scale_x, 1 / screen.scale_y


def desktop(screens: Sequence[Screen]) -> Box:
    """The smallest box around all screens."""
    left, top = min(s.x for s in screens), min(s.y for s in screens)
    right, bottom = max(s.box.right for s in screens), max(s.box.bottom for s in screens)
    return Box(left, top, right - left, bottom - top)


def moved(region: Box, right: int, down: int, screens: Sequence[Screen]) -> Box:
    """Moved by so many pixels of the screen it is on; stays whole on the desktop."""
    wide, high = pixel(region.centre, screens)
    return placed(replace(region, x=region.x + right * wide, y=region.y + down * high), screens)


def placed(region: Box, screens: Sequence[Screen]) -> Box:
    """Pushed back onto the desktop, and onto pixels."""
    room = desktop(screens)
    x = min(max(region.x, room.x), max(room.x, room.right - region.width))
    y = min(max(region.y, room.y), max(room.y, room.bottom - region.height))
    left, top = on_pixel((x, y), screens)
    return replace(region, x=left, y=top)


def resized(region: Box, right: int, down: int, screens: Sequence[Screen]) -> Box:
    """Its right and lower edges moved by so many pixels; it keeps a pixel at least."""
    corner = region.right, region.bottom
    wide, high = pixel((corner[0] - 0.01, corner[1] - 0.01), screens)
    room = desktop(screens)
    x = min(max(region.x + wide, corner[0] + right * wide), room.right)
    y = min(max(region.y + high, corner[1] + down * high), room.bottom)
    return replace(region, width=x - region.x, height=y - region.y)


def middle_of(screen: Screen) -> Box:
    """The middle of a screen, half as wide and high: where a region begins that keys make."""
    return Box(
        screen.x + screen.width / 4,
        screen.y + screen.height / 4,
        screen.width / 2,
        screen.height / 2,
    )


def plan(region: Box, screens: Sequence[Screen]) -> Plan:
    """How the picture of a region is made of its screens' pixels.

    On one screen: its own pixels, untouched. Across several: at the finest scale among them, with
    no gap where there is no screen.
    """
    touched = [
        (number, screen, part)
        for number, screen in enumerate(screens)
        if (part := region.within(screen.box))
    ]
    sources = [(number, screen, part, _source(screen, part)) for number, screen, part in touched]
    sources = [entry for entry in sources if entry[3].width and entry[3].height]
    if not sources:
        return Plan(0, 0, ())
    finest_x = max(screen.scale_x for _, screen, _, _ in sources)
    finest_y = max(screen.scale_y for _, screen, _, _ in sources)
    columns = _Covered([(part.x, part.right) for _, _, part, _ in sources])
    rows = _Covered([(part.y, part.bottom) for _, _, part, _ in sources])
    pieces = []
    for number, screen, part, source in sources:
        x, y = round(columns.before(part.x) * finest_x), round(rows.before(part.y) * finest_y)
        # At the finest scale pixels go over one by one, whatever rounding would say.
        wide = round(columns.before(part.right) * finest_x) - x
        high = round(rows.before(part.bottom) * finest_y) - y
        wide = source.width if _alike(screen.scale_x, finest_x) else max(1, wide)
        high = source.height if _alike(screen.scale_y, finest_y) else max(1, high)
        pieces.append(Piece(number, source, Pixels(x, y, wide, high)))
    return Plan(
        max(p.target.x + p.target.width for p in pieces),
        max(p.target.y + p.target.height for p in pieces),
        tuple(pieces),
    )


def _source(screen: Screen, part: Box) -> Pixels:
    left = round((part.x - screen.x) * screen.scale_x)
    top = round((part.y - screen.y) * screen.scale_y)
    right = round((part.right - screen.x) * screen.scale_x)
    bottom = round((part.bottom - screen.y) * screen.scale_y)
    return Pixels(left, top, right - left, bottom - top)


def _alike(one: float, other: float) -> bool:
    return abs(one - other) < 0.01


class _Covered:
    """Which stretches of an axis something covers, and how much of them lies before a place."""

    def __init__(self, stretches: Sequence[tuple[float, float]]) -> None:
        edges = sorted({edge for stretch in stretches for edge in stretch})
        self._parts = [
            (low, high)
            for low, high in pairwise(edges)
            if any(begin <= low and high <= end for begin, end in stretches)
        ]

    def before(self, place: float) -> float:
        return sum(min(high, place) - low for low, high in self._parts if low < place)


def beside(size: Point, region: Box, screen: Screen, gap: float) -> Point:
    """Where a card of that size stands: right of a region, left, below, above, or over it.

    Always wholly on the screen, if it fits there at all.
    """
    room = screen.box
    wide, high = size
    top = min(max(region.y, room.y), max(room.y, room.bottom - high))
    left = min(max(region.x, room.x), max(room.x, room.right - wide))
    if region.right + gap + wide <= room.right:
        return region.right + gap, top
    if region.x - gap - wide >= room.x:
        return region.x - gap - wide, top
    if region.bottom + gap + high <= room.bottom:
        return left, region.bottom + gap
    if region.y - gap - high >= room.y:
        return left, region.y - gap - high
    return max(room.x, room.right - wide - gap), max(room.y, room.bottom - high - gap)


def to_text(region: Box) -> str:
    """A region as it is kept among the settings."""
    return f"{region.x:g} {region.y:g} {region.width:g} {region.height:g}"


def from_text(text: str) -> Box | None:
    """A region that was kept; None for anything else."""
    try:
        x, y, width, height = (float(word) for word in text.split())
    except ValueError:
        return None
    box = Box(x, y, width, height)
    sound = all(abs(value) < 1e6 for value in (x, y, width, height))
    return box if box and sound else None
