"""A strip of attachments with a codec that can be held back, and a store in memory."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QApplication, QMenu, QToolButton

from app.core.errors import ImageError, ImageProblem, StorageError, StorageProblem
from app.core.picture import NO_EDITS, SHARP, Edits, Preparation
from app.core.picture_address import LinkedPictures, name_of
from app.core.ports import PreparedImage
from app.features.images.attachment_strip import AttachmentStrip
from app.features.images.linked import Linked
from app.features.images.text_instead import ReadText
from app.features.images.thumbnails import Thumbnails
from app.kit.error_text import sentence
from app.kit.icons import Icons
from app.kit.tasks import TaskScope, in_thread
from app.kit.theme import Theme
from tests.look import dressed


def picture(width: int = 40, height: int = 30, color: str = "#0f766e") -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    return image


def png(width: int = 40, height: int = 30, color: str = "#0f766e") -> bytes:
    return encoded(picture(width, height, color))


def encoded(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def opened(button: QToolButton) -> QMenu:
    """A button's menu, filled as it is when it opens."""
    menu = button.menu()
    menu.aboutToShow.emit()
    return menu


class HeldCodec:
    """Stands in for the child process: waits for `gate`, halves what is wider than 100 pixels."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.gate.set()
        self.at_once = 0
        self.most_at_once = 0
        self.asked: list[str] = []
        self.bug: Exception | None = None
        self.fails: list[ImageError] = []
        """Raised one after the other, each once."""
        self.frames = 1

    async def prepare(
        self, data: bytes, name: str, how: Preparation = SHARP, edits: Edits = NO_EDITS
    ) -> PreparedImage:
        self.asked.append(name)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await self.gate.wait()
        finally:
            self.at_once -= 1
        if self.bug is not None:
            raise self.bug
        if self.fails:
            raise self.fails.pop(0)
        image = QImage.fromData(data)
        if image.isNull():
            raise ImageError(ImageProblem.NOT_SUPPORTED, name)
        _black_out(image, edits)
        sent = image
        if image.width() > 100:
            sent = image.scaledToWidth(image.width() // 2, Qt.TransformationMode.FastTransformation)
        thumbnail = encoded(sent.scaled(16, 16))
        return PreparedImage(
            encoded(sent),
            "image/png",
            sent.width(),
            sent.height(),
            image.width(),
            image.height(),
            thumbnail,
            self.frames,
        )

    async def tiles(
        self, data: bytes, name: str, edits: Edits = NO_EDITS
    ) -> Sequence[PreparedImage]:
        """Two halves, however long it is."""
        whole = await self.prepare(data, name, edits=edits)
        image = QImage.fromData(data)
        half = image.height() // 2
        made = []
        for top, height in ((0, half), (half, image.height() - half)):
            piece = image.copy(0, top, image.width(), height)
            made.append(
                replace(whole, data=encoded(piece), width=piece.width(), height=piece.height())
            )
        return made

    async def edited(self, data: bytes, name: str, edits: Edits) -> PreparedImage:
        return await self.prepare(data, name, edits=edits)

    async def read_file(self, path: str) -> tuple[str, bytes]:
        return await in_thread(_read, Path(path))


def _black_out(image: QImage, edits: Edits) -> None:
    """Cutting and turning are not done here."""
    painter = QPainter(image)
    for region in edits.black_out:
        painter.fillRect(region.left, region.top, region.width, region.height, QColor(0, 0, 0))
    painter.end()


def _read(path: Path) -> tuple[str, bytes]:
    if not path.is_file():
        raise ImageError(ImageProblem.UNREADABLE, path.name)
    return path.name, path.read_bytes()


class Blobs:
    """The store's part for bytes."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self._puts: Counter[str] = Counter()
        self.full = False

    async def put(self, data: bytes) -> str:
        if self.full:
            raise StorageError(StorageProblem.FULL, "/somewhere")
        name = hashlib.sha256(data).hexdigest()
        self.kept[name] = data
        self._puts[name] += 1
        return name

    async def drop(self, name: str) -> None:
        self._puts[name] -= 1
        if self._puts[name] <= 0:
            del self.kept[name]

    async def get(self, name: str) -> bytes:
        if name not in self.kept:
            raise StorageError(StorageProblem.FAILED, name)
        return self.kept[name]


class World:
    """What a strip needs, and the strip."""

    def __init__(self, theme: Theme, icons: Icons, read_text: ReadText | None = None) -> None:
        self.theme, self.icons = theme, icons
        self.codec, self.blobs = HeldCodec(), Blobs()
        self.price: float | None = None
        self.linked = LinkedPictures.ASK
        self.on_the_web: dict[str, bytes] = {}
        self.fetched: list[str] = []
        self.faults: list[BaseException] = []
        self.scope = TaskScope(self.faults.append)
        self.thumbnails = Thumbnails(read_blob=self.blobs.get, scope=self.scope)
        self.strip = AttachmentStrip(
            theme=theme,
            icons=icons,
            codec=self.codec,
            put_blob=self.blobs.put,
            drop_blob=self.blobs.drop,
            read_blob=self.blobs.get,
            thumbnails=self.thumbnails,
            describe=sentence,
            on_fault=self.faults.append,
            price=lambda: self.price,
            linked=Linked(lambda: self.linked, self._remember, self._fetch),
            read_text=read_text,
        )
        self.refused: list[str] = []
        self.strip.refused.connect(self.refused.append)

    def _remember(self, choice: LinkedPictures) -> None:
        self.linked = choice

    async def _fetch(self, address: str) -> bytes:
        self.fetched.append(address)
        if address not in self.on_the_web:
            raise ImageError(ImageProblem.NOT_FETCHED, name_of(address))
        return self.on_the_web[address]


@asynccontextmanager
async def world(read_text: ReadText | None = None) -> AsyncIterator[World]:
    """Ends everything that the test began."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    made = World(*dressed(app), read_text)
    try:
        yield made
    finally:
        await made.strip.close_scope()
        await made.scope.close()
        made.strip.window().close()
        made.strip.window().deleteLater()
