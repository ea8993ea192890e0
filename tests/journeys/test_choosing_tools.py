"""Tools in the real window: switched on, sent, asked about, allowed, and kept after a restart."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.core.settings import Settings
from app.core.tool import CallContext, Tool, ToolOutcome
from app.features.chat.composer.composer import Composer
from app.features.parameters.inspector import Inspector
from app.features.tool_choice.tool_button import ToolButton
from app.features.tool_choice.tool_list import ToolList
from app.features.tool_choice.tool_popup import ToolPopup
from tests.adapters.chat_api.server import Asked, Server, serving
from tests.adapters.mcp.real_servers import stdio
from tests.conftest import until
from tests.journeys.world import Porthole, porthole

pytestmark = pytest.mark.usefixtures("qapp", "memory_keyring")

LEFT = Qt.MouseButton.LeftButton
NOTE = Tool("mcp:notes:keep", "keep_note", "mcp:notes", "Keeps a note")
CALL = {"index": 0, "id": "c1", "function": {"name": "keep_note", "arguments": '{"text": "tea"}'}}


class Notes:
    """A source whose one tool keeps notes."""

    def __init__(self) -> None:
        self.kept: list[Any] = []

    def tools(self) -> Sequence[Tool]:
        return (NOTE,)

    async def run(
        self, tool: Tool, arguments: Mapping[str, Any], context: CallContext
    ) -> ToolOutcome:
        self.kept.append(arguments["text"])
        return ToolOutcome(f"kept: {arguments['text']}")


def stream(delta: Mapping[str, Any], finish: str) -> bytes:
    chunk = {"choices": [{"delta": delta, "finish_reason": finish}]}
    return f"data: {json.dumps(chunk)}\n\ndata: [DONE]\n\n".encode()


def write(writer: asyncio.StreamWriter, status: bytes, kind: bytes, body: bytes) -> None:
    head = b"HTTP/1.1 %b\r\nContent-Type: %b\r\nContent-Length: %d\r\n\r\n"
    writer.write(head % (status, kind, len(body)) + body)


async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
    """Call the tool where there is one and no result yet, else answer."""
    if asked.method == "GET":
        write(writer, b"200 OK", b"application/json", b'{"data": [{"id": "test/text"}]}')
        return
    body = json.loads(asked.body)
    calls = "tools" in body and body["messages"][-1]["role"] == "user"
    said = (
        stream({"tool_calls": [CALL]}, "tool_calls")
        if calls
        else stream({"content": "All done."}, "stop")
    )
    write(writer, b"200 OK", b"text/event-stream", said)


async def refuse_tools(writer: asyncio.StreamWriter, asked: Asked) -> None:
    """A model that takes no tools."""
    if asked.method == "POST" and "tools" in json.loads(asked.body):
        words = "`tools` is not supported with this model."
        error = {"error": {"message": words, "type": "invalid_request_error", "param": "tools"}}
        write(writer, b"400 Bad Request", b"application/json", json.dumps(error).encode())
    else:
        await answer(writer, asked)


def sent(server: Server) -> list[dict[str, Any]]:
    return [json.loads(asked.body) for asked in server.asked if asked.method == "POST"]


def button(window: Porthole) -> ToolButton:
    found = window.page.findChild(ToolButton)
    assert isinstance(found, ToolButton)
    return found


def card(window: Porthole) -> ToolPopup:
    """The card of tools, opened by its button."""
    if (popup := button(window).popup) is None or not popup.isVisible():
        QTest.mouseClick(button(window), LEFT)
    found = button(window).popup
    assert found is not None
    assert found.isVisible()
    return found


def switch(window: Porthole, tool: str) -> None:
    """Click a tool's switch in the card, and close the card by Esc."""
    popup = card(window)
    QTest.mouseClick(popup.tools.rows[tool].switch, LEFT)
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()


async def test_a_tool_is_switched_on_asked_about_allowed_and_answered(data_dir: Path) -> None:
    notes = Notes()
    async with serving(answer) as server, porthole(data_dir, address=server.address) as window:
        window.program.tools.put_source("mcp:notes", notes)
        assert await window.ask("plain") == window.shown
        assert "tools" not in sent(server)[0]
        switch(window, NOTE.id)
        assert button(window).text() == "Tools 1"
        assert window.box.hasFocus(), "writing goes on where it was"
        await window.begin("keep tea")
        calling = window.page.session.calling
        await until(lambda: calling.asking == ("c1",))
        await asyncio.sleep(0.06)
        assert "Allow once" in window.ways_on
        assert not notes.kept
        window.click("Always in this conversation")
        await window.quiet()
        assert notes.kept == ["tea"]
        assert "All done." in window.shown
        first, second = sent(server)[1:]
        assert [t["function"]["name"] for t in first["tools"]] == ["keep_note"]
        assert second["messages"][-1]["content"] == "kept: tea"
        conversation = window.page.session.info
        await window.settled()

    async with serving(answer) as server, porthole(data_dir, address=server.address) as window:
        window.program.tools.put_source("mcp:notes", notes)
        assert window.page.session.info.id == conversation.id
        assert window.page.session.info.tools == conversation.tools
        assert button(window).text() == "Tools 1"
        await window.ask("keep more tea")
        assert notes.kept == ["tea", "tea"], "the leave for this conversation still holds"
        popup = card(window)
        row = popup.tools.rows[NOTE.id]
        (withdraw,) = [b for b in row.findChildren(QPushButton) if b.isVisible()]
        QTest.mouseClick(withdraw, LEFT)
        popup.close_up()
        await window.begin("and more")
        await until(lambda: bool(window.page.session.calling.asking))
        window.press(Qt.Key.Key_Escape)
        await window.quiet()
        assert len(notes.kept) == 2
        await window.settled()


async def test_new_conversations_take_what_was_made_theirs_and_branches_keep(
    data_dir: Path,
) -> None:
    async with serving(answer) as server, porthole(data_dir, address=server.address) as window:
        window.program.tools.put_source("mcp:notes", Notes())
        await window.ask("nothing yet")
        switch(window, "own:clock")
        window.shortcut("Ctrl+T")
        assert button(window).text() == "Tools"
        switch(window, "own:calculator")
        (use,) = [
            b for b in card(window).findChildren(QPushButton) if b.text().startswith("Use for new")
        ]
        QTest.mouseClick(use, LEFT)
        card(window).close_up()
        await window.ask("one")
        window.shortcut("Ctrl+T")
        assert button(window).text() == "Tools 1"
        await window.ask("hello")
        assert [t["function"]["name"] for t in sent(server)[-1]["tools"]] == ["calculate"]
        before = window.page.session
        await window.settled()
        window.page.branch_requested.emit(before.branch()[0].id)
        await until(lambda: window.page.session is not before)
        assert window.page.session.info.tools == before.info.tools
        assert button(window).text() == "Tools 1"


async def test_both_menus_switch_the_same(data_dir: Path) -> None:
    async with porthole(data_dir, demo=True) as window:
        window.shortcut("Ctrl+I")
        pane = window.page.findChild(Inspector)
        assert pane is not None
        shown = pane.findChild(ToolList)
        assert shown is not None
        QTest.mouseClick(shown.rows["own:clock"].switch, LEFT)
        assert button(window).text() == "Tools 1"
        assert card(window).tools.rows["own:clock"].switch.isChecked()
        switch(window, "own:clock")
        assert not shown.rows["own:clock"].switch.isChecked()


async def test_tools_of_a_source_that_went_can_be_switched_off(data_dir: Path) -> None:
    async with porthole(data_dir, demo=True) as window:
        window.program.tools.put_source("mcp:notes", Notes())
        switch(window, NOTE.id)
        window.program.tools.drop_source("mcp:notes")
        assert button(window).text() == "Tools"
        switch(window, NOTE.id)
        assert window.page.session.info.tools.on == ()
        assert NOTE.id not in card(window).tools.rows
        card(window).close_up()


async def test_a_model_that_refuses_tools_is_asked_without_them_by_one_click(
    data_dir: Path,
) -> None:
    async with (
        serving(refuse_tools) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        switch(window, "own:clock")
        await window.ask("hello")
        assert "All done." not in window.shown
        (fix,) = [label for label in window.ways_on if "tools" in label]
        window.click(fix)
        await window.quiet()
        assert "All done." in window.shown
        await window.ask("again")
        assert ["tools" in body for body in sent(server)] == [True, False, False]
        (again,) = [b for b in card(window).findChildren(QPushButton) if "again" in b.text()]
        QTest.mouseClick(again, LEFT)
        card(window).close_up()
        await window.ask("with them")
        assert "tools" in sent(server)[-1], "the person may have it tried once more"


async def test_the_card_goes_with_its_page(data_dir: Path) -> None:
    async with porthole(data_dir, demo=True) as window:
        await window.ask("hello")
        popup = card(window)
        window.shortcut("Ctrl+T")
        assert not popup.isVisible()
        assert window.page.findChild(Composer) is not None


async def test_tools_of_an_mcp_server_are_there_once_it_told_of_them(data_dir: Path) -> None:
    settings = Settings(mcp_servers=(stdio("good"),))
    async with porthole(data_dir, demo=True, settings=settings) as window:
        here = window.program.mcp
        await until(lambda: bool(here.host.servers()))
        shown = card(window).tools
        count = len(shown.rows)
        (server,) = here.servers.all
        await here.host.start(server.id)
        await until(lambda: len(shown.rows) > count)
        rows = [row for key, row in shown.rows.items() if key.startswith("mcp:")]
        QTest.mouseClick(rows[0].switch, LEFT)
        assert button(window).text() == "Tools 1"
        card(window).close_up()
