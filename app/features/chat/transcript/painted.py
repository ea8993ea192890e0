"""What of a view must be painted anew: what looks different, and what scrolling brings in.

The rest keeps its pixels, moved along where everything moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from app.features.chat.transcript.box import Box

OVERHANG = 4
"""Pixels by which a box may paint beside and below itself; above, it has its gap."""

Seen = Sequence[tuple[Box, int]]
"""The boxes in a view, top to bottom, each with its top below the view's top."""


class Painted:
    """Where boxes stand in the pixels that a viewport has, or will have once it is painted."""

    def __init__(self, viewport: QWidget) -> None:
        self._viewport = viewport
        self._places: dict[Box, tuple[int, int]] = {}
        self._frame: tuple[QRect, QRect] | None = None

    def repaint(self, seen: Seen, column: QRect) -> None:
        """Paint everything anew. `column` is where the reading column stands in the viewport."""
        self._note(seen, column)
        self._viewport.update()

    def follow(self, seen: Seen, column: QRect, free: int) -> None:
        """Paint what is not as it was, and scroll the rest to where it stands now.

        Below `free` pixels something lies over the viewport: what moves there is painted.
        """
        places = self._places
        view = self._viewport.rect()
        known = [(box, y) for box, y in seen if box in places]
        if self._frame != (view, column) or not known:
            self.repaint(seen, column)
            return
        shift = _shift(known, places)
        if abs(shift) >= view.height():
            self.repaint(seen, column)
            return
        if shift:
            self._viewport.scroll(0, shift, QRect(0, 0, view.width(), free))
            self._viewport.update(0, free, view.width(), view.height() - free)
        for box, y in seen:
            changed = self._changed(box, y, shift)
            if changed is not None:
                top = y + changed if changed else y - box.gap
                area = QRect(column.left(), top, column.width(), y + box.height - top)
                self._viewport.update(area.adjusted(-OVERHANG, 0, OVERHANG, OVERHANG))
        self._clear_outside(seen, shift)
        self._note(seen, column)

    def _changed(self, box: Box, y: int, shift: int) -> int | None:
        """From how far below its top a box is not as its pixels show it; None: all is."""
        was = self._places.get(box)
        if was is None or was[0] + shift != y:
            return 0
        if box.stale is None:
            return None if was[1] == box.height else 0
        return box.stale

    def _clear_outside(self, seen: Seen, shift: int) -> None:
        """Nothing stays above the first box and below the last."""
        view = self._viewport.rect()
        first, top = seen[0]
        if top - first.gap > 0:
            self._viewport.update(0, 0, view.width(), top - first.gap)
        last, y = seen[-1]
        end = y + last.height
        was = max((top + height for top, height in self._places.values()), default=0) + shift
        if end < was:
            self._viewport.update(0, end, view.width(), view.height() - end)

    def _note(self, seen: Seen, column: QRect) -> None:
        self._places = {box: (y, box.height) for box, y in seen}
        self._frame = (self._viewport.rect(), column)
        for box, _y in seen:
            box.stale = None


def _shift(known: Seen, places: dict[Box, tuple[int, int]]) -> int:
    """By how much most of what is seen has moved."""
    moved: Counter[int] = Counter()
    for box, y in known:
        moved[y - places[box][0]] += box.height if box.stale is None else box.stale
    return moved.most_common(1)[0][0]
