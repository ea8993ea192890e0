"""What was used, summed up: in all, by model, and by the days, weeks or months of a chart."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.core.cost import UsageRow

MOST_COLUMNS = 92
"""More days than this are shown as weeks, more weeks as months."""

Key = tuple[str, str]
"""A profile's id and a model's."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Figures as in `UsageRow`, of any number of rows."""

    requests: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    reasoning_tokens: int = 0
    pictures: int = 0
    cost: float = 0.0
    unpriced: int = 0

    @property
    def tokens(self) -> int:
        return self.prompt_tokens + self.completion_tokens

    @property
    def priced(self) -> bool:
        """Whether what any of it cost is known."""
        return self.requests > self.unpriced


def total(rows: Iterable[UsageRow]) -> Sum:
    """All rows in one."""
    taken = tuple(rows)
    return Sum(
        requests=sum(row.requests for row in taken),
        prompt_tokens=sum(row.prompt_tokens for row in taken),
        cached_tokens=sum(row.cached_tokens for row in taken),
        completion_tokens=sum(row.completion_tokens for row in taken),
        reasoning_tokens=sum(row.reasoning_tokens for row in taken),
        pictures=sum(row.pictures for row in taken),
        cost=sum(row.cost for row in taken),
        unpriced=sum(row.unpriced for row in taken),
    )


def by_model(rows: Iterable[UsageRow]) -> Mapping[Key, Sum]:
    """Each model of each service, the dearest first; of equal cost, the most tokens first."""
    found: dict[Key, list[UsageRow]] = {}
    for row in rows:
        found.setdefault((row.profile, row.model), []).append(row)
    sums = {key: total(taken) for key, taken in found.items()}
    order = sorted(sums, key=lambda key: (-sums[key].cost, -sums[key].tokens, key))
    return {key: sums[key] for key in order}


class Step(StrEnum):
    """How much time a column of the chart stands for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Column:
    """What was used from day `first` to day `last`, in all and by model."""

    first: datetime.date
    last: datetime.date
    sum: Sum = Sum()
    models: Mapping[Key, Sum] = field(default_factory=dict)


def columns(
    rows: Iterable[UsageRow], first: datetime.date, last: datetime.date
) -> tuple[Step, tuple[Column, ...]]:
    """Columns from day `first` to day `last`, those with nothing in them too; later days as well,
    where a clock that was wrong left any."""
    taken = [row for row in rows if row.day >= first]
    last = max([last, *(row.day for row in taken)])
    step = _step((last - first).days + 1)
    held: dict[datetime.date, list[UsageRow]] = {}
    for row in taken:
        held.setdefault(_start(row.day, step), []).append(row)
    made = []
    start = _start(first, step)
    while start <= last:
        after = _next(start, step)
        rows_in = held.get(start, [])
        until = min(after - datetime.timedelta(days=1), last)
        made.append(Column(max(start, first), until, total(rows_in), by_model(rows_in)))
        start = after
    return step, tuple(made)


def start_of_day(day: datetime.date) -> float:
    """When a day of this computer's calendar began, in seconds since the epoch."""
    return time.mktime((day.year, day.month, day.day, 0, 0, 0, 0, 0, -1))


def first_day(rows: Sequence[UsageRow], otherwise: datetime.date) -> datetime.date:
    """The earliest day among the rows."""
    return min((row.day for row in rows), default=otherwise)


def _step(days: int) -> Step:
    if days <= MOST_COLUMNS:
        return Step.DAY
    return Step.WEEK if days <= MOST_COLUMNS * 7 else Step.MONTH


def _start(day: datetime.date, step: Step) -> datetime.date:
    """The first day of the column that `day` falls into; weeks begin on Monday."""
    match step:
        case Step.DAY:
            return day
        case Step.WEEK:
            return day - datetime.timedelta(days=day.weekday())
        case Step.MONTH:
            return day.replace(day=1)


def _next(start: datetime.date, step: Step) -> datetime.date:
    match step:
        case Step.DAY:
            return start + datetime.timedelta(days=1)
        case Step.WEEK:
            return start + datetime.timedelta(days=7)
        case Step.MONTH:
            return (start + datetime.timedelta(days=31)).replace(day=1)
