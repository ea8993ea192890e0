"""Tall and wide pictures cut into tiles: together they are the picture, and no line is split."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PIL import Image, ImageDraw

from app.adapters.images.cut import LENGTH, NARROW_LENGTH, cuts, quietest, tile_length
from app.core.picture import Edits, Region
from app.core.ports import ImageCodec
from tests.adapters.images.pictures import opened, saved


def page(
    width: int = 1200, height: int = 9000, *, frame: bool = False, dark: bool = False
) -> tuple[Image.Image, list[tuple[int, int]]]:
    """Lines of letters of several sizes, and the rows from which and to which each one reaches."""
    ground, ink = ("#17191b", "#e6e8e8") if dark else ("white", "#1d2226")
    image = Image.new("RGB", (width, height), ground)
    pen = ImageDraw.Draw(image)
    lines: list[tuple[int, int]] = []
    top = 13
    while top < height - 60:
        number = len(lines)
        size = (14, 16, 28)[number % 3]
        text = "illj| Ägypten: 0.1 + 0.2 " * (1 + number % 7)
        pen.text((40, top), text, fill=ink, font_size=size)
        lines.append((top, top + size + 6))
        top += size + (8, 11, 40)[number % 3]
    if frame:
        pen.rectangle((10, 2, 20, height), fill="#0f766e")
        pen.line((width - 30, 0, width - 30, height), fill="#999")
    return image, lines


@pytest.mark.parametrize("frame", [False, True])
@pytest.mark.parametrize("dark", [False, True])
def test_a_long_page_is_cut_between_its_lines(frame: bool, dark: bool) -> None:
    image, lines = page(frame=frame, dark=dark)
    boxes = cuts(image)
    assert boxes[0][:2] == (0, 0)
    assert boxes[-1][2:] == (1200, 9000)
    assert all(above[3] == below[1] for above, below in pairwise(boxes))
    assert all(bottom - top <= LENGTH for _, top, _, bottom in boxes)
    assert 9 <= len(boxes) <= 14
    for _, top, _, _ in boxes[1:]:
        assert not [line for line in lines if line[0] < top < line[1]]


def test_a_wide_picture_is_cut_between_its_columns() -> None:
    image, lines = page(900, 6000)
    wide = image.transpose(Image.Transpose.TRANSPOSE)
    boxes = cuts(wide)
    assert boxes[0][:2] == (0, 0)
    assert boxes[-1][2:] == (6000, 900)
    assert all(before[2] == after[0] for before, after in pairwise(boxes))
    for left, _, _, _ in boxes[1:]:
        assert not [line for line in lines if line[0] < left < line[1]]


def test_words_that_are_seen_by_their_transparency_alone() -> None:
    image, lines = page(height=3000)
    ink = image.convert("L").point(lambda level: 255 - level)
    clear = Image.new("RGBA", image.size, (0, 0, 0, 0))
    clear.putalpha(ink)
    for _, top, _, _ in cuts(clear)[1:]:
        assert not [line for line in lines if line[0] < top < line[1]]


def test_how_long_tiles_are() -> None:
    assert tile_length(1200, 9000) == LENGTH
    assert tile_length(600, 9000) == NARROW_LENGTH
    assert tile_length(4000, 9000) == 2000
    assert tile_length(10, 1_000_000) == 15_000


def test_small_noisy_and_narrow_pictures() -> None:
    assert cuts(Image.new("RGB", (300, 200))) == [(0, 0, 300, 200)]
    noise = Image.effect_noise((1100, 5000), 90)
    boxes = cuts(noise)
    assert boxes[-1][3] == 5000
    assert all(bottom - top <= LENGTH for _, top, _, bottom in boxes)
    assert cuts(Image.new("L", (1, 5000)))[-1][3] == 5000


def test_the_tallest_quiet_band_is_cut_in_its_middle() -> None:
    assert quietest([5, 2, 2, 2, 5, 2, 5]) == 2
    assert quietest([0]) == 0
    assert quietest([3, 1, 9, 1]) == 3


async def test_tiles_are_the_page_pixel_for_pixel(codec: ImageCodec) -> None:
    image, _ = page()
    made = await codec.tiles(saved(image, "PNG", compress_level=1), "page.png")
    assert [tile.width for tile in made] == [1200] * len(made)
    assert sum(tile.height for tile in made) == 9000
    assert all((t.original_width, t.original_height) == (1200, 9000) for t in made)
    assert b"".join(opened(tile.data).tobytes() for tile in made) == image.tobytes()
    assert all(max(opened(tile.thumbnail).size) <= 256 for tile in made)


async def test_tiles_of_what_was_edited(codec: ImageCodec) -> None:
    image, _ = page(height=4000)
    edits = Edits(crop=Region(0, 1000, 1200, 4000), black_out=(Region(0, 0, 1200, 2000),))
    made = await codec.tiles(saved(image, "PNG", compress_level=1), "page.png", edits)
    assert sum(tile.height for tile in made) == 3000
    whole = b"".join(opened(tile.data).convert("RGB").tobytes() for tile in made)
    assert whole[: 1200 * 1000 * 3] == bytes(1200 * 1000 * 3)
    assert whole[1200 * 1000 * 3 :] == image.crop((0, 2000, 1200, 4000)).tobytes()
