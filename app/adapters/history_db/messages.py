"""Messages in the database: added, replaced, read back in sequence, indexed, counted as used."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import apsw

from app.adapters.history_db import rows, search, usage
from app.adapters.history_db.rows import MessageRow
from app.core.message import Message, MessageState, Role
from app.core.outline import ROLE_CODES, STATE_CODES, OutlineTable


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
                "INSERT INTO message (id, conversation, parent, role, state, parts, facts, hash, "
                "length, line_ends, pictures) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*row.columns, *row.sizes),
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
        "UPDATE message SET (id, conversation, parent, role, state, parts, facts, hash, "
        "length, line_ends, pictures) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE sequence = ?",
        (*row.columns, *row.sizes, sequence),
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


def outlines(connection: apsw.Connection, conversation: str, ended_up_to: int) -> OutlineTable:
    """The outlines of all messages, in sequence, read from their index alone.

    Whole columns are joined inside SQLite, which holds no lock of Python's meanwhile: making
    objects of each row would take many times as long.
    """
    found = connection.execute(
        "SELECT CAST(group_concat(id, char(10)) AS BLOB), "
        "CAST(group_concat(coalesce(parent, ''), char(10)) AS BLOB), "
        "group_concat(CASE role WHEN 'user' THEN 'u' WHEN 'system' THEN 's' WHEN 'tool' THEN 't' "
        "ELSE 'a' END, ''), "
        "group_concat(CASE state WHEN 'complete' THEN 'c' WHEN 'stopped' THEN 'p' "
        "WHEN 'cut_short' THEN 'k' WHEN 'failed' THEN 'f' "
        "WHEN 'streaming' THEN iif(sequence <= ?, 'i', 's') ELSE 'i' END, ''), "
        "group_concat(length, ','), group_concat(line_ends, ','), group_concat(pictures, ',') "
        "FROM (SELECT * FROM message INDEXED BY message_outline WHERE conversation = ? "
        "ORDER BY sequence)",
        (ended_up_to, rows.storable(conversation)),
    ).fetchone()
    if found is None or found[0] is None:
        return OutlineTable()
    ids, parents = (rows.text_of(column) for column in found[:2])
    roles, states, *sizes = found[2:]
    return OutlineTable.from_columns(
        ids.split("\n"),
        roles.encode().translate(_ROLES),
        states.encode().translate(_STATES),
        [_numbers(column) for column in sizes],
        _odd_parents(ids, parents),
    )


def _numbers(column: str) -> Sequence[int]:
    """Numbers with commas between; of pictures nearly all are 0."""
    if not column.strip("0,"):
        return array("L", [0]) * (column.count(",") + 1)
    numbers: list[int] = json.loads(f"[{column}]")
    return numbers


_ROLES = bytes.maketrans(
    b"usta",
    bytes(ROLE_CODES[r] for r in (Role.USER, Role.SYSTEM, Role.TOOL, Role.ASSISTANT)),
)
_STATES = bytes.maketrans(
    b"cpkfsi",
    bytes(
        STATE_CODES[state]
        for state in (
            MessageState.COMPLETE,
            MessageState.STOPPED,
            MessageState.CUT_SHORT,
            MessageState.FAILED,
            MessageState.STREAMING,
            MessageState.INTERRUPTED,
        )
    ),
)


def _odd_parents(ids: str, parents: str) -> dict[int, str | None]:
    """The parents of those that do not follow the message before them, by place.

    Both texts hold an id a line. Most conversations never branched: then one is the other, a line
    later.
    """
    if parents == f"\n{ids.rpartition(chr(10))[0]}":
        return {0: None}
    before = ("", *ids.split("\n"))
    pairs = enumerate(zip(parents.split("\n"), before, strict=False))
    odd = {place: parent or None for place, (parent, above) in pairs if parent != above}
    return {0: None, **odd}


def some(
    connection: apsw.Connection, message_ids: Sequence[str], ended_up_to: int
) -> tuple[list[Message], frozenset[str]]:
    """Those messages, in any order, and the ids of the damaged ones."""
    messages: list[Message] = []
    damaged: set[str] = set()
    for message_id in message_ids:
        found = connection.execute(
            f"SELECT {rows.COLUMNS}, sequence FROM message WHERE id = ?",  # noqa: S608 - ours
            (rows.storable(message_id),),
        ).fetchone()
        if found is None:
            continue
        *columns, sequence = found
        message, is_damaged = rows.message_of(tuple(columns))
        if message.state is MessageState.STREAMING and sequence <= ended_up_to:
            message = replace(message, state=MessageState.INTERRUPTED)
        if is_damaged:
            damaged.add(message.id)
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
