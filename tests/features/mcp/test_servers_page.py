"""The page of MCP servers, driven by hand: the form, the card that asks, lists, and undoing."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QTabBar,
    QWidget,
)

from app.core.mcp import Http, McpServer, McpState, Stdio
from app.features.mcp.log_view import LogView
from app.features.mcp.rows import VariableRow
from app.features.mcp.run_card import RunCard
from app.features.mcp.server_form import ServerForm
from app.features.mcp.servers import Servers
from app.features.mcp.servers_page import ServersPage
from app.kit.notices import Notice, Notices
from tests.adapters.mcp.real_servers import stdio
from tests.conftest import MemoryKeyring, until
from tests.features.mcp.test_servers import SECRET, servers_of
from tests.look import dressed


@asynccontextmanager
async def page_of(folder: Path, *known: McpServer) -> AsyncIterator[tuple[ServersPage, Servers]]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme, icons = dressed(app)
    async with servers_of(folder, *known) as servers:
        notices = Notices()
        page = ServersPage(servers=servers, notices=notices, theme=theme, icons=icons)
        notices.listen(lambda _notice: None)
        page.resize(700, 900)
        page.show()
        try:
            yield page, servers
        finally:
            page.close()
            page.deleteLater()


def press(within: QWidget, words: str) -> None:
    found = [b for b in within.findChildren(QPushButton) if b.text() == words and b.isVisible()]
    (button,) = found
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def enter(within: QWidget, name: str, text: str) -> None:
    found = [e for e in within.findChildren(QLineEdit) if e.accessibleName() == name]
    edit = [e for e in found if e.isVisible()][-1]
    edit.selectAll()
    QTest.keyClicks(edit, text)


def labels(within: QWidget) -> str:
    return "\n".join(label.text() for label in within.findChildren(QLabel) if label.isVisible())


def form_of(page: ServersPage) -> ServerForm:
    form = page.findChild(ServerForm)
    assert isinstance(form, ServerForm)
    return form


def card_of(page: ServersPage) -> RunCard:
    card = page.findChild(RunCard)
    assert isinstance(card, RunCard)
    return card


async def test_a_program_is_added_by_the_form(
    tmp_path: Path, memory_keyring: MemoryKeyring
) -> None:
    async with page_of(tmp_path) as (page, servers):
        press(page, "+ Add a server")
        form = form_of(page)
        press(form, "Save")
        assert "A program is needed." in labels(form)
        enter(form, "Program", "uvx")
        for argument in ("mcp-server-time", ""):
            press(form, "+ Add an argument")
            if argument:
                enter(form, "Argument", argument)
        press(form, "+ Add a variable")
        row = form.findChildren(VariableRow)[-1]
        enter(row, "Variable name", "API_KEY")
        row.findChild(QCheckBox).setChecked(True)  # type: ignore[union-attr]  # it is there
        press(form, "Save")
        assert "has no value yet" in labels(form)
        enter(row, "Variable value", SECRET)
        press(form, "Save")
        (server,) = servers.all
        assert server.way == Stdio(("uvx", "mcp-server-time", ""), secrets=("API_KEY",))
        assert not form.isVisible()
        card = card_of(page)
        assert card.isVisible()
        assert card.said.splitlines()[:3] == ["uvx", "    mcp-server-time", '    ""']
        assert "API_KEY" in card.said
        await servers.finish()
        assert list(memory_keyring.keys.values()) == [SECRET]
        assert servers.status(server.id).state is McpState.OFF


async def test_an_address_is_added_and_edited(tmp_path: Path) -> None:
    async with page_of(tmp_path) as (page, servers):
        press(page, "+ Add a server")
        form = form_of(page)
        kind = form.findChild(QComboBox)
        assert isinstance(kind, QComboBox)
        kind.setCurrentIndex(1)
        kind.activated.emit(1)
        enter(form, "Address", "ftp://x.test")
        press(form, "Save")
        assert "must be http or https" in labels(form)
        enter(form, "Address", "http://127.0.0.1:9/mcp")
        enter(form, "Name", "Far")
        press(form, "Save")
        (server,) = servers.all
        assert (server.name, server.way) == ("Far", Http("http://127.0.0.1:9/mcp"))
        assert "Connect to this address?" in labels(page)
        press(page, "Connect")
        await until(lambda: "cannot be reached" in labels(page.panel))
        press(page, "Edit…")
        enter(form, "Address", "http://127.0.0.1:7/mcp")
        press(form, "Save")
        assert card_of(page).isVisible()
        assert not servers.all[0].may_start


async def test_what_is_edited_stays_as_it_was_but_for_that(tmp_path: Path) -> None:
    way = Stdio(("tool", "two\nlines", " "), "/x", (("A", "1"),), ("TOKEN",))
    async with page_of(tmp_path, McpServer("s", "s", way)) as (page, servers):
        assert "two⟨U+000A⟩lines" in card_of(page).said
        press(page, "Edit…")
        enter(form_of(page), "Name", "Another")
        press(form_of(page), "Save")
        assert servers.all[0] == replace(McpServer("s", "s", way), name="Another")


async def test_deleting_can_be_taken_back_and_a_copy_made(tmp_path: Path) -> None:
    async with page_of(tmp_path, stdio("good")) as (page, servers):
        press(page, "Duplicate")
        assert [s.name for s in servers.all] == ["good", "good"]
        assert card_of(page).isVisible()
        said: list[Notice] = []
        page._notices.posted.connect(said.append)
        press(page, "Delete")
        press(page, "Delete")
        assert servers.all == ()
        assert "There are no servers yet." in labels(page)
        for notice in reversed(said):
            assert notice.act is not None
            notice.act()
        assert len(servers.all) == 2


async def test_foreign_names_are_shown_plainly_and_all_can_be_switched(tmp_path: Path) -> None:
    async with page_of(tmp_path, stdio("rude", "names")) as (page, servers):
        press(page, "Start")
        await until(lambda: page.findChild(QTabBar).tabText(0) == "Tools 4")  # type: ignore[union-attr]  # it is there
        tools = next(one for one in page.panel.findChildren(QListWidget) if one.count())
        shown = [tools.item(row).text() for row in range(tools.count())]
        assert shown[1] == "天气 🌦 ⟨U+202E⟩evil"
        assert len(shown[0]) < 130
        press(page, "All")
        assert servers.is_on("mcp:rude:twice")
        assert tools.item(0).checkState() is Qt.CheckState.Checked
        press(page, "None")
        assert not servers.is_on("mcp:rude:twice")


async def test_a_flood_of_lines_is_shown_by_its_end(tmp_path: Path) -> None:
    async with page_of(tmp_path, stdio("rude", "stderr")) as (page, servers):
        press(page, "Start")
        tabs = page.findChild(QTabBar)
        assert isinstance(tabs, QTabBar)
        tabs.setCurrentIndex(3)
        await until(lambda: servers.status("rude").state is McpState.READY)
        log = page.findChild(LogView)
        assert isinstance(log, LogView)
        await until(lambda: "left out" in log.text)
        assert len(log.text.splitlines()) <= 500
        press(page, "Copy the log")
        assert QApplication.clipboard().text() == log.text
        press(page, "Stop")
        await until(lambda: servers.status("rude").state is McpState.OFF)


async def test_a_schema_that_cannot_be_used_is_marked(tmp_path: Path) -> None:
    async with page_of(tmp_path, stdio("rude", "schemas")) as (page, _servers):
        press(page, "Start")
        await until(lambda: page.findChild(QTabBar).tabText(0) == "Tools 2")  # type: ignore[union-attr]  # it is there
        tools = next(one for one in page.panel.findChildren(QListWidget) if one.count())
        assert [tools.item(row).text() for row in range(2)] == ["recursive", "⚠ remote"]
        tools.setCurrentRow(1)
        assert "refers to another document" in labels(page.panel)
        press(page, "Arguments (JSON schema)")
        assert json.dumps("http://127.0.0.1:9/x.json") in page.panel._offers[0]._schema.text
