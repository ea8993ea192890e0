"""Makes pictures ready to send; runs in a child process, where hostile bytes may do their worst.

Decoded, blacked out, cut, turned upright, shrunk where it must be, and encoded anew: nothing but
pixels goes on. `op` says what is wanted: `prepare` (one picture) or `tiles`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.adapters.child_frames import Header
from app.adapters.child_loop import Work
from app.adapters.images.cut import cuts
from app.adapters.images.decode import Opened, load_decoders, open_picture
from app.adapters.images.edit import apply_edits, edits_from_json
from app.adapters.images.encode import encode, thumbnail
from app.core.picture import NO_EDITS, Edits

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MEMORY_BYTES = 512 * 1024 * 1024
LONGEST_SIDE = 8000
MANY_PIXELS = 40_000_000  # shrinking these exactly would need more memory than there is


def make_work() -> Work:
    """Import Pillow and the decoders; answers what prepares a picture."""
    load_decoders()

    def work(header: Header, body: bytes) -> tuple[Header, bytes]:
        edits = edits_from_json(header.get("edits"))
        if header.get("op") == "tiles":
            return tiles(body, edits)
        return prepare(body, int(header.get("longest_side") or LONGEST_SIDE), edits)

    return work


def prepare(
    data: bytes, longest_side: int = LONGEST_SIDE, edits: Edits = NO_EDITS
) -> tuple[Header, bytes]:
    """The header tells of the file and of one piece; the body has picture and thumbnail."""
    opened = open_picture(data, longest_side=LONGEST_SIDE)
    image = apply_edits(opened, edits, lambda rest: _shrink(rest, min(longest_side, LONGEST_SIDE)))
    return _answer(opened, [_piece(image, opened)])


def tiles(data: bytes, edits: Edits = NO_EDITS) -> tuple[Header, bytes]:
    """As `prepare`, with a piece for each tile, in reading order."""
    opened = open_picture(data)
    image = apply_edits(opened, edits, lambda rest: _shrink_across(rest, LONGEST_SIDE))
    boxes = cuts(image)
    return _answer(opened, [_piece(image.crop(box), opened) for box in boxes])


def _piece(image: Picture, opened: Opened) -> tuple[Header, bytes]:
    encoded, media_type = encode(image, opened.kind)
    width, height = image.size
    small = thumbnail(image)
    facts: Header = {
        "media_type": media_type,
        "width": width,
        "height": height,
        "picture_bytes": len(encoded),
        "thumbnail_bytes": len(small),
    }
    return facts, encoded + small


def _answer(opened: Opened, pieces: list[tuple[Header, bytes]]) -> tuple[Header, bytes]:
    width, height = opened.upright_size
    facts: dict[str, Any] = {
        "original_width": width,
        "original_height": height,
        "frames": opened.frames,
        "pieces": [piece for piece, _ in pieces],
    }
    return facts, b"".join(body for _, body in pieces)


def _shrink(image: Picture, longest_side: int) -> None:
    if max(image.size) <= longest_side:
        return
    if image.width * image.height > MANY_PIXELS:
        image.thumbnail((image.width // 2, image.height // 2), reducing_gap=1.0)
    image.thumbnail((longest_side, longest_side))


def _shrink_across(image: Picture, shorter_side: int) -> None:
    """Only what is too broad for any tile is shrunk."""
    if min(image.size) > shorter_side:
        factor = shorter_side / min(image.size)
        _shrink(image, round(max(image.size) * factor))
