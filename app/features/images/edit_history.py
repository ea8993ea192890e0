"""What was done to a picture, step by step: one step back, and forth again."""

from __future__ import annotations

from dataclasses import replace

from app.core.picture import NO_EDITS, Edits, Region


class EditHistory:
    """The edits of a picture of `width` by `height` pixels; `now` are those in force.

    `begin`: what was done to it before; that is no step. Regions are given as they are seen: in
    the picture as the edits so far left it.
    """

    def __init__(self, width: int, height: int, begin: Edits = NO_EDITS) -> None:
        self._width, self._height = self._whole = width, height
        self._steps = [begin]
        self._place = 0

    @property
    def now(self) -> Edits:
        return self._steps[self._place]

    @property
    def size(self) -> tuple[int, int]:
        """The size of what is left."""
        return self.now.size_after(self._width, self._height)

    @property
    def changed(self) -> bool:
        """Whether anything is other than at the beginning."""
        return self.now != self._steps[0]

    @property
    def can_undo(self) -> bool:
        return self._place > 0

    @property
    def can_redo(self) -> bool:
        return self._place + 1 < len(self._steps)

    def undo(self) -> None:
        self._place = max(0, self._place - 1)

    def redo(self) -> None:
        self._place = min(len(self._steps) - 1, self._place + 1)

    def crop(self, seen: Region) -> bool:
        """Cut off what is outside; False where nothing would be left, or nothing cut off."""
        region = self.in_original(seen)
        if region.empty or region == self._all():
            return False
        self._do(replace(self.now, crop=region, seen_size=self._whole))
        return True

    def black_out(self, seen: Region) -> bool:
        """Cover a region; False where it covers nothing."""
        region = self.in_original(seen)
        if region.empty:
            return False
        covered = (*self.now.black_out, region)
        self._do(replace(self.now, black_out=covered, seen_size=self._whole))
        return True

    def turn(self, quarters: int) -> None:
        """Turn clockwise by so many quarters."""
        self._do(self.now.turned(quarters))

    def in_original(self, seen: Region) -> Region:
        """Where a region that is seen lies in the picture as it came."""
        width, height = self.size
        seen = seen.within(width, height)
        left, top, right, bottom = seen.left, seen.top, seen.right, seen.bottom
        for _ in range(self.now.quarter_turns % 4):  # turn back, a quarter at a time
            left, top, right, bottom = top, width - right, bottom, width - left
            width, height = height, width
        kept = self._all()
        return Region(left + kept.left, top + kept.top, right + kept.left, bottom + kept.top)

    def _all(self) -> Region:
        whole = Region(0, 0, self._width, self._height)
        return self.now.crop.within(self._width, self._height) if self.now.crop else whole

    def _do(self, edits: Edits) -> None:
        del self._steps[self._place + 1 :]
        self._steps.append(edits)
        self._place += 1
