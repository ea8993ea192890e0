"""What an answer cost: by its tokens and the catalogue's prices, and never nothing for unknown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.core.cost import TokenCounts, cost_of, counted
from app.core.message import Message, Role, TextPart, Usage
from app.core.model_info import ModelInfo

PRICED = ModelInfo("m", input_price=2.0, output_price=10.0)


def usage(prompt: Any, completion: Any, total: Any = None, **more: Any) -> Usage:
    said = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": total}
    return Usage({**said, **more})


def reasoned(prompt: int, completion: int, total: int, reasoning: Any) -> Usage:
    details = {"reasoning_tokens": reasoning}
    return usage(prompt, completion, total, completion_tokens_details=details)


def test_tokens_times_prices() -> None:
    assert cost_of(usage(1_000_000, 500_000), PRICED) == pytest.approx(7.0)
    assert cost_of(usage(0, 0), PRICED) == 0.0


def test_cached_tokens_count_as_input() -> None:
    cached = usage(1000, 0, prompt_tokens_details={"cached_tokens": 900})
    assert cost_of(cached, PRICED) == pytest.approx(0.002)
    assert cost_of(usage(1000, 0, prompt_tokens_details=None), PRICED) == pytest.approx(0.002)


def test_what_is_free_costs_nothing_and_that_is_known() -> None:
    free = ModelInfo("m", input_price=0.0, output_price=0.0)
    assert cost_of(usage(5, 5), free) == 0.0


@pytest.mark.parametrize(
    "model",
    [
        None,
        ModelInfo("m"),
        ModelInfo("m", input_price=1.0),
        ModelInfo("m", output_price=1.0),
        ModelInfo("m", input_price=float("nan"), output_price=1.0),
        ModelInfo("m", input_price=1.0, output_price=-1.0),
        ModelInfo("m", input_price=float("inf"), output_price=1.0),
    ],
)
def test_without_a_price_for_it_the_cost_is_unknown(model: ModelInfo | None) -> None:
    assert cost_of(usage(5, 5), model) is None


def test_a_price_that_nothing_needs_may_be_unknown() -> None:
    assert cost_of(usage(5, 0), ModelInfo("m", input_price=1.0)) == pytest.approx(5e-6)


@pytest.mark.parametrize("odd", ["12", -1, 10**400, 1.5, float("nan"), None, [], {}, True])
def test_odd_counts_are_unknown_and_never_a_crash(odd: Any) -> None:
    assert cost_of(usage(odd, 5), PRICED) is None
    assert cost_of(usage(5, odd), PRICED) is None
    assert counted(usage(odd, odd, odd, prompt_tokens_details=odd)) == TokenCounts()
    assert counted(reasoned(5, 5, 10, odd)) == TokenCounts(5, None, 5, None)


def test_no_usage_is_no_cost() -> None:
    assert cost_of(None, PRICED) is None
    assert cost_of(Usage({}), PRICED) is None


def test_reasoning_beside_the_completion_is_paid_too() -> None:
    within, beside = reasoned(10, 50, 60, 40), reasoned(10, 50, 100, 40)
    assert counted(within) == TokenCounts(10, None, 50, 40)
    assert counted(beside) == TokenCounts(10, None, 90, 40)
    assert cost_of(beside, PRICED) == pytest.approx((10 * 2 + 90 * 10) / 1e6)


def reply(cost: float | None, *, at: float = 1.0, **changes: Any) -> Message:
    message = Message(
        Role.ASSISTANT,
        (TextPart("x"),),
        parent="question",
        usage=usage(5, 5),
        cost=cost,
        created_at=at,
        took=2.0,
    )
    return replace(message, **changes)
