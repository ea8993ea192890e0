"""One open batch: the owner of its rows, and of the tasks that ask for them.

It never begins by itself. What it asks is on the disk before the request leaves, what is answered
before the row counts as done; when it pauses, what is on its way is waited for, never thrown away.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.core.batch import Batch, BatchRow, RowState, Verdict, again, verdict
from app.core.batch_plan import Forecast, Pace, Streak, Tally
from app.core.errors import PortholeError, ServiceError
from app.core.events import LimitsReported
from app.features.batch.batch_rows import BatchRows
from app.features.batch.estimate import Estimate
from app.features.batch.row_asker import Asked, RowAsker
from app.features.batch.world import BatchWorld
from app.kit.tasks import TaskScope

LAST_ANSWERS_S = 5.0
"""How long the end of the program waits for answers that are on their way."""


class BatchRun(QObject):
    """`rows` are in order; a signal's index is a place in that list, not `BatchRow.place`."""

    row_changed = Signal(int)
    rows_reset = Signal()
    changed = Signal()  # the batch, its tally, or whether it runs
    counted = Signal()  # an answer went into the usage ledger
    went_wrong = Signal(object)  # BaseException, for what no row can show

    def __init__(
        self,
        batch: Batch,
        rows: Sequence[BatchRow],
        world: BatchWorld,
        *,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._batch = batch
        self._world = world
        self._clock = clock
        self._asker = RowAsker(world, clock)
        self._scope = TaskScope(self.went_wrong.emit)
        self._news = asyncio.Event()
        self._pace = Pace()
        self._estimate = Estimate(world, clock)
        self._streak = Streak()
        self._asking: dict[int, asyncio.Task[Any]] = {}
        self._unsaved: list[Asked] = []
        self._retried: set[int] = set()
        """Places of rows that are to wait again, and stand on the disk as they did before."""
        self._running = self._pausing = False
        self.reason: PortholeError | None = None
        """Why it paused by itself, where it did."""
        self._rows = BatchRows(rows)

    # What there is

    @property
    def batch(self) -> Batch:
        return self._batch

    @property
    def rows(self) -> Sequence[BatchRow]:
        return self._rows.all

    @property
    def tally(self) -> Tally:
        return self._rows.tally

    @property
    def running(self) -> bool:
        """Whether anything is asked, or on its way."""
        return self._running

    @property
    def pausing(self) -> bool:
        return self._pausing

    @property
    def rest_s(self) -> float:
        """Seconds until the busy service is asked again; 0 while it is not waited for."""
        return self._pace.rest(self._clock()) if self._running else 0.0

    def index_of(self, place: int) -> int | None:
        """Where in `rows` the row of that place is; None if it was removed."""
        return self._rows.index_of(place)

    def is_busy(self, row: BatchRow) -> bool:
        """Whether its file is being made ready, or it is being asked."""
        return row.place in self._asking

    def forecast(self) -> Forecast:
        """About what it costs in all, and how long it still runs."""
        return self._estimate.forecast(self._batch, self.tally, running=self._running)

    async def sample(self) -> None:
        """Look at a few of its files, so that a forecast has something to go by."""
        if await self._estimate.look(self.rows):
            self.changed.emit()

    async def result(self, row: BatchRow) -> str:
        """All that was answered. Raises StorageError."""
        for asked in self._unsaved:
            if asked.row.place == row.place:
                return asked.text
        return await self._world.store.result(self._batch.id, row.place)

    # What the person asks for

    def start(self) -> None:
        """Ask for all that waits: the person was shown what it may cost."""
        if self._running or not (self._rows.any_waits or self._unsaved) or self._scope.closed:
            return
        self._running, self._pausing, self.reason = True, False, None
        self._pace = replace(self._pace, refusals=0)
        self._streak = Streak()
        self._estimate.begin()
        self._scope.start(self._drive(), name="batch")
        self.changed.emit()

    def pause(self) -> None:
        """Ask for nothing more; what is on its way still comes in."""
        if self._running and not self._pausing:
            self._pausing = True
            self._news.set()
            self.changed.emit()

    def retry(self, state: RowState) -> None:
        """Ask for the failed rows once more, or for the uncertain ones: the person said so."""
        kept = self._retried
        fresh = [again(row) for row in self.rows if row.state is state and row.place not in kept]
        if fresh:
            self._retried |= {row.place for row in fresh}
            self._scope.start(self._put(fresh), name="retry")

    def remove(self, indices: Iterable[int]) -> None:
        """Take rows out, with their results; those that are being asked stay."""
        gone = {self.rows[index].place for index in indices} - self._asking.keys()
        if not gone:
            return
        self._rows.keep([row for row in self.rows if row.place not in gone], self._asking)
        self._unsaved = [asked for asked in self._unsaved if asked.row.place not in gone]
        self.rows_reset.emit()
        self.changed.emit()
        work = self._world.store.remove_rows(self._batch.id, sorted(gone))
        self._scope.start(self._told(work), name="remove rows")

    def change(self, **changes: Any) -> None:
        """Change fields of the batch; what is asked from now on goes by them."""
        batch = replace(self._batch, **changes)
        if batch != self._batch:
            self._batch = batch
            self._scope.start(self._told(self._world.store.save(batch)), name="save batch")
            self._news.set()
            self.changed.emit()

    async def close(self) -> None:
        """Pause, wait a little for what is on its way, and let go of the rest: it is uncertain."""
        self.pause()
        try:
            async with asyncio.timeout(LAST_ANSWERS_S if self._asking else None):
                await self._scope.drain()
        except TimeoutError:
            pass
        await self._scope.close()

    # Asking

    async def _drive(self) -> None:
        try:
            await self._save_the_unsaved()
            while True:
                self._news.clear()
                now = self._clock()
                free = self._pace.free(len(self._asking), self._batch.at_once, now)
                while free > 0 and not self._pausing and (row := self._rows.take()) is not None:
                    self._begin(row)
                    free -= 1
                if not self._asking and (self._pausing or not self._rows.any_waits):
                    return
                await self._wait(self._pace.rest(now))
        finally:
            self._running = self._pausing = False
            self.changed.emit()

    async def _wait(self, rest: float) -> None:
        """Until something happened, or the rest is over."""
        try:
            async with asyncio.timeout(rest or None):
                await self._news.wait()
        except TimeoutError:
            return

    def _begin(self, row: BatchRow) -> None:
        self._asking[row.place] = self._scope.start(self._ask(row), name="batch row")
        self._tell(row)

    async def _ask(self, row: BatchRow) -> None:
        batch, place = self._batch, row.place
        try:
            asked = await self._asker.ask(
                batch, row, go=self._may_go, told=self._replace, limits=self._limited
            )
            self._asking.pop(place, None)
            if asked is None:
                self._rows.wait(place)
                self._tell(row)
            else:
                await self._ended(asked)
        except PortholeError as error:
            self._rows.wait(place)
            self._stop_for(error)
        except asyncio.CancelledError:
            raise
        except Exception:
            # Its row says so; the next ones would meet the same fault of ours.
            self._replace(replace(self._rows.at(place) or row, state=RowState.UNCERTAIN))
            self.pause()
            raise
        finally:
            self._asking.pop(place, None)
            if (now := self._rows.at(place)) is not None:
                self._tell(now)
            self._news.set()

    def _may_go(self) -> bool:
        """Whether the next request may leave; between a row's begin and this, much may happen."""
        now = self._clock()
        others = len(self._asking) - 1
        return not self._pausing and self._pace.free(others, self._batch.at_once, now) > 0

    def _limited(self, limits: LimitsReported) -> None:
        """What the service still takes holds for all rows."""
        self._pace = self._pace.told(limits, self._clock())

    async def _ended(self, asked: Asked) -> None:
        row = asked.row
        if asked.began is not None and row.state is not RowState.WAITING:
            self._estimate.ended()
        self._replace(row)
        if asked.unsaved is not None:
            self._unsaved.append(asked)
            self._stop_for(asked.unsaved)
        if row.state is RowState.WAITING:
            self._rows.wait(row.place)
        self._judge(asked)
        if asked.entry is not None and asked.unsaved is None:
            await self._told(self._count(asked))

    def _judge(self, asked: Asked) -> None:
        """What an ended row means for those that come after it."""
        row, now = asked.row, self._clock()
        if (reason := self._streak.ended(row)) is not None:
            self._stop_for(reason)
        failure, began = row.failure, asked.began if asked.began is not None else now
        if row.state is RowState.DONE:
            self._pace = self._pace.answered(began)
        elif row.state is RowState.WAITING and failure is not None:
            if verdict(failure) is Verdict.LATER:
                jitter = random.uniform(0.75, 1.25)  # noqa: S311 - jitter, no secret
                self._pace = self._pace.refused(began, now, failure.retry_after, jitter)
                if not self._pace.given_up(now):
                    return
            self._stop_for(ServiceError(failure))

    def _stop_for(self, reason: PortholeError) -> None:
        self.reason = reason
        self.pause()
        self.changed.emit()

    async def _count(self, asked: Asked) -> None:
        assert asked.entry is not None
        await self._world.count(asked.entry)
        await self._world.store.counted(asked.entry.id)
        self.counted.emit()

    async def _save_the_unsaved(self) -> None:
        """Results that the disk refused before come first."""
        while self._unsaved:
            kept = await self._asker.keep(self._batch, self._unsaved[0])
            if kept.unsaved is not None:
                self._stop_for(kept.unsaved)
                return
            self._unsaved.pop(0)
            if kept.entry is not None:
                await self._told(self._count(kept))

    # Rows

    def _replace(self, row: BatchRow) -> None:
        if self._rows.put(row):
            self._tell(row)
            self.changed.emit()

    def _tell(self, row: BatchRow) -> None:
        if (index := self.index_of(row.place)) is not None:
            self.row_changed.emit(index)

    async def _put(self, rows: Sequence[BatchRow]) -> None:
        """Rows that the person lets wait once more; on the disk first."""
        try:
            await self._world.store.put(self._batch.id, rows)
        except PortholeError as error:
            self.went_wrong.emit(error)
            return
        finally:
            self._retried -= {row.place for row in rows}
        for row in rows:
            self._rows.put(row)
            self._rows.wait(row.place)
        self.rows_reset.emit()
        self.changed.emit()
        self._news.set()
        self.start()

    async def _told(self, work: Any) -> None:
        """Do it; what the disk says against it is told."""
        try:
            await work
        except PortholeError as error:
            self.went_wrong.emit(error)
