"""Pictures for the tests, drawn here: plain, turned, see-through, huge, broken."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parents[3]
SCREENSHOT = ROOT / "resources" / "samples" / "screenshot.png"


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def corner_marked(width: int = 60, height: int = 40) -> Image.Image:
    """White, with a red square in the upper left corner."""
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).rectangle((0, 0, 15, 15), fill="red")
    return image


def photo(width: int = 320, height: int = 240) -> Image.Image:
    """Coloured noise, soft as in a photograph."""
    channels = [Image.effect_noise((width // 4, height // 4), 60) for _ in "rgb"]
    return Image.merge("RGB", channels).resize((width, height))


def with_orientation(image: Image.Image, orientation: int, kind: str = "JPEG") -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "CANARY camera"
    return saved(image, kind, exif=exif)


def png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_claiming(width: int, height: int, pixels: bytes = b"") -> bytes:
    """A PNG whose header claims a size; `pixels` are its raw bytes before deflate."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + png_chunk(b"IDAT", zlib.compress(pixels, 9))
        + png_chunk(b"IEND", b"")
    )
