"""A picture as it came: its file, where that is still the same, else what was made of it."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter, QPainter

from app.core.errors import ImageError, ImageProblem, PortholeError
from app.core.message import ImagePart
from app.core.picture import FIT_SIDE, SHARP, Preparation, Scaling
from app.core.ports import BlobReader
from app.features.images.attached import Attached, Reader
from app.features.images.preparing import AttachedParts
from app.kit.tasks import in_thread

FAST_PNG = 80
"""Qt's PNG quality: higher compresses less. The bytes are only handed on, and made anew there."""


class SameFile:
    """Reads a file as often as it is asked to; raises ImageError once it is another."""

    def __init__(self, name: str, read: Reader) -> None:
        self._name = name
        self._read = read
        self._mark = b""

    async def __call__(self) -> bytes:
        data = await self._read()
        mark = (await in_thread(sha256, data)).digest()
        if self._mark not in (b"", mark):
            raise ImageError(ImageProblem.UNREADABLE, self._name)
        self._mark = mark
        return data


def once(read: Reader) -> Reader:
    """Reads one time, and keeps what came: from the web it might be another picture later."""
    kept: list[bytes] = []

    async def get() -> bytes:
        if not kept:
            kept.append(await read())
        return kept[0]

    return get


async def original(item: Attached, pictures: Sequence[ImagePart], read_blob: BlobReader) -> bytes:
    """The picture that edits begin with; `pictures` are what was made of it. Raises PortholeError.

    Where the file is gone or another, what was made of it takes its place from now on.
    """
    if item.reader is not None:
        try:
            return await item.reader()
        except PortholeError:
            item.reader = None
    pieces = [await read_blob(picture.blob or "") for picture in pictures]
    return pieces[0] if len(pieces) == 1 else await in_thread(_joined, pieces, pictures[0])


def how_made(parts: AttachedParts) -> Preparation:
    """How a picture was prepared that comes back from a draft."""
    first = parts[0]
    if isinstance(first, ImagePart):
        came = max(first.original_width, first.original_height)
        if len(parts) > 1:
            return Preparation(Scaling.TILES)
        if max(first.width, first.height) == FIT_SIDE < came:
            return Preparation(Scaling.FIT)
    return SHARP


def _joined(pieces: Sequence[bytes], first: ImagePart) -> bytes:
    """The tiles of one picture as one again, as PNG: below each other, or side by side."""
    images = [QImage.fromData(piece) for piece in pieces]
    same_width = len({image.width() for image in images}) == 1
    same_height = len({image.height() for image in images}) == 1
    tall = first.original_height >= first.original_width if same_height else True
    tall = tall and same_width
    width = images[0].width() if tall else sum(image.width() for image in images)
    height = sum(image.height() for image in images) if tall else images[0].height()
    clear = any(image.hasAlphaChannel() for image in images)
    whole = QImage(
        width, height, QImage.Format.Format_ARGB32 if clear else QImage.Format.Format_RGB32
    )
    whole.fill(0)
    painter = QPainter(whole)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    x = y = 0
    for image in images:
        painter.drawImage(x, y, image)
        x, y = (0, y + image.height()) if tall else (x + image.width(), 0)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    writer.setQuality(FAST_PNG)
    writer.write(whole)
    return bytes(buffer.data().data())
