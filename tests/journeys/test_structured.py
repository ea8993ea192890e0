"""Answers that are to match a schema, in the real window: shown, checked, repaired and saved."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.core.result_table import tables_of
from app.errands import _write_answer
from app.features.chat.output_mark import OutputMark
from app.features.chat.transcript.structured_card import AnswerView, StructuredCard
from app.features.chat.transcript.structured_note import StructuredNote
from tests.adapters.chat_api.server import Asked, serving
from tests.adapters.test_sheet import read_back
from tests.conftest import until
from tests.journeys.world import Porthole, porthole

pytestmark = pytest.mark.usefixtures("qapp", "memory_keyring")

ITEM = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "price": {"type": "number"}},
    "required": ["name", "price"],
    "additionalProperties": False,
}
SCHEMA = {
    "type": "object",
    "properties": {"items": {"type": "array", "items": ITEM}, "total": {"type": "number"}},
    "required": ["items", "total"],
    "additionalProperties": False,
}
FORMAT = {
    "type": "json_schema",
    "json_schema": {"name": "receipt", "strict": True, "schema": SCHEMA},
}
GOOD = {"items": [{"name": "茶", "price": 12}, {"name": "b", "price": 9.5}], "total": 21.5}


class Model:
    """Answers with what it is told to, in pieces; at None it waits until it `goes_on`."""

    def __init__(self, *answers: list[str | None]) -> None:
        self.answers = list(answers)
        self.asked: list[dict[str, Any]] = []
        self.goes_on = asyncio.Event()
        self.refuses: Callable[[dict[str, Any]], bool] = lambda _body: False

    async def answer(self, writer: asyncio.StreamWriter, asked: Asked) -> None:
        if asked.method == "GET":
            body = b'{"data": [{"id": "test/text"}]}'
            head = (
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            )
            writer.write(head % len(body) + body)
            return
        said = json.loads(asked.body)
        self.asked.append(said)
        if self.refuses(said):
            body = b'{"error": {"message": "response_format json_schema is not supported"}}'
            head = (
                b"HTTP/1.1 400 Bad\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            )
            writer.write(head % len(body) + body)
            return
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
        )
        for piece in self.answers.pop(0):
            if piece is None:
                await self.goes_on.wait()
                self.goes_on.clear()
                continue
            delta = {"choices": [{"delta": {"content": piece}}]}
            writer.write(f"data: {json.dumps(delta)}\n\n".encode())
            await writer.drain()
        end = {"choices": [{"delta": {}, "finish_reason": "stop"}]}
        writer.write(f"data: {json.dumps(end)}\n\ndata: [DONE]\n\n".encode())
        writer.close()


def cards(window: Porthole) -> list[StructuredCard]:
    return [w for w in window.page.transcript.staged if isinstance(w, StructuredCard)]


async def card_of(window: Porthole) -> StructuredCard:
    await until(lambda: bool(cards(window)))
    return cards(window)[-1]


def rows(card: StructuredCard) -> dict[str, str]:
    """What the tree shows at its top."""
    model = card.tree.model()
    return {
        str(model.index(row, 0).data()): str(model.index(row, 1).data())
        for row in range(model.rowCount())
    }


async def test_the_tree_grows_while_it_streams_and_is_checked_at_the_end(tmp_path: Path) -> None:
    text = json.dumps(GOOD, ensure_ascii=False, indent=1)
    at = text.index('"total"')
    model = Model([text[:30], text[30:at], None, text[at:]])
    async with (
        serving(model.answer) as server,
        porthole(tmp_path, address=server.address) as window,
    ):
        window.page.session.set_parameters({"response_format": FORMAT})
        mark = window.page.findChild(OutputMark)
        assert mark is not None
        assert mark.text() == "JSON: receipt"
        await window.begin("go")
        card = await card_of(window)
        await until(lambda: rows(card) == {"items": "[ 2 ]"})
        assert "arriving" in card.said.text()
        assert "✓" not in card.said.text()
        model.goes_on.set()
        await window.quiet()
        await until(lambda: card.said.text() == "✓ matches schema “receipt”")
        assert rows(card) == {"items": "[ 2 ]", "total": "21.5"}
        assert card.note.isHidden()
        assert model.asked[0]["response_format"] == FORMAT


async def test_what_does_not_fit_is_told_place_by_place_and_repaired_once(tmp_path: Path) -> None:
    wrong = {"items": [{"name": 1, "price": "x"}, {"price": 2, "a.b'": 0}], "total": 1}
    model = Model([json.dumps(wrong)], [json.dumps(GOOD)])
    async with (
        serving(model.answer) as server,
        porthole(tmp_path, address=server.address) as window,
    ):
        window.page.session.set_parameters({"response_format": FORMAT})
        await window.ask("go")
        card = await card_of(window)
        await until(lambda: not card.note.isHidden() and not card.note.repair.isHidden())
        lines = card.note.problems.text().replace("\u200b", "").splitlines()
        assert lines[0] == "✗ does not match schema “receipt”"
        assert lines[1].startswith("$.items[0].name: 1 is not of type")
        assert lines[2].startswith("$.items[0].price: 'x' is not of type")
        assert len(lines) == 5
        assert all(line.startswith("$.items[1]: ") for line in lines[3:])
        QTest.mouseClick(card.note.repair, Qt.MouseButton.LeftButton)
        await until(lambda: window.page.session.busy)
        assert card.note.repair.isHidden()
        await window.quiet()
        await until(lambda: "✓ matches" in cards(window)[-1].said.text())
        assert card.note.repair.isHidden()
        asked = model.asked[1]
        assert asked["response_format"] == FORMAT
        assert "$.items[0].name: 1 is not of type 'string'" in asked["messages"][-1]["content"]
        assert "Your answer does not match the schema “receipt”" in window.shown


async def test_a_mismatch_shows_while_the_rest_still_streams(tmp_path: Path) -> None:
    model = Model(
        ['{"items": [{"name": 5, "price": 1}, ', None, '{"name": "b", "price": 1}], "total": 1}']
    )
    async with (
        serving(model.answer) as server,
        porthole(tmp_path, address=server.address) as window,
    ):
        window.page.session.set_parameters({"response_format": FORMAT})
        await window.begin("go")
        card = await card_of(window)
        await until(lambda: "$.items[0].name" in card.note.problems.text())
        assert "total" not in card.note.problems.text()
        assert card.note.repair.isHidden()
        model.goes_on.set()
        await window.quiet()


async def test_words_where_json_was_asked_for_are_said_to_be_none(tmp_path: Path) -> None:
    model = Model(["I would rather not."], [json.dumps(GOOD)])
    async with (
        serving(model.answer) as server,
        porthole(tmp_path, address=server.address) as window,
    ):
        window.page.session.set_parameters({"response_format": FORMAT})
        shown = await window.ask("go")
        assert "I would rather not." in shown

        def notes() -> list[StructuredNote]:
            return [w for w in window.page.transcript.staged if isinstance(w, StructuredNote)]

        await until(lambda: any("asked for JSON" in n.problems.text() for n in notes()))
        (note,) = notes()
        assert note.height() > 30
        QTest.mouseClick(note.repair, Qt.MouseButton.LeftButton)
        await window.quiet()
        await until(lambda: bool(cards(window)))


async def test_the_fall_back_is_said_and_its_answer_checked(tmp_path: Path) -> None:
    model = Model(["```json\n", json.dumps(GOOD), "\n```\n"])
    model.refuses = lambda body: "response_format" in body
    async with (
        serving(model.answer) as server,
        porthole(tmp_path, address=server.address) as window,
    ):
        window.page.session.set_parameters({"response_format": FORMAT})
        shown = await window.ask("go")
        card = await card_of(window)
        await until(lambda: "✓ matches" in card.said.text())
        assert "This model does not take an output format" in shown
        assert [body.get("response_format", {}).get("type") for body in model.asked] == [
            "json_schema",
            "json_object",
            None,
        ]
        assert '"price"' in model.asked[-1]["messages"][0]["content"]


async def test_a_table_is_sorted_copied_and_saved_cell_by_cell(tmp_path: Path) -> None:
    items = [
        {"name": "=1+1", "price": 12},
        {"name": "00123", "price": 9.5, "note": 'a,"b"\nc'},
        {"name": "茶\u202e", "price": 100, "note": None},
    ]
    model = Model([json.dumps(items)])
    async with (
        serving(model.answer) as server,
        porthole(tmp_path, address=server.address) as window,
    ):
        window.page.session.set_parameters({"response_format": {"type": "json_object"}})
        await window.ask("go")
        card = await card_of(window)
        card.choose(AnswerView.TABLE)
        card.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
        shown = card.table.shown_table()
        assert [row[1] for row in shown.rows] == ["9.5", "12", "100"]
        card.copy()
        mime = QGuiApplication.clipboard().mimeData()
        assert mime.hasHtml()
        assert mime.text().splitlines()[1].startswith("00123\t9.5\t")
        table, made = card._table_out(), tmp_path / "a"
        _write_answer(made, "xlsx", table, "")
        cells, _sheet = read_back(made.read_bytes())
        assert cells[0] == [("s", "name"), ("s", "price"), ("s", "note")]
        assert cells[1] == [("s", "00123"), ("n", "9.5"), ("s", 'a,"b"\nc')]
        assert cells[2] == [("s", "=1+1"), ("n", "12")]
        assert cells[3] == [("s", "茶\u202e"), ("n", "100")]
        _write_answer(made, "csv", table, "")
        read = list(csv.reader(io.StringIO(made.read_bytes().decode("utf-8-sig"))))
        assert read[1] == ["00123", "9.5", 'a,"b"\nc']
        assert read[2] == ["'=1+1", "12", ""]
        _write_answer(made, "json", None, json.dumps(items))
        assert json.loads(made.read_text(encoding="utf-8")) == items
        assert tables_of(items, ("", ""))[0].rows == card._tables()[0].rows


async def test_text_that_only_begins_like_json_is_text(tmp_path: Path) -> None:
    model = Model(['["a", "b"] ', "is a **list**."], ["{", '"a": 1} and more'])
    async with (
        serving(model.answer) as server,
        porthole(tmp_path, address=server.address) as window,
    ):
        shown = await window.ask("go")
        assert '["a", "b"] is a list.' in shown
        await until(lambda: not cards(window))
        assert '{"a": 1} and more' in await window.ask("on")


async def test_a_stored_answer_is_checked_against_what_it_was_asked_for(tmp_path: Path) -> None:
    model = Model([json.dumps(GOOD)])
    async with serving(model.answer) as server:
        async with porthole(tmp_path, address=server.address) as window:
            window.page.session.set_parameters({"response_format": FORMAT})
            await window.ask("go")
            await window.settled()
            settings = window.program.settings.value
        async with porthole(tmp_path, address=server.address, settings=settings) as window:
            card = await card_of(window)
            await until(lambda: card.said.text() == "✓ matches schema “receipt”")
