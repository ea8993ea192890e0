"""A world for batches under test: a real file on the disk, and a codec that decodes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QWidget

from app.adapters.batch_db import BatchFile
from app.core.batch import Batch, BatchAction, BatchRow
from app.core.cost import UsageEntry
from app.core.errors import ImageError, ImageProblem
from app.core.message import ImagePart, Message
from app.core.model_info import ModelInfo
from app.core.ports import PreparedImage
from app.core.request import ChatRequest
from app.features.batch.world import BatchWorld, FoundFiles, ModelField, ReadyFile
from app.features.models.model_picker import ModelPicker
from app.kit.icons import Icons
from app.kit.theme import Theme
from tests.scripted import ScriptedService

ACTION = BatchAction("Describe", "Describe this picture.", "describe")
BATCH = Batch("receipts", "local", "v/1", ACTION)


def thumbnail() -> bytes:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


class PlainFiles:
    """Takes any file for a picture but those whose name says that they are none."""

    async def ready(self, path: str) -> ReadyFile:
        name = Path(path).name
        if name.startswith("gone"):
            raise ImageError(ImageProblem.UNREADABLE, name)
        if name.startswith("bad"):
            raise ImageError(ImageProblem.NOT_SUPPORTED, name)
        picture = PreparedImage(path.encode(), "image/png", 600, 400, 600, 400, thumbnail())
        return ReadyFile((picture,))


class Ledger:
    """What was counted as used."""

    def __init__(self) -> None:
        self.entries: dict[str, UsageEntry] = {}

    async def count(self, entry: UsageEntry) -> None:
        self.entries[entry.id] = entry


class Held:
    """What is lent at the moment, and how often anything was."""

    def __init__(self) -> None:
        self.now: Counter[str] = Counter()
        self.ever = 0

    @contextmanager
    def hold(self, data: bytes) -> Iterator[str]:
        blob = data.decode()
        self.now[blob] += 1
        self.ever += 1
        try:
            yield blob
        finally:
            self.now[blob] -= 1


def world_of(
    folder: Path,
    service: ScriptedService,
    theme: Theme,
    icons: Icons,
    *,
    ledger: Ledger | None = None,
    held: Held | None = None,
    price: float | None = None,
    store: Any = None,
) -> BatchWorld:
    """The world over `folder`; `price` is USD a million tokens, in and out."""

    def request(batch: Batch, message: Message) -> ChatRequest:
        return ChatRequest(batch.model, (message,))

    def field(_batch: Batch) -> tuple[ModelField, QWidget]:
        picker = ModelPicker(theme=theme, icons=icons)
        return picker, picker

    info = ModelInfo("v/1", input_price=price, output_price=price)
    settled: Callable[[Batch, Message], Message] = lambda _batch, reply: reply  # noqa: E731 - a value of that type
    return BatchWorld(
        store=store or BatchFile(folder),
        services=service,
        ready=PlainFiles().ready,
        request=request,
        settled=settled,
        hold=(held or Held()).hold,
        count=(ledger or Ledger()).count,
        tokens=tokens_of,
        model_info=lambda _profile, _model: info,
        find_files=lambda paths: FoundFiles("receipts", tuple(paths)),
        actions=lambda: (ACTION,),
        new_for=lambda: ("local", "v/1"),
        model_field=field,
        export=lambda _batch, _form: None,
        close=_nothing,
    )


async def _nothing() -> None:
    return None


def tokens_of(image: ImagePart) -> int:
    return image.width


def rows_of(count: int) -> tuple[BatchRow, ...]:
    return tuple(BatchRow(place, f"/shots/shot {place}.png") for place in range(count))
