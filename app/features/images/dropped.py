"""What a drop or paste holds: files on this disk, a picture, or its address. Decodes nothing."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Awaitable, Callable
from html import unescape
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QIODevice,
    QMimeData,
    QSysInfo,
    QUrl,
)
from PySide6.QtGui import QImage, QImageWriter

from app.core.errors import ImageError, ImageProblem
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
IMAGE_SOURCE = re.compile(
    r"""<img\b[^>]*?\bsrc\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'>]+))""", re.IGNORECASE
)
DATA_ADDRESS = re.compile(r"data:image/(?!svg)[\w.+-]+(;[^,]*)?,", re.IGNORECASE)
BASE64 = re.compile(r"(?:[\w+/=\s-]|%[0-9a-f]{2})+", re.IGNORECASE | re.ASCII)
LOOKED_AT = 200
"""Characters of a picture's `data:` address that show whether it is one."""
NETWORKS = ("afc", "afp", "dav", "davs", "ftp", "gphoto2", "mtp", "nfs", "sftp", "smb", "ssh")
"""Schemes by which file managers name what does not lie on this computer."""
translate = QCoreApplication.translate
FAST_PNG = 80
"""Qt's PNG quality: higher compresses less. The bytes are only handed on, and made anew there."""


def dropped_paths(mime: QMimeData) -> list[str]:
    """The files on this machine that it names; addresses on the web are none."""
    return [_local_path(url) for url in mime.urls() if url.isLocalFile()]


def not_here(mime: QMimeData) -> str:
    """Says that what it names is on the network, or only in a browser; empty if it is neither.

    Nothing is fetched from there: what a desktop opens from the network comes as a path.
    """
    for url in mime.urls():
        name = url.fileName() or url.toDisplayString()
        if url.scheme() in NETWORKS:
            return translate(
                "Dropped",
                "%1 lies on the network. Copy it to this computer, then add it. "
                "Your draft is kept.",
            ).replace("%1", name)
        if url.scheme() == "blob":
            return translate(
                "Dropped",
                "This picture is only in the browser. Copy it there, then paste it here. "
                "Your draft is kept.",
            )
    return ""


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
        return _encoded_once(image)
    other = next((kind for kind in mime.formats() if kind.startswith("image/")), "")
    if other and (data := bytes(mime.data(other).data())):
        return given(data)
    named = _named(mime)
    if len(named) == 1 and _is_data_address(named[0]):
        return lambda: in_thread(_data_of, named[0])
    return None


def picture_address(mime: QMimeData) -> str:
    """The address on the web of the one picture it names; empty if it names none.

    A link is one when its path ends as a picture's name does, or when it was dragged as a picture.
    """
    named = _named(mime)
    address = web_address(named[0]) if len(named) == 1 else ""
    if not address:
        return ""
    return address if names_picture(address) or _shown(mime) == [address] else ""


def _named(mime: QMimeData) -> list[str]:
    """Addresses, or the text; where there is neither, the pictures that its HTML shows."""
    if mime.hasUrls():
        return [url.toString() for url in mime.urls()]
    return [mime.text()] if mime.hasText() else _shown(mime)


def _shown(mime: QMimeData) -> list[str]:
    """Where the pictures in its HTML come from."""
    return [unescape("".join(source)) for source in IMAGE_SOURCE.findall(mime.html())]


def _local_path(url: QUrl) -> str:
    """The path of a file on this machine, by whatever name this machine is called."""
    if url.host() in ("localhost", QSysInfo.machineHostName().lower()):
        url = QUrl(url)
        url.setHost("")
    return url.toLocalFile()


def given(data: bytes) -> Callable[[], Awaitable[bytes]]:
    """A way to bytes that are there."""

    async def read() -> bytes:
        return data

    return read


def _encoded_once(image: QImage) -> Callable[[], Awaitable[bytes]]:
    """A way to a picture as a file. What is kept is the file: decoded it is many times as large."""
    decoded = [image]
    made = b""

    async def read() -> bytes:
        nonlocal made
        if decoded:
            made = await in_thread(_png, decoded[0])
            decoded.clear()
        return made

    return read


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    writer.setQuality(FAST_PNG)
    writer.write(image)
    return bytes(buffer.data().data())


def _is_data_address(text: str) -> bool:
    """Whether a text is the `data:` address of a picture, by how it begins; an SVG's is text."""
    begin = text.lstrip()[:LOOKED_AT]
    head = DATA_ADDRESS.match(begin)
    if head is None:
        return False
    body = begin[head.end() :].rstrip("%")
    packed = (head[1] or "").lower().endswith(";base64")
    return bool(BASE64.match(body)) if packed else "%" in body


def _data_of(address: str) -> bytes:
    """The bytes in the `data:` address of a picture. Raises ImageError."""
    head, _, body = address.strip().partition(",")
    data = unquote_to_bytes("".join(body.split()))
    if not head.lower().endswith(";base64"):
        return data
    data = data.translate(bytes.maketrans(b"-_", b"+/")).rstrip(b"=")
    try:
        return base64.b64decode(data + b"=" * (-len(data) % 4), validate=True)
    except binascii.Error as error:
        raise ImageError(ImageProblem.DAMAGED, head.partition(";")[0]) from error
