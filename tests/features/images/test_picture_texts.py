"""Text in pictures: kept once read, read when idle if that is wanted, and never in the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.adapters.history_db import History, open_history
from app.core.conversation import ConversationInfo
from app.core.errors import ReadingError, ReadingProblem
from app.core.message import ImagePart, Message, Role
from app.core.ports import TextLine
from app.features.images.picture_texts import PictureTexts
from app.kit.tasks import TaskScope
from tests.conftest import until


class Reader:
    """Reads a picture's bytes as its text, once `gate` is open."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.gate.set()
        self.available = True
        self.begun: list[bytes] = []
        self.cancelled: list[bytes] = []

    async def read(self, image: bytes) -> Sequence[TextLine]:
        self.begun.append(image)
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled.append(image)
            raise
        if image == b"bad":
            raise ReadingError(ReadingProblem.FAILED)
        return [TextLine(image.decode(), 0.9, 0, 0, 9, 9)]

    async def close(self) -> None:
        """There is nothing to end."""


class Desk:
    """Texts over a real store."""

    def __init__(self, store: History) -> None:
        self.store = store
        self.reader, self.calm = Reader(), Reader()
        self.wanted, self.busy = True, False
        self.faults: list[BaseException] = []
        self.scope = TaskScope(self.faults.append)
        self.texts = PictureTexts(
            store=store,
            reader=self.reader,
            calm_reader=self.calm,
            wanted=lambda: self.wanted,
            busy=lambda: self.busy,
            tasks=self.scope,
        )
        self.texts._timer.setInterval(0)

    async def send(self, *pictures: bytes) -> list[str]:
        """A message with each picture, the first one first; their blobs."""
        blobs = [await self.store.put_blob(data) for data in pictures]
        for blob in blobs:
            message = Message(Role.USER, (ImagePart("p.png", blob=blob),))
            await self.store.append(ConversationInfo(), [message])
        return blobs


@asynccontextmanager
async def desk(directory: Path) -> AsyncIterator[Desk]:
    store = open_history(directory)
    made = Desk(store)
    try:
        yield made
    finally:
        await made.scope.close()
        await store.close()
    assert made.faults == []


async def test_a_picture_is_read_once(data_dir: Path) -> None:
    async with desk(data_dir) as d:
        (blob,) = await d.send(b"harbour")
        assert [line.text for line in await d.texts.lines(blob)] == ["harbour"]
        assert [line.text for line in await d.texts.lines(blob)] == ["harbour"]
        assert d.reader.begun == [b"harbour"]
        (hit,) = await d.store.search("harb")
        assert hit.in_picture


async def test_words_of_an_unsent_picture_are_kept_once_it_is_sent(data_dir: Path) -> None:
    async with desk(data_dir) as d:
        d.wanted = False  # not even in idle time
        blob = await d.store.put_blob(b"harbour")
        assert [line.text for line in await d.texts.lines(blob)] == ["harbour"]
        assert [line.text for line in await d.texts.kept(blob) or ()] == ["harbour"]
        assert await d.store.text_layer(blob) is None, "it may be blacked out yet"
        await d.texts.lines(blob)
        assert d.reader.begun == [b"harbour"], "not read twice all the same"
        came: list[str] = []
        d.texts.came.connect(came.append)
        await d.send(b"harbour")
        d.texts.follow()
        await until(lambda: came == [blob])
        assert await d.store.text_layer(blob) is not None
        (hit,) = await d.store.search("harb")
        assert hit.in_picture


async def test_a_picture_that_is_not_kept_is_read_and_forgotten(data_dir: Path) -> None:
    async with desk(data_dir) as d:
        assert [line.text for line in await d.texts.read(b"edited")] == ["edited"]
        assert not d.texts._unsent


async def test_in_idle_time_all_are_read_the_latest_first(data_dir: Path) -> None:
    async with desk(data_dir) as d:
        blobs = await d.send(b"one", b"bad", b"three")
        d.texts.follow()
        await until(lambda: d.calm.begun == [b"three", b"bad", b"one"])
        await until(lambda: not d.scope.busy)
        assert await d.store.unread_pictures(9) == (blobs[1],)
        d.texts.follow()
        await until(lambda: not d.texts._timer.isActive() and not d.scope.busy)
        assert len(d.calm.begun) == 3, "what cannot be read is not tried again and again"


@pytest.mark.parametrize("why", ["unwanted", "busy", "no engine"])
async def test_it_reads_only_where_it_is_wanted_and_nothing_streams(
    data_dir: Path, why: str
) -> None:
    async with desk(data_dir) as d:
        await d.send(b"one")
        d.wanted, d.busy = why != "unwanted", why == "busy"
        d.reader.available = why != "no engine"
        d.texts.follow()
        assert not d.texts._timer.isActive()
        d.texts._begin()
        assert not d.scope.busy
        assert d.calm.begun == []


async def test_a_stream_stops_it_and_it_goes_on_afterwards(data_dir: Path) -> None:
    async with desk(data_dir) as d:
        await d.send(b"one")
        d.calm.gate.clear()
        d.texts.follow()
        await until(lambda: d.calm.begun == [b"one"])
        d.busy = True
        d.texts.follow()
        await until(lambda: d.calm.cancelled == [b"one"] and not d.scope.busy)
        d.calm.gate.set()
        d.busy = False
        d.texts.follow()
        await until(lambda: d.calm.begun == [b"one", b"one"])
        await until(lambda: not d.scope.busy)
        assert await d.store.unread_pictures(9) == ()


async def test_somebody_who_waits_goes_first(data_dir: Path) -> None:
    async with desk(data_dir) as d:
        one, two = await d.send(b"one", b"two")
        d.calm.gate.clear()
        d.texts.follow()
        await until(lambda: d.calm.begun == [b"two"])
        assert [line.text for line in await d.texts.lines(one)] == ["one"]
        assert d.calm.cancelled == [b"two"]
        d.calm.gate.set()
        await until(lambda: d.calm.begun == [b"two", b"two"])
        await until(lambda: not d.scope.busy)
        assert await d.store.text_layer(two) is not None
