"""The BatchStore: each wish becomes work for one thread, which owns the database file.

The file lies beside the history, under the history's lock: whoever holds that may open this.
It is opened, and made, with the first wish; each write is one transaction, on the disk when its
call returns.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import apsw

from app.adapters.batch_db import rows as stored
from app.adapters.batch_db.schema import MIGRATIONS
from app.adapters.sqlite.database import transaction, translated
from app.adapters.sqlite.migrate import open_database
from app.adapters.sqlite.worker import StoppedError, Worker
from app.core.batch import Batch, BatchRow, RowState
from app.core.cost import UsageEntry
from app.core.errors import StorageError, StorageProblem

T = TypeVar("T")

FILE_NAME = "batches.sqlite3"
_PUT = f"INSERT OR REPLACE INTO file (batch, {stored.FILE}) VALUES (?, ?, ?, ?, ?)"  # noqa: S608 - our own columns
_CHANGE = "UPDATE file SET path = ?3, state = ?4, facts = ?5 WHERE batch = ?1 AND place = ?2"


class BatchFile:
    """See `app.core.batch_store.BatchStore`."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / FILE_NAME
        self._backups = directory / "backups"
        self._connection: apsw.Connection | None = None
        self._worker = Worker("batch-writer")

    @property
    def there(self) -> bool:
        return self._path.exists()

    async def batches(self) -> Sequence[Batch]:
        def work(connection: apsw.Connection) -> Sequence[Batch]:
            found = connection.execute(
                f"SELECT {stored.BATCH} FROM batch ORDER BY created_at DESC, id DESC"  # noqa: S608 - our own columns
            )
            return tuple(stored.batch_of(row) for row in found)

        return await self._do(work)

    async def counts(self) -> Mapping[str, Mapping[RowState, int]]:
        def work(connection: apsw.Connection) -> Mapping[str, Mapping[RowState, int]]:
            counts: dict[str, dict[RowState, int]] = {}
            found: Iterable[tuple[Any, ...]] = connection.execute(
                "SELECT batch, state, count(*) FROM file GROUP BY batch, state"
            )
            for batch, state, count in found:
                counts.setdefault(batch, {})[RowState(state)] = count
            return counts

        return await self._do(work)

    async def rows(self, batch_id: str) -> Sequence[BatchRow]:
        def work(connection: apsw.Connection) -> Sequence[BatchRow]:
            found = connection.execute(
                f"SELECT {stored.FILE} FROM file WHERE batch = ? ORDER BY place",  # noqa: S608 - our own columns
                (batch_id,),
            )
            return tuple(stored.file_of(row) for row in found)

        return await self._do(work)

    async def add(self, batch: Batch, rows: Sequence[BatchRow]) -> None:
        def work(connection: apsw.Connection) -> None:
            connection.execute(
                f"INSERT INTO batch ({stored.BATCH}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - our own columns
                stored.batch_row(batch),
            )
            connection.executemany(_PUT, [stored.file_row(batch.id, row) for row in rows])

        await self._do(work)

    async def save(self, batch: Batch) -> None:
        def work(connection: apsw.Connection) -> None:
            connection.execute(
                "UPDATE batch SET title = ?2, profile = ?3, model = ?4, action = ?5, at_once = ?6, "
                "started = ?7, created_at = ?8 WHERE id = ?1",
                stored.batch_row(batch),
            )

        await self._do(work)

    async def put(self, batch_id: str, rows: Sequence[BatchRow]) -> None:
        def work(connection: apsw.Connection) -> None:
            _change(connection, [stored.file_row(batch_id, row) for row in rows])

        await self._do(work)

    async def put_result(
        self, batch_id: str, row: BatchRow, text: str, entry: UsageEntry | None
    ) -> None:
        def work(connection: apsw.Connection) -> None:
            _change(connection, [stored.file_row(batch_id, row)])
            _put_text(connection, batch_id, row.place, stored.storable(text))
            if entry is not None:
                connection.execute(
                    "INSERT OR REPLACE INTO owed (id, entry) VALUES (?, ?)",
                    (stored.storable(entry.id), stored.entry_text(entry)),
                )

        await self._do(work)

    async def put_thumbnail(self, batch_id: str, place: int, png: bytes) -> None:
        def work(connection: apsw.Connection) -> None:
            connection.execute(
                "INSERT OR REPLACE INTO thumbnail (batch, place, png) "
                "SELECT batch, place, ?3 FROM file WHERE batch = ?1 AND place = ?2",
                (batch_id, place, png),
            )

        # A picture to look at: what a power cut takes of these is made anew.
        await self._do(work, durable=False)

    async def thumbnail(self, batch_id: str, place: int) -> bytes:
        def work(connection: apsw.Connection) -> bytes:
            found: list[tuple[Any, ...]] = connection.execute(
                "SELECT png FROM thumbnail WHERE batch = ? AND place = ?", (batch_id, place)
            ).fetchall()
            return bytes(found[0][0]) if found else b""

        return await self._do(work)

    async def result(self, batch_id: str, place: int) -> str:
        """As the port says; DAMAGED if it is not what was once written."""

        def work(connection: apsw.Connection) -> str:
            found: list[tuple[Any, ...]] = connection.execute(
                "SELECT text, hash FROM result WHERE batch = ? AND place = ?", (batch_id, place)
            ).fetchall()
            return self._whole(*found[0]) if found else ""

        return await self._do(work)

    async def results(self, batch_id: str) -> Sequence[tuple[BatchRow, str]]:
        """As the port says; DAMAGED if one is not what was once written."""

        def work(connection: apsw.Connection) -> Sequence[tuple[BatchRow, str]]:
            found = connection.execute(
                "SELECT place, path, state, facts, text, hash FROM file "
                "LEFT JOIN result USING (batch, place) WHERE batch = ? ORDER BY place",
                (batch_id,),
            )
            return [
                (
                    stored.file_of((place, path, state, facts)),
                    self._whole(text, kept) if kept else "",
                )
                for place, path, state, facts, text, kept in found
            ]

        return await self._do(work)

    async def uncounted(self) -> Sequence[UsageEntry]:
        def work(connection: apsw.Connection) -> Sequence[UsageEntry]:
            found = connection.execute("SELECT entry FROM owed ORDER BY id")
            return tuple(stored.entry_of(text) for (text,) in found)

        return await self._do(work)

    async def counted(self, entry_id: str) -> None:
        """As the port says; if a power cut takes this back, it is counted again: no harm."""

        def work(connection: apsw.Connection) -> None:
            connection.execute("DELETE FROM owed WHERE id = ?", (stored.storable(entry_id),))

        await self._do(work, durable=False)

    async def remove_rows(self, batch_id: str, places: Sequence[int]) -> None:
        def work(connection: apsw.Connection) -> None:
            connection.executemany(
                "DELETE FROM file WHERE batch = ? AND place = ?",
                [(batch_id, place) for place in places],
            )

        await self._do(work)

    async def delete(self, batch_id: str) -> None:
        def work(connection: apsw.Connection) -> None:
            connection.execute("DELETE FROM batch WHERE id = ?", (batch_id,))

        await self._do(work)

    async def close(self) -> None:
        """Finish what is queued, then close. A second call does nothing."""
        if not self._worker.stopped:
            await self._worker.run(self._close, last=True)

    def _close(self) -> None:
        if self._connection is not None:
            with translated(self._path):
                self._connection.close()

    async def _do(self, work: Callable[[apsw.Connection], T], *, durable: bool = True) -> T:
        def whole() -> T:
            connection = self._opened()
            with translated(self._path, connection), transaction(connection, durable=durable):
                try:
                    return work(connection)
                except ValueError as error:
                    raise StorageError(StorageProblem.DAMAGED, str(self._path)) from error

        try:
            return await self._worker.run(whole)
        except StoppedError as error:
            raise StorageError(StorageProblem.FAILED, str(self._path), "closed") from error

    def _opened(self) -> apsw.Connection:
        """On the worker's thread. What an earlier run was asking when it ended is uncertain."""
        if self._connection is None:
            connection = open_database(self._path, self._backups, MIGRATIONS)
            try:
                with translated(self._path, connection), transaction(connection):
                    connection.execute("UPDATE file SET state = 'uncertain' WHERE state = 'asking'")
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _whole(self, text: str, kept: bytes) -> str:
        if _hash(text) != kept:
            raise StorageError(StorageProblem.DAMAGED, str(self._path))
        return text


def _change(connection: apsw.Connection, values: Sequence[tuple[object, ...]]) -> None:
    """Replace rows that are there: one that was removed meanwhile stays away."""
    connection.executemany(_CHANGE, values)


def _put_text(connection: apsw.Connection, batch_id: str, place: int, text: str) -> None:
    """What a row was answered now; that of before goes, even where nothing came."""
    if not text:
        connection.execute("DELETE FROM result WHERE batch = ? AND place = ?", (batch_id, place))
        return
    # By way of the row: one that was removed meanwhile has no place for it.
    connection.execute(
        "INSERT OR REPLACE INTO result (batch, place, text, hash) "
        "SELECT batch, place, ?3, ?4 FROM file WHERE batch = ?1 AND place = ?2",
        (batch_id, place, text, _hash(text)),
    )


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
