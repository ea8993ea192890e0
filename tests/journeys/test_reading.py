"""The reader in the real window: a picture is asked about, its answer is read, taken, asked on."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton, QToolButton

from app.core.conversation import Draft
from app.core.message import ImagePart
from app.features.chat.page_header import PageHeader
from app.features.images.quick_actions import QuickActions
from app.features.reader.pane import ReaderPane
from app.features.reader.views import View
from tests.adapters.chat_api.server import CHUNKED, Asked, Server, chunk, plain, serving
from tests.conftest import until
from tests.core.test_result_table import Html
from tests.features.images.world import encoded
from tests.features.reader.world import receipt_image
from tests.journeys.world import Porthole, porthole

pytestmark = pytest.mark.usefixtures("qapp")

ITEMS = [{"item": "美式咖啡", "n": 2, "price": 56.0}, {"item": "可颂", "n": 1, "price": 22.0}]
SCHEMA = {
    "type": "object",
    "properties": {
        "items": {
            "type": "array",
            "items": {"type": "object", "properties": {"price": {"type": "number"}}},
        }
    },
    "required": ["items"],
}
FORMAT = {
    "response_format": {
        "type": "json_schema",
        "json_schema": {"name": "receipt", "strict": True, "schema": SCHEMA},
    }
}


def stream(*pieces: str) -> bytes:
    chunks: list[dict[str, Any]] = [
        {"choices": [{"index": 0, "delta": {"content": piece}}]} for piece in pieces
    ]
    chunks.append({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
    return b"".join(b"data: %s\n\n" % json.dumps(c).encode() for c in chunks) + b"data: [DONE]\n\n"


ANSWER = json.dumps({"items": ITEMS}, ensure_ascii=False)


def button(window: Porthole) -> QToolButton:
    header = window.page.findChild(PageHeader)
    assert isinstance(header, PageHeader)
    return header.reader


def reader(window: Porthole) -> ReaderPane:
    found = window.page.findChild(ReaderPane)
    assert isinstance(found, ReaderPane)
    return found


def rows(window: Porthole) -> list[list[str]]:
    """What Copy puts on the clipboard, cell by cell."""
    QTest.mouseClick(reader(window).copy_button, Qt.MouseButton.LeftButton)
    mime = QApplication.clipboard().mimeData()
    assert mime is not None
    found = [line.split("\t") for line in mime.text().split("\n")]
    assert Html(mime.html()).rows == found
    return found


async def ask_about(window: Porthole, path: Path, text: str) -> None:
    assert receipt_image().save(str(path))
    window.page.take_files([str(path)])
    await until(lambda: window.page.draft().parts != ())
    await window.ask(text)


def posted(server: Server) -> list[Any]:
    return [asked.json for asked in server.asked if asked.method == "POST"]


async def test_an_answer_is_read_beside_its_picture(data_dir: Path, tmp_path: Path) -> None:
    async with (
        serving(plain(stream(ANSWER))) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        assert not button(window).isEnabled()
        window.shortcut("Ctrl+R")
        assert window.page.findChild(ReaderPane) is None
        window.page.session.set_parameters(FORMAT)
        await ask_about(window, tmp_path / "receipt.png", "the fields?")
        QTest.mouseClick(button(window), Qt.MouseButton.LeftButton)
        pane = reader(window)
        assert pane.isVisible()
        assert not window.page.transcript.isVisible()
        await until(lambda: pane.picture.view.pixmap.height() == 820)
        assert rows(window) == [
            ["item", "n", "price"],
            ["美式咖啡", "2", "56.0"],
            ["可颂", "1", "22.0"],
        ]
        await until(lambda: pane.result.verdict_text == "✓ Matches the schema “receipt”")

        await window.begin("and in euro?")
        await window.quiet()
        assert pane.isVisible()
        assert pane.stepper.text == "2/2"
        QTest.mouseClick(pane.again_button, Qt.MouseButton.LeftButton)
        await until(lambda: len(posted(server)) == 3)
        await window.quiet()
        assert pane.stepper.text == "2/2"

        window.shortcut("Ctrl+F")
        assert window.page.transcript.isVisible()
        assert not button(window).isChecked()
        window.shortcut("Ctrl+R")
        assert pane.isVisible()


async def test_a_mismatch_is_told_by_its_place_and_a_table_is_saved(
    data_dir: Path, tmp_path: Path
) -> None:
    wrong = json.dumps({"items": [ITEMS[0], {**ITEMS[1], "price": "=22"}]}, ensure_ascii=False)
    async with (
        serving(plain(stream(wrong))) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        window.page.session.set_parameters(FORMAT)
        await ask_about(window, tmp_path / "receipt.png", "the fields?")
        window.shortcut("Ctrl+R")
        pane = reader(window)
        said = (
            "Does not match the schema “receipt” at $.items[1].price: '=22' is not of type 'number'"
        )
        await until(lambda: pane.result.verdict_text == said)
        QTest.mouseClick(pane.result.export, Qt.MouseButton.LeftButton)
        dialog = await until(lambda: window.program.window.findChild(QFileDialog))
        assert Path(dialog.selectedFiles()[0]).name == "table.csv"
        field = dialog.findChild(QLineEdit)
        assert field is not None
        field.setText(str(tmp_path / "receipt.csv"))
        dialog.done(1)
        await until(lambda: (tmp_path / "receipt.csv").exists())
        saved = (tmp_path / "receipt.csv").read_text("utf-8-sig")
        assert list(csv.reader(io.StringIO(saved)))[1:] == [
            ["美式咖啡", "2", "56.0"],
            ["可颂", "1", "'=22"],
        ]


async def test_without_a_schema_nothing_is_said_of_one(data_dir: Path, tmp_path: Path) -> None:
    async with (
        serving(plain(stream(ANSWER))) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        await ask_about(window, tmp_path / "receipt.png", "the fields?")
        window.shortcut("Ctrl+R")
        await window.settled()
        assert reader(window).result.verdict_text == ""


async def test_a_picture_that_stayed_here_is_read_beside_its_answer(data_dir: Path) -> None:
    async with (
        serving(plain(stream("78.00"))) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        blob = await window.program.store.put_blob(encoded(receipt_image()))
        kept = ImagePart("receipt.png", blob=blob, text="合计 78.00", text_only=True)
        window.page.session.send(Draft("how much?", (kept,)))
        await until(lambda: window.page.session.busy)
        await window.quiet()
        assert "image_url" not in str(posted(server))
        window.shortcut("Ctrl+R")
        pane = reader(window)
        await until(lambda: pane.picture.view.pixmap.height() == 820)
        assert pane.result.text.toPlainText() == "78.00"


async def test_a_quick_action_asks_on_about_the_same_picture(
    data_dir: Path, tmp_path: Path
) -> None:
    async with (
        serving(plain(stream("| a | b |\n|---|---|\n| 1 | 2 |\n"))) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        await ask_about(window, tmp_path / "receipt.png", "the table?")
        window.shortcut("Ctrl+R")
        pane = reader(window)
        assert rows(window) == [["a", "b"], ["1", "2"]]
        chips = pane.findChild(QuickActions)
        assert isinstance(chips, QuickActions)
        chip = chips.findChildren(QPushButton)[1]
        assert chip.isVisible()
        assert chip.property("kind") == "chip"
        window.type("kept in the message box")
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
        await until(lambda: len(posted(server)) == 2)
        await window.quiet()
        sent = posted(server)[1]["messages"]
        said = [m["content"] for m in sent if m["role"] == "user"]
        assert [sum("image_url" in str(part) for part in c) for c in said[:1]] == [1]
        assert "image_url" not in str(said[1])
        assert pane.stepper.text == "2/2"
        assert window.page.draft().text == "kept in the message box"
        assert chip.property("kind") == "chip-default"
        assert chip.accessibleDescription().startswith("This asked for the answer shown")
        QTest.mouseClick(pane.stepper.back, Qt.MouseButton.LeftButton)
        assert chip.property("kind") == "chip"


async def test_the_result_grows_while_it_arrives(data_dir: Path, tmp_path: Path) -> None:
    go_on = asyncio.Event()

    async def slowly(writer: asyncio.StreamWriter, asked: Asked) -> None:
        first, _, rest = stream(ANSWER[:100], ANSWER[100:]).partition(b"\n\n")
        writer.write(CHUNKED + chunk(first + b"\n\n"))
        await go_on.wait()
        writer.write(chunk(rest) + chunk(b""))
        await writer.drain()

    async with (
        serving(slowly) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        assert receipt_image().save(str(tmp_path / "receipt.png"))
        window.page.take_files([str(tmp_path / "receipt.png")])
        await until(lambda: window.page.draft().parts != ())
        await window.begin("the fields?")
        await until(lambda: button(window).isEnabled())
        window.shortcut("Ctrl+R")
        pane = reader(window)
        model = pane.result.table.model()
        await until(lambda: model.rowCount() == 2)
        assert pane.result.view is View.TABLE
        assert pane.result.verdict_text == ""
        assert not pane.again_button.isEnabled()
        go_on.set()
        await window.quiet()
        await until(lambda: rows(window)[2] == ["可颂", "1", "22.0"])
        assert pane.again_button.isEnabled()
