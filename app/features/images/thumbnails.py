"""Small pictures of what the store keeps, loaded when first wanted."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from app.core.errors import PortholeError
from app.core.ports import BlobReader
from app.kit.tasks import TaskScope, in_thread

SIDE = 512
"""Pixels a side that a thumbnail has at most: sharp at twice its size on the screen."""
KEPT = 200
AT_ONCE = 2
MEMORY_MB = 256


class Thumbnails(QObject):
    """Gives pictures by their blob at once where they are there; `arrived` tells of later ones."""

    arrived = Signal(str)  # blob

    def __init__(
        self, *, read_blob: BlobReader, scope: TaskScope, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._read_blob = read_blob
        self._scope = scope
        self._known: OrderedDict[str, QPixmap] = OrderedDict()
        self._wanted: set[str] = set()
        self._slots = asyncio.Semaphore(AT_ONCE)

    def pixmap(self, blob: str) -> QPixmap | None:
        """The picture if it is there; else None, and it is on its way."""
        if (found := self._known.get(blob)) is not None:
            self._known.move_to_end(blob)
            return found
        if blob not in self._wanted and not self._scope.closed:
            self._wanted.add(blob)
            self._scope.start(self._load(blob), name="thumbnail")
        return None

    def put(self, blob: str, png: bytes) -> None:
        """Take a thumbnail that was made elsewhere."""
        pixmap = QPixmap()
        if pixmap.loadFromData(png):
            self._keep(blob, pixmap)

    async def _load(self, blob: str) -> None:
        try:
            async with self._slots:
                image = await in_thread(decode, await self._read_blob(blob))
        except PortholeError:
            return  # gone from the disk: its place stays empty, and it is not asked for again
        if not image.isNull():
            self._keep(blob, QPixmap.fromImage(image))

    def _keep(self, blob: str, pixmap: QPixmap) -> None:
        self._known[blob] = pixmap
        while len(self._known) > KEPT:
            gone, _ = self._known.popitem(last=False)
            self._wanted.discard(gone)
        self.arrived.emit(blob)


def decode(data: bytes, side: int = SIDE) -> QImage:
    """A picture of our own making, at most `side` pixels a side; null if it is none."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAllocationLimit(MEMORY_MB)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
