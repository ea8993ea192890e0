"""What a drop or paste holds: files on this disk, a picture, or its address. Decodes nothing."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Awaitable, Callable
from html import unescape

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter

from app.core.picture_address import names_picture, web_address
from app.kit.tasks import in_thread

PICTURE_TYPES = (
    "image/png",
    "image/jpeg",
    "image/webp",
    "image/gif",
    "image/avif",
    "image/tiff",
    "image/bmp",
)
IMAGE_SOURCE = re.compile(r"<img\b[^>]*?\bsrc\s*=\s*[\"']([^\"']+)", re.IGNORECASE)
FAST_PNG = 80
"""Qt's PNG quality: higher compresses less. The bytes are only handed on, and made anew there."""


def dropped_paths(mime: QMimeData) -> list[str]:
    """The files on this machine that it names; addresses on the web are none."""
    return [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]


def picture_reader(mime: QMimeData) -> Callable[[], Awaitable[bytes]] | None:
    """A way to the bytes of its picture, None if it holds none.

    The `QMimeData` is read now (it does not outlive its drop); what costs time comes later, off
    the UI thread.
    """
    for kind in PICTURE_TYPES:
        if mime.hasFormat(kind) and (data := bytes(mime.data(kind).data())):
            return given(data)
    image = mime.imageData() if mime.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        return lambda: in_thread(_png, image)
    if mime.hasText() and (data := _data_url(mime.text())):
        return given(data)
    return None


def picture_address(mime: QMimeData) -> str:
    """The address on the web of the one picture it names; empty if it names none.

    A link is one when its path ends as a picture's name does, or when it was dragged as a picture.
    """
    named = [url.toString() for url in mime.urls()] or [mime.text()]
    address = web_address(named[0]) if len(named) == 1 else ""
    if not address:
        return ""
    shown = [unescape(source) for source in IMAGE_SOURCE.findall(mime.html())]
    return address if names_picture(address) or shown == [address] else ""


def given(data: bytes) -> Callable[[], Awaitable[bytes]]:
    """A way to bytes that are there."""

    async def read() -> bytes:
        return data

    return read


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    writer.setQuality(FAST_PNG)
    writer.write(image)
    return bytes(buffer.data().data())


def _data_url(text: str) -> bytes:
    """The bytes of a `data:` address of a picture; empty if the text is anything else."""
    head, comma, body = text.lstrip().partition(",")
    kind, _, coding = head.removeprefix("data:").partition(";")
    if not comma or not head.startswith("data:"):
        return b""
    if kind not in PICTURE_TYPES or not coding.endswith("base64"):
        return b""
    try:
        return base64.b64decode("".join(body.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""
