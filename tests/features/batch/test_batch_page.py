"""The page over ten thousand files: what is drawn, and what a change costs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.batch import BatchRow, RowState
from app.core.errors import Failure, FailureKind, ImageProblem
from app.core.settings import ThemeChoice
from app.features.batch import words
from app.features.batch.batch_page import BatchPage
from app.features.batch.batch_run import BatchRun
from app.features.batch.row_table import RowTable
from app.features.batch.row_table_model import FILE, FIRST, PICTURE, STATE, RowTableModel
from app.kit.tasks import TaskScope
from tests.conftest import until
from tests.features.batch.world import BATCH, rows_of, thumbnail, world_of
from tests.look import dressed
from tests.scripted import ScriptedService

pytestmark = pytest.mark.usefixtures("qapp")

MANY = 10_000
DONE = replace(
    BatchRow(0, "/shots/a.png", RowState.DONE),
    fields=(("merchant", "海港\n咖啡"), ("total", "78.00")),
    line="{",
    took=1.44,
    asked=1,
)


@asynccontextmanager
async def shown(
    qapp: QApplication, folder: Path, rows: tuple[BatchRow, ...]
) -> AsyncIterator[BatchPage]:
    theme, icons = dressed(qapp, ThemeChoice.DARK)
    world = world_of(folder, ScriptedService(), theme, icons)
    await world.store.add(BATCH, rows)
    run = BatchRun(BATCH, rows, world)
    scope = TaskScope()
    page = BatchPage(
        run, world, theme=theme, icons=icons, scope=scope, service_name=lambda key: key
    )
    page.resize(1000, 700)
    page.show()
    try:
        yield page
    finally:
        await scope.close()
        await run.close()
        await world.store.close()
        page.close()
        page.deleteLater()


@pytest.fixture
def folder(data_dir: Path) -> Path:
    data_dir.mkdir()
    return data_dir


def text(table: RowTable, row: int, column: int) -> str:
    return str(table.model().index(row, column).data())


async def test_only_what_is_seen_is_drawn(
    qapp: QApplication, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[int] = set()
    inner = RowTableModel.data

    def data(self: RowTableModel, index: object, role: int = 0) -> object:
        asked.add(index.row())  # type: ignore[attr-defined]  # a model index
        return inner(self, index, role)  # type: ignore[arg-type]  # a model index

    monkeypatch.setattr(RowTableModel, "data", data)
    async with shown(qapp, folder, rows_of(MANY)) as page:
        page.grab()
        assert 10 < len(asked) < 60
        asked.clear()
        page.table.scrollToBottom()
        page.grab()
        assert MANY - 1 in asked
        assert len(asked) < 120
        asked.clear()
        page.run.row_changed.emit(5000)
        page.grab()
        assert len(asked) < 60


async def test_fields_become_columns_as_soon_as_an_answer_has_some(
    qapp: QApplication, folder: Path
) -> None:
    async with shown(qapp, folder, rows_of(3)) as page:
        table = page.table
        heads = [
            table.model().headerData(n, Qt.Orientation.Horizontal)
            for n in range(table.model().columnCount())
        ]
        assert heads == ["", "File", "State", "Result", "Time"]
        page.run._replace(DONE)
        assert table.model().columnCount() == 6
        assert table.model().headerData(FIRST, Qt.Orientation.Horizontal) == "merchant"
        cells = [text(table, 0, column) for column in (FILE, STATE, FIRST, FIRST + 1, FIRST + 2)]
        assert cells == ["a.png", "✓ done", "海港 咖啡", "78.00", "1.4 s"]
        page.run._replace(BatchRow(1, "/shots/b.png", RowState.DONE, line="Plain words."))
        assert text(table, 1, FIRST) == "Plain words."
        page.resize(720, 700)
        assert [n for n in range(6) if table.isColumnHidden(n)] == [FIRST + 1]
        assert table.columnWidth(FILE) >= 150
        page.resize(420, 700)
        hidden = [n for n in range(6) if table.isColumnHidden(n)]
        assert hidden == [PICTURE, FIRST + 1, FIRST + 2]


async def test_a_names_markup_is_never_read(qapp: QApplication, folder: Path) -> None:
    failure = Failure(FailureKind.SERVER, "<b>boom</b>", 500)
    odd = BatchRow(0, "/shots/<img src=x>.png", RowState.UNCERTAIN, failure=failure)
    async with shown(qapp, folder, (odd,)) as page:
        index = page.table.model().index(0, FILE)
        tip = index.data(Qt.ItemDataRole.ToolTipRole)
        assert "<img" not in tip
        assert "<b>" not in tip
        assert "may have been paid" in tip
        assert text(page.table, 0, STATE) == "? may have been paid"


async def test_a_thumbnail_comes_once_its_row_was_got_ready(
    qapp: QApplication, folder: Path
) -> None:
    done = (DONE, BatchRow(1, "/shots/b.png"))
    async with shown(qapp, folder, done) as page:
        store, model = page._world.store, page.table.model()
        await store.put_thumbnail(BATCH.id, 0, thumbnail())
        page.run.row_changed.emit(0)

        def drawn(row: int) -> bool:
            pixmap = model.index(row, PICTURE).data(Qt.ItemDataRole.DecorationRole)
            color = pixmap.toImage().pixelColor(17, 12)
            return bool(color == Qt.GlobalColor.darkCyan)

        await until(lambda: drawn(0))
        assert not drawn(1)


@pytest.mark.parametrize("problem", ImageProblem)
def test_every_reason_to_refuse_a_file_has_a_word(problem: ImageProblem) -> None:
    row = BatchRow(0, "/shots/a.png", RowState.FAILED, problem=problem)
    said = words.state_text(row, busy=False, rest_s=0.0)
    assert said.startswith("× ")
    assert len(said) < 34
    assert words.why(row)


async def test_what_an_update_costs_does_not_grow_with_the_rows(
    qapp: QApplication, folder: Path
) -> None:
    class Counting(list[BatchRow]):
        looked_at = 0

        def __iter__(self) -> Iterator[BatchRow]:
            Counting.looked_at += len(self)
            return super().__iter__()

        def __getitem__(self, index: Any) -> Any:
            Counting.looked_at += 1
            return super().__getitem__(index)

    async with shown(qapp, folder, rows_of(MANY)) as page:
        page.table.selectAll()
        page.grab()
        page.run._rows.all = Counting(page.run._rows.all)
        Counting.looked_at = 0
        one = replace(DONE, fields=DONE.fields[:1])
        for place in (5, 6, 7):
            page.run._replace(replace(one, place=place))
            page.refresh()
        assert page.table.selected_count() in (0, MANY)
        assert Counting.looked_at < 200


async def test_rows_are_sorted_by_a_heading_and_chosen_by_their_state(
    qapp: QApplication, folder: Path
) -> None:
    rows = [replace(row, state=RowState.FAILED) if row.place % 3 else row for row in rows_of(9)]
    async with shown(qapp, folder, tuple(rows)) as page:
        table, header = page.table, page.table.horizontalHeader()
        opened: list[int] = []
        table.opened.connect(opened.append)

        def names() -> list[str]:
            return [text(table, line, FILE) for line in range(table.model().rowCount())]

        def click(column: int) -> None:
            at = QPoint(header.sectionViewportPosition(column) + 8, header.height() // 2)
            QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)

        came = [f"shot {n}.png" for n in range(9)]
        click(FILE)
        assert names() == came
        click(FILE)
        assert names() == came[::-1]
        table.choose(2)
        assert table.selected() == [2]
        QTest.keyClick(table, Qt.Key.Key_Return)
        assert opened == [2]
        page.header.shown.setCurrentIndex(3)
        page.header.shown.activated.emit(3)
        assert names() == [name for n, name in enumerate(came) if n % 3][::-1]
        page.run._replace(replace(rows[1], state=RowState.DONE))
        assert "shot 1.png" not in names()
        page.run._replace(replace(rows[0], state=RowState.FAILED))
        assert names()[-1] == "shot 0.png"
        page.header.shown.activated.emit(0)
        click(FILE)
        assert names() == came
