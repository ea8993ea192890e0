"""How many pictures a GIF holds, told from its blocks: none of them is decoded for that."""

from __future__ import annotations

from typing import Final

PICTURE: Final = 0x2C
EXTENSION: Final = 0x21
HEADER_BYTES: Final = 13
DESCRIPTOR_BYTES: Final = 9


def gif_frames(data: bytes) -> int:
    """At least 1, however the blocks go on; what is cut off is not counted."""
    at = HEADER_BYTES + _colours(data, 10)
    frames = 0
    while 0 < at < len(data):
        if data[at] == PICTURE:
            frames += 1
            at += 1 + DESCRIPTOR_BYTES + _colours(data, at + DESCRIPTOR_BYTES) + 1
        elif data[at] == EXTENSION:
            at += 2
        else:
            break
        at = _after_blocks(data, at)
    return max(1, frames)


def _colours(data: bytes, flags_at: int) -> int:
    """The bytes of the table of colours that the flags at that place tell of."""
    flags = data[flags_at] if flags_at < len(data) else 0
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    """The place after a row of blocks, each led by its length, and the zero at their end."""
    while at < len(data) and data[at]:
        at += 1 + data[at]
    return at + 1
