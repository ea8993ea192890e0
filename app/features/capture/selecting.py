"""What pointer and keys make of a region while it is being chosen; nothing here is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.features.capture.geometry import (
    Box,
    Point,
    Screen,
    between,
    middle_of,
    moved,
    on_pixel,
    placed,
    resized,
    screen_at,
)

CLICK = 4.0
"""Logical units that the pointer may move between press and release of a click."""
REACH = 6.0
"""How near to an edge the pointer takes hold of it."""


@dataclass(frozen=True, slots=True)
class Grip:
    """Which edges the pointer is on: -1 left or top, 1 right or bottom, 0 neither."""

    across: int
    down: int


def grip_at(region: Box, point: Point) -> Grip | None:
    """Where a point takes hold of a region; `Grip(0, 0)` is its inside, None beside it."""
    x, y = point
    inside_x = region.x - REACH <= x <= region.right + REACH
    inside_y = region.y - REACH <= y <= region.bottom + REACH
    if not (inside_x and inside_y):
        return None
    across = -1 if abs(x - region.x) <= REACH else 1 if abs(x - region.right) <= REACH else 0
    down = -1 if abs(y - region.y) <= REACH else 1 if abs(y - region.bottom) <= REACH else 0
    return Grip(across, down)


class Selecting:
    """`region` is None until there is one. Points are in logical coordinates."""

    def __init__(self, screens: Sequence[Screen], last: Box | None = None) -> None:
        self.screens = tuple(screens)
        self.region: Box | None = None
        self._last = last
        self._pressed: Point | None = None
        self._before: Box | None = None
        self._grip: Grip | None = None
        self._dragging = False

    @property
    def last(self) -> Box | None:
        """The region taken before, if it lies on these screens."""
        last = self._last
        if last is None:
            return None
        on = any(last.within(screen.box) for screen in self.screens)
        return last if on else None

    @property
    def dragging(self) -> bool:
        return self._dragging

    def press(self, point: Point) -> None:
        self._pressed = point
        self._before = self.region
        self._grip = grip_at(self.region, point) if self.region else None
        self._dragging = False

    def move(self, point: Point) -> None:
        """The pointer moved, pressed or not."""
        if (pressed := self._pressed) is None:
            return
        far = max(abs(point[0] - pressed[0]), abs(point[1] - pressed[1]))
        if not self._dragging and far < CLICK:
            return
        self._dragging = True
        before, grip = self._before, self._grip
        if before is None or grip is None:
            self.region = self._sound(between(pressed, point, self.screens))
        elif grip == Grip(0, 0):
            x, y = before.x + point[0] - pressed[0], before.y + point[1] - pressed[1]
            self.region = placed(Box(x, y, before.width, before.height), self.screens)
        else:
            self.region = self._sound(self._pulled(before, grip, point))

    def release(self, point: Point) -> None:
        """A click beside the region is for the whole screen it is on."""
        if self._pressed is None:
            return
        self.move(point)
        if not self._dragging and self._grip is None:
            self.region = screen_at(self.screens, point).box
        self._pressed = None
        self._dragging = False

    def nudge(self, right: int, down: int, *, size: bool, pointer: Point) -> None:
        """Arrow keys: move the region or its lower right corner by pixels; begin with one."""
        if self.region is None:
            middle = middle_of(screen_at(self.screens, pointer))
            corners = (middle.x, middle.y), (middle.right, middle.bottom)
            self.region = between(*corners, self.screens)
        elif size:
            self.region = resized(self.region, right, down, self.screens)
        else:
            self.region = moved(self.region, right, down, self.screens)

    def take_last(self) -> bool:
        """The region taken before once more; False if there is none."""
        if self.last is None:
            return False
        self.region = self.last
        return True

    def enough(self, pointer: Point) -> Box:
        """What Enter takes: the region, or the whole screen where there is none."""
        return self.region or screen_at(self.screens, pointer).box

    def _pulled(self, before: Box, grip: Grip, point: Point) -> Box:
        x, y = on_pixel(point, self.screens)
        left, right = before.x, before.right
        top, bottom = before.y, before.bottom
        if grip.across:
            left, right = (x, right) if grip.across < 0 else (left, x)
        if grip.down:
            top, bottom = (y, bottom) if grip.down < 0 else (top, y)
        return Box(min(left, right), min(top, bottom), abs(right - left), abs(bottom - top))

    def _sound(self, region: Box) -> Box | None:
        """A region without a pixel is none."""
        return region or None
