"""Parameters and presets in the real window: set by hand, sent byte for byte, remembered."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from app.adapters.settings_file import SettingsFile
from app.core.preset import Preset
from app.core.settings import Settings
from app.features.parameters.inspector import Inspector
from app.features.parameters.preset_picker import PresetPicker
from app.features.parameters.presets_page import PresetsPage
from app.shell.settings_tab import SettingsTab
from tests.adapters.chat_api.server import Asked, Server, serving
from tests.conftest import until
from tests.journeys.world import Porthole, porthole

pytestmark = pytest.mark.usefixtures("qapp", "memory_keyring")

SAID = {"choices": [{"delta": {"content": "Yes."}, "finish_reason": "stop"}]}
STREAM = f"data: {json.dumps(SAID)}\n\ndata: [DONE]\n\n".encode()
REVIEW = Preset("Review", "Be strict.", {"temperature": 0.2}, "review")


async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
    listed = asked.method == "GET"
    body = b'{"data": [{"id": "test/text"}]}' if listed else STREAM
    kind = b"application/json" if listed else b"text/event-stream"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\nContent-Length: %d\r\n\r\n"
    writer.write(head % (kind, len(body)) + body)


def sent(server: Server) -> list[bytes]:
    return [asked.body for asked in server.asked if asked.method == "POST"]


def inspector(window: Porthole) -> Inspector:
    """The inspector of the page in front, opened."""
    pane = window.page.findChild(Inspector)
    assert isinstance(pane, Inspector)
    if not pane.isVisible():
        window.shortcut("Ctrl+I")
    return pane


W = TypeVar("W", bound=QWidget)


def field(pane: QWidget, kind: type[W], name: str) -> W:
    """The control of that kind with that name."""
    (found,) = [w for w in pane.findChildren(kind) if w.accessibleName() == name]
    return found


def enter(edit: QLineEdit, text: str) -> None:
    """Type in place of what stands there, and press Enter."""
    edit.selectAll()
    if text:
        QTest.keyClicks(edit, text)
    else:
        QTest.keyClick(edit, Qt.Key.Key_Backspace)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def choose(pane: QWidget, name: str, downs: int) -> None:
    """Go down the list of choices by keys."""
    box = field(pane, QComboBox, name)
    for _ in range(downs):
        QTest.keyClick(box, Qt.Key.Key_Down)


def preset(window: Porthole) -> PresetPicker:
    picker = window.page.findChild(PresetPicker)
    assert isinstance(picker, PresetPicker)
    return picker


async def test_what_is_set_is_sent_and_the_prefix_stays(data_dir: Path) -> None:
    async with serving(answer) as server, porthole(data_dir, address=server.address) as window:
        pane = inspector(window)
        field(pane, QPlainTextEdit, "System prompt").setPlainText("Be brief.")
        enter(field(pane, QLineEdit, "Temperature"), "0.7")
        enter(field(pane, QLineEdit, "Max tokens"), "512")
        enter(field(pane, QLineEdit, "Stop sequences"), "END")
        await window.ask("one")
        await window.ask("two")
        first, second = sent(server)
        body = json.loads(first)
        assert body["messages"][0] == {"role": "system", "content": "Be brief."}
        del body["messages"]
        assert body == {
            "model": "test/text",
            "stream": True,
            "stream_options": {"include_usage": True},
            "temperature": 0.7,
            "max_tokens": 512,
            "stop": ["END"],
        }
        assert second.startswith(first.removesuffix(b"]}")), "the service caches what went before"


async def test_what_is_wrong_is_not_sent(data_dir: Path) -> None:
    async with serving(answer) as server, porthole(data_dir, address=server.address) as window:
        edit = field(inspector(window), QLineEdit, "Temperature")
        enter(edit, "0.5")
        enter(edit, "nan")
        await window.ask("one")
        enter(edit, "")
        await window.ask("two")
        first, second = (json.loads(body) for body in sent(server))
        assert first["temperature"] == 0.5
        assert "temperature" not in second


async def test_switches_are_the_models_and_can_be_taken_back(data_dir: Path) -> None:
    async with serving(answer) as server, porthole(data_dir, address=server.address) as window:
        choose(inspector(window), "Think", 1)
        assert window.page.session.parameters() == {"enable_thinking": True}
        await window.ask("one")

        window.shortcut("Ctrl+T")
        pane = inspector(window)
        assert field(pane, QComboBox, "Think").currentText() == "on", "remembered for the model"
        window.page.session.set_model("test/other")
        assert field(pane, QComboBox, "Think").currentText() == "not sent"
        window.page.session.set_model("test/text")
        assert field(pane, QComboBox, "Think").currentText() == "on"

        QTest.keyClick(field(pane, QComboBox, "Think"), Qt.Key.Key_Up)
        assert field(pane, QComboBox, "Think").currentText() == "not sent"
        assert window.page.session.parameters() == {}
        await window.ask("two")
        first, second = (json.loads(body) for body in sent(server))
        assert first["enable_thinking"] is True
        assert "enable_thinking" not in second


async def test_a_preset_is_taken_on_undone_and_managed(data_dir: Path) -> None:
    kept = Settings(presets=(REVIEW,))
    async with (
        serving(answer) as server,
        porthole(data_dir, address=server.address, settings=kept) as window,
    ):
        pane = inspector(window)
        enter(field(pane, QLineEdit, "Temperature"), "1.5")
        preset(window).take_on(REVIEW)
        assert field(pane, QLineEdit, "Temperature").text() == "0.2"
        assert field(pane, QPlainTextEdit, "System prompt").toPlainText() == "Be strict."
        assert "replaced" in window.notice
        buttons = window.program.window.findChildren(QPushButton)
        (undo,) = [b for b in buttons if b.text() == "Undo" and b.isVisible()]
        QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
        assert field(pane, QLineEdit, "Temperature").text() == "1.5"
        assert window.page.session.info.system_prompt == ""
        preset(window).take_on(REVIEW)
        await window.ask("one")
        body = json.loads(sent(server)[0])
        assert body["temperature"] == 0.2
        assert body["messages"][0]["content"] == "Be strict."
        assert preset(window).shown == "Preset: Review"
        QTest.keyClick(field(pane, QLineEdit, "Temperature"), Qt.Key.Key_Up)
        assert preset(window).shown == "Preset: Review · changed"

        preset(window).manage_requested.emit()
        tab = await until(lambda: window.program.window.findChild(SettingsTab))
        assert tab.current == "presets"
        page = tab.findChild(PresetsPage)
        assert page is not None
        assert page.isVisible()


async def test_presets_outlive_the_program(data_dir: Path) -> None:
    async with porthole(data_dir, demo=True) as window:
        pane = inspector(window)
        enter(field(pane, QLineEdit, "Top P"), "0.9")
        preset(window)._presets.add("Mine", "", window.page.session.parameters())
    again = SettingsFile(data_dir).load()
    assert [(p.name, p.parameters) for p in again.presets] == [("Mine", {"top_p": 0.9})]


async def test_the_form_is_made_when_it_is_first_opened(data_dir: Path) -> None:
    async with porthole(data_dir, demo=True) as window:
        pane = window.page.findChild(Inspector)
        assert pane is not None
        assert not pane.findChildren(QLineEdit)
        assert inspector(window).findChildren(QLineEdit)
