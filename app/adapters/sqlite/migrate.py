"""Brings a database's schema up to date: by steps, each whole or not at all, backed up before.

The number of steps done is the file's `user_version`. Before a step touches a database that holds
something, a copy of it goes to the backups. One that a newer version wrote is refused untouched.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import apsw

from app.adapters.disk import make_private_folder, sync_folder
from app.adapters.sqlite.database import connect, schema_in_header, transaction, translated
from app.core.errors import StorageError, StorageProblem

APPLICATION_ID = 0x50486C65
"""`PHle` in the file's header: this database is Porthole's."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: what it is called, and its statements.

    The first one makes the table `migration`, in which all are written down.
    """

    name: str
    sql: str


MIGRATION_TABLE = """
CREATE TABLE migration (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at REAL NOT NULL
) STRICT;
"""


def open_database(path: Path, backups: Path, steps: Sequence[Migration]) -> apsw.Connection:
    """A connection to the database at `path`, made or brought up to date.

    Raises StorageError: NEWER (nothing was touched), READ_ONLY, FULL, DAMAGED, FAILED.
    """
    with translated(path):
        _refuse_newer(schema_in_header(path), path, steps)
        connection = connect(path)
    try:
        with translated(path, connection):
            _refuse_newer(schema_number(connection), path, steps)
            migrate(connection, path, backups, steps)
    except BaseException:
        # Closing would fold the log into a file that may not be ours to touch.
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        connection.close()
        raise
    return connection


def _refuse_newer(schema: int, path: Path, steps: Sequence[Migration]) -> None:
    if schema > len(steps):
        raise StorageError(StorageProblem.NEWER, str(path), f"schema {schema}")


def migrate(
    connection: apsw.Connection,
    path: Path,
    backups: Path,
    steps: Sequence[Migration],
) -> Path | None:
    """Bring the database up to date; answers the backup made before, if one was.

    Raises apsw.Error or OSError, and then the database is as it was before the step that failed.
    """
    done = schema_number(connection)
    if done >= len(steps):
        return None
    backup = back_up(connection, path, backups, done) if done else None
    for number, step in enumerate(steps[done:], start=done + 1):
        with transaction(connection):
            connection.execute(step.sql).fetchall()
            connection.execute(
                "INSERT INTO migration (number, name, applied_at) VALUES (?, ?, ?)",
                (number, step.name, time.time()),
            )
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number}")
    # The number must stand in the file's header, where an older version looks before it opens.
    connection.execute("PRAGMA wal_checkpoint (TRUNCATE)")
    return backup


def schema_number(connection: apsw.Connection) -> int:
    return int(connection.pragma("user_version"))


def back_up(connection: apsw.Connection, path: Path, folder: Path, schema: int) -> Path:
    """A consistent copy of the whole database in `folder`, named by its schema and the time."""
    make_private_folder(folder)
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    target = folder / f"{path.stem}-schema{schema}-{stamp}{path.suffix}"
    draft = target.with_suffix(".tmp")
    try:
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        copy = apsw.Connection(str(draft))
        try:
            with copy.backup("main", connection, "main") as copying:
                while not copying.done:
                    copying.step(1000)
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()
        draft.replace(target)
        sync_folder(folder)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    return target
