"""What a drop or a paste holds: files on this disk, or one picture. Decides, decodes nothing."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Awaitable, Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter

from app.kit.tasks import in_thread

PICTURE_TYPES = ("image/png", "image/jpeg", "image/webp", "image/gif")
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
            return _given(data)
    image = mime.imageData() if mime.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        return lambda: in_thread(_png, image)
    if mime.hasText() and (data := _data_url(mime.text())):
        return _given(data)
    return None


def _given(data: bytes) -> Callable[[], Awaitable[bytes]]:
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
