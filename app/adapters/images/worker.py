"""Decodes, turns upright, shrinks where needed and re-encodes a picture; runs in a child process.

Lossless pictures stay PNG so that small text stays sharp; photos stay JPEG. Pixels are left as
they are unless a side is longer than `LONGEST_SIDE` or the result would be over `SENT_BYTES`.
Nothing but pixels goes on: EXIF, text chunks and colour profiles end here. Of an animation the
first picture is taken.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from app.adapters.child_frames import Header
from app.adapters.child_loop import RefusedError, Work
from app.adapters.images.sniff import picture_format

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MEMORY_BYTES = 512 * 1024 * 1024
MOST_PIXELS = 100_000_000
LONGEST_SIDE = 8000
SENT_BYTES = 8 * 1024 * 1024
THUMBNAIL_SIDE = 256
ORIENTATION_TAG = 0x0112
SAMPLE_SIDE = 1000
MANY_PIXELS = 40_000_000  # shrinking these exactly would need more memory than there is
JPEG_QUALITY = 90
FULL_COLOUR = 0  # JPEG without colour subsampling: coloured text keeps its edges
FEW_COLOURS = 4096


def make_work() -> Work:
    """Import Pillow and its four decoders; answers what prepares a picture."""
    from PIL import GifImagePlugin, Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

    assert all((GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin))
    Image.MAX_IMAGE_PIXELS = None  # our own limit is looked at before any pixel is decoded

    def work(header: Header, body: bytes) -> tuple[Header, bytes]:
        return prepare(body, int(header.get("longest_side") or LONGEST_SIDE))

    return work


def prepare(data: bytes, longest_side: int = LONGEST_SIDE) -> tuple[Header, bytes]:
    """Header: media type and sizes; body: the thumbnail's bytes after the picture's."""
    image, kind = open_picture(data)
    image = _plain_colours(image)
    _shrink_to_limits(image, min(longest_side, LONGEST_SIDE))
    original_width, original_height = _turn_upright(image)
    encoded, media_type = _encode(image, kind)
    width, height = image.size
    image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), reducing_gap=2.0)
    thumbnail = _saved(image, "PNG")
    header = {
        "media_type": media_type,
        "width": width,
        "height": height,
        "original_width": original_width,
        "original_height": original_height,
        "picture_bytes": len(encoded),
    }
    return header, encoded + thumbnail


def open_picture(data: bytes) -> tuple[Picture, str]:
    """The picture, its pixels decoded, and its format. Raises RefusedError."""
    from PIL import Image

    kind = picture_format(data)
    if kind is None:
        raise RefusedError("not_supported")
    try:
        image = Image.open(io.BytesIO(data), formats=[kind])
        if image.width * image.height > MOST_PIXELS:
            raise RefusedError("too_large")
        if kind == "JPEG" and max(image.size) > LONGEST_SIDE:
            image.draft(None, (image.width // 2, image.height // 2))
        original = image.size
        image.load()
    except (RefusedError, MemoryError):
        raise
    except Exception as error:  # a decoder may raise whatever it likes at hostile bytes
        raise RefusedError("damaged") from error
    image.info["original_size"] = original
    return image, kind


def _shrink_to_limits(image: Picture, longest_side: int) -> None:
    if max(image.size) <= longest_side:
        return
    if image.width * image.height > MANY_PIXELS:
        image.thumbnail((image.width // 2, image.height // 2), reducing_gap=1.0)
    image.thumbnail((longest_side, longest_side))


def _turn_upright(image: Picture) -> tuple[int, int]:
    """Turn the picture as its orientation tag says; answers the original's size, turned alike."""
    from PIL import ImageOps

    width, height = image.info.get("original_size", image.size)
    try:
        orientation = image.getexif().get(ORIENTATION_TAG, 1)
        ImageOps.exif_transpose(image, in_place=True)
    except MemoryError:
        raise
    except Exception:  # broken tags say nothing about how to turn it
        return width, height
    return (height, width) if orientation in (5, 6, 7, 8) else (width, height)


def _plain_colours(image: Picture) -> Picture:
    """The picture in one of the modes L, LA, RGB or RGBA, eight bits a channel."""
    if image.mode in ("L", "LA", "RGB", "RGBA"):
        return image
    if image.mode.startswith("I;16") or image.mode == "I":
        return image.convert("I").point(lambda level: level / 257).convert("L")
    if image.mode == "1":
        return image.convert("L")
    see_through = "transparency" in image.info or image.mode in ("PA", "La", "RGBa")
    return image.convert("RGBA" if see_through else "RGB")


def _encode(image: Picture, kind: str) -> tuple[bytes, str]:
    """Bytes no larger than `SENT_BYTES`, and their media type; shrinks `image` if it must."""
    see_through = image.mode in ("LA", "RGBA")
    photo = kind == "JPEG" or (
        kind == "WEBP" and not see_through and image.getcolors(FEW_COLOURS) is None
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
