"""The batches' schema: named steps, only ever added to."""

from __future__ import annotations

from app.adapters.sqlite.migrate import MIGRATION_TABLE, Migration

_FIRST = f"""
{MIGRATION_TABLE}

CREATE TABLE batch (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    profile TEXT NOT NULL,
    model TEXT NOT NULL,
    action TEXT NOT NULL,           -- JSON object
    at_once INTEGER NOT NULL,
    started INTEGER NOT NULL,
    created_at REAL NOT NULL
) STRICT;

CREATE TABLE file (
    batch TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    path BLOB NOT NULL,             -- as the system writes it: names need not be UTF-8
    state TEXT NOT NULL,
    facts TEXT NOT NULL,            -- JSON object: first line, fields, failure, seconds, cost …
    PRIMARY KEY (batch, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX file_asked ON file (state) WHERE state = 'asking';

CREATE TABLE result (
    batch TEXT NOT NULL,
    place INTEGER NOT NULL,
    text TEXT NOT NULL,
    hash BLOB NOT NULL,             -- SHA-256 of the text
    PRIMARY KEY (batch, place),
    FOREIGN KEY (batch, place) REFERENCES file (batch, place) ON DELETE CASCADE
) STRICT;

CREATE TABLE thumbnail (
    batch TEXT NOT NULL,
    place INTEGER NOT NULL,
    png BLOB NOT NULL,
    PRIMARY KEY (batch, place),
    FOREIGN KEY (batch, place) REFERENCES file (batch, place) ON DELETE CASCADE
) STRICT;

-- Answers that are paid but not yet in the history's usage ledger, which is another file.
CREATE TABLE owed (
    id TEXT PRIMARY KEY,
    entry TEXT NOT NULL             -- JSON object
) STRICT, WITHOUT ROWID;
"""

MIGRATIONS: tuple[Migration, ...] = (Migration("batches, their files and results", _FIRST),)
