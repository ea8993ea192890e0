"""MCP servers in the real window: pasted, allowed, asked by a model; none is left after quit."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListWidget, QPlainTextEdit, QPushButton, QTabBar, QWidget

from app.adapters.mcp.keeper import descendants
from app.adapters.settings_file import SettingsFile
from app.core.mcp import McpState, McpStatus
from app.core.message import ToolResultPart
from app.core.settings import Settings
from app.core.tool import CallPhase
from app.features.mcp.paste_box import PasteBox
from app.features.mcp.run_card import RunCard
from app.features.mcp.servers_page import ServersPage
from app.shell.settings_tab import SettingsTab
from tests.adapters.chat_api.server import Asked, Server, alone, serving
from tests.adapters.mcp.real_servers import HERE, alive, stdio
from tests.conftest import MemoryKeyring, until
from tests.journeys.world import Porthole, porthole

pytestmark = pytest.mark.usefixtures("qapp")

SECRET = "canary-9876"


@asynccontextmanager
async def calling(name: str, arguments: Mapping[str, Any]) -> AsyncIterator[Server]:
    """A service that calls that tool (by the end of its name) once, then says what it gave."""

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        if asked.method == "GET":
            body = json.dumps({"data": [{"id": "test/text"}]}).encode()
            head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n"
            writer.write(head.encode() + body)
            return
        messages = asked.json["messages"]
        delta: dict[str, Any]
        if messages[-1]["role"] == "tool":
            delta, reason = {"content": f"It gave: {messages[-1]['content']}"}, "stop"
        else:
            offered = [tool["function"]["name"] for tool in asked.json.get("tools", ())]
            (called,) = [tool for tool in offered if tool.endswith(name)]
            function = {"name": called, "arguments": json.dumps(arguments)}
            delta = {"tool_calls": [{"index": 0, "id": "c1", "function": function}]}
            reason = "tool_calls"
        said = json.dumps({"choices": [{"delta": delta, "finish_reason": reason}]})
        body = f"data: {said}\n\ndata: [DONE]\n\n".encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: {len(body)}"
        writer.write(f"{head}\r\n\r\n".encode() + body)

    async with serving(answer) as server:
        yield server


def servers_page(window: Porthole) -> ServersPage:
    """The page, reached as from the command palette."""
    window.program.window.settings_page_requested.emit("mcp")
    tab = window.program.workspace.show_settings()
    assert isinstance(tab, SettingsTab)
    assert tab.current == "mcp"
    page = tab.findChild(ServersPage)
    assert isinstance(page, ServersPage)
    return page


def press(within: QWidget, words: str) -> None:
    buttons = within.findChildren(QPushButton)
    (button,) = [b for b in buttons if b.text() == words and b.isVisible()]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def paste(page: ServersPage, text: str) -> None:
    press(page, "Paste JSON…")
    box = page.findChild(PasteBox)
    assert isinstance(box, PasteBox)
    edit = box.findChild(QPlainTextEdit)
    assert isinstance(edit, QPlainTextEdit)
    edit.setPlainText(text)
    press(box, "Add")


def tick(page: ServersPage, name: str) -> None:
    """Tick the tool's box: new conversations may use it."""
    for tools in page.panel.findChildren(QListWidget):
        for row in range(tools.count()):
            if name in tools.item(row).text():
                tools.item(row).setCheckState(Qt.CheckState.Checked)
                return
    raise AssertionError(f"there is no {name}")


def labels(within: QWidget) -> str:
    return "\n".join(label.text() for label in within.findChildren(QLabel) if label.isVisible())


def status(window: Porthole) -> McpStatus:
    (server,) = window.program.mcp.servers.all
    return window.program.mcp.servers.status(server.id)


async def until_state(window: Porthole, state: McpState) -> None:
    await until(lambda: status(window).state is state)


def results(window: Porthole) -> list[ToolResultPart]:
    branch = window.page.session.branch()
    return [part for m in branch for part in m.parts if isinstance(part, ToolResultPart)]


def runs(pid: int, name: str) -> bool:
    return name.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()


async def asks(window: Porthole) -> None:
    calls = window.page.session.calling

    def asking() -> bool:
        now = calls.now("c1")
        return now is not None and now.phase is CallPhase.ASKS

    await until(asking)
    await until(lambda: "Allow once" in window.ways_on)


def pasted(name: str, *arguments: str, **more: Any) -> str:
    args = [str(HERE / f"{name}.py"), *arguments]
    return json.dumps({"mcpServers": {name: {"command": sys.executable, "args": args, **more}}})


async def test_from_a_paste_to_a_result_and_nothing_is_left(
    data_dir: Path, memory_keyring: MemoryKeyring
) -> None:
    async with calling("add", {"a": 19, "b": 23}) as service:
        async with porthole(data_dir, address=service.address) as window:
            page = servers_page(window)
            paste(page, '{"mcpServers": {"x": {"args": []}}}')
            assert "neither a command nor an address" in labels(page)
            press(page, "Cancel")
            paste(page, pasted("good", env={"API_KEY": SECRET, "MODE": "a\u202eb"}))
            card = page.findChild(RunCard)
            assert isinstance(card, RunCard)
            assert card.isVisible()
            assert str(HERE / "good.py") in card.said
            assert "MODE=a⟨U+202E⟩b" in card.said
            assert "API_KEY" in card.said
            assert SECRET not in card.said
            assert status(window).state is McpState.OFF
            press(card, "Not now")
            assert not card.isVisible()
            press(page, "Start")
            assert card.isVisible()
            press(card, "Run")
            await until_state(window, McpState.READY)
            assert list(memory_keyring.keys.values()) == [SECRET]
            await until(lambda: page.findChild(QTabBar).tabText(0) == "Tools 8")  # type: ignore[union-attr]  # it is there
            tick(page, "add")
            (tool,) = window.program.settings.value.tools_on
            assert tool.endswith(":add")

            window.shortcut("Ctrl+T")
            await window.begin("What is 19 + 23?")
            await asks(window)
            window.click("Allow once")
            await window.quiet()
            assert [r.text for r in results(window)] == ["42"]
            assert "It gave: 42" in window.shown
            ran = descendants(os.getpid())
            assert len([pid for pid in ran if runs(pid, "good.py")]) == 1
        kept = SettingsFile(data_dir).load()
        assert kept.mcp_servers[0].may_start
        assert not _holding(data_dir, SECRET)
        assert not [pid for pid in ran if alive(pid)]

        # The next time its tools are known at once, and it starts when one is called.
        async with porthole(data_dir, settings=kept) as window:
            await until(lambda: window.program.tools.tools_for(window.page.session.info.tools))
            assert status(window).state is McpState.OFF
            window.shortcut("Ctrl+T")
            await window.begin("And again?")
            await asks(window)
            window.click("Allow once")
            await window.quiet()
            assert status(window).state is McpState.READY
            ran = descendants(os.getpid())
        assert not [pid for pid in ran if alive(pid)]
    await alone()


@pytest.mark.parametrize(
    ("how", "said", "state", "words"),
    [
        ("dies", "server ended", McpState.ENDED, "ended by itself"),
        ("flood", "sent too much", McpState.FAILED, "far too much"),
    ],
)
async def test_a_server_that_goes_wrong_in_a_call(
    data_dir: Path, how: str, said: str, state: McpState, words: str
) -> None:
    server = stdio("rude", how)
    settings = Settings(mcp_servers=(server,), tools_on=("mcp:rude:go",))
    async with (
        calling("go", {}) as service,
        porthole(data_dir, address=service.address, settings=settings) as window,
    ):
        page = servers_page(window)
        press(page, "Start")
        await until_state(window, McpState.READY)
        window.shortcut("Ctrl+T")
        await window.begin("go")
        await asks(window)
        window.click("Allow once")
        await window.quiet()
        (result,) = results(window)
        assert result.is_error
        assert said in result.text
        await until_state(window, state)
        page = servers_page(window)
        await until(lambda: words in labels(page.panel))
    await alone()


async def test_a_hanging_call_is_stopped_and_the_server_goes_on(data_dir: Path) -> None:
    settings = Settings(mcp_servers=(stdio("rude", "hangs"),), tools_on=("mcp:rude:go",))
    async with (
        calling("go", {}) as service,
        porthole(data_dir, address=service.address, settings=settings) as window,
    ):
        page = servers_page(window)
        press(page, "Start")
        await until_state(window, McpState.READY)
        window.shortcut("Ctrl+T")
        await window.begin("go")
        await asks(window)
        window.click("Allow once")
        await until(lambda: window.page.session.calling.now("c1").phase is CallPhase.RUNS)  # type: ignore[union-attr]  # it runs
        window.page.session.stop()
        await window.quiet()
        assert status(window).state is McpState.READY
        press(servers_page(window), "Stop")
        await until_state(window, McpState.OFF)
    await alone()


async def test_a_tool_that_changed_is_marked_and_asks_again(data_dir: Path) -> None:
    settings = Settings(mcp_servers=(stdio("rude", "changes"),), tools_on=("mcp:rude:go",))
    async with (
        calling("go", {}) as service,
        porthole(data_dir, address=service.address, settings=settings) as window,
    ):
        page = servers_page(window)
        toolbox = window.program.tools
        press(page, "Start")
        await until(lambda: [t for t in toolbox.all() if t.id == "mcp:rude:go"])
        tool = next(t for t in toolbox.all() if t.id == "mcp:rude:go")
        toolbox.grant(replace(tool, description="first"))
        await until(lambda: "⚠ go" in _rows(page))
        assert not toolbox.is_granted(next(t for t in toolbox.all() if t.id == tool.id))
        window.shortcut("Ctrl+T")
        await window.begin("go")
        await asks(window)
        window.click("Always")
        await window.quiet()
        assert results(window)[0].text == "ok"
        await until(lambda: "go" in _rows(servers_page(window)))
    await alone()


def _rows(page: ServersPage) -> list[str]:
    lists = page.panel.findChildren(QListWidget)
    return [tools.item(row).text() for tools in lists for row in range(tools.count())]


def _holding(folder: Path, text: str) -> list[Path]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file for file in files if text.encode() in file.read_bytes()]
