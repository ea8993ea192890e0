"""What a batch does next: how many rows, how fast, about what it costs and when it will end."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.core.batch import BatchRow, RowState
from app.core.errors import ImageError, ImageProblem, PortholeError, ServiceError
from app.core.events import LimitsReported
from app.core.model_info import ModelInfo

FIRST_REST_S, MOST_REST_S = 2.0, 60.0
LONGEST_REST_S = 3600.0
"""A service that asks for more patience than this is not waited for: the batch pauses."""
MOST_REFUSALS = 10
"""So many refusals with no answer between them, and the batch pauses."""
UNCERTAIN_IN_A_ROW, REFUSED_IN_A_ROW = 3, 10
"""So many rows one after the other without an answer, and the batch pauses."""
GONE_IN_A_ROW = 20
"""So many files one after the other that cannot be opened, and the batch pauses."""
SPEED_OF, SPEED_FROM = 60, 8
"""The speed is that of so many rows, and is told from so many on."""
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


def forecast(
    tally: Tally, at_once: int, guess: float | None, each_s: float | None = None
) -> Forecast:
    """`guess` is what a row may cost, for as long as no answer's cost is known; `each_s` what one
    row after the other takes just now, with all waiting, where that was measured."""
    each = tally.cost / tally.priced if tally.priced else guess
    cost = None if each is None else max(0.0, tally.cost) + tally.left * each
    took = tally.seconds / tally.timed if tally.timed else GUESSED_S
    lanes = max(1, min(at_once, tally.left))
    seconds = tally.left * (took / lanes if each_s is None else each_s)
    return Forecast(cost, seconds, bool(tally.timed))


class Speed:
    """How fast rows end in fact, by the last of them; seconds of a clock that never goes back."""

    def __init__(self) -> None:
        self._ends: deque[float] = deque(maxlen=SPEED_OF)

    def begin(self) -> None:
        """Nothing was asked for a while: what was measured before says nothing any more."""
        self._ends.clear()

    def ended(self, now: float) -> None:
        self._ends.append(now)

    def each_s(self, now: float) -> float | None:
        """Seconds from one row's end to the next; None as long as there are too few to say."""
        if len(self._ends) < SPEED_FROM:
            return None
        first, last = self._ends[0], self._ends[-1]
        steps = len(self._ends) - 1
        # A silence that is longer than usual makes it slower already while it lasts.
        return max((last - first) / steps, (now - first) / (steps + 1))


def guessed_cost(prompt_tokens: int, model: ModelInfo | None) -> float | None:
    """What a row may cost (USD): its own tokens in, and an answer of middling length out."""
    if model is None or model.input_price is None or model.output_price is None:
        return None
    return (prompt_tokens * model.input_price + GUESSED_ANSWER * model.output_price) / 1e6


def guessed_tokens(text: str) -> int:
    """About how many tokens a text is: a character where it is Chinese, else a quarter of one."""
    wide = sum(1 for char in text if ord(char) > 0x2E7F)
    return wide + (len(text) - wide + 3) // 4


class Streak:
    """Rows that ended one after the other with nothing to show: a sign that the next will, too."""

    def __init__(self) -> None:
        self._uncertain = self._refused = self._gone = 0

    def ended(self, row: BatchRow) -> PortholeError | None:
        """Why the batch had better pause now that this row has ended; None: it need not."""
        gone = row.problem is ImageProblem.UNREADABLE
        self._gone = self._gone + 1 if gone else 0
        if self._gone >= GONE_IN_A_ROW:
            # A disk that was pulled out, more likely than so many files that went.
            return ImageError(ImageProblem.UNREADABLE, row.name)
        if row.state is RowState.DONE:
            self._uncertain = self._refused = 0
        elif row.failure is not None:
            self._uncertain += row.state is RowState.UNCERTAIN
            self._refused += row.state is RowState.FAILED
            if self._uncertain >= UNCERTAIN_IN_A_ROW or self._refused >= REFUSED_IN_A_ROW:
                return ServiceError(row.failure)
        return None


@dataclass(frozen=True, slots=True)
class Pace:
    """The one rate limit of a whole batch. Times are seconds of a clock that never goes back.

    After a refusal nobody asks before `until`, and then one row alone, until it has its answer.
    Where the service says how much more it takes, no more is asked before it counts anew: `room`
    requests until `renewed`.
    """

    refusals: int = 0
    since: float = 0.0
    until: float = 0.0
    room: int | None = None
    renewed: float = 0.0

    def told(self, limits: LimitsReported, now: float) -> Pace:
        """The service said with an answer what it still takes: when nothing, all wait for more."""
        resets_in = limits.resets_in
        if resets_in is None or resets_in > LONGEST_REST_S:
            return replace(self, room=None)
        if 0 in (limits.requests_left, limits.tokens_left):
            return replace(self, room=None, until=max(self.until, now + resets_in))
        return replace(self, room=limits.requests_left, renewed=now + resets_in)

    def refused(self, began: float, now: float, retry_after: float | None, jitter: float) -> Pace:
        """A request that began at `began` was told that the service is busy.

        Those that were on their way together count as one refusal. `jitter` is near 1.
        """
        count = self.refusals + (1 if began >= self.since else 0)
        rest = min(MOST_REST_S, FIRST_REST_S * 2.0 ** (max(1, count) - 1)) * jitter
        if retry_after is not None:
            rest = max(0.5, retry_after)
        return Pace(count, now, max(self.until, now + rest), self.room, self.renewed)

    def answered(self, began: float) -> Pace:
        """An answer came to a request that began then: full speed, if it is newer than the rest."""
        return replace(self, refusals=0) if began >= self.since else self

    def rest(self, now: float) -> float:
        """Seconds until anything may be asked."""
        return max(0.0, self.until - now)

    def free(self, asking: int, at_once: int, now: float) -> int:
        """How many more rows may be asked now."""
        if self.rest(now):
            return 0
        lanes = 1 if self.refusals else at_once
        if self.room is not None and now < self.renewed:
            # Those on their way may not be in the service's count yet.
            lanes = min(lanes, max(1, self.room))
        return max(0, lanes - asking)

    def given_up(self, now: float) -> bool:
        """Whether waiting any longer is for the person to decide."""
        return self.refusals >= MOST_REFUSALS or self.rest(now) > LONGEST_REST_S
