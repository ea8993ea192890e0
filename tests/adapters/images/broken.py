"""Pictures broken at random, by a seed: bytes flipped, cut out, doubled or cut off."""

from __future__ import annotations

import random
from functools import cache

from PIL import Image

from tests.adapters.images.pictures import corner_marked, photo, saved, with_orientation


@cache
def originals() -> tuple[bytes, ...]:
    """Small pictures of every kind that is read, in several of its forms."""
    small = photo(64, 48)
    frames = [photo(60, 40), Image.new("RGB", (60, 40), "blue")]
    clear = small.convert("RGBA")
    clear.putalpha(90)
    return (
        saved(corner_marked(), "PNG"),
        saved(small.convert("P"), "PNG"),
        saved(clear, "PNG"),
        with_orientation(small, 6),
        saved(small, "JPEG", progressive=True),
        saved(small.convert("CMYK"), "JPEG"),
        saved(small, "WEBP"),
        saved(clear, "WEBP"),
        saved(corner_marked(), "WEBP", lossless=True),
        saved(corner_marked(), "GIF", save_all=True, append_images=frames),
        saved(small, "BMP"),
        saved(small.convert("P"), "BMP"),
        saved(small, "TIFF"),
        saved(small, "TIFF", compression="tiff_lzw", save_all=True, append_images=frames),
        saved(small, "TIFF", compression="tiff_adobe_deflate"),
        saved(small.convert("1"), "TIFF", compression="group4"),
        saved(small, "AVIF"),
        saved(clear, "AVIF", save_all=True, append_images=[clear]),
    )


def mutated(seed: int) -> bytes:
    """One of the originals, broken; its signature mostly stays."""
    chance = random.Random(seed)
    sources = originals()
    broken = bytearray(sources[seed % len(sources)])
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(8, len(broken)) if len(broken) > 8 else 0
        match chance.randrange(6):
            case 0:
                broken[at] ^= 1 << chance.randrange(8)
            case 1:
                broken[at : at + 4] = chance.randbytes(4)
            case 2:
                del broken[at : at + chance.randint(1, 16)]
            case 3:
                broken[at:at] = broken[at : at + chance.randint(1, 64)]
            case 4:
                broken[at : at + 4] = chance.choice((b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff"))
            case _:
                del broken[max(at, 9) :]
    return bytes(broken)
