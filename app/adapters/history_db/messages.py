"""Messages in the database: added, replaced, read back in sequence, indexed, counted as used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import apsw

from app.adapters.history_db import rows, search, usage
from app.adapters.history_db.rows import MessageRow
from app.core.message import Message, MessageState


def add(connection: apsw.Connection, conversation: str, messages: Sequence[Message]) -> None:
    """Add the messages at the end.

    One whose id is there already is replaced in its place, so that whoever does not know whether
    an earlier try went through may simply try again.
    """
    added = 0
    for message in messages:
        if not update(connection, message):
            row = rows.row_of(message, conversation)
            connection.execute(
                "INSERT INTO message (id, conversation, parent, role, state, parts, facts, hash) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                row.columns,
            )
            _follow(connection, connection.last_insert_rowid(), message, row)
            usage.begin(connection, message, conversation)
            added += 1
    connection.execute(
        "UPDATE conversation SET message_count = message_count + ? WHERE id = ?",
        (added, rows.storable(conversation)),
    )


def update(connection: apsw.Connection, message: Message) -> bool:
    """Put `message` where the one with its id stands; False if there is none."""
    found = connection.execute(
        "SELECT sequence, conversation FROM message WHERE id = ?", (rows.storable(message.id),)
    ).fetchone()
    if found is None:
        return False
    sequence, conversation = found
    row = rows.row_of(message, conversation)
    connection.execute(
        "UPDATE message SET (id, conversation, parent, role, state, parts, facts, hash) = "
        "(?, ?, ?, ?, ?, ?, ?, ?) WHERE sequence = ?",
        (*row.columns, sequence),
    )
    _follow(connection, sequence, message, row)
    usage.settle(connection, message)
    return True


def load(
    connection: apsw.Connection, conversation: str, ended_up_to: int
) -> tuple[list[Message], frozenset[str]]:
    """All messages in sequence, and the ids of the damaged ones.

    A reply up to sequence `ended_up_to` that still stands as streaming belongs to an earlier run:
    it comes back as interrupted. A message whose parent is lost follows the one before it.
    """
    found = connection.execute(
        f"SELECT {rows.COLUMNS}, sequence FROM message "  # noqa: S608 - our own column names
        "WHERE conversation = ? ORDER BY sequence",
        (rows.storable(conversation),),
    )
    messages: list[Message] = []
    damaged: set[str] = set()
    known: set[str] = set()
    for *columns, sequence in found:
        message, is_damaged = rows.message_of(tuple(columns))
        if message.state is MessageState.STREAMING and sequence <= ended_up_to:
            message = replace(message, state=MessageState.INTERRUPTED)
        if message.parent is not None and message.parent not in known:
            message = replace(message, parent=messages[-1].id if messages else None)
        if is_damaged:
            damaged.add(message.id)
        known.add(message.id)
        messages.append(message)
    return messages, frozenset(damaged)


def mark_interrupted(connection: apsw.Connection) -> None:
    """Replies that still stand as streaming were left by an earlier run: say so, and index them."""
    found: list[tuple[Any, ...]] = connection.execute(
        f"SELECT sequence, {rows.COLUMNS} FROM message WHERE state = 'streaming'"  # noqa: S608 - ours
    ).fetchall()
    for sequence, *columns in found:
        message, _ = rows.message_of(tuple(columns))
        interrupted = replace(message, state=MessageState.INTERRUPTED)
        connection.execute(
            "UPDATE message SET state = ? WHERE sequence = ?", (interrupted.state.value, sequence)
        )
        _index(connection, sequence, interrupted)
        usage.settle(connection, interrupted)


def streaming_count(connection: apsw.Connection) -> int:
    query = "SELECT count(*) FROM message WHERE state = 'streaming'"
    return int(connection.execute(query).get)


def last_sequence(connection: apsw.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(sequence), 0) FROM message").get)


def _follow(connection: apsw.Connection, sequence: int, message: Message, row: MessageRow) -> None:
    """Bring what is kept beside a message in line with it: its attachments, its words."""
    connection.execute("DELETE FROM attachment WHERE message = ?", (sequence,))
    for blob in row.blobs:
        connection.execute(
            "INSERT INTO attachment (message, sha256) VALUES (?, ?)", (sequence, blob)
        )
    _index(connection, sequence, message)


def _index(connection: apsw.Connection, sequence: int, message: Message) -> None:
    """A growing reply is indexed once it ended: not at every checkpoint."""
    if message.state is MessageState.STREAMING:
        return
    connection.execute(
        "INSERT OR REPLACE INTO message_words (rowid, words) VALUES (?, ?)",
        (sequence, search.words_of(message)),
    )
