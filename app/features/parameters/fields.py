"""The numbers a request may carry: each with its bounds, its title and a word on what it does."""

from __future__ import annotations

import bisect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class NumberField:
    """A number by its API name.

    `stops` are the values a slider passes through, none for no slider; `usual` is what services
    commonly take where it is not sent, `step` what an arrow key adds.
    """

    name: str
    low: int | float
    high: int | float
    title: Callable[[], str]
    about: Callable[[], str]
    whole: bool = False
    step: int | float = 1
    usual: int | float = 0
    stops: tuple[int | float, ...] = ()

    def holds(self, value: Any) -> bool:
        """Whether it is a number within the bounds."""
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return number and self.low <= value <= self.high

    def stop_near(self, value: int | float) -> int:
        """The place among the stops that is nearest to a value."""
        place = bisect.bisect_left(self.stops, value)
        near = self.stops[max(0, place - 1) : place + 1]
        return self.stops.index(min(near, key=lambda stop: abs(stop - value)))

    def stepped(self, value: Any, steps: int) -> int | float:
        """The value so many arrow keys on, within the bounds; the usual one where none is set."""
        if not self.holds(value):
            return self.usual
        moved = round(value + steps * self.step, 6)
        held = min(max(moved, self.low), self.high)
        return int(held) if held == int(held) else held


def _stops(low: float, high: float, step: float) -> tuple[int | float, ...]:
    values = (round(low + place * step, 4) for place in range(round((high - low) / step) + 1))
    return tuple(int(value) if value == int(value) else value for value in values)


_SIZES = tuple(size for power in range(4, 17) for size in (2**power, 3 * 2 ** (power - 1)))

MAX_TOKENS = NumberField(
    "max_tokens",
    1,
    10_000_000,
    lambda: translate("Parameters", "Max tokens"),
    lambda: translate("Parameters", "The answer is cut after this many tokens."),
    whole=True,
    step=256,
    usual=4096,
    stops=(*_SIZES, 131_072),
)
FIRST = (
    NumberField(
        "temperature",
        0,
        2,
        lambda: translate("Parameters", "Temperature"),
        lambda: translate("Parameters", "0 is steady; higher is more varied."),
        step=0.1,
        usual=1,
        stops=_stops(0, 2, 0.05),
    ),
    NumberField(
        "top_p",
        0,
        1,
        lambda: translate("Parameters", "Top P"),
        lambda: translate("Parameters", "Choose among the likeliest words, up to this share."),
        step=0.05,
        usual=1,
        stops=_stops(0, 1, 0.01),
    ),
    MAX_TOKENS,
    NumberField(
        "presence_penalty",
        -2,
        2,
        lambda: translate("Parameters", "Presence"),
        lambda: translate("Parameters", "Presence penalty: above 0, rather new subjects."),
        step=0.1,
        stops=_stops(-2, 2, 0.1),
    ),
    NumberField(
        "frequency_penalty",
        -2,
        2,
        lambda: translate("Parameters", "Frequency"),
        lambda: translate("Parameters", "Frequency penalty: above 0, fewer repeated words."),
        step=0.1,
        stops=_stops(-2, 2, 0.1),
    ),
)
MORE = (
    NumberField(
        "seed",
        -(2**63),
        2**63 - 1,
        lambda: translate("Parameters", "Seed"),
        lambda: translate("Parameters", "Equal seeds aim at equal answers."),
        whole=True,
    ),
    NumberField(
        "n",
        1,
        128,
        lambda: translate("Parameters", "Answers"),
        lambda: translate("Parameters", "n: so many answers at once, each as a version."),
        whole=True,
        usual=1,
        stops=_stops(1, 128, 1),
    ),
    NumberField(
        "top_k",
        1,
        128,
        lambda: translate("Parameters", "Top K"),
        lambda: translate("Parameters", "Choose among this many of the likeliest words."),
        whole=True,
        usual=50,
        stops=_stops(1, 128, 1),
    ),
    NumberField(
        "min_p",
        0,
        1,
        lambda: translate("Parameters", "Min P"),
        lambda: translate("Parameters", "Leave out words below this share of the likeliest one."),
        step=0.05,
        stops=_stops(0, 1, 0.01),
    ),
    NumberField(
        "repetition_penalty",
        0,
        2,
        lambda: translate("Parameters", "Repetition"),
        lambda: translate("Parameters", "Repetition penalty: above 1, fewer repeated words."),
        step=0.1,
        usual=1,
        stops=_stops(0, 2, 0.05),
    ),
)
TOP_LOGPROBS = NumberField(
    "top_logprobs",
    0,
    20,
    lambda: translate("Parameters", "Top logprobs"),
    lambda: translate(
        "Parameters", "So many of the likeliest tokens at each place, with logprobs."
    ),
    whole=True,
    stops=_stops(0, 20, 1),
)
BUDGET = NumberField(
    "budget_tokens",
    1,
    10_000_000,
    lambda: translate("Parameters", "Budget"),
    lambda: translate("Parameters", "At most this many tokens of thinking."),
    whole=True,
    step=256,
    usual=4096,
    stops=(*_SIZES, 131_072),
)
