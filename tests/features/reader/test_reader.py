"""The reader as a hand drives it: looked at, sorted, copied cell by cell, growing, stepped."""

from __future__ import annotations

import csv
import io
import json
import threading

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.message import MessageState
from app.core.schema_verdict import SchemaVerdict, Verdict
from app.features.reader.result import Result
from app.features.reader.result_reader import ResultReader
from app.features.reader.views import View
from app.kit.widgets.source_view import SourceView
from tests.chinese import chinese
from tests.conftest import until
from tests.core.test_result_table import Html
from tests.features.reader.world import (
    World,
    answer,
    click,
    clipboard,
    data_of,
    picture,
    question,
    reader,
    receipt_lines,
)

ITEMS = (
    '{"shop": "海港咖啡", "items": [{"item": "美式咖啡", "n": 2, "price": "56.00"},'
    ' {"item": "=可颂", "n": 10, "price": "-2.50"}, {"item": "水", "n": 1}]}'
)
CELLS = [
    ["item", "n", "price"],
    ["美式咖啡", "2", "56.00"],
    ["=可颂", "10", "-2.50"],
    ["水", "1", ""],
]
SAFE = [[f"'{cell}" if cell.startswith("=") else cell for cell in row] for row in CELLS]
NOTES = "Two lines\nof **words**\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```py\nif x:\n    y\n```\n"


def cells(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.split("\n")]


def head_click(world: World, column: int) -> None:
    header = world.pane.result.table.horizontalHeader()
    x = header.sectionViewportPosition(column) + 8
    place = QPoint(x, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


async def test_a_table_lands_in_cells_in_every_format(qapp: QApplication) -> None:
    with reader(qapp) as world:
        world.say(ITEMS)
        assert world.pane.result.view is View.TABLE
        mime = world.copy()
        assert world.pane.said == "Copied a table of 3 × 3 cells"
        assert world.pane._said.isVisible()
        assert not world.pane._figures.isVisible()
        assert cells(mime.text()) == SAFE
        assert cells(data_of(mime, "text/tab-separated-values")) == SAFE
        assert Html(mime.html()).rows == CELLS
        assert list(csv.reader(io.StringIO(data_of(mime, "text/csv"), newline=""))) == SAFE
        assert data_of(mime, "text/markdown").splitlines()[2] == "| 美式咖啡 | 2 | 56.00 |"

        tsv = world.copy_as("TSV, for spreadsheets")
        assert cells(tsv.text()) == SAFE
        assert Html(tsv.html()).rows == CELLS
        assert world.pane.said == "Copied a table of 3 × 3 cells as TSV"
        assert list(csv.reader(io.StringIO(world.copy_as("CSV").text(), newline=""))) == SAFE
        html = world.copy_as("HTML")
        assert Html(html.html()).rows == Html(html.text()).rows == CELLS
        assert world.copy_as("Markdown").text().startswith("| item | n | price |\n| --- |")
        assert world.copy_as("JSON").text() == ITEMS
        assert world.pane.said == "Copied as JSON"
        await world.scope.close()


async def test_sorting_by_a_click_is_what_is_copied(qapp: QApplication) -> None:
    with reader(qapp) as world:
        world.say(ITEMS)
        assert world.pane.result.table.model().rowCount() == 3

        def order() -> list[str]:
            return [row[1] for row in cells(world.copy().text())[1:]]

        head_click(world, 1)
        assert order() == ["1", "2", "10"]
        head_click(world, 1)
        assert order() == ["10", "2", "1"]
        head_click(world, 1)
        assert order() == ["2", "10", "1"]
        table = world.pane.result.table
        table.setCurrentIndex(table.model().index(0, 0))
        QTest.keyClick(table, Qt.Key.Key_Return)
        assert order() != ["2", "10", "1"]
        await world.scope.close()


async def test_cells_are_selected_and_copied_by_keys(qapp: QApplication) -> None:
    with reader(qapp) as world:
        world.say(ITEMS)
        table = world.pane.result.table
        table.setCurrentIndex(table.model().index(0, 0))
        shift = Qt.KeyboardModifier.ShiftModifier
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            QTest.keyClick(table, key, shift)
        QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert cells(clipboard().text()) == [["美式咖啡", "2"], ["'=可颂", "10"]]
        assert Html(clipboard().html()).rows == [["美式咖啡", "2"], ["=可颂", "10"]]
        assert world.pane.said == "Copied a table of 2 × 2 cells"
        await world.scope.close()


async def test_the_fields_around_a_list_are_a_table_of_their_own(qapp: QApplication) -> None:
    saved: list[tuple[bytes, str]] = []
    with reader(qapp) as world:
        world.pane.save_requested.connect(lambda data, name: saved.append((bytes(data), name)))
        world.say(ITEMS)
        card = world.pane.result
        assert card.stepper.text == "2/2"
        click(card.stepper.back)
        assert cells(world.copy().text()) == [["Field", "Value"], ["shop", "海港咖啡"]]
        click(card.export)
        assert saved == [("\ufeffField,Value\r\nshop,海港咖啡\r\n".encode(), "table.csv")]
        world.look(View.TREE)
        model = card.tree.model()
        assert model.index(1, 0).data() == "items"
        assert model.index(1, 1).data() == "[ 3 ]"
        assert model.index(1, 1, model.index(0, 0, model.index(1, 0))).data() == "2"
        assert world.copy().text() == ITEMS
        world.look(View.SOURCE)
        assert card.source.toPlainText() == ITEMS
        assert world.copy().text() == ITEMS
        assert world.pane.said == "Copied the source"
        await world.scope.close()


async def test_text_keeps_its_lines_and_is_copied_as_words(qapp: QApplication) -> None:
    with reader(qapp) as world:
        world.say(NOTES)
        card = world.pane.result
        assert card.view is View.TEXT
        shown = card.text.toPlainText()
        assert shown.startswith("Two lines\nof words\n")
        assert "if x:\n    y" in shown
        mime = world.copy()
        assert mime.text() == "Two lines\nof words\n\na\tb\n1\t2\n\nif x:\n    y"
        assert data_of(mime, "text/markdown") == NOTES
        assert "<b>words</b>" in mime.html()
        assert Html("<table" + mime.html().split("<table")[1].split("</table>")[0]).rows == [
            ["a", "b"],
            ["1", "2"],
        ]
        words = mime.text()
        assert world.copy_as("Plain text").text() == words
        assert cells(world.copy_as("TSV, for spreadsheets").text()) == [["a", "b"], ["1", "2"]]
        await world.scope.close()


async def test_json_grows_row_by_row_and_what_is_selected_stays(qapp: QApplication) -> None:
    with reader(qapp) as world:
        asked = question("Read it.", picture())
        world.show(asked, busy=True)
        reply = answer("", asked, MessageState.STREAMING)
        world.show(asked, reply, busy=True)
        card, model = world.pane.result, world.pane.result.table.model()
        resets: list[int] = []
        seen: list[int] = []
        model.modelReset.connect(lambda: resets.append(model.rowCount()))
        for at in range(0, len(ITEMS), 9):
            world.pane.grow(reply.id, ITEMS[at : at + 9])
            await until(lambda: not card.busy)
            seen.append(model.rowCount())
            if model.rowCount() == 2 and not card.table.currentIndex().isValid():
                card.table.selectRow(0)
        assert seen[-1] == 3
        assert len(set(seen)) > 2
        assert card.table.currentIndex().row() == 0
        assert world.checked == []
        whole = answer(ITEMS, asked, identity=reply.id)
        before = len(resets)
        world.show(asked, whole, busy=True)
        assert world.checked == []
        world.show(asked, whole, busy=False)
        assert len(resets) == before
        await until(lambda: world.checked == [ITEMS])
        await world.scope.close()


async def test_a_long_answer_is_read_beside_the_window_and_shown_in_slices(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, read_in = threading.get_ident(), set[int]()
    take = ResultReader.take

    def watched(self: ResultReader, new: str = "", *, ended: bool = False) -> Result:
        read_in.add(threading.get_ident())
        return take(self, new, ended=ended)

    monkeypatch.setattr(ResultReader, "take", watched)
    long = json.dumps({"items": [{"n": n, "word": f"w{n}"} for n in range(900)]})
    with reader(qapp) as world:
        card = world.pane.result
        world.say(ITEMS)
        assert read_in == {here}
        read_in.clear()
        world.say(long)
        assert card.busy
        assert card._waiting.text() == "Reading…"
        await until(lambda: not card.busy)
        assert here not in read_in
        assert card.table.model().rowCount() == 900
        await until(lambda: world.checked[-1:] == [long])

        world.look(View.TREE)
        rows = card.tree.model()
        inner = rows.index(0, 0)
        assert 0 < rows.rowCount(inner) < 900
        await until(lambda: not card.tree.busy)
        assert rows.rowCount(inner) == 900
        assert rows.index(1, 1, rows.index(899, 0, inner)).data() == "w899"

        world.look(View.SOURCE)
        await until(lambda: not card.source.busy)
        assert card.source.text == long
        assert card.source.document().blockCount() > 5
        card.source.selectAll()
        card.source.copy()
        assert clipboard().text() == long

        # Another answer that comes meanwhile is the one that stays.
        world.say(long[:-2])
        world.say("Nothing to read.")
        await until(lambda: not card.busy)
        assert card.source.toPlainText() == "Nothing to read."
        assert not card.export.isEnabled()
        await world.scope.close()


@pytest.mark.parametrize("line", ["x" * 5000, "🙂" * 3001, "", "\n"])
def test_the_source_is_copied_as_it_came(qapp: QApplication, line: str) -> None:
    text = f"first\n{line}\n  last é"
    view = SourceView()
    for at in range(0, len(text), 1500):
        view.show_text(text[: at + 1500])
    assert view.text == text
    view.selectAll()
    view.copy()
    assert clipboard().text() == text
    cursor = view.textCursor()
    cursor.setPosition(2)
    cursor.setPosition(6, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    view.copy()
    assert clipboard().text() == "rst\n"


async def test_text_grows_at_its_end_alone(qapp: QApplication) -> None:
    with reader(qapp) as world:
        asked = question("Read it.", picture())
        reply = answer("First line\n\nsecond", asked, MessageState.STREAMING)
        world.show(asked, reply, busy=True)
        text = world.pane.result.text
        cursor = text.textCursor()
        cursor.setPosition(0)
        cursor.setPosition(5, QTextCursor.MoveMode.KeepAnchor)
        text.setTextCursor(cursor)
        touched: list[int] = []
        text.document().contentsChange.connect(lambda at, _gone, _new: touched.append(at))
        long = "".join(f"\n\nparagraph {n} of it" for n in range(60))
        for at in range(0, len(long), 50):
            world.pane.grow(reply.id, long[at : at + 50])
            await until(lambda: not world.pane.result.busy)
        assert text.textCursor().selectedText() == "First"
        assert text.toPlainText().endswith("paragraph 59 of it")
        assert touched
        assert min(touched) > 5
        assert touched[-1] > len(long) // 2
        bar = text.verticalScrollBar()
        assert bar.value() == 0  # whoever reads at the top stays there
        bar.setValue(bar.maximum())
        world.pane.grow(reply.id, "\n\n" + "more " * 200)
        await until(lambda: not world.pane.result.busy)
        assert bar.value() == bar.maximum()  # and whoever reads at the end goes along
        await world.scope.close()


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (SchemaVerdict(Verdict.MATCHES, "receipt"), "✓ Matches the schema “receipt”"),
        (
            SchemaVerdict(Verdict.MISMATCH, "receipt", "$.items[1].n", "'x' is not a number"),
            "Does not match the schema “receipt” at $.items[1].n: 'x' is not a number",
        ),
        (
            SchemaVerdict(Verdict.NO_JSON, "receipt"),
            "The schema “receipt” asked for JSON and nothing else.",
        ),
        (
            SchemaVerdict(Verdict.BAD_SCHEMA, "receipt", problem="no such type"),
            "The schema “receipt” cannot be followed: no such type",
        ),
    ],
)
async def test_what_is_said_of_a_schema(
    qapp: QApplication, verdict: SchemaVerdict, said: str
) -> None:
    with reader(qapp) as world:
        world.verdict = verdict
        world.say(ITEMS)
        await until(lambda: world.pane.result.verdict_text == said)
        await world.scope.close()


async def test_nothing_is_said_of_an_answer_that_is_not_whole(qapp: QApplication) -> None:
    with reader(qapp) as world:
        world.verdict = SchemaVerdict(Verdict.MATCHES, "receipt")
        world.say(ITEMS[:60], state=MessageState.STREAMING)
        world.say(ITEMS, state=MessageState.STOPPED)
        await world.scope.drain()
        assert world.checked == []
        assert world.pane.result.verdict_text == "Stopped"
        world.say(f"As you asked: {ITEMS}")
        await until(lambda: world.checked == [None])
        await world.scope.close()


async def test_pictures_and_answers_are_stepped_through(qapp: QApplication) -> None:
    with reader(qapp) as world:
        first = question("Read both.", picture(), picture("other.png", "other"))
        on = question("In euro?")
        world.show(first, answer("56.00", first), on, answer("7.20", on))
        pane = world.pane
        shown: list[str] = []
        pane.picture.shown.connect(shown.append)
        assert (pane.stepper.text, pane.picture.stepper.text) == ("2/2", "1/2")
        await until(lambda: shown == ["receipt"])
        QTest.keyClick(pane, Qt.Key.Key_PageDown)
        await until(lambda: shown == ["receipt", "other"])
        assert pane.picture.view.pixmap.width() == 30
        click(pane.picture.stepper.back)
        await until(lambda: shown[2:] == ["receipt"])
        scale = pane.picture.view.scale_now
        QTest.keyClick(pane.picture.view, Qt.Key.Key_Plus)
        assert pane.picture.view.scale_now > scale
        QTest.keyClick(pane.picture.view, Qt.Key.Key_0)
        assert pane.picture.view.scale_now == pytest.approx(scale)

        assert world.copy().text() == "7.20"
        QTest.keyClick(pane, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
        assert world.copy().text() == "56.00"
        assert pane.picture.picture == picture()
        world.show(first, answer("56.00", first), on, answer("7.20", on))
        assert world.copy().text() == "56.00"
        more = question("And in dollars?")
        world.show(first, answer("56.00", first), on, answer("7.20", on), more, busy=True)
        assert pane.stepper.text == "3/3"
        assert pane.said == ""
        assert pane._figures.isVisible()
        assert not pane.again_button.isEnabled()
        assert not world.actions.isEnabled()
        await world.scope.close()


async def test_a_row_is_shown_where_it_was_read(qapp: QApplication) -> None:
    with reader(qapp) as world:
        world.layers["receipt"] = receipt_lines()
        world.say('[{"item": "可颂", "price": "22.00"}, {"item": "nowhere", "price": ""}]')
        marks = world.pane.picture
        await world.scope.drain()
        world.pane.result.table.selectRow(0)
        await until(lambda: len(marks._marks) == 2)
        assert marks._marks[0].rect().center().y() == pytest.approx(211, abs=3)
        world.pane.result.table.selectRow(1)
        assert marks._marks == []
        await world.scope.close()


async def test_a_picture_that_is_gone_is_said_to_be(qapp: QApplication) -> None:
    with reader(qapp) as world:
        asked = question("Read it.", picture("lost.png", "lost"))
        world.show(asked, answer("56", asked))
        await world.scope.drain()
        assert not world.pane.picture.view.isVisible()
        assert world.pane.picture._missing.isVisible()
        await world.scope.close()


async def test_narrow_windows_stack(qapp: QApplication) -> None:
    with reader(qapp) as world:
        world.say(NOTES)
        assert world.pane.splitter.orientation() is Qt.Orientation.Horizontal
        world.pane.resize(560, 800)
        assert world.pane.splitter.orientation() is Qt.Orientation.Vertical
        assert world.pane.width() == 560
        assert world.pane.result.mapTo(world.pane, QPoint(0, 0)).y() > world.pane.picture.height()
        await world.scope.close()


async def test_it_speaks_chinese_at_once(qapp: QApplication) -> None:
    with reader(qapp) as world:
        world.verdict = SchemaVerdict(Verdict.MATCHES, "receipt")
        world.say(ITEMS)
        await until(lambda: bool(world.pane.result.verdict_text))
        with chinese("reader"):
            QApplication.sendPostedEvents()
            card = world.pane.result
            assert card.verdict_text == "✓ 符合 schema “receipt”"
            assert [card.buttons[view].text() for view in View] == ["文本", "表", "树", "原文"]
            world.copy()
            assert world.pane.said == "已复制表格（3 × 3 个单元格）"
            assert card.stepper.on.accessibleName() == "下一个表格"
        await world.scope.close()


async def test_long_text_comes_in_slices_and_whole(qapp: QApplication) -> None:
    with reader(qapp) as world:
        world.say("".join(f"paragraph {n}\n\n" for n in range(400)))
        text = world.pane.result.text
        assert not text.toPlainText().endswith("paragraph 399")
        await until(lambda: text.toPlainText().endswith("paragraph 399"))
        assert text.toPlainText().split("\n") == [f"paragraph {n}" for n in range(400)]
        assert text.verticalScrollBar().value() == 0
        world.say("word " * 100_000)
        await until(lambda: not world.pane.result.busy)
        assert world.pane.result.view is View.SOURCE
        assert not world.pane.result.buttons[View.TEXT].isVisible()
        await world.scope.close()


async def test_a_verdict_without_room_stands_below(qapp: QApplication) -> None:
    with reader(qapp) as world:
        world.verdict = SchemaVerdict(Verdict.MATCHES, "receipt")
        world.pane.resize(1400, 600)
        world.say(ITEMS)
        card = world.pane.result
        await until(lambda: card._matches.isVisible())
        world.pane.resize(700, 600)
        assert card._matches_below.isVisible()
        assert not card._matches.isVisible()
        await world.scope.close()
