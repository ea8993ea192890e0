"""One row of a batch: its file made ready, asked about once, and what came back on the disk."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, aclosing
from dataclasses import dataclass, replace

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter

from app.core.again import ask_again
from app.core.batch import Batch, BatchRow, RowState, answered
from app.core.cost import UsageEntry, counted
from app.core.errors import Failure, FailureKind, ImageError, PortholeError, ServiceError
from app.core.events import LimitsReported, Sent
from app.core.message import FilePart, ImagePart, Message, MessageState, Part, Role, TextPart
from app.core.ports import ChatService
from app.core.reply import ReplyBuilder
from app.core.request import ChatRequest
from app.features.batch.world import BatchWorld, ReadyFile
from app.kit.tasks import in_thread, to_the_end

THUMBNAIL_W, THUMBNAIL_H = 68, 48
"""Pixels: twice what the list shows."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a row ended. `began` is when its request left, None if none did (`clock` seconds).

    `unsaved` is what the disk refused: the result is here alone then.
    """

    row: BatchRow
    text: str = ""
    began: float | None = None
    entry: UsageEntry | None = None
    unsaved: PortholeError | None = None


class RowAsker:
    """Asks for one row at a time; many may be on their way. `clock` never goes back."""

    def __init__(self, world: BatchWorld, clock: Callable[[], float] = time.monotonic) -> None:
        self._world = world
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()

    async def ask(
        self,
        batch: Batch,
        row: BatchRow,
        *,
        go: Callable[[], bool],
        told: Callable[[BatchRow], None],
        limits: Callable[[LimitsReported], None],
    ) -> Asked | None:
        """The row as it ended, on the disk; None if `go` said no once the file was ready.

        `told` hears of it when it is about to be asked, `limits` of what the service still takes.
        Raises StorageError where that cannot be written down: then it was not asked. Cancelled, it
        leaves the row uncertain on the disk.
        """
        try:
            ready = await self._prepared(batch, row)
            mark = await in_thread(ready.mark)
        except ImageError as error:
            return await self._kept(batch, Asked(_refused_file(row, error)))
        try:
            service = await self._world.services.chat_service(batch.profile)
        except ServiceError as error:
            return await self._kept(batch, Asked(answered(row, _failed(error.failure))))
        if not go():
            return None
        row = replace(row, state=RowState.ASKING, asked=row.asked + 1, failure=None)
        asking = replace(row, sent=mark)
        await to_the_end(self._world.store.put(batch.id, [asking]))
        told(asking)
        return await self._answer(batch, asking, ready, service, limits)

    async def keep(self, batch: Batch, asked: Asked) -> Asked:
        """Write down once more what the disk refused."""
        return await self._kept(batch, replace(asked, unsaved=None))

    # Within

    async def _prepared(self, batch: Batch, row: BatchRow) -> ReadyFile:
        # One at a time: whoever is next holds no bytes meanwhile.
        async with self._one_at_a_time:
            ready = await self._world.ready(row.path)
        if ready.pictures:
            small = await in_thread(small_png, ready.pictures[0].thumbnail)
            await self._world.store.put_thumbnail(batch.id, row.place, small)
        return ready

    async def _answer(
        self,
        batch: Batch,
        row: BatchRow,
        ready: ReadyFile,
        service: ChatService,
        limits: Callable[[LimitsReported], None],
    ) -> Asked:
        began, pictures = self._clock(), len(ready.pictures)
        sent: list[Sent] = []
        builder = ReplyBuilder()
        empty = Message(Role.ASSISTANT, (), state=MessageState.STREAMING, model=batch.model)
        with ExitStack() as lent:
            blobs = [lent.enter_context(self._world.hold(one.data)) for one in ready.pictures]
            request = self._world.request(batch, _question(batch, row, ready, blobs))
            try:
                await _stream(service, request, builder, sent, limits)
            except asyncio.CancelledError:
                if sent:
                    builder.stop()
                    await self._ended(batch, row, builder.finish(empty), began, len(sent), pictures)
                else:
                    left = replace(row, state=RowState.WAITING, asked=row.asked - 1)
                    await self._kept(batch, Asked(left))
                raise
            except Exception as error:
                # A bug of ours: what it cost is unknown, and the row says so.
                builder.stop()
                failure = Failure(FailureKind.OWN_FAULT, type(error).__name__)
                reply = replace(builder.finish(empty), failure=failure, state=MessageState.FAILED)
                await self._ended(batch, row, reply, began, len(sent), pictures)
                raise
        return await self._ended(batch, row, builder.finish(empty), began, len(sent), pictures)

    async def _ended(
        self, batch: Batch, row: BatchRow, reply: Message, began: float, sent: int, pictures: int
    ) -> Asked:
        reply = self._world.settled(batch, reply)
        row = answered(row, reply)
        row = replace(row, asked=row.asked - 1 + sent)
        something = reply.usage is not None or bool(reply.parts)
        entry = _entry(batch, row, reply, pictures) if something else None
        return await self._kept(batch, Asked(row, reply.text, began, entry))

    async def _kept(self, batch: Batch, asked: Asked) -> Asked:
        try:
            await to_the_end(
                self._world.store.put_result(batch.id, asked.row, asked.text, asked.entry)
            )
        except PortholeError as error:
            return replace(asked, unsaved=error)
        return asked


async def _stream(
    service: ChatService,
    request: ChatRequest,
    builder: ReplyBuilder,
    sent: list[Sent],
    limits: Callable[[LimitsReported], None],
) -> None:
    """One request to its end. It is the batch that waits for a busy service, not the row."""
    async with aclosing(ask_again(service, request, None)) as events:
        async for event in events:
            builder.add(event)
            if isinstance(event, Sent):
                sent.append(event)
            elif isinstance(event, LimitsReported):
                limits(event)


def _question(batch: Batch, row: BatchRow, ready: ReadyFile, blobs: Sequence[str]) -> Message:
    parts: list[Part] = [
        ImagePart(
            name=row.name,
            media_type=picture.media_type,
            blob=blob,
            width=picture.width,
            height=picture.height,
            original_width=picture.original_width,
            original_height=picture.original_height,
        )
        for picture, blob in zip(ready.pictures, blobs, strict=True)
    ]
    if ready.text:
        parts.append(FilePart(row.name, ready.text))
    return Message(Role.USER, (*parts, TextPart(batch.action.prompt)))


def _entry(batch: Batch, row: BatchRow, reply: Message, pictures: int) -> UsageEntry:
    key = f"{batch.id}:{row.place}:{row.asked}"
    tokens, model = counted(reply.usage), reply.model or batch.model
    at = reply.created_at
    told = f"batch:{batch.id}"
    return UsageEntry(key, told, at, batch.profile, model, tokens, pictures, reply.cost)


def _refused_file(row: BatchRow, error: ImageError) -> BatchRow:
    return replace(row, state=RowState.FAILED, problem=error.problem, failure=None)


def _failed(failure: Failure) -> Message:
    return Message(Role.ASSISTANT, (), state=MessageState.FAILED, failure=failure)


def small_png(thumbnail: bytes) -> bytes:
    """A picture of our own making, as small as the list shows it; blocks."""
    image = QImage.fromData(thumbnail)
    if image.isNull():
        return b""
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    small = image.scaled(THUMBNAIL_W, THUMBNAIL_H, keep, smooth)
    QImageWriter(buffer, QByteArray(b"png")).write(small)
    return bytes(buffer.data().data())
