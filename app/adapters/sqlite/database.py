"""A connection to the database file: how it is opened, its transactions, and what its errors mean.

SQLite's exceptions end here: everything outside of this package sees StorageError.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import apsw

from app.adapters.disk import problem_of, storage_error
from app.core.errors import StorageError, StorageProblem

# 3.51.3 mends a bug by which two connections could lose commits when the log starts anew.
_SQLITE_FLOOR = (3, 51, 3)

_SHORT = (apsw.SQLITE_IOERR_SHORT_READ, apsw.SQLITE_IOERR_CORRUPTFS)
_HEADER = 100
_MAGIC = b"SQLite format 3\x00"

_log = logging.getLogger(__name__)


def connect(path: Path, *, read_only: bool = False) -> apsw.Connection:
    """A connection with our settings. Not to be used by two threads at once. Raises apsw.Error."""
    version = tuple(int(number) for number in apsw.sqlite_lib_version().split("."))
    assert version >= _SQLITE_FLOOR, f"SQLite {apsw.sqlite_lib_version()} loses commits"
    if not read_only:
        _create_private(path)
    flags = apsw.SQLITE_OPEN_READONLY if read_only else apsw.SQLITE_OPEN_READWRITE
    connection = apsw.Connection(str(path), flags=flags)
    try:
        connection.set_busy_timeout(5000)
        connection.execute("PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON")
        if not read_only:
            # Fetched, for a statement after one that answers rows runs only once they are read.
            connection.execute(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;"
                "PRAGMA secure_delete = FAST; PRAGMA journal_size_limit = 16777216"
            ).fetchall()
    except BaseException:
        with suppress(apsw.Error):
            connection.close()
        raise
    return connection


def schema_in_header(path: Path) -> int:
    """The schema number in the file's first page; 0 if there is no file yet.

    Reads the bytes only, so that a newer version's database stays untouched: SQLite itself would
    already tidy its log. Raises OSError, and StorageError where the file is no database.
    """
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except FileNotFoundError:
        return 0
    if not header:
        return 0
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise StorageError(StorageProblem.DAMAGED, str(path), "no database header")
    return int.from_bytes(header[60:64], "big")


@contextmanager
def transaction(connection: apsw.Connection, *, durable: bool = True) -> Iterator[None]:
    """All of the block or nothing; on the disk when it ends if `durable`.

    Otherwise the commit is only handed to the operating system: it outlives a kill of the process,
    and a power cut may lose it, but never order or wholeness.
    """
    if not durable:
        connection.execute("PRAGMA synchronous = NORMAL")
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            # A full disk may have rolled back already.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    finally:
        if not durable:
            connection.execute("PRAGMA synchronous = FULL")


@contextmanager
def snapshot(connection: apsw.Connection) -> Iterator[None]:
    """All reads of the block see the same state."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


@contextmanager
def translated(path: Path, connection: apsw.Connection | None = None) -> Iterator[None]:
    """Turns what SQLite and the operating system raise in the block into StorageError about `path`.

    `connection` knows the `errno` behind a failed read or write.
    """
    try:
        yield
    except apsw.Error as error:
        problem = _problem(error, connection)
        _log.warning("%s: %s (%s)", path.name, problem.value, type(error).__name__)
        raise StorageError(problem, str(path), str(error)) from error
    except OSError as error:
        raise storage_error(error, path) from error
    except UnicodeDecodeError as error:
        raise StorageError(StorageProblem.DAMAGED, str(path), "text is not UTF-8") from error


def _problem(error: apsw.Error, connection: apsw.Connection | None) -> StorageProblem:
    match error:
        case apsw.FullError():
            return StorageProblem.FULL
        case apsw.ReadOnlyError() | apsw.PermissionsError():
            return StorageProblem.READ_ONLY
        case apsw.CorruptError() | apsw.NotADBError() | apsw.FormatError():
            return StorageProblem.DAMAGED
        case apsw.BusyError() | apsw.LockedError():
            return StorageProblem.IN_USE
        case apsw.IOError() | apsw.CantOpenError():
            if getattr(error, "extendedresult", 0) in _SHORT:
                return StorageProblem.DAMAGED
            return problem_of(connection.system_errno if connection is not None else None)
    return StorageProblem.FAILED


def _create_private(path: Path) -> None:
    """Make the file ours alone before SQLite does; its log and index files take the same mode."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
