"""Batches on a real disk: what was written is there, and what was asked is never forgotten."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from app.adapters.batch_db import BatchFile
from app.adapters.batch_db.schema import MIGRATIONS
from app.core.batch import Batch, BatchAction, BatchRow, RowState
from app.core.cost import TokenCounts, UsageEntry
from app.core.errors import Failure, FailureKind, ImageProblem, StorageError, StorageProblem

pytestmark = pytest.mark.usefixtures("qapp")

ACTION = BatchAction("Fields", "Give the fields.", "fields", "", "v/1", {"temperature": 0})
BATCH = Batch("receipts", "local", "v/1", ACTION)
ROWS = tuple(BatchRow(place, f"/shots/{place}.png") for place in range(3))
ENTRY = UsageEntry("e1", "batch:1", 1e9, "local", "v/1", TokenCounts(10, None, 3, None), 1, 0.01)


@pytest.fixture
def folder(data_dir: Path) -> Path:
    data_dir.mkdir()
    return data_dir


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[BatchFile]:
    store = BatchFile(folder)
    try:
        yield store
    finally:
        await store.close()


async def test_what_was_written_comes_back(folder: Path) -> None:
    odd = os.fsdecode(b"/shots/\xff.png")
    rows = (
        ROWS[0],
        replace(ROWS[1], state=RowState.FAILED, problem=ImageProblem.DAMAGED),
        replace(
            BatchRow(2, odd, RowState.DONE),
            line="海",
            fields=(("a", "1"), ("b", "")),
            failure=Failure(FailureKind.SERVER, "boom", 500),
            took=1.5,
            cost=0.25,
            asked=2,
            cut=True,
        ),
    )
    async with opened(folder) as store:
        assert not store.there
        await store.add(BATCH, rows)
        assert (folder / "batches.sqlite3").exists()
    async with opened(folder) as store:
        assert await store.batches() == (BATCH,)
        assert await store.rows(BATCH.id) == rows
        changed = replace(BATCH, started=True, at_once=2, model="v/2")
        await store.save(changed)
        assert await store.batches() == (changed,)
    assert (folder / "batches.sqlite3").stat().st_mode & 0o777 == 0o600


async def test_a_result_is_there_with_its_row_and_what_is_owed(folder: Path) -> None:
    done = replace(ROWS[1], state=RowState.DONE, line="Yes")
    async with opened(folder) as store:
        await store.add(BATCH, ROWS)
        await store.put_result(BATCH.id, done, "Yes\ud800\nit is", ENTRY)
        await store.put_thumbnail(BATCH.id, 1, b"png")
    async with opened(folder) as store:
        assert await store.result(BATCH.id, 1) == "Yes?\nit is"
        assert await store.result(BATCH.id, 0) == ""
        assert await store.thumbnail(BATCH.id, 1) == b"png"
        assert await store.thumbnail(BATCH.id, 0) == b""
        assert [text for _, text in await store.results(BATCH.id)] == ["", "Yes?\nit is", ""]
        assert await store.uncounted() == (ENTRY,)
        await store.put_result(BATCH.id, ROWS[1], "", None)
        assert await store.result(BATCH.id, 1) == ""
        await store.counted(ENTRY.id)
        assert await store.uncounted() == ()


async def test_what_was_being_asked_when_it_ended_is_uncertain(folder: Path) -> None:
    async with opened(folder) as store:
        await store.add(BATCH, ROWS)
        await store.put(BATCH.id, [replace(ROWS[0], state=RowState.ASKING, asked=1)])
    async with opened(folder) as store:
        counts = {BATCH.id: {RowState.UNCERTAIN: 1, RowState.WAITING: 2}}
        assert await store.counts() == counts
        first, *others = await store.rows(BATCH.id)
        assert (first.state, first.asked) == (RowState.UNCERTAIN, 1)
        assert others == list(ROWS[1:])


async def test_what_was_removed_stays_away_with_all_it_had(folder: Path) -> None:
    done = replace(ROWS[0], state=RowState.DONE)
    async with opened(folder) as store:
        await store.add(BATCH, ROWS)
        await store.put_result(BATCH.id, done, "Yes", None)
        await store.put_thumbnail(BATCH.id, 0, b"png")
        await store.remove_rows(BATCH.id, [0])
        # An answer that comes after its file was removed brings it not back.
        await store.put(BATCH.id, [done])
        await store.put_result(BATCH.id, done, "Yes", None)
        await store.put_thumbnail(BATCH.id, 0, b"png")
        assert await store.rows(BATCH.id) == ROWS[1:]
        assert await store.result(BATCH.id, 0) == ""
        await store.delete(BATCH.id)
        assert await store.batches() == ()
        assert await store.rows(BATCH.id) == ()


async def test_a_result_that_the_disk_changed_is_not_passed_off_as_one(folder: Path) -> None:
    async with opened(folder) as store:
        await store.add(BATCH, ROWS)
        await store.put_result(BATCH.id, replace(ROWS[0], state=RowState.DONE), "12.50", None)
    connection = apsw.Connection(str(folder / "batches.sqlite3"))
    connection.execute("UPDATE result SET text = '92.50'")
    connection.close()
    async with opened(folder) as store:
        for reading in (store.result(BATCH.id, 0), store.results(BATCH.id)):
            with pytest.raises(StorageError) as caught:
                await reading
            assert caught.value.problem is StorageProblem.DAMAGED


async def test_a_newer_database_stays_untouched(folder: Path) -> None:
    async with opened(folder) as store:
        await store.add(BATCH, ROWS)
    path = folder / "batches.sqlite3"
    connection = apsw.Connection(str(path))
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    before = path.read_bytes()
    async with opened(folder) as store:
        with pytest.raises(StorageError) as caught:
            await store.batches()
        assert caught.value.problem is StorageProblem.NEWER
    assert path.read_bytes() == before


async def test_after_the_end_it_says_so(folder: Path) -> None:
    store = BatchFile(folder)
    await store.close()
    await store.close()
    with pytest.raises(StorageError):
        await store.batches()
    assert not store.there


@pytest.mark.slow
async def test_ten_thousand_files_are_kept_at_once(folder: Path) -> None:
    rows = tuple(BatchRow(place, f"/shots/{place:05}.png") for place in range(10_000))
    async with opened(folder) as store:
        await store.add(BATCH, rows)
    async with opened(folder) as store:
        assert await store.rows(BATCH.id) == rows
