"""What was read in pictures on this machine: lines with boxes, kept by the picture's hash.

A layer belongs to the picture's bytes, whichever messages show it, and goes with them. Its words
are indexed apart from those of messages: what is found there was never said by anybody.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import apsw

from app.adapters.history_db import rows
from app.adapters.history_db.words import INDEXED_CHARACTERS, spaced
from app.core.errors import StorageError, StorageProblem
from app.core.ports import TextLine


def save(connection: apsw.Connection, sha256: str, lines: Sequence[TextLine]) -> None:
    """Keep what was read, in place of what was; nothing for a picture that no message has.

    One that is not sent yet may be blacked out: its words must not have been on the disk.
    """
    forget(connection, sha256)
    items = [[x.text, x.score, x.left, x.top, x.right, x.bottom] for x in lines]
    connection.execute(
        "INSERT INTO text_layer (sha256, lines) SELECT sha256, ? FROM blob WHERE sha256 = ? "
        "AND EXISTS (SELECT 1 FROM attachment WHERE attachment.sha256 = blob.sha256)",
        (rows.to_json(items), rows.storable(sha256)),
    )
    if connection.changes():
        words = spaced(text_of(lines)[:INDEXED_CHARACTERS])
        connection.execute(
            "INSERT INTO picture_words (rowid, words) VALUES (?, ?)",
            (connection.last_insert_rowid(), words),
        )


def load(connection: apsw.Connection, sha256: str, path: str) -> Sequence[TextLine] | None:
    """The lines in reading order; None if it was not read. Raises StorageError (DAMAGED)."""
    found = connection.execute(
        "SELECT CAST(lines AS BLOB) FROM text_layer WHERE sha256 = ?", (rows.storable(sha256),)
    ).fetchone()
    if found is None:
        return None
    try:
        return lines_of(found[0])
    except (ValueError, TypeError, RecursionError) as error:
        raise StorageError(StorageProblem.DAMAGED, path, "text layer is damaged") from error


def unread(connection: apsw.Connection, limit: int) -> Sequence[str]:
    """Pictures of messages that are not deleted, and were not read yet: the latest first."""
    found = connection.execute(
        "SELECT a.sha256 FROM attachment a JOIN message m ON m.sequence = a.message "
        "JOIN conversation c ON c.id = m.conversation AND c.deleted_at IS NULL "
        "WHERE NOT EXISTS (SELECT 1 FROM text_layer t WHERE t.sha256 = a.sha256) "
        "AND EXISTS (SELECT 1 FROM blob b WHERE b.sha256 = a.sha256) "
        "GROUP BY a.sha256 ORDER BY max(a.message) DESC LIMIT ?",
        (limit,),
    )
    return tuple(sha256 for (sha256,) in found)


def read_in(connection: apsw.Connection, conversation: str) -> dict[str, list[str]]:
    """The pictures of a conversation that were read, by message."""
    found = connection.execute(
        "SELECT m.id, a.sha256 FROM message m JOIN attachment a ON a.message = m.sequence "
        "JOIN text_layer t ON t.sha256 = a.sha256 WHERE m.conversation = ? ORDER BY m.sequence",
        (rows.storable(conversation),),
    )
    pictures: dict[str, list[str]] = {}
    for message, sha256 in found:
        pictures.setdefault(message, []).append(sha256)
    return pictures


def forget(connection: apsw.Connection, sha256: str) -> None:
    """Remove a picture's layer and its words."""
    key = (rows.storable(sha256),)
    connection.execute(
        "DELETE FROM picture_words WHERE rowid = (SELECT number FROM text_layer WHERE sha256 = ?)",
        key,
    )
    connection.execute("DELETE FROM text_layer WHERE sha256 = ?", key)


def lines_of(data: bytes) -> tuple[TextLine, ...]:
    """The lines in a column's JSON. Raises ValueError, TypeError or RecursionError."""
    items = json.loads(data)
    if not isinstance(items, list):
        raise TypeError("not a list")
    return tuple(TextLine(str(text), *map(float, numbers)) for text, *numbers in items)


def text_of(lines: Sequence[TextLine]) -> str:
    """The words, a line each."""
    return rows.storable("\n".join(line.text for line in lines))
