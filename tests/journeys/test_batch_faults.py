"""What goes wrong in the middle of a batch: it stops with clear words, and fails no file for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.batch import RowState
from app.features.batch.batch_page import BatchPage
from tests.adapters.chat_api.server import Answer, Asked, plain, serving
from tests.conftest import until
from tests.faults.batch_killed import FIRST_WIDTH
from tests.faults.batch_service import answer_of, picture_width
from tests.journeys.test_batch import (
    Service,
    at_work,
    begin,
    ended,
    folder_of,
    page_in,
    states,
)
from tests.journeys.world import porthole

pytestmark = pytest.mark.usefixtures("qapp")

FILES = 30


class Turning(Service):
    """As it should be for so many answers, then as `turned` says, until that is taken away."""

    def __init__(self, good: int, turned: Answer) -> None:
        super().__init__()
        self.good = good
        self.turned: Answer | None = turned

    async def answer(self, writer: asyncio.StreamWriter, asked: Asked) -> None:
        bad = self.turned if sum(self.paid.values()) >= self.good else None
        if asked.method == "POST" and bad is not None:
            await bad(writer, asked)
            return
        await super().answer(writer, asked)


def resume(page: BatchPage) -> None:
    assert page.header.go.text() == "Resume"
    QTest.mouseClick(page.header.go, Qt.MouseButton.LeftButton)


REVOKED = plain(b'{"error": {"message": "key revoked"}}', "401 No", "application/json")
GONE = plain(b'{"error": {"message": "no such model"}}', "404 No", "application/json")
NO_MONEY = plain(
    b'{"code": 403, "reason": "NOT_ENOUGH_BALANCE", "message": "not enough balance"}',
    "403 No",
    "application/json",
)


@pytest.mark.parametrize(
    ("answer", "said"),
    [(REVOKED, "key revoked"), (GONE, "no such model"), (NO_MONEY, "not enough balance")],
    ids=["key revoked", "model gone", "no money"],
)
async def test_what_turns_in_the_middle_stops_it_and_fails_nothing(
    data_dir: Path, tmp_path: Path, answer: Answer, said: str
) -> None:
    service = Turning(7, answer)
    async with at_work(data_dir, service) as (window, server):
        window.drop(folder_of(tmp_path, FILES))
        page = await page_in(window)
        await begin(window, page)
        await ended(page)
        done = states(page)[RowState.DONE]
        assert 7 <= done <= 7 + 4
        assert states(page) == {RowState.DONE: done, RowState.WAITING: FILES - done}
        assert server.posts <= done + 4
        assert "The batch paused." in page.banner.text
        assert said in page.banner.text
        assert "What was answered is kept." in page.banner.text
        service.turned = None
        resume(page)
        await until(lambda: states(page) == {RowState.DONE: FILES})
        await ended(page)
        assert set(service.paid.values()) == {1}
        assert len(service.paid) == FILES


async def test_a_network_that_goes_away_stops_it_and_it_goes_on_when_that_is_back(
    data_dir: Path, tmp_path: Path
) -> None:
    service = Service()
    async with AsyncExitStack() as line:
        server = await line.enter_async_context(serving(service.answer))
        async with porthole(data_dir, address=server.address) as window:
            window.drop(folder_of(tmp_path, FILES))
            page = await page_in(window)
            await begin(window, page)
            await until(lambda: states(page)[RowState.DONE] >= 3)
            await line.aclose()
            await ended(page)
            now = states(page)
            assert now[RowState.FAILED] == 0
            # Only what was on its way when the line broke is uncertain.
            assert now[RowState.UNCERTAIN] <= 4
            assert now[RowState.WAITING] > 0
            assert "The batch paused." in page.banner.text
            port = int(server.address.split(":")[2].partition("/")[0])
            async with serving(service.answer, port=port):
                resume(page)
                await until(lambda: not states(page)[RowState.WAITING])
                await ended(page)
                assert page.banner.text == ""
                assert states(page)[RowState.UNCERTAIN] == now[RowState.UNCERTAIN]
                assert set(service.paid.values()) == {1}


async def test_the_headers_of_an_answer_hold_the_whole_batch(
    data_dir: Path, tmp_path: Path
) -> None:
    asked_at: list[float] = []

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        if asked.method == "GET":
            await plain(b'{"data": []}', kind="application/json")(writer, asked)
            return
        asked_at.append(asyncio.get_running_loop().time())
        left = 5 - len(asked_at) % 6
        limits = {
            "x_ratelimit_limit_requests": "6",
            "x_ratelimit_remaining_requests": str(max(0, left)),
            "x_ratelimit_reset_requests": "700ms",
        }
        body = answer_of(picture_width(asked.body))
        await plain(body, **limits)(writer, asked)

    async with (
        serving(answer) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        window.drop(folder_of(tmp_path, 12))
        page = await page_in(window)
        await begin(window, page)
        await until(lambda: page.run.rest_s > 0)
        page.refresh()
        assert "rate limit: waits 1 s" in page.progress.text
        count = len(asked_at)
        await until(lambda: len(asked_at) > count)
        assert asked_at[count] - asked_at[count - 1] > 0.5
        await until(lambda: states(page) == {RowState.DONE: 12})
        await ended(page)
        assert server.posts == 12  # none was ever refused


async def test_a_refusal_that_names_no_time_is_waited_for_all_the_same(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.core.batch_plan.FIRST_REST_S", 0.3)
    busy = plain(b'{"error": {"message": "slow down"}}', "429 Busy", "application/json")
    service = Service()
    service.script = {FIRST_WIDTH + 3: [busy, busy]}
    async with at_work(data_dir, service) as (window, server):
        window.drop(folder_of(tmp_path, 9))
        page = await page_in(window)
        await begin(window, page)
        await until(lambda: page.run.rest_s > 0)
        await until(lambda: states(page) == {RowState.DONE: 9})
        await ended(page)
        assert server.posts == 9 + 2
        assert set(service.paid.values()) == {1}


async def test_two_batches_run_beside_each_other(data_dir: Path, tmp_path: Path) -> None:
    service = Service()
    async with at_work(data_dir, service) as (window, _server):
        folder = folder_of(tmp_path, 16)
        other = tmp_path / "other"
        other.mkdir()
        for path in sorted(folder.iterdir())[8:]:
            path.rename(other / path.name)
        window.drop(folder)
        first = await page_in(window)
        await begin(window, first)
        window.program.batches.take([str(other)])
        pages: Callable[[], list[BatchPage]] = lambda: window.program.window.findChildren(BatchPage)  # noqa: E731 - a value of that type
        await until(lambda: len(pages()) == 2)
        (second,) = [page for page in pages() if page is not first]
        await begin(window, second)
        await ended(first)
        await ended(second)
        assert states(first) == states(second) == {RowState.DONE: 8}
        assert set(service.paid.values()) == {1}


async def test_ten_thousand_files_in_folders_within_folders(data_dir: Path, tmp_path: Path) -> None:
    service = Service()
    top = tmp_path / "archive"
    for year in range(10):
        folder = top / f"{2015 + year}" / "scans"
        folder.mkdir(parents=True)
        for number in range(1001):
            (folder / f"scan {number}.png").touch()
    async with at_work(data_dir, service) as (window, server):
        window.drop(top)
        page = await page_in(window)
        assert len(page.run.rows) == 10_000
        assert page.run.rows[9].name == "scan 9.png"
        assert page.run.rows[10].name == "scan 10.png"
        await until(lambda: "10 more were left out" in window.notice)
        assert "0 of 10,000 files" in page.progress.text
        # All of them are empty: that is said of each, and nothing is sent.
        await begin(window, page)
        await until(lambda: states(page)[RowState.FAILED] > 50)
        assert server.posts == 0
