"""A batch at work against a scripted service: what is on the disk when, and what stops it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.adapters.batch_db import BatchFile
from app.core.batch import BatchRow, RowState
from app.core.batch_plan import GONE_IN_A_ROW
from app.core.cost import UsageEntry
from app.core.errors import Failure, FailureKind, ImageError, StorageError, StorageProblem
from app.core.events import Ended, Failed, Finished, LimitsReported, Sent, TextDelta, UsageReported
from app.core.exchange import Tape
from app.core.message import Usage
from app.features.batch.batch_run import BatchRun
from app.features.batch.batches import Batches
from tests.conftest import until
from tests.features.batch.world import BATCH, Held, Ledger, rows_of, world_of
from tests.look import dressed
from tests.scripted import Gate, ScriptedService

pytestmark = pytest.mark.usefixtures("qapp")

SENT = Sent(Tape("http://x/v1", {}, "", None))
YES = (
    SENT,
    TextDelta("Yes"),
    UsageReported(Usage({"prompt_tokens": 5})),
    Finished("stop"),
    Ended(),
)


@pytest.fixture
def folder(data_dir: Path) -> Path:
    data_dir.mkdir()
    return data_dir


@asynccontextmanager
async def running(
    qapp: QApplication,
    folder: Path,
    service: ScriptedService,
    rows: Sequence[BatchRow],
    **given: Any,
) -> AsyncIterator[BatchRun]:
    """A batch of these rows, on the disk and started; ended in the end."""
    theme, icons = dressed(qapp)
    world = world_of(folder, service, theme, icons, **given)
    await world.store.add(BATCH, rows)
    run = BatchRun(BATCH, rows, world)
    wrong: list[BaseException] = []
    run.went_wrong.connect(wrong.append)
    run.start()
    try:
        yield run
    finally:
        await run.close()
        await world.store.close()
    assert not wrong


def states(run: BatchRun) -> list[RowState]:
    return [row.state for row in run.rows]


async def test_it_is_on_the_disk_that_it_asks_before_it_asks(
    qapp: QApplication, folder: Path
) -> None:
    seen: list[RowState] = []

    class Looking(ScriptedService):
        async def stream(self, request: Any) -> AsyncIterator[Any]:
            other = BatchFile(folder)
            connection = store._connection
            assert connection is not None
            seen.extend(
                RowState(state)
                for (state,) in connection.execute("SELECT state FROM file ORDER BY place")
            )
            await other.close()
            async for event in super().stream(request):
                yield event

    store = BatchFile(folder)
    held, ledger = Held(), Ledger()
    async with running(
        qapp, folder, Looking(YES), rows_of(1), held=held, ledger=ledger, store=store
    ) as run:
        await until(lambda: not run.running)
        assert seen == [RowState.ASKING]
        assert states(run) == [RowState.DONE]
        assert (held.ever, +held.now) == (1, {})
        assert [e.tokens.prompt for e in ledger.entries.values()] == [5]
        assert await store.uncounted() == ()


async def test_no_more_than_wished_are_asked_at_once(qapp: QApplication, folder: Path) -> None:
    gate = Gate()
    service = ScriptedService(*[(SENT, gate, *YES[1:])] * 9)
    async with running(qapp, folder, service, rows_of(9)) as run:
        await until(lambda: len(service.requests) == 4)
        await asyncio.sleep(0)
        assert run.tally.asking == 4
        run.change(at_once=6)
        await until(lambda: len(service.requests) == 6)
        gate.open()
        await until(lambda: states(run) == [RowState.DONE] * 9)


async def test_a_pause_waits_for_what_is_on_its_way(qapp: QApplication, folder: Path) -> None:
    gate = Gate()
    service = ScriptedService(*[(SENT, gate, *YES[1:])] * 9)
    async with running(qapp, folder, service, rows_of(9)) as run:
        await until(lambda: run.tally.asking == 4)
        run.pause()
        assert (run.running, run.pausing) == (True, True)
        gate.open()
        await until(lambda: not run.running)
        assert run.tally.done == 4
        assert service.cancelled == 0
        assert len(service.requests) == 4


async def test_what_the_end_cuts_off_is_uncertain_on_the_disk(
    qapp: QApplication, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.features.batch.batch_run.LAST_ANSWERS_S", 0.05)
    service = ScriptedService((SENT, TextDelta("half"), Gate()), (Gate(),))
    async with running(qapp, folder, service, rows_of(2)):
        await until(lambda: len(service.requests) == 2)
    store = BatchFile(folder)
    # One was cut off before its request left; which of them is asked first is nobody's promise.
    first, second = sorted(await store.results(BATCH.id), key=lambda one: one[0].state)
    await store.close()
    assert [first[0].state, second[0].state] == [RowState.UNCERTAIN, RowState.WAITING]
    assert (first[0].asked, second[0].asked) == (1, 0)
    assert (first[1], second[1]) == ("half", "")


async def test_files_that_are_no_pictures_cost_nothing(qapp: QApplication, folder: Path) -> None:
    rows = [BatchRow(n, f"/shots/bad{n}.png") for n in range(15)]
    service = ScriptedService()
    async with running(qapp, folder, service, rows) as run:
        await until(lambda: not run.running)
        assert states(run) == [RowState.FAILED] * 15
        assert (service.requests, run.reason) == ([], None)


async def test_after_some_uncertain_answers_it_asks_no_further(
    qapp: QApplication, folder: Path
) -> None:
    broken = (SENT, Failed(Failure(FailureKind.SERVER, status=500)))
    service = ScriptedService(*[broken] * 20)
    async with running(qapp, folder, service, rows_of(20)) as run:
        await until(lambda: not run.running)
        assert len(service.requests) <= 3 + 3
        assert run.tally.uncertain == len(service.requests)
        assert run.reason is not None


async def test_a_disk_that_refuses_pauses_it_and_the_answer_is_saved_later(
    qapp: QApplication, folder: Path
) -> None:
    class Full(BatchFile):
        full = False

        async def put_result(
            self, batch_id: str, row: BatchRow, text: str, entry: UsageEntry | None
        ) -> None:
            if self.full:
                raise StorageError(StorageProblem.FULL, "batches.sqlite3")
            await super().put_result(batch_id, row, text, entry)

    store, ledger = Full(folder), Ledger()
    store.full = True
    service = ScriptedService(YES, YES, YES)
    rows = rows_of(3)
    async with running(qapp, folder, service, rows, store=store, ledger=ledger) as run:
        await until(lambda: not run.running)
        assert isinstance(run.reason, StorageError)
        done = run.tally.done
        assert done == len(service.requests) > 0
        assert await run.result(run.rows[0]) == "Yes"
        assert await store.result(BATCH.id, 0) == ""
        assert ledger.entries == {}
        store.full = False
        run.start()
        await until(lambda: not run.running and run.tally.done == 3)
        assert await store.result(BATCH.id, 0) == "Yes"
        assert len(service.requests) == len(ledger.entries) == 3
        assert run.reason is None


async def test_a_request_that_cannot_be_written_down_does_not_leave(
    qapp: QApplication, folder: Path
) -> None:
    class Full(BatchFile):
        async def put(self, batch_id: str, rows: Sequence[BatchRow]) -> None:
            raise StorageError(StorageProblem.FULL, "batches.sqlite3")

    service = ScriptedService()
    async with running(qapp, folder, service, rows_of(2), store=Full(folder)) as run:
        await until(lambda: not run.running)
        assert service.requests == []
        assert states(run) == [RowState.WAITING] * 2
        assert isinstance(run.reason, StorageError)


async def test_a_service_that_says_that_it_takes_no_more_is_not_asked_for_more(
    qapp: QApplication, folder: Path
) -> None:
    told = LimitsReported(requests=9, requests_left=0, resets_in=30.0)
    service = ScriptedService((SENT, told, *YES[1:]), *[YES] * 4)
    now = 100.0
    theme, icons = dressed(qapp)
    world = world_of(folder, service, theme, icons)
    await world.store.add(BATCH, rows_of(5))
    batch = replace(BATCH, at_once=1)
    run = BatchRun(batch, rows_of(5), world, clock=lambda: now)
    run.start()
    await until(lambda: run.tally.done == 1)
    for _ in range(20):
        await asyncio.sleep(0)
    assert (len(service.requests), run.rest_s) == (1, 30.0)
    now = 131.0
    run.change(at_once=4)  # it looks at the clock again
    await until(lambda: run.tally.done == 5)
    await run.close()
    await world.store.close()


async def test_a_disk_that_was_pulled_out_does_not_fail_every_file(
    qapp: QApplication, folder: Path
) -> None:
    rows = [BatchRow(n, f"/gone/gone{n}.png") for n in range(200)]
    service = ScriptedService()
    async with running(qapp, folder, service, rows) as run:
        await until(lambda: not run.running)
        assert run.tally.failed < 2 * GONE_IN_A_ROW
        assert isinstance(run.reason, ImageError)
        assert service.requests == []


async def test_all_failed_rows_wait_again_at_the_cost_of_one_change(
    qapp: QApplication, folder: Path
) -> None:
    failed = [replace(row, state=RowState.FAILED) for row in rows_of(2000)]
    gate = Gate()
    async with running(qapp, folder, ScriptedService(*[(SENT, gate)] * 9), failed) as run:
        said: list[int] = []
        run.row_changed.connect(said.append)
        run.retry(RowState.FAILED)
        await until(lambda: run.tally.asking == 4)
        assert run.tally.waiting == 1996
        assert len(said) < 50
        gate.open()


async def test_retried_twice_in_a_row_each_file_is_asked_once_more(
    qapp: QApplication, folder: Path
) -> None:
    """A busy machine delivers both clicks of an impatient hand at once."""
    failed = [replace(row, state=RowState.FAILED) for row in rows_of(6)]
    service = ScriptedService(*[YES] * 18)
    async with running(qapp, folder, service, failed) as run:
        for _ in range(3):
            run.retry(RowState.FAILED)
        await until(lambda: run.tally.done == 6 and not run.running)
        assert len(service.requests) == 6
        assert [row.asked for row in run.rows] == [1] * 6


async def test_a_forecast_looks_at_a_few_files_only(qapp: QApplication, folder: Path) -> None:
    theme, icons = dressed(qapp)
    world = world_of(folder, ScriptedService(), theme, icons, price=1.0)
    run = BatchRun(BATCH, rows_of(100), world)
    assert run.forecast().cost is None
    await run.sample()
    found = run.forecast()
    # 600 tokens for a picture, 6 for the words, 300 for the answer.
    assert found.cost == pytest.approx(100 * (606 + 300) / 1e6)
    assert not found.measured
    await run.close()
    await world.store.close()


async def test_what_was_not_counted_is_counted_at_the_next_start(
    qapp: QApplication, folder: Path
) -> None:
    class Deaf(Ledger):
        async def count(self, entry: UsageEntry) -> None:
            raise StorageError(StorageProblem.FULL, "history.sqlite3")

    theme, icons = dressed(qapp)
    world = world_of(folder, ScriptedService(YES), theme, icons, ledger=Deaf())
    await world.store.add(BATCH, rows_of(1))
    run = BatchRun(BATCH, rows_of(1), world)
    wrong: list[BaseException] = []
    run.went_wrong.connect(wrong.append)
    run.start()
    await until(lambda: wrong)
    await run.close()
    await world.store.close()
    assert states(run) == [RowState.DONE]

    ledger = Ledger()
    batches = Batches(world_of(folder, ScriptedService(), theme, icons, ledger=ledger))
    batches.begin()
    await until(lambda: ledger.entries)
    await until(lambda: _nothing_owed(batches))
    await batches.close()


async def _nothing_owed(batches: Batches) -> bool:
    return await batches.world.store.uncounted() == ()
