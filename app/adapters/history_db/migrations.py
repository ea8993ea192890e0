"""The schema's history: named steps, only ever added to, each whole or not at all.

The number of steps done is the file's `user_version`. Before a step touches a database that holds
something, a copy of it goes to the backups.
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
from app.adapters.history_db.database import APPLICATION_ID, transaction


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: what it is called, and its statements."""

    name: str
    sql: str


_FIRST = """
CREATE TABLE migration (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at REAL NOT NULL
) STRICT;

CREATE TABLE conversation (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    profile TEXT NOT NULL,
    model TEXT NOT NULL,
    system_prompt TEXT NOT NULL,
    parameters TEXT NOT NULL,       -- JSON object
    leaf TEXT,                      -- message.id of the branch shown
    pinned INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    message_count INTEGER NOT NULL, -- kept by whoever adds messages
    created_at REAL NOT NULL,
    updated_at REAL NOT NULL,
    deleted_at REAL                 -- hidden since; purged at a later start
) STRICT;

CREATE TABLE message (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    parent TEXT,
    role TEXT NOT NULL,
    state TEXT NOT NULL,
    parts TEXT NOT NULL,            -- JSON list
    facts TEXT NOT NULL,            -- JSON object: model, usage, times …
    hash BLOB NOT NULL              -- SHA-256 of all of the above but sequence and state
) STRICT;
CREATE INDEX message_of_conversation ON message (conversation, sequence);
CREATE INDEX message_streaming ON message (sequence) WHERE state = 'streaming';

CREATE TABLE draft (
    conversation TEXT PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
    content TEXT NOT NULL           -- JSON object: text, parts
) STRICT;

CREATE TABLE tab (
    place INTEGER PRIMARY KEY,
    conversation TEXT NOT NULL,
    anchor TEXT,                    -- message.id of the line being read
    anchor_offset INTEGER NOT NULL,
    current INTEGER NOT NULL
) STRICT;

CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE attachment (
    message INTEGER NOT NULL REFERENCES message (sequence) ON DELETE CASCADE,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (message, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_by_blob ON attachment (sha256);

-- Rows by message.sequence; holds words and pairs of Chinese characters, not the text.
CREATE VIRTUAL TABLE message_words USING fts5 (
    words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
"""

MIGRATIONS: tuple[Migration, ...] = (Migration("conversations, messages and their words", _FIRST),)


def migrate(
    connection: apsw.Connection,
    path: Path,
    backups: Path,
    steps: Sequence[Migration] = MIGRATIONS,
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
