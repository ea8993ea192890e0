"""A batch: one action over many files. Its rows, how far each is, and what answers make of them."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from app.core.errors import Failure, FailureKind, ImageProblem
from app.core.ids import new_id
from app.core.message import Message, MessageState
from app.core.written_number import WrittenNumber, json_text

AT_ONCE = 4
MOST_AT_ONCE = 16
MOST_FILES = 10_000
"""How many files one batch takes; what is more is said to be left out."""
LINE, FIELDS, FIELD = 200, 8, 120
"""Characters of a result's first line, how many of its fields a row shows, characters of each."""
LONGEST_JSON = 1_000_000


class RowState(StrEnum):
    WAITING = "waiting"
    """Not asked yet, or refused in a way that cost nothing and is tried again."""
    ASKING = "asking"
    """The request is leaving or its answer is arriving; on the disk before it leaves."""
    DONE = "done"
    FAILED = "failed"
    """No answer, and surely nothing paid: the file cannot be taken, or the service refused it."""
    UNCERTAIN = "uncertain"
    """It was asked, no whole answer was kept, and it may have been paid."""


@dataclass(frozen=True, slots=True)
class BatchAction:
    """What is asked of each file: a copy, so that editing the action changes no batch that has it.

    `model` is the one that it wants, empty where any will do.
    """

    name: str
    prompt: str
    id: str = ""
    system_prompt: str = ""
    model: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """All of a batch but its rows. `started`: the person confirmed what it may cost.

    `created_at` is in seconds since the epoch.
    """

    title: str
    profile: str
    model: str
    action: BatchAction
    at_once: int = AT_ONCE
    started: bool = False
    created_at: float = field(default_factory=time.time)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A file of a batch; `place` is its number in it, from 0, and stays.

    `line` is the first line of the result, `fields` the first of its fields where it is a JSON
    object. `asked` counts the requests that were sent for it. `took` is in seconds, `cost` in USD.
    """

    place: int
    path: str
    state: RowState = RowState.WAITING
    line: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    cut: bool = False
    """The answer ended before its end."""
    failure: Failure | None = None
    problem: ImageProblem | None = None
    took: float | None = None
    cost: float | None = None
    asked: int = 0
    sent: str = ""
    """A mark of all that was sent of the file: another one, and the file has changed since."""

    @property
    def name(self) -> str:
        """What the file is called, without its folders."""
        return self.path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1] or self.path


class Verdict(StrEnum):
    """What a failed request means for its row, and for the batch."""

    LATER = "later"
    """The service is busy and said so wholly: nothing was paid, all rows wait."""
    ALL = "all"
    """It would be the same for each file, and nothing was paid: the batch pauses."""
    REFUSED = "refused"
    """This request was refused, and nothing was paid."""
    UNCERTAIN = "uncertain"


_FOR_ALL = frozenset(
    {
        FailureKind.NO_KEY,
        FailureKind.KEYRING_LOCKED,
        FailureKind.BAD_KEY,
        FailureKind.BAD_ADDRESS,
        FailureKind.NO_SERVICE,
        FailureKind.BAD_NETWORK,
        FailureKind.PROXY,
        FailureKind.NOT_RESOLVED,
        FailureKind.NOT_CONNECTED,
        FailureKind.TLS,
        FailureKind.REDIRECTED,
        FailureKind.AUTH,
        FailureKind.FORBIDDEN,
        FailureKind.NOT_FOUND,
    }
)
_FOR_ONE = frozenset({FailureKind.NOT_SENT, FailureKind.BAD_REQUEST, FailureKind.TOO_LARGE})
_BUSY = frozenset({FailureKind.RATE_LIMITED, FailureKind.UNAVAILABLE})


def verdict(failure: Failure) -> Verdict:
    """As for a conversation's own requests (`core.again`): sure to be unpaid is only what was
    never sent, and what was refused before any output by an answer that came to its end."""
    if not failure.whole:
        return Verdict.UNCERTAIN
    if failure.kind in _BUSY and failure.status in (429, 503):
        return Verdict.LATER
    if failure.kind in _FOR_ALL:
        return Verdict.ALL
    return Verdict.REFUSED if failure.kind in _FOR_ONE else Verdict.UNCERTAIN


def answered(row: BatchRow, reply: Message) -> BatchRow:
    """The row after its reply ended: done, failed, uncertain, or waiting once more."""
    failure, text = reply.failure, reply.text
    row = replace(row, failure=failure, problem=None, took=reply.took, cost=reply.cost)
    filtered = reply.finish_reason == "content_filter"
    ended = reply.state in (MessageState.COMPLETE, MessageState.CUT_SHORT)
    if failure is None and ended and (text or not filtered):
        cut = filtered or reply.state is MessageState.CUT_SHORT
        line, said = first_line(text), fields_of(text)
        return replace(row, state=RowState.DONE, line=line, fields=said, cut=cut)
    silent = failure is not None and not reply.parts
    state = _AFTER[verdict(failure)] if failure is not None and silent else RowState.UNCERTAIN
    return replace(row, state=state, line=first_line(text), took=None)


_AFTER: Mapping[Verdict, RowState] = {
    Verdict.LATER: RowState.WAITING,
    Verdict.ALL: RowState.WAITING,
    Verdict.REFUSED: RowState.FAILED,
    Verdict.UNCERTAIN: RowState.UNCERTAIN,
}


def again(row: BatchRow) -> BatchRow:
    """The row as it is asked anew, because the person said so."""
    return BatchRow(row.place, row.path, asked=row.asked)


def first_line(text: str) -> str:
    """The first line that says something."""
    for line in text.splitlines():
        said = line.strip()
        if said and not said.startswith("```"):
            return said[:LINE]
    return ""


def json_object(text: str) -> dict[str, Any] | None:
    """The JSON object that an answer is, be it in a fence; None where it is anything else."""
    bare = text.strip()
    if fenced := _FENCE.fullmatch(bare):
        bare = fenced[1].strip()
    if not (bare.startswith("{") and bare.endswith("}")) or len(bare) > LONGEST_JSON:
        return None
    try:
        value = json.loads(bare, parse_float=WrittenNumber)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


_FENCE = re.compile(r"```[A-Za-z0-9]*\s*\n(.*?)\n?```", re.DOTALL)


def fields_of(text: str) -> tuple[tuple[str, str], ...]:
    """The first fields of an answer that is a JSON object, each short."""
    found = json_object(text) or {}
    return tuple((str(key), cell_text(found[key])[:FIELD]) for key in list(found)[:FIELDS])


def cell_text(value: Any) -> str:
    """A JSON value as it stands in a cell."""
    return "" if value is None else json_text(value)
