"""Cuts a tall or large picture into strips between its lines of text, to bound time and memory."""

from __future__ import annotations

from typing import Any

STRIP_PIXELS = 2_400_000
LEAST_ROWS = 200
SEARCHED = 0.35  # how much of a strip's end is looked through for a quiet row


def strips(image: Any) -> list[tuple[int, int]]:
    """(top, bottom) of each strip of a numpy picture (rows, columns, channels)."""
    height, width = image.shape[:2]
    rows = max(LEAST_ROWS, STRIP_PIXELS // max(1, width))
    cuts = [0]
    while height - cuts[-1] > rows * 1.25:
        end = cuts[-1] + rows
        start = end - int(rows * SEARCHED)
        cuts.append(start + _quietest(image[start:end]))
    return list(zip(cuts, [*cuts[1:], height], strict=True))


def _quietest(rows: Any) -> int:
    """The middle of the widest run of rows that hardly change from left to right."""
    import numpy

    grey = rows.mean(axis=2)
    unrest = numpy.abs(numpy.diff(grey, axis=1)).max(axis=1, initial=0)
    quiet = unrest <= unrest.min() + 8
    best, best_length, length = 0, 0, 0
    for index, is_quiet in enumerate(quiet.tolist()):
        length = length + 1 if is_quiet else 0
        if length >= best_length:
            best, best_length = index - length // 2, length
    return best
