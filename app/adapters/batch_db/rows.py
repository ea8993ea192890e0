"""Batches, their files and what they owe, as rows and back."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from typing import Any

from app.core.batch import Batch, BatchAction, BatchRow, RowState
from app.core.cost import TokenCounts, UsageEntry
from app.core.errors import ImageProblem
from app.core.message_json import failure_from_json, failure_to_json

BATCH = "id, title, profile, model, action, at_once, started, created_at"
FILE = "place, path, state, facts"


def storable(text: str) -> str:
    """The text with lone surrogates, which UTF-8 has no bytes for, replaced by `?`."""
    return text.encode("utf-8", "replace").decode()


def batch_row(batch: Batch) -> tuple[Any, ...]:
    """The columns `BATCH` of a batch."""
    texts = (batch.id, batch.title, batch.profile, batch.model, _json(asdict(batch.action)))
    rest = (batch.at_once, int(batch.started), batch.created_at)
    return (*(storable(text) for text in texts), *rest)


def batch_of(row: tuple[Any, ...]) -> Batch:
    """The batch in the columns `BATCH`. Raises ValueError where they are damaged."""
    key, title, profile, model, action, at_once, started, created_at = row
    given = json.loads(action)
    names = BatchAction.__dataclass_fields__
    what = BatchAction(**{name: given[name] for name in names if name in given})
    return Batch(title, profile, model, what, at_once, bool(started), created_at, key)


def file_row(batch_id: str, row: BatchRow) -> tuple[Any, ...]:
    """The columns `batch, FILE` of a file."""
    facts = {
        "line": row.line,
        "fields": [list(pair) for pair in row.fields],
        "cut": row.cut,
        "failure": failure_to_json(row.failure),
        "problem": row.problem,
        "took": row.took,
        "cost": row.cost,
        "asked": row.asked,
        "sent": row.sent,
    }
    kept = {name: value for name, value in facts.items() if value not in (None, "", [], False)}
    path = os.fsencode(row.path)
    return batch_id, row.place, path, row.state.value, storable(_json(kept))


def file_of(row: tuple[Any, ...]) -> BatchRow:
    """The file in the columns `FILE`. Raises ValueError where they are damaged."""
    place, path, state, told = row
    facts = json.loads(told)
    problem = facts.get("problem")
    return BatchRow(
        place,
        os.fsdecode(path),
        RowState(state),
        line=facts.get("line", ""),
        fields=tuple((str(key), str(value)) for key, value in facts.get("fields", ())),
        cut=facts.get("cut", False),
        failure=failure_from_json(facts.get("failure")),
        problem=ImageProblem(problem) if problem is not None else None,
        took=facts.get("took"),
        cost=facts.get("cost"),
        asked=facts.get("asked", 0),
        sent=facts.get("sent", ""),
    )


def entry_text(entry: UsageEntry) -> str:
    return storable(_json(asdict(entry)))


def entry_of(text: str) -> UsageEntry:
    """The entry that a text keeps. Raises ValueError where it is damaged."""
    given = json.loads(text)
    return UsageEntry(**{**given, "tokens": TokenCounts(**given["tokens"])})


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
