"""What was read of a picture, and which of it still stands in the picture as edits leave it now.

A line that is touched by what was blacked out since, or that is not wholly within what is kept,
is left out altogether: nobody knows to the pixel where in it each letter stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTransform

from app.core.picture import NO_EDITS, Edits
from app.core.ports import TextLine

ROOM = 2.0
"""Pixels that a line's box may be off."""


@dataclass(frozen=True, slots=True)
class WasRead:
    """Lines of a picture of `width` by `height` pixels, which these edits made of an original."""

    lines: Sequence[TextLine]
    width: int
    height: int
    edits: Edits = NO_EDITS

    def lines_left(self, original: tuple[int, int], now: Edits) -> list[TextLine]:
        """Those that can be read in the original's pixels after the edits `now`."""
        place = self._to_original(original)
        covered = [
            QRectF(r.left, r.top, r.width, r.height).adjusted(-ROOM, -ROOM, ROOM, ROOM)
            for r in now.black_out
            if r not in self.edits.black_out
        ]
        kept = QRectF(0, 0, *original)
        if now.crop is not None and now.crop != self.edits.crop:
            crop = now.crop
            kept = QRectF(crop.left, crop.top, crop.width, crop.height)
        kept = kept.adjusted(-ROOM, -ROOM, ROOM, ROOM)
        whole = QRectF(0, 0, *original)
        boxes = [(line, place.mapRect(_box(line)).intersected(whole)) for line in self.lines]
        return [
            line
            for line, box in boxes
            if kept.contains(box) and not any(box.intersects(region) for region in covered)
        ]

    def place(self, original: tuple[int, int], now: Edits) -> QTransform:
        """From the pixels that were read to those of the picture after the edits `now`."""
        return self._to_original(original) * _from_original(original, now)

    def _to_original(self, original: tuple[int, int]) -> QTransform:
        width, height = self.edits.size_after(*original)
        scale = QTransform.fromScale(width / self.width, height / self.height)
        back, _ = _from_original(original, self.edits).inverted()
        return scale * back


def _from_original(original: tuple[int, int], edits: Edits) -> QTransform:
    crop = edits.crop.within(*original) if edits.crop is not None else None
    width, height = (crop.width, crop.height) if crop is not None else original
    moved = QTransform() if crop is None else QTransform.fromTranslate(-crop.left, -crop.top)
    turned = (
        QTransform(),
        QTransform(0, 1, -1, 0, height, 0),
        QTransform(-1, 0, 0, -1, width, height),
        QTransform(0, -1, 1, 0, 0, width),
    )
    return moved * turned[edits.quarter_turns % 4]


def _box(line: TextLine) -> QRectF:
    return QRectF(line.left, line.top, line.right - line.left, line.bottom - line.top)
