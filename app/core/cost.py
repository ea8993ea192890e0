"""What an answer cost, by the catalogue's prices; unknown where anything needed is unknown."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass

from app.core.message import Usage
from app.core.model_info import ModelInfo

MOST_TOKENS = 10**12
"""More than this in one answer is no count of tokens."""


@dataclass(frozen=True, slots=True)
class TokenCounts:
    """Tokens of one answer, None where the service said nothing that can be counted.

    `completion` is all that came out, `reasoning` the part of it that was thought.
    """

    prompt: int | None = None
    cached: int | None = None
    completion: int | None = None
    reasoning: int | None = None


def counted(usage: Usage | None) -> TokenCounts:
    """The counts that make sense: whatever else a service says of its tokens is left out.

    Most services count reasoning among the completion; one whose total shows that it stands
    beside it is taken at its word, as it bills both.
    """
    if usage is None:
        return TokenCounts()
    prompt, completion = _count(usage.prompt_tokens), _count(usage.completion_tokens)
    reasoning, total = _count(usage.reasoning_tokens), _count(usage.total_tokens)
    if prompt is None or completion is None or reasoning is None:
        return TokenCounts(prompt, _count(usage.cached_tokens), completion, reasoning)
    if prompt + completion + reasoning == total:
        completion += reasoning
    return TokenCounts(prompt, _count(usage.cached_tokens), completion, reasoning)


def cost_of(usage: Usage | None, model: ModelInfo | None) -> float | None:
    """USD, or None: no usage, no prices, or tokens of a kind whose price is not known.

    Cached input counts at the price of input, as the catalogue names no other: an upper bound.
    """
    if model is None:
        return None
    tokens = counted(usage)
    cost = 0.0
    priced = ((tokens.prompt, model.input_price), (tokens.completion, model.output_price))
    for count, price in priced:
        if count is None:
            return None
        if not count:
            continue
        if price is None or not (math.isfinite(price) and price >= 0):
            return None
        cost += count * price / 1e6
    return cost


def _count(tokens: int | None) -> int | None:
    return tokens if tokens is not None and 0 <= tokens <= MOST_TOKENS else None


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


@dataclass(frozen=True, slots=True)
class UsageEntry:
    """An answer that was asked for outside of any conversation, as the usage ledger takes it.

    `id` counts it once, however often it is told. `group` is what it belongs to, as a
    conversation's id is for replies. `at` is in seconds since the epoch, `cost` USD or unknown.
    """

    id: str
    group: str
    at: float
    profile: str
    model: str
    tokens: TokenCounts
    pictures: int = 0
    cost: float | None = None
