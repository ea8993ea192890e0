"""Sums by model and by the columns of a chart, whatever the days."""

from __future__ import annotations

import datetime
import time
from itertools import pairwise

import pytest

from app.core.cost import UsageRow
from app.features.usage.sums import Step, Sum, by_model, columns, start_of_day, total

MONDAY = datetime.date(2026, 11, 16)


def row(
    day: datetime.date,
    model: str = "a",
    *,
    cost: float = 0.5,
    unpriced: int = 0,
    profile: str = "p",
) -> UsageRow:
    return UsageRow(day, profile, model, 2, 100, 50, 30, 10, 1, cost, unpriced)


def day(after: int) -> datetime.date:
    return MONDAY + datetime.timedelta(days=after)


def test_a_sum_adds_every_figure() -> None:
    assert total([]) == Sum()
    assert not total([]).priced
    summed = total([row(MONDAY), row(MONDAY, "b", cost=0.25, unpriced=1)])
    assert summed == Sum(4, 200, 100, 60, 20, 2, 0.75, 1)
    assert (summed.tokens, summed.priced) == (260, True)
    assert not total([row(MONDAY, cost=0.0, unpriced=2)]).priced


def test_the_dearest_model_comes_first_and_services_are_told_apart() -> None:
    rows = [
        row(MONDAY, "unknown", cost=0.0, unpriced=2),
        row(MONDAY, "cheap", cost=0.1),
        row(MONDAY, "dear", cost=0.2),
        row(day(1), "dear", cost=0.2, profile="q"),
        row(day(2), "dear", cost=0.2),
    ]
    models = by_model(rows)
    assert list(models) == [("p", "dear"), ("q", "dear"), ("p", "cheap"), ("p", "unknown")]
    assert models["p", "dear"].requests == 4


def test_days_without_anything_have_their_column() -> None:
    step, made = columns([row(day(1)), row(day(1), "b"), row(day(3))], MONDAY, day(4))
    assert step is Step.DAY
    assert [column.first for column in made] == [day(n) for n in range(5)]
    assert [column.sum.requests for column in made] == [0, 4, 0, 2, 0]
    assert set(made[1].models) == {("p", "a"), ("p", "b")}


def test_what_is_before_the_first_day_is_left_out_and_what_is_later_is_not() -> None:
    _, made = columns([row(day(-1)), row(day(6))], MONDAY, day(4))
    assert (made[0].first, made[-1].first) == (MONDAY, day(6))
    assert sum(column.sum.requests for column in made) == 2


@pytest.mark.parametrize(
    ("days", "step", "count"), [(92, Step.DAY, 92), (93, Step.WEEK, 14), (645, Step.MONTH, 22)]
)
def test_many_days_are_shown_as_weeks_and_more_as_months(days: int, step: Step, count: int) -> None:
    rows = [row(day(n)) for n in range(days)]
    found, made = columns(rows, MONDAY, day(days - 1))
    assert (found, len(made)) == (step, count)
    assert sum(column.sum.requests for column in made) == 2 * days, "nothing is lost"
    assert (made[0].first, made[-1].last) == (MONDAY, day(days - 1))
    for one, next_one in pairwise(made):
        assert next_one.first - one.last == datetime.timedelta(days=1)


def test_a_day_starts_at_local_midnight() -> None:
    for month in range(1, 13):
        date = datetime.date(2026, month, 8)
        assert time.localtime(start_of_day(date))[:6] == (2026, month, 8, 0, 0, 0)
