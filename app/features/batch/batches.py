"""The batches that there are: made of files, opened once, and ended with everything saved."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.core.batch import Batch, BatchAction, BatchRow, RowState
from app.core.errors import PortholeError
from app.features.batch.batch_run import BatchRun
from app.features.batch.world import BatchWorld, FoundFiles
from app.kit.tasks import TaskScope, in_thread


class Batches(QObject):
    """One run each, shared by all who show it."""

    went_wrong = Signal(object)  # BaseException
    counted = Signal()  # an answer went into the usage ledger

    def __init__(self, world: BatchWorld, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._world = world
        self._runs: dict[str, BatchRun] = {}
        self._opening = asyncio.Lock()
        self._scope = TaskScope(self.went_wrong.emit)

    @property
    def world(self) -> BatchWorld:
        return self._world

    @property
    def running(self) -> Sequence[BatchRun]:
        """Those that are asking right now."""
        return tuple(run for run in self._runs.values() if run.running)

    def begin(self) -> None:
        """For an idle moment after the start: what was answered and is not in the usage ledger."""
        if self._world.store.there and not self._scope.closed:
            self._scope.start(self._settle(), name="count what batches used")

    async def listed_with_counts(self) -> Sequence[tuple[Batch, int, int]]:
        """All, the latest first, each with how many of its rows are through, and how many it has.

        Raises StorageError.
        """
        batches = await self.listed()
        counts = await self._world.store.counts() if batches else {}
        made = []
        for batch in batches:
            states = counts.get(batch.id, {})
            left = sum(states.get(s, 0) for s in (RowState.WAITING, RowState.ASKING))
            total = sum(states.values())
            made.append((batch, total - left, total))
        return made

    async def listed(self) -> Sequence[Batch]:
        """All, the latest first. Raises StorageError."""
        return await self._world.store.batches() if self._world.store.there else ()

    async def make(self, paths: Sequence[str]) -> tuple[BatchRun, FoundFiles] | None:
        """A new batch of these files and of those in these folders, with nothing asked yet; and
        what was found, which tells what was left out.

        None where there is no file. Raises StorageError.
        """
        found = await in_thread(self._world.find_files, paths)
        if not found.paths:
            return None
        profile, model = self._world.new_for()
        actions = self._world.actions()
        action = actions[0] if actions else BatchAction("", "")
        batch = Batch(found.title, profile, action.model or model, action)
        rows = [BatchRow(place, path) for place, path in enumerate(found.paths)]
        await self._world.store.add(batch, rows)
        return self._opened(batch, rows), found

    async def open(self, batch_id: str) -> BatchRun | None:
        """The batch, paused; None if there is none of that id. Raises StorageError."""
        async with self._opening:
            if batch_id in self._runs:
                return self._runs[batch_id]
            found = [batch for batch in await self.listed() if batch.id == batch_id]
            if not found:
                return None
            return self._opened(found[0], await self._world.store.rows(batch_id))

    async def delete(self, batch_id: str) -> None:
        """Remove it with all its results; its files stay. Raises StorageError."""
        if (run := self._runs.pop(batch_id, None)) is not None:
            await run.close()
            run.deleteLater()
        await self._world.store.delete(batch_id)

    async def close(self) -> None:
        """End all, with what was answered saved."""
        for run in tuple(self._runs.values()):
            run.pause()
        for run in tuple(self._runs.values()):
            await run.close()
        await self._scope.drain()
        await self._scope.close()
        await self._world.close()
        await self._world.store.close()

    def _opened(self, batch: Batch, rows: Sequence[BatchRow]) -> BatchRun:
        run = BatchRun(batch, rows, self._world, parent=self)
        run.went_wrong.connect(self.went_wrong)
        run.counted.connect(self.counted)
        self._runs[batch.id] = run
        return run

    async def _settle(self) -> None:
        try:
            for entry in await self._world.store.uncounted():
                await self._world.count(entry)
                await self._world.store.counted(entry.id)
        except PortholeError as error:
            self.went_wrong.emit(error)
