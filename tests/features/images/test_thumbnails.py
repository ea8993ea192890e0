"""Thumbnails come when they are wanted, small, once each."""

from __future__ import annotations

import pytest

from app.features.images import thumbnails as module
from app.features.images.thumbnails import decode
from tests.conftest import until
from tests.features.images.world import png, world


async def test_a_picture_arrives_small_and_is_read_once() -> None:
    async with world() as w:
        blob = await w.blobs.put(png(2000, 500))
        arrived: list[str] = []
        w.thumbnails.arrived.connect(arrived.append)
        assert w.thumbnails.pixmap(blob) is None
        assert w.thumbnails.pixmap(blob) is None
        await until(lambda: arrived)
        assert arrived == [blob]
        found = w.thumbnails.pixmap(blob)
        assert found is not None
        assert found.size().toTuple() == (512, 128)
        assert not w.scope.busy


async def test_one_that_is_gone_stays_empty() -> None:
    async with world() as w:
        assert w.thumbnails.pixmap("nowhere") is None
        await w.scope.drain()
        assert w.thumbnails.pixmap("nowhere") is None
        assert not w.scope.busy
        assert w.faults == []


async def test_bytes_that_are_no_picture_stay_empty() -> None:
    async with world() as w:
        blob = await w.blobs.put(b"no picture")
        assert w.thumbnails.pixmap(blob) is None
        await w.scope.drain()
        assert w.thumbnails.pixmap(blob) is None
        assert w.faults == []


async def test_the_oldest_is_let_go_and_can_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 2)
    async with world() as w:
        blobs = [await w.blobs.put(png(10 + n, 10)) for n in range(3)]
        for blob in blobs:
            w.thumbnails.pixmap(blob)
            await w.scope.drain()
        assert w.thumbnails.pixmap(blobs[0]) is None
        await w.scope.drain()
        assert w.thumbnails.pixmap(blobs[0]) is not None


def test_small_ones_are_not_enlarged() -> None:
    assert decode(png(20, 10)).size().toTuple() == (20, 10)
