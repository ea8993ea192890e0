"""A database from a newer version is refused, and not one byte of it changes.

Half of the trials leave it as a clean end would, half with the log of a process that was killed.
`worst_ms` is the longest until the refusal.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from pathlib import Path

import apsw

from app.adapters.history_db import open_history
from app.adapters.history_db.migrations import MIGRATIONS
from app.core.conversation import ConversationInfo
from app.core.errors import StorageError, StorageProblem
from app.core.message import Message, Role, TextPart
from tests.faults.fault import Outcome

NAME = "newer_schema"


def run(directory: Path, trials: int) -> Outcome:
    """Try to open as many newer databases."""
    touched, slowest = 0, 0.0
    for trial in range(trials):
        place = directory / str(trial)
        make_newer(place, log_left=bool(trial % 2))
        before = contents(place)
        began = time.perf_counter()
        touched += not is_refused(place)
        slowest = max(slowest, (time.perf_counter() - began) * 1000)
        touched += contents(place) != before
    note = "half of them with a log left by a killed process"
    return Outcome(NAME, trials, touched, round(slowest, 1), note)


def make_newer(directory: Path, *, log_left: bool) -> None:
    """A history in `directory` whose schema is one ahead of ours."""
    made = directory.with_name(f"{directory.name}-made")
    asyncio.run(_fill(made))
    connection = apsw.Connection(str(made / "history.sqlite3"))
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("CREATE TABLE tomorrow (x); INSERT INTO tomorrow VALUES (1)")
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    if not log_left:
        connection.close()
    shutil.copytree(made, directory, ignore=shutil.ignore_patterns("lock", "*-shm"))
    connection.close()


def contents(directory: Path) -> dict[str, bytes]:
    """Every file but the lock and SQLite's shared memory, which holds nothing of its own."""
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file() and path.name != "lock" and not path.name.endswith("-shm")
    }


def is_refused(directory: Path) -> bool:
    try:
        open_history(directory).close_now()
    except StorageError as error:
        return (error.problem, error.path) == (
            StorageProblem.NEWER,
            str(directory / "history.sqlite3"),
        )
    return False


async def _fill(directory: Path) -> None:
    history = open_history(directory)
    await history.put_blob(b"picture")
    await history.append(ConversationInfo(), [Message(Role.USER, (TextPart("kept"),))])
    await history.close()
