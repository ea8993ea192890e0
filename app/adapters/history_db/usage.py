"""What was asked of the services: an entry for each reply, and its sums by day, service and model.

An entry is begun with a reply that starts to stream, and settled when it ends: copies of a reply
that ended elsewhere, and further choices of the same answer, were not asked for and get none.
"""

from __future__ import annotations

import datetime
import math
import time
from collections.abc import Sequence

import apsw

from app.adapters.history_db import rows
from app.core.cost import UsageEntry, UsageRow, counted
from app.core.message import Message, MessageState, Role

# Times that every system's calendar knows: up to the year 3000.
_LATEST = 32_503_680_000.0
# All time zones differ from each other by whole quarters of an hour, and so do their days.
_QUARTER = 900


def begin(connection: apsw.Connection, message: Message, conversation: str) -> None:
    """A message was added; if it is a reply that is being asked for, it will be counted.

    While a sibling of it streams, it is another choice of the same answer.
    """
    if message.role is not Role.ASSISTANT or message.state is not MessageState.STREAMING:
        return
    key = rows.storable(conversation)
    parent = rows.storable(message.parent) if message.parent is not None else None
    connection.execute(
        "INSERT OR IGNORE INTO usage_entry (message, conversation, profile, model, pictures) "
        "SELECT :id, c.id, c.profile, :model, "
        "coalesce((SELECT q.pictures FROM message q WHERE q.id = :parent AND q.role = 'user'), 0) "
        "FROM conversation c WHERE c.id = :conversation AND NOT EXISTS "
        "(SELECT 1 FROM message WHERE state = 'streaming' AND conversation = :conversation "
        "AND parent IS :parent AND id <> :id)",
        {
            "id": rows.storable(message.id),
            "model": rows.storable(message.model),
            "parent": parent,
            "conversation": key,
        },
    )


def settle(connection: apsw.Connection, message: Message) -> None:
    """A message was replaced: a reply that ended with something is counted, one without is not."""
    if message.role is not Role.ASSISTANT or message.state is MessageState.STREAMING:
        return
    key = rows.storable(message.id)
    if message.usage is None and not message.parts:
        connection.execute("DELETE FROM usage_entry WHERE message = ?", (key,))
        return
    tokens = counted(message.usage)
    cost = message.cost
    at = message.created_at
    connection.execute(
        "UPDATE usage_entry SET (at, model, prompt_tokens, cached_tokens, completion_tokens, "
        "reasoning_tokens, cost) = (?, ?, ?, ?, ?, ?, ?) WHERE message = ?",
        (
            min(max(at, 0.0), _LATEST) if math.isfinite(at) else 0.0,
            rows.storable(message.model),
            tokens.prompt,
            tokens.cached,
            tokens.completion,
            tokens.reasoning,
            cost if cost is not None and math.isfinite(cost) else None,
            key,
        ),
    )


def add(connection: apsw.Connection, entry: UsageEntry) -> None:
    """Count an answer that no conversation holds; one that is counted already stays as it is."""
    tokens, cost = entry.tokens, entry.cost
    connection.execute(
        "INSERT OR IGNORE INTO usage_entry (message, conversation, at, profile, model, "
        "prompt_tokens, cached_tokens, completion_tokens, reasoning_tokens, pictures, cost) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            rows.storable(entry.id),
            rows.storable(entry.group),
            min(max(entry.at, 0.0), _LATEST) if math.isfinite(entry.at) else 0.0,
            rows.storable(entry.profile),
            rows.storable(entry.model),
            tokens.prompt,
            tokens.cached,
            tokens.completion,
            tokens.reasoning,
            entry.pictures,
            cost if cost is not None and math.isfinite(cost) else None,
        ),
    )


def since(connection: apsw.Connection, start: float, conversation: str = "") -> Sequence[UsageRow]:
    """What was asked since `start`, by local calendar day, service and model, the first day first:
    in all conversations, or in one.

    SQLite sums up by quarters of an hour, Python says which day they belong to.
    """
    found = connection.execute(
        "SELECT CAST(at / ?1 AS INTEGER) AS quarter, CAST(profile AS BLOB), CAST(model AS BLOB), "
        "count(*), total(prompt_tokens), total(cached_tokens), total(completion_tokens), "
        "total(reasoning_tokens), total(pictures), total(cost), count(*) - count(cost) "
        "FROM usage_entry WHERE at >= ?2 AND (?3 = '' OR conversation = ?3) "
        "GROUP BY quarter, profile, model",
        (_QUARTER, start, rows.storable(conversation)),
    )
    sums: dict[tuple[datetime.date, bytes, bytes], list[float]] = {}
    day, of_quarter = datetime.date.min, -1
    for quarter, profile, model, *figures in found:
        if quarter != of_quarter:
            day, of_quarter = _local_day(quarter * _QUARTER), quarter
        have = sums.get((day, profile, model))
        sums[day, profile, model] = (
            figures if have is None else [a + b for a, b in zip(have, figures, strict=True)]
        )
    return tuple(_row(*key, figures) for key, figures in sums.items())


def _local_day(at: float) -> datetime.date:
    return datetime.date(*time.localtime(at)[:3])


def _row(day: datetime.date, profile: bytes, model: bytes, figures: list[float]) -> UsageRow:
    requests, prompt, cached, completion, reasoning, pictures, cost, unpriced = figures
    return UsageRow(
        day=day,
        profile=rows.text_of(profile),
        model=rows.text_of(model),
        requests=int(requests),
        prompt_tokens=int(prompt),
        cached_tokens=int(cached),
        completion_tokens=int(completion),
        reasoning_tokens=int(reasoning),
        pictures=int(pictures),
        cost=cost,
        unpriced=int(unpriced),
    )
