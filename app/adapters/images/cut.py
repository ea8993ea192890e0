"""Where a very tall or wide picture is cut into tiles, so that no line of text is split.

A row is blank when nothing stands in it but what runs through the whole page, as a frame's sides
do: it has as few changes of brightness as any row near it. Of the blank bands in reach the
tallest is cut in its middle. Wide pictures are cut likewise, at blank columns.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

LENGTH = 1024
"""Pixels of a tile along the cut side. A service that brings a picture's shorter side to 768
pixels still shows text at three quarters of its size; others leave the tile as it is."""
NARROW_LENGTH = 2048
"""... where the picture is narrower than `LENGTH`: that then is the shorter side."""
MOST_TILES = 100
CONTRAST = 16
"""Levels of grey, of 255, between neighbours that count as a change."""

Box = tuple[int, int, int, int]


def cuts(image: Picture) -> list[Box]:
    """Boxes that together are the picture: top to bottom, or left to right if it is wide."""
    tall = image.height >= image.width
    across, along = (image.width, image.height) if tall else (image.height, image.width)
    length = tile_length(across, along)
    places = [0]
    while along - places[-1] > length:
        begin, end = places[-1] + length * 2 // 3, places[-1] + length
        places.append(begin + quietest(_changes(image, begin, end, tall)))
    places.append(along)
    if tall:
        return [(0, above, across, below) for above, below in pairwise(places)]
    return [(left, 0, right, across) for left, right in pairwise(places)]


def tile_length(across: int, along: int) -> int:
    """Pixels that a tile has at most along the side that is cut."""
    wished = max(LENGTH, across // 2) if across > LENGTH else NARROW_LENGTH
    return max(wished, -(-along * 3 // (2 * MOST_TILES)))


def quietest(changes: list[int]) -> int:
    """The middle of the longest run of rows with the fewest changes; the last of equal ones."""
    least = min(changes)
    best_at, best_length, at = 0, 0, 0
    for quiet, run in groupby(changes, lambda count: count == least):
        length = len(list(run))
        if quiet and length >= best_length:
            best_at, best_length = at, length
        at += length
    return best_at + best_length // 2


def _changes(image: Picture, begin: int, end: int, tall: bool) -> list[int]:
    """For each row (column) from `begin` to `end`, how often its brightness changes."""
    from PIL import Image, ImageChops

    box = (0, begin, image.width, end) if tall else (begin, 0, end, image.height)
    band = image.crop(box)
    if band.mode in ("LA", "RGBA"):
        ground = Image.new("RGBA", band.size, (128, 128, 128, 255))
        band = Image.alpha_composite(ground, band.convert("RGBA"))
    band = band.convert("L")
    if not tall:
        band = band.transpose(Image.Transpose.TRANSPOSE)
    width, height = band.size
    if width < 2:
        return [0] * height
    left, right = band.crop((0, 0, width - 1, height)), band.crop((1, 0, width, height))
    edges = ImageChops.difference(left, right).point(lambda step: 255 if step >= CONTRAST else 0)
    flat = edges.tobytes()
    return [flat.count(255, row * (width - 1), (row + 1) * (width - 1)) for row in range(height)]
