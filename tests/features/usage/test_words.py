"""Usage in words: what is unknown is never said to be nothing."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtWidgets import QApplication

from app.core.cost import UsageRow
from app.features.usage import words
from app.features.usage.sums import Column, Sum
from tests.chinese import chinese, unfinished

DAY = datetime.date(2026, 11, 8)


def row(cost: float, unpriced: int, requests: int = 3) -> UsageRow:
    return UsageRow(DAY, "p", "m", requests, 1, 0, 1, 0, 0, cost, unpriced)


@pytest.mark.parametrize(
    ("summed", "short", "in_full", "today"),
    [
        (Sum(3, cost=0.41), "$0.41", "$0.41", "today $0.41"),
        (Sum(3, cost=0.41, unpriced=1), "≥ $0.41", "$0.41 + 1 of unknown price", "today ≥ $0.41"),
        (Sum(3, unpriced=3), "unknown price", "unknown price", "today: cost unknown"),
        (Sum(3, unpriced=1), "unknown price", "unknown price", "today: cost unknown"),
        (Sum(3), "$0.00", "$0.00", "today $0.00"),
    ],
)
def test_costs(summed: Sum, short: str, in_full: str, today: str) -> None:
    assert words.cost_text(summed) == short
    assert words.cost_in_full(summed) == in_full
    assert words.today_text([row(summed.cost, summed.unpriced)]) == today


def test_a_day_without_requests_says_nothing() -> None:
    assert words.today_text([]) == ""


def test_a_conversation_says_what_it_cost() -> None:
    assert words.conversation_text([]) == ""
    assert words.conversation_text([row(0.0, 0)]) == ""
    assert words.conversation_text([row(0.5, 0), row(0.5, 0)]) == "conversation $1.00"
    assert words.conversation_text([row(0.5, 1)]) == "conversation ≥ $0.50"
    assert words.conversation_text([row(0.0, 1)]) == "conversation: cost unknown"


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1.0 k"),
        (12_449, "12.4 k"),
        (999_949, "999.9 k"),
        (999_950, "1.0 M"),
        (3_249_000, "3.2 M"),
        (12_345_600_000, "12,345.6 M"),
    ],
)
def test_tokens(tokens: int, text: str) -> None:
    assert words.tokens_text(tokens) == text


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(0, 0, 0), (0, 5, 0), (1, 1000, 1), (999, 1000, 99), (1, 2, 50), (5, 5, 100), (9, 5, 100)],
)
def test_percents_do_not_round_something_to_nothing_or_all(
    part: int, whole: int, percent: int
) -> None:
    assert words.percent(part, whole) == percent


def test_days_are_named_in_the_readers_language(qapp: QApplication) -> None:
    span = Column(DAY, datetime.date(2026, 11, 14))
    assert words.short_date(DAY) == "8 Nov"
    assert words.axis_date(DAY, year=True) == "8 Nov 2026"
    assert words.long_date(DAY) == "Sun, 8 Nov 2026"
    assert words.span_text(Column(DAY, DAY)) == "Sun, 8 Nov 2026"
    assert words.span_text(span) == "8 Nov 2026 – 14 Nov 2026"
    with chinese("usage"):
        assert words.short_date(DAY) == "11月8日"
        assert words.long_date(DAY) == "2026年11月8日 周日"
        assert words.requests_text(1) == "1 次请求"


def test_every_text_is_translated() -> None:
    assert unfinished("usage") == []
