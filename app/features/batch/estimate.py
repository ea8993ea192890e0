"""What a batch may cost and how long it still runs: by a few of its files, then by its answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.core.batch import Batch, BatchRow, RowState
from app.core.batch_plan import (
    Forecast,
    Speed,
    Tally,
    forecast,
    guessed_cost,
    guessed_tokens,
)
from app.core.errors import ImageError
from app.core.message import ImagePart
from app.features.batch.world import BatchWorld

SAMPLES = 3
"""So many files are looked at to guess what all will cost."""


class Estimate:
    """`clock` answers seconds and never goes back."""

    def __init__(self, world: BatchWorld, clock: Callable[[], float]) -> None:
        self._world = world
        self._clock = clock
        self._sampled: int | None = None
        self._speed = Speed()

    async def look(self, rows: Sequence[BatchRow]) -> bool:
        """Look at a few files that wait; whether that gave something to go by."""
        waiting = [row for row in rows if row.state is RowState.WAITING]
        step = max(1, len(waiting) // SAMPLES)
        found = [await self._tokens(row) for row in waiting[::step][:SAMPLES]]
        known = [tokens for tokens in found if tokens is not None]
        if known:
            self._sampled = round(sum(known) / len(known))
        return bool(known)

    def begin(self) -> None:
        """It starts, or goes on after a pause."""
        self._speed.begin()

    def ended(self) -> None:
        """A row was answered, or refused by the service."""
        self._speed.ended(self._clock())

    def forecast(self, batch: Batch, tally: Tally, *, running: bool) -> Forecast:
        """For the whole batch, as things are now."""
        guess = None
        if self._sampled is not None:
            text = guessed_tokens(batch.action.prompt + batch.action.system_prompt)
            info = self._world.model_info(batch.profile, batch.model)
            guess = guessed_cost(self._sampled + text, info)
        each_s = self._speed.each_s(self._clock()) if running else None
        return forecast(tally, batch.at_once, guess, each_s)

    async def _tokens(self, row: BatchRow) -> int | None:
        """About how many tokens a row's file is; None if it cannot be sent."""
        try:
            ready = await self._world.ready(row.path)
        except ImageError:
            return None
        seen = sum(
            self._world.tokens(ImagePart(row.name, width=one.width, height=one.height))
            for one in ready.pictures
        )
        return seen + guessed_tokens(ready.text)
