"""What went over the wire for a reply, kept beside it: the response compressed, gone with it."""

from __future__ import annotations

import json
import zlib
from typing import Any

import apsw

from app.adapters.history_db import rows
from app.core.errors import StorageError, StorageProblem
from app.core.exchange import Exchange


def row_of(exchange: Exchange) -> tuple[Any, ...]:
    """The columns of an exchange but for its message. Compresses: a few milliseconds."""
    return (
        rows.storable(exchange.url),
        rows.to_json(dict(exchange.request)),
        rows.storable(exchange.system_prompt),
        exchange.status,
        rows.to_json(dict(exchange.headers)),
        zlib.compress(exchange.response),
        exchange.size,
        exchange.cut,
    )


def save(connection: apsw.Connection, message: str, row: tuple[Any, ...]) -> bool:
    """Keep it beside the message of that id, in place of what was kept; False if there is none."""
    connection.execute(
        "INSERT OR REPLACE INTO exchange (message, url, request, system_prompt, status, headers, "
        "response, size, cut) SELECT sequence, ?, ?, ?, ?, ?, ?, ?, ? FROM message WHERE id = ?",
        (*row, rows.storable(message)),
    )
    return connection.changes() > 0


def load(connection: apsw.Connection, message: str, path: str) -> Exchange | None:
    """The message's exchange, if one is kept. Raises StorageError (DAMAGED) about `path`."""
    found = connection.execute(
        "SELECT CAST(url AS BLOB), CAST(request AS BLOB), CAST(system_prompt AS BLOB), status, "
        "CAST(headers AS BLOB), response, size, cut "
        "FROM exchange WHERE message = (SELECT sequence FROM message WHERE id = ?)",
        (rows.storable(message),),
    ).fetchone()
    if found is None:
        return None
    url, request, system_prompt, status, headers, response, size, cut = found
    try:
        return Exchange(
            url=rows.text_of(url),
            request=dict(json.loads(request)),
            system_prompt=rows.text_of(system_prompt),
            status=status,
            headers=dict(json.loads(headers)),
            response=zlib.decompress(response),
            size=size,
            cut=cut,
        )
    except (zlib.error, ValueError, TypeError, RecursionError) as error:
        raise StorageError(StorageProblem.DAMAGED, path, "exchange is damaged") from error
