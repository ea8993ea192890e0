"""What an answer cost, by the catalogue's prices; unknown where anything needed is unknown."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from app.core.message import Usage
from app.core.model_info import ModelInfo


def cost_of(usage: Usage | None, model: ModelInfo | None) -> float | None:
    """USD, or None: no usage, no prices, or tokens of a kind whose price is not known.

    Cached input counts at the price of input, as the catalogue names no other: an upper bound.
    """
    if usage is None or model is None:
        return None
    tokens_in, tokens_out = usage.prompt_tokens, usage.completion_tokens
    if tokens_in is None or tokens_out is None:
        return None
    cost = 0.0
    for tokens, price in ((tokens_in, model.input_price), (tokens_out, model.output_price)):
        if tokens and price is None:
            return None
        cost += tokens * (price or 0.0) / 1e6
    return cost


@dataclass(frozen=True, slots=True)
class UsageRow:
    """What one model of one service was asked on one day (of this computer's calendar).

    `cost` is USD for those of its `requests` whose cost is known; `unpriced` counts the others.
    """

    day: datetime.date
    profile: str
    model: str
    requests: int
    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int
    reasoning_tokens: int
    pictures: int
    cost: float
    unpriced: int
