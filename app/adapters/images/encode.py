"""Encodes a picture for sending: lossless where it was drawn, JPEG where it was photographed.

Lossless pictures stay PNG so that small text stays sharp; photos stay JPEG. Pixels are left as
they are unless the result would be over `SENT_BYTES`.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

SENT_BYTES = 8 * 1024 * 1024
THUMBNAIL_SIDE = 256
SAMPLE_SIDE = 1000
JPEG_QUALITY = 90
FULL_COLOUR = 0  # JPEG without colour subsampling: coloured text keeps its edges
FEW_COLOURS = 4096
LOSSY_AT_TIMES = ("WEBP", "AVIF")
"""Kinds that may hold drawings or photos: which, is told by the number of colours."""


def encode(image: Picture, kind: str) -> tuple[bytes, str]:
    """Bytes no larger than `SENT_BYTES`, and their media type; shrinks `image` if it must."""
    see_through = image.mode in ("LA", "RGBA")
    photo = kind == "JPEG" or (
        kind in LOSSY_AT_TIMES and not see_through and image.getcolors(FEW_COLOURS) is None
    )
    if not photo:
        data = _png(image)
        if len(data) <= SENT_BYTES:
            return data, "image/png"
    size = len(data) if see_through else _guessed_jpeg_size(image)
    while True:
        if size > SENT_BYTES:
            factor = max(0.4, min(0.9, (SENT_BYTES / size) ** 0.5 * 0.95))
            smaller = (max(1, int(image.width * factor)), max(1, int(image.height * factor)))
            image.thumbnail(smaller, reducing_gap=2.0)
        data = _png(image) if see_through else _jpeg(image)
        size = len(data)
        if size <= SENT_BYTES:
            return data, "image/png" if see_through else "image/jpeg"


def thumbnail(image: Picture) -> bytes:
    """A small PNG; uses `image` up."""
    image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), reducing_gap=2.0)
    return _saved(image, "PNG")


def _guessed_jpeg_size(image: Picture) -> float:
    """About how many bytes the picture takes as JPEG, judged by its middle."""
    pixels = image.width * image.height
    if pixels <= SAMPLE_SIDE * SAMPLE_SIDE:
        return 0
    width, height = min(image.width, SAMPLE_SIDE), min(image.height, SAMPLE_SIDE)
    left, top = (image.width - width) // 2, (image.height - height) // 2
    middle = image.crop((left, top, left + width, top + height))
    return len(_jpeg(middle)) * pixels / (width * height)


def _png(image: Picture) -> bytes:
    """PNG; the larger the picture, the less time goes into making it small."""
    pixels = image.width * image.height
    level = 6 if pixels <= 1_500_000 else 3 if pixels <= 5_000_000 else 1
    return _saved(image, "PNG", compress_level=level)


def _jpeg(image: Picture) -> bytes:
    return _saved(image, "JPEG", quality=JPEG_QUALITY, subsampling=FULL_COLOUR)


def _saved(image: Picture, kind: str, **options: int) -> bytes:
    # Pillow writes some of `info` into the file by itself.
    image.info = {}
    image.encoderinfo = {}
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
