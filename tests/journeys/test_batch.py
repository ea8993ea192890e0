"""A folder dropped on the real window: forecast, confirmation, answers, a table to take away."""

from __future__ import annotations

import asyncio
import csv
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QLineEdit, QPushButton

from app.core.batch import RowState
from app.core.batch_table import TableFormat
from app.core.settings import LanguageChoice
from app.features.batch.batch_page import BatchPage
from app.features.batch.batch_tab import BatchTab
from app.features.batch.start_page import StartPage
from app.shell.workspace import BATCHES
from tests.adapters.chat_api.server import Answer, Asked, Server, plain, serving
from tests.adapters.test_sheet import read_back
from tests.conftest import until
from tests.faults.batch_killed import FIRST_WIDTH, draw
from tests.faults.batch_service import answer_of, picture_width
from tests.journeys.world import Porthole, porthole

pytestmark = pytest.mark.usefixtures("qapp")

FILE, STATE, FIRST = 1, 2, 3
CATALOGUE = json.dumps(
    {"data": [{"id": "test/seeing", "input_token_price_per_m": 20_000,
               "output_token_price_per_m": 100_000}]}
).encode()  # fmt: skip


class Service:
    """Answers about each picture; `script` says what comes before the answer, by its width."""

    def __init__(self) -> None:
        self.paid: Counter[int] = Counter()
        self.script: dict[int, list[Answer]] = {}
        self.most_at_once = 0
        self._now = 0

    async def answer(self, writer: asyncio.StreamWriter, asked: Asked) -> None:
        if asked.method == "GET":
            await plain(CATALOGUE, kind="application/json")(writer, asked)
            return
        width = picture_width(asked.body)
        if waiting := self.script.get(width):
            await waiting.pop(0)(writer, asked)
            return
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        await asyncio.sleep(0)
        self.paid[width] += 1
        await plain(answer_of(width))(writer, asked)
        self._now -= 1


BUSY = plain(b'{"error": {"message": "slow down"}}', "429 Too Many", "application/json",
             Retry_After="0.5")  # fmt: skip
BROKEN = plain(b'{"error": {"message": "boom"}}', "500 Oops", "application/json")
REFUSED = plain(b'{"error": {"message": "no such thing"}}', "400 Bad", "application/json")
WRONG_KEY = plain(b'{"error": {"message": "wrong key"}}', "401 No", "application/json")


@asynccontextmanager
async def at_work(data_dir: Path, service: Service) -> AsyncIterator[tuple[Porthole, Server]]:
    async with (
        serving(service.answer) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        yield window, server


def folder_of(tmp_path: Path, files: int) -> Path:
    folder = tmp_path / "receipts-april"
    folder.mkdir()
    draw(folder, files)
    return folder


async def page_in(window: Porthole) -> BatchPage:
    found = await until(lambda: next(iter(window.program.window.findChildren(BatchPage)), None))
    assert isinstance(found, BatchPage)
    return found


async def dialog_in(window: Porthole) -> QDialog:
    def shown() -> QDialog | None:
        found = window.program.window.findChildren(QDialog)
        return next((d for d in found if d.isVisible()), None)

    dialog = await until(shown)
    assert isinstance(dialog, QDialog)
    return dialog


def press(dialog: QDialog, text: str) -> None:
    (button,) = [b for b in dialog.findChildren(QPushButton) if b.text() == text]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def said_by(dialog: QDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def _noticed(window: Porthole, path: Path) -> bool:
    return str(path) in window.notice


async def begin(window: Porthole, page: BatchPage) -> str:
    """Press Start, say yes; answers what was asked."""
    QTest.mouseClick(page.header.go, Qt.MouseButton.LeftButton)
    dialog = await dialog_in(window)
    said = said_by(dialog)
    press(dialog, "Start")
    await until(lambda: page.run.running)
    return said


async def ended(page: BatchPage) -> None:
    await until(lambda: not page.run.running)
    page.refresh()


def cells(page: BatchPage, column: int) -> list[str]:
    model = page.table.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def states(page: BatchPage) -> Counter[RowState]:
    return Counter(row.state for row in page.run.rows)


async def test_a_folder_becomes_a_table_of_answers_each_paid_once(
    data_dir: Path, tmp_path: Path
) -> None:
    service = Service()
    async with at_work(data_dir, service) as (window, server):
        folder = folder_of(tmp_path, 7)
        (folder / "notes.txt").write_text("no picture")
        (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
        window.program.catalogue.refresh("local")
        await until(lambda: window.program.catalogue.info("local", "test/seeing"))
        window.drop(folder)
        page = await page_in(window)
        assert window.program.workspace.titles()[-1] == "Batch: receipts-april"
        assert cells(page, FILE) == ["broken.png", *(f"shot {n}.png" for n in range(7))]
        assert set(cells(page, STATE)) == {"queued"}
        await until(lambda: "about $" in page.progress.text)
        assert server.posts == 0  # a forecast costs nothing

        said = await begin(window, page)
        assert "Ask about 8 files?" in said
        assert "test/seeing (Local)" in said
        assert "Cost: about $" in said
        assert "4 at a time" in said
        await ended(page)
        assert service.paid == {FIRST_WIDTH + n: 1 for n in range(7)}
        assert service.most_at_once <= 4
        assert cells(page, STATE) == ["× a damaged image", *["✓ done"] * 7]
        assert cells(page, FIRST)[1:] == [str(FIRST_WIDTH + n) for n in range(7)]
        assert set(cells(page, FIRST + 1)[1:]) == {"海港咖啡"}
        assert "8 of 8 files" in page.progress.text
        assert page.header.go.isHidden()
        first = next(a for a in server.asked if a.method == "POST").json
        assert first["model"] == "test/seeing"
        image, text = first["messages"][0]["content"]
        assert image["type"] == "image_url"
        assert "Describe this picture" in text["text"]

        (used,) = await window.program.store.usage(0, f"batch:{page.run.batch.id}")
        assert (used.requests, used.prompt_tokens, used.pictures) == (7, 700, 7)
        assert used.cost > 0
        # The pictures were lent for their requests and are kept nowhere.
        assert not list((data_dir / "attachments").rglob("*.*"))


async def test_a_row_is_opened_copied_and_removed(data_dir: Path, tmp_path: Path) -> None:
    async with at_work(data_dir, Service()) as (window, _server):
        window.drop(folder_of(tmp_path, 3))
        page = await page_in(window)
        await begin(window, page)
        await ended(page)
        page.table.choose(1)
        QTest.keyClick(page.table, Qt.Key.Key_Return)
        await until(lambda: not page.result.isHidden())
        assert json.loads(page.result.text) == {"width": FIRST_WIDTH + 1, "merchant": "海港咖啡"}
        await until(lambda: page.result.picture.pixmap.width() == FIRST_WIDTH + 1)
        assert page.result.picture.isVisible()
        assert page.result.why == ""
        files = [Path(row.path) for row in page.run.rows]
        files[1].write_bytes(files[2].read_bytes())
        page.open_row(1)
        await until(lambda: "has changed since" in page.result.why)
        files[0].unlink()
        page.open_row(0)
        await until(lambda: "shot 0.png" in page.result.why)
        assert json.loads(page.result.text)["width"] == FIRST_WIDTH
        assert not page.result.picture.isVisible()
        QTest.keyClick(page.result, Qt.Key.Key_Escape)
        assert page.result.isHidden()
        QTest.keyClick(page.table, Qt.Key.Key_Delete)
        await until(lambda: len(page.run.rows) == 2)
        assert cells(page, FILE) == ["shot 0.png", "shot 2.png"]
        store, key = window.program.batches.batches.world.store, page.run.batch.id

        async def gone() -> bool:
            return len(await store.rows(key)) == 2

        await until(gone)


async def test_a_busy_service_holds_the_whole_batch_and_nothing_is_paid_twice(
    data_dir: Path, tmp_path: Path
) -> None:
    service = Service()
    service.script = {FIRST_WIDTH + 2: [BUSY, BUSY], FIRST_WIDTH + 3: [BUSY]}
    async with at_work(data_dir, service) as (window, server):
        window.drop(folder_of(tmp_path, 8))
        page = await page_in(window)
        await begin(window, page)
        await until(lambda: page.run.rest_s > 0)
        page.refresh()
        assert "rate limit: waits 1 s" in page.progress.text
        await until(lambda: any("(429)" in state for state in cells(page, STATE)))
        await ended(page)
        assert service.paid == {FIRST_WIDTH + n: 1 for n in range(8)}
        assert server.posts == 8 + 3
        assert states(page) == {RowState.DONE: 8}


async def test_what_may_have_been_paid_is_asked_again_only_when_the_person_says_so(
    data_dir: Path, tmp_path: Path
) -> None:
    service = Service()
    service.script = {FIRST_WIDTH: [BROKEN], FIRST_WIDTH + 1: [REFUSED]}
    async with at_work(data_dir, service) as (window, server):
        window.drop(folder_of(tmp_path, 4))
        page = await page_in(window)
        await begin(window, page)
        await ended(page)
        assert cells(page, STATE)[:2] == ["? may have been paid", "× refused (400)"]
        asked = server.posts

        retry = page.footer.button("retry")
        assert retry.text() == "Retry failed (1)"
        QTest.mouseClick(retry, Qt.MouseButton.LeftButton)
        await until(lambda: states(page)[RowState.FAILED] == 0)
        await ended(page)
        assert server.posts == asked + 1
        assert states(page) == {RowState.DONE: 3, RowState.UNCERTAIN: 1}

        page.open_row(0)
        await until(lambda: not page.result.isHidden())
        assert "It may have been paid" in page.result.why
        assert "boom" in page.result.why
        again = page.footer.button("again")
        QTest.mouseClick(again, Qt.MouseButton.LeftButton)
        dialog = await dialog_in(window)
        assert "paid twice" in said_by(dialog)
        press(dialog, "Cancel")
        await until(lambda: not dialog.isVisible())
        assert server.posts == asked + 1
        QTest.mouseClick(again, Qt.MouseButton.LeftButton)
        press(await dialog_in(window), "Ask again")
        await until(lambda: states(page) == {RowState.DONE: 4})
        await ended(page)


async def test_what_would_be_the_same_for_all_pauses_it_and_says_why(
    data_dir: Path, tmp_path: Path
) -> None:
    service = Service()
    service.script = {FIRST_WIDTH + n: [WRONG_KEY] for n in range(4)}
    async with at_work(data_dir, service) as (window, server):
        window.drop(folder_of(tmp_path, 30))
        page = await page_in(window)
        await begin(window, page)
        await ended(page)
        assert server.posts <= 4
        assert states(page) == {RowState.WAITING: 30}
        assert "The batch paused." in page.banner.text
        assert "401" in page.banner.text
        assert page.header.go.text() == "Resume"
        service.script.clear()
        QTest.mouseClick(page.header.go, Qt.MouseButton.LeftButton)
        await until(lambda: states(page) == {RowState.DONE: 30})
        await ended(page)
        assert page.banner.text == ""


async def test_paused_it_asks_no_more_and_after_a_restart_waits_for_the_person(
    data_dir: Path, tmp_path: Path
) -> None:
    service = Service()
    folder = folder_of(tmp_path, 40)
    async with serving(service.answer) as server:
        async with porthole(data_dir, address=server.address) as window:
            window.drop(folder)
            page = await page_in(window)
            page.header.at_once.setCurrentIndex(0)
            page.header.at_once.activated.emit(0)
            await begin(window, page)
            await until(lambda: states(page)[RowState.DONE] >= 3)
            QTest.mouseClick(page.header.go, Qt.MouseButton.LeftButton)
            await ended(page)
            done = states(page)[RowState.DONE]
            assert done == sum(service.paid.values()) < 40
            window.shortcut("Ctrl+T")
            window.type("a thought for later")
        async with porthole(data_dir, address=server.address) as window:
            tabs = window.program.workspace
            assert any(title.startswith("Batch") for title in tabs.titles())
            await until(lambda: "Batch: receipts-april" in tabs.titles())
            key = f"{BATCHES}{page.run.batch.id}"
            tab = tabs.show_page(key)
            assert isinstance(tab, BatchTab)
            resumed = await page_in(window)
            assert states(resumed) == {RowState.DONE: done, RowState.WAITING: 40 - done}
            assert resumed.run.batch.at_once == 1
            assert sum(service.paid.values()) == done
            assert resumed.header.go.text() == "Resume"
            QTest.mouseClick(resumed.header.go, Qt.MouseButton.LeftButton)
            await until(lambda: states(resumed) == {RowState.DONE: 40})
            assert service.paid == {FIRST_WIDTH + n: 1 for n in range(40)}
            assert service.most_at_once == 1


async def test_closing_its_tab_pauses_it_and_it_is_found_again(
    data_dir: Path, tmp_path: Path
) -> None:
    service = Service()
    async with at_work(data_dir, service) as (window, _server):
        window.drop(folder_of(tmp_path, 60))
        page = await page_in(window)
        run = page.run
        await begin(window, page)
        await until(lambda: states(page)[RowState.DONE] >= 2)
        window.shortcut("Ctrl+W")
        await until(lambda: not run.running)
        assert run.tally.waiting > 0
        window.shortcut("Ctrl+Shift+B")
        start = window.program.window.findChild(StartPage)
        assert start is not None
        (row,) = await until(lambda: start.rows)
        assert "receipts-april" in row.opening.text()
        QTest.mouseClick(row.opening, Qt.MouseButton.LeftButton)
        page = await page_in(window)
        assert page.run is run
        assert page.header.go.text() == "Resume"
        window.program.workspace.show_batches()
        await until(lambda: start.rows)
        QTest.mouseClick(start.rows[0].removing, Qt.MouseButton.LeftButton)
        press(await dialog_in(window), "Remove")
        await until(lambda: not start.rows)
        assert await window.program.batches.batches.listed() == ()
        assert "Batch: receipts-april" not in window.program.workspace.titles()
        window.shortcut("Ctrl+Shift+T")
        assert "Batch: receipts-april" not in window.program.workspace.titles()


async def test_the_results_leave_as_a_table(data_dir: Path, tmp_path: Path) -> None:
    async with at_work(data_dir, Service()) as (window, _server):
        window.drop(folder_of(tmp_path, 3))
        page = await page_in(window)
        await begin(window, page)
        await ended(page)
        target = tmp_path / "out"
        target.mkdir()
        for form in TableFormat:
            page.footer.export_entry(form)
            dialog = await dialog_in(window)
            assert isinstance(dialog, QFileDialog)
            path = target / f"results.{form.value}"
            (line,) = dialog.findChildren(QLineEdit)
            line.setText(str(path))
            dialog.accept()
            await until(path.exists)
            await until(partial(_noticed, window, path))
        with (target / "results.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [row["width"] for row in rows] == [str(FIRST_WIDTH + n) for n in range(3)]
        assert rows[0]["merchant"] == "海港咖啡"
        lines = (target / "results.jsonl").read_text("utf-8").splitlines()
        assert json.loads(lines[2])["result"]["width"] == FIRST_WIDTH + 2
        assert (target / "results.md").read_text("utf-8").startswith("| file | state | width |")
        cells_, _ = read_back((target / "results.xlsx").read_bytes())
        assert [head for _, head in cells_[0]][:4] == ["file", "state", "width", "merchant"]
        assert cells_[1][:4] == [
            ("s", "shot 0.png"), ("s", "done"), ("n", str(FIRST_WIDTH)), ("s", "海港咖啡"),
        ]  # fmt: skip


async def test_many_files_are_offered_a_batch_or_go_with_the_message(
    data_dir: Path, tmp_path: Path
) -> None:
    async with at_work(data_dir, Service()) as (window, _server):
        folder = folder_of(tmp_path, 21)
        files = sorted(folder.iterdir())
        window.drop(*files)
        dialog = await dialog_in(window)
        assert "21 files" in said_by(dialog)
        press(dialog, "All in this message")
        await until(lambda: len(window.page.draft().parts) == 21)
        window.drop(*files)
        press(await dialog_in(window), "One action over each")
        page = await page_in(window)
        assert len(page.run.rows) == 21
        (tmp_path / "empty").mkdir()
        window.drop(tmp_path / "empty")
        await until(lambda: "no pictures" in window.notice)


async def test_a_batch_speaks_the_readers_language(data_dir: Path, tmp_path: Path) -> None:
    service = Service()
    service.script = {FIRST_WIDTH: [BROKEN]}
    async with at_work(data_dir, service) as (window, _server):
        window.drop(folder_of(tmp_path, 2))
        page = await page_in(window)
        await begin(window, page)
        await ended(page)
        window.speak(LanguageChoice.CHINESE)
        assert cells(page, STATE) == ["? 可能已计费", "✓ 完成"]
        assert page.progress.text.startswith("2 / 2 个文件")
        assert page.footer.button("again").text() == "再问不确定的（1）…"
        assert "批量：receipts-april" in window.program.workspace.titles()


async def test_the_program_ends_with_a_question_open(data_dir: Path, tmp_path: Path) -> None:
    service = Service()
    async with at_work(data_dir, service) as (window, server):
        window.drop(folder_of(tmp_path, 3))
        page = await page_in(window)
        QTest.mouseClick(page.header.go, Qt.MouseButton.LeftButton)
        await dialog_in(window)
    assert server.posts == 0
