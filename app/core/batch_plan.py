"""What a batch does next: how many rows, how fast, about what it costs and when it will end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.core.batch import BatchRow, RowState
from app.core.model_info import ModelInfo

FIRST_REST_S, MOST_REST_S = 2.0, 60.0
LONGEST_REST_S = 3600.0
"""A service that asks for more patience than this is not waited for: the batch pauses."""
MOST_REFUSALS = 10
"""So many refusals with no answer between them, and the batch pauses."""
UNCERTAIN_IN_A_ROW, REFUSED_IN_A_ROW = 3, 10
"""So many rows one after the other without an answer, and the batch pauses."""
GUESSED_S, GUESSED_ANSWER = 5.0, 300
"""Seconds and tokens of an answer, as long as there is none to go by."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows are how far. `cost` is USD for `priced` answers, `seconds` for `timed`."""

    waiting: int = 0
    asking: int = 0
    done: int = 0
    failed: int = 0
    uncertain: int = 0
    cost: float = 0.0
    priced: int = 0
    seconds: float = 0.0
    timed: int = 0

    @property
    def total(self) -> int:
        return self.waiting + self.asking + self.done + self.failed + self.uncertain

    @property
    def left(self) -> int:
        return self.waiting + self.asking

    @property
    def settled(self) -> int:
        return self.total - self.left

    def moved(self, before: BatchRow | None, after: BatchRow | None) -> Tally:
        """With `after` in the place of `before`."""
        tally = self
        for row, by in ((before, -1), (after, 1)):
            if row is not None:
                tally = tally._with(row, by)
        return tally

    def _with(self, row: BatchRow, by: int) -> Tally:
        name = row.state.value
        tally = replace(self, **{name: getattr(self, name) + by})
        if row.cost is not None:
            tally = replace(tally, cost=tally.cost + by * row.cost, priced=tally.priced + by)
        if row.took is not None and row.state is RowState.DONE:
            tally = replace(tally, seconds=tally.seconds + by * row.took, timed=tally.timed + by)
        return tally


def tally_of(rows: Iterable[BatchRow]) -> Tally:
    """The tally of all these."""
    counts = dict.fromkeys(RowState, 0)
    cost = seconds = 0.0
    priced = timed = 0
    for row in rows:
        counts[row.state] += 1
        if row.cost is not None:
            cost, priced = cost + row.cost, priced + 1
        if row.took is not None and row.state is RowState.DONE:
            seconds, timed = seconds + row.took, timed + 1
    by_name = {state.value: count for state, count in counts.items()}
    return Tally(**by_name, cost=cost, priced=priced, seconds=seconds, timed=timed)


@dataclass(frozen=True, slots=True)
class Forecast:
    """About what the whole batch costs (USD, None: no price is known) and how long it still runs.

    `measured`: by the answers that it had; else by guesses.
    """

    cost: float | None
    seconds: float
    measured: bool


def forecast(tally: Tally, at_once: int, guess: float | None) -> Forecast:
    """`guess` is what a row may cost, for as long as no answer's cost is known."""
    each = tally.cost / tally.priced if tally.priced else guess
    cost = None if each is None else max(0.0, tally.cost) + tally.left * each
    took = tally.seconds / tally.timed if tally.timed else GUESSED_S
    lanes = max(1, min(at_once, tally.left))
    return Forecast(cost, tally.left * took / lanes, bool(tally.timed))


def guessed_cost(prompt_tokens: int, model: ModelInfo | None) -> float | None:
    """What a row may cost (USD): its own tokens in, and an answer of middling length out."""
    if model is None or model.input_price is None or model.output_price is None:
        return None
    return (prompt_tokens * model.input_price + GUESSED_ANSWER * model.output_price) / 1e6


def guessed_tokens(text: str) -> int:
    """About how many tokens a text is: a character where it is Chinese, else a quarter of one."""
    wide = sum(1 for char in text if ord(char) > 0x2E7F)
    return wide + (len(text) - wide + 3) // 4


@dataclass(frozen=True, slots=True)
class Pace:
    """The one rate limit of a whole batch. Times are seconds of a clock that never goes back.

    After a refusal nobody asks before `until`, and then one row alone, until it has its answer.
    """

    refusals: int = 0
    since: float = 0.0
    until: float = 0.0

    def refused(self, began: float, now: float, retry_after: float | None, jitter: float) -> Pace:
        """A request that began at `began` was told that the service is busy.

        Those that were on their way together count as one refusal. `jitter` is near 1.
        """
        count = self.refusals + (1 if began >= self.since else 0)
        rest = min(MOST_REST_S, FIRST_REST_S * 2.0 ** (max(1, count) - 1)) * jitter
        if retry_after is not None:
            rest = max(0.5, retry_after)
        return Pace(count, now, max(self.until, now + rest))

    def answered(self, began: float) -> Pace:
        """An answer came to a request that began then: full speed, if it is newer than the rest."""
        return Pace(0, self.since, self.until) if began >= self.since else self

    def rest(self, now: float) -> float:
        """Seconds until anything may be asked."""
        return max(0.0, self.until - now)

    def free(self, asking: int, at_once: int, now: float) -> int:
        """How many more rows may be asked now."""
        if self.rest(now):
            return 0
        return max(0, (1 if self.refusals else at_once) - asking)

    def given_up(self, now: float) -> bool:
        """Whether waiting any longer is for the person to decide."""
        return self.refusals >= MOST_REFUSALS or self.rest(now) > LONGEST_REST_S
