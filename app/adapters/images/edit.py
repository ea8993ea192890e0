"""Blacks out, cuts off and turns: on the pixels themselves, before anything is made of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.adapters.child_loop import RefusedError
from app.adapters.images.decode import Opened
from app.core.picture import Edits, Region

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

BLOCK = 16
"""A picture decoded at half its size has mixed its pixels within blocks of so many."""


def edits_to_json(edits: Edits) -> dict[str, Any]:
    """Edits as they go to the child process."""
    return {
        "crop": None if edits.crop is None else _corners(edits.crop),
        "quarter_turns": edits.quarter_turns % 4,
        "black_out": [_corners(region) for region in edits.black_out],
        "seen_size": edits.seen_size,
    }


def edits_from_json(item: Any) -> Edits:
    given = item or {}
    crop, seen_size = given.get("crop"), given.get("seen_size")
    return Edits(
        crop=None if crop is None else Region(*crop),
        quarter_turns=given.get("quarter_turns", 0),
        black_out=tuple(Region(*corners) for corners in given.get("black_out", ())),
        seen_size=None if seen_size is None else (seen_size[0], seen_size[1]),
    )


def apply_edits(opened: Opened, edits: Edits, shrink: Callable[[Picture], None]) -> Picture:
    """The picture edited, shrunk and upright. Raises RefusedError where nothing is left of it.

    It is blacked out before it is shrunk: no pixel is mixed with what was hidden.
    """
    image = opened.image
    edits = edits.in_pixels_of(*opened.upright_size)
    for region in edits.black_out:
        box = _stored(region, opened)
        if not box.empty:
            image.paste(_black(image.mode), _corners(box))
    if edits.crop is not None:
        box = _stored(edits.crop, opened)
        if box.empty:
            raise RefusedError("empty")
        if (box.width, box.height) != image.size:
            image = image.crop(_corners(box))
    shrink(image)
    return _turned(_upright(image, opened.orientation), edits.quarter_turns)


def stored_region(region: Region, orientation: int, size: tuple[int, int]) -> Region:
    """Where a region of the upright picture, which has that size, lies in the stored one."""
    left, top, right, bottom = _corners(region)
    width, height = size
    match orientation:
        case 2:
            return Region(width - right, top, width - left, bottom)
        case 3:
            return Region(width - right, height - bottom, width - left, height - top)
        case 4:
            return Region(left, height - bottom, right, height - top)
        case 5:
            return Region(top, left, bottom, right)
        case 6:
            return Region(top, width - right, bottom, width - left)
        case 7:
            return Region(height - bottom, width - right, height - top, width - left)
        case 8:
            return Region(height - bottom, left, height - top, right)
        case _:
            return region


def _stored(region: Region, opened: Opened) -> Region:
    """The region in the pixels that were decoded: never less than was meant."""
    size = opened.upright_size
    place = stored_region(region.within(*size), opened.orientation, size)
    if place.empty or not opened.halved:
        return place
    across = opened.image.width / opened.stored_size[0]
    down = opened.image.height / opened.stored_size[1]
    wide = Region(
        int(place.left // BLOCK * BLOCK * across),
        int(place.top // BLOCK * BLOCK * down),
        int(-(-place.right // BLOCK) * BLOCK * across) + 1,
        int(-(-place.bottom // BLOCK) * BLOCK * down) + 1,
    )
    return wide.within(*opened.image.size)


def _upright(image: Picture, orientation: int) -> Picture:
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return image.transpose(turns[orientation]) if orientation in turns else image


def _turned(image: Picture, quarters: int) -> Picture:
    """Clockwise; Pillow turns the other way."""
    from PIL.Image import Transpose

    turns = {1: Transpose.ROTATE_270, 2: Transpose.ROTATE_180, 3: Transpose.ROTATE_90}
    return image.transpose(turns[quarters % 4]) if quarters % 4 else image


def _black(mode: str) -> Any:
    solid = 0 if len(mode) == 1 else (0,) * len(mode)
    return (*solid[:-1], 255) if isinstance(solid, tuple) and mode.endswith("A") else solid


def _corners(region: Region) -> tuple[int, int, int, int]:
    return (region.left, region.top, region.right, region.bottom)
