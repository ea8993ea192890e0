"""Opens a picture: its kind by its bytes, its size looked at before its pixels are decoded."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.adapters.child_loop import RefusedError
from app.adapters.images.frames import gif_frames
from app.adapters.images.sniff import picture_format

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MOST_PIXELS = 100_000_000
MOST_SCANS = 200
"""A progressive JPEG has about ten; each of them costs as much as the whole picture."""
START_OF_SCAN = b"\xff\xda"
ORIENTATION_TAG = 0x0112
SIDEWAYS = (5, 6, 7, 8)


@dataclass(slots=True)
class Opened:
    """A decoded picture as it is stored: not yet upright, and perhaps decoded at half its size.

    `stored_size` is the file's own, `orientation` 1 to 8 as EXIF has it.
    """

    image: Picture
    kind: str
    stored_size: tuple[int, int]
    orientation: int
    frames: int

    @property
    def upright_size(self) -> tuple[int, int]:
        width, height = self.stored_size
        return (height, width) if self.orientation in SIDEWAYS else (width, height)

    @property
    def halved(self) -> bool:
        return self.image.size != self.stored_size


def load_decoders() -> None:
    """Import Pillow's decoders, those alone that are allowed."""
    from PIL import (
        AvifImagePlugin,
        BmpImagePlugin,
        GifImagePlugin,
        Image,
        JpegImagePlugin,
        PngImagePlugin,
        TiffImagePlugin,
        WebPImagePlugin,
    )

    assert all((GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin))
    assert all((AvifImagePlugin, BmpImagePlugin, TiffImagePlugin))
    Image.MAX_IMAGE_PIXELS = None  # our own limit is looked at before any pixel is decoded


def open_picture(data: bytes, longest_side: int | None = None) -> Opened:
    """The picture, its pixels decoded in a plain mode. Raises RefusedError.

    A JPEG with a side of more than `longest_side` pixels is decoded at half its size.
    """
    from PIL import Image

    kind = picture_format(data)
    if kind is None or kind == "HEIF":
        raise RefusedError("not_supported")
    if kind == "JPEG" and data.count(START_OF_SCAN) > MOST_SCANS:
        raise RefusedError("too_slow")
    try:
        image = Image.open(io.BytesIO(data), formats=[kind])
        if image.width * image.height > MOST_PIXELS:
            raise RefusedError("too_large")
        size = image.size
        frames = gif_frames(data) if kind == "GIF" else int(getattr(image, "n_frames", 1))
        if kind == "JPEG" and longest_side is not None and max(size) > longest_side:
            image.draft(None, (max(1, image.width // 2), max(1, image.height // 2)))
        image.load()
    except (RefusedError, MemoryError):
        raise
    except Exception as error:  # a decoder may raise whatever it likes at hostile bytes
        raise RefusedError("damaged") from error
    return Opened(_plain_colours(image), kind, size, _orientation(image), max(1, frames))


def _orientation(image: Picture) -> int:
    try:
        told = image.getexif().get(ORIENTATION_TAG, 1)
    except MemoryError:
        raise
    except Exception:  # broken tags say nothing about how to turn it
        return 1
    return told if isinstance(told, int) and 1 <= told <= 8 else 1


def _plain_colours(image: Picture) -> Picture:
    """The picture in one of the modes L, LA, RGB or RGBA, eight bits a channel."""
    if image.mode in ("RGBA", "LA") and image.getchannel("A").getextrema() == (255, 255):
        return image.convert(image.mode.removesuffix("A"))
    if image.mode in ("L", "LA", "RGB", "RGBA"):
        return image
    if image.mode.startswith("I;16") or image.mode == "I":
        return image.convert("I").point(lambda level: level / 257).convert("L")
    if image.mode == "1":
        return image.convert("L")
    see_through = "transparency" in image.info or image.mode in ("PA", "La", "RGBa")
    return image.convert("RGBA" if see_through else "RGB")
