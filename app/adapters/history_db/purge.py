"""What an earlier run deleted goes for good, a little at a time, so that nobody waits behind it."""

from __future__ import annotations

from collections.abc import Collection

import apsw

from app.adapters.history_db import headings, text_layers
from app.adapters.history_db.blobs import BlobFolder

_AT_ONCE = 200


_DOOMED = (
    "SELECT id FROM conversation c WHERE (deleted_at IS NOT NULL OR (message_count = 0 "
    "AND NOT EXISTS (SELECT 1 FROM draft WHERE conversation = c.id) "
    "AND NOT EXISTS (SELECT 1 FROM tab WHERE conversation = c.id)))"
)


def doomed(connection: apsw.Connection) -> list[str]:
    """The conversations deleted so far, and those that hold neither message, draft nor tab."""
    return [id_ for (id_,) in connection.execute(_DOOMED)]


def purge_some(connection: apsw.Connection, conversation: str) -> bool:
    """Remove some of a conversation, its heading last; True once it is gone.

    One that was restored, or written to, since it was found `doomed` is left alone.
    """
    still = connection.execute(f"{_DOOMED} AND id = ?", (conversation,)).fetchone()
    if still is None:
        return True
    found = connection.execute(
        "SELECT sequence FROM message WHERE conversation = ? ORDER BY sequence DESC LIMIT ?",
        (conversation, _AT_ONCE),
    ).fetchall()
    connection.executemany("DELETE FROM message_words WHERE rowid = ?", found)
    connection.executemany("DELETE FROM message WHERE sequence = ?", found)
    if len(found) == _AT_ONCE:
        return False
    connection.execute("DELETE FROM conversation WHERE id = ?", (conversation,))
    return True


def unused_blobs(connection: apsw.Connection, keep: Collection[str]) -> list[str]:
    """Blobs that no message and no draft names, but for those to `keep`."""
    drafts = headings.blobs_in_drafts(connection)
    found = connection.execute(
        "SELECT sha256 FROM blob WHERE sha256 NOT IN (SELECT sha256 FROM attachment)"
    )
    return [sha256 for (sha256,) in found if sha256 not in drafts and sha256 not in keep]


def unused_among(connection: apsw.Connection, wanted: Collection[str]) -> list[str]:
    """Those of the blobs that no message and no draft names."""
    drafts = headings.blobs_in_drafts(connection)
    query = "SELECT 1 FROM attachment WHERE sha256 = ? LIMIT 1"
    free = [sha256 for sha256 in wanted if sha256 not in drafts]
    return [sha256 for sha256 in free if connection.execute(query, (sha256,)).fetchone() is None]


def purge_blobs(connection: apsw.Connection, folder: BlobFolder, unused: Collection[str]) -> None:
    """Remove the files first: a crash in between leaves a row that is tried again."""
    for sha256 in unused:
        folder.remove(sha256)
        text_layers.forget(connection, sha256)
        connection.execute("DELETE FROM blob WHERE sha256 = ?", (sha256,))
