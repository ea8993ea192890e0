"""The sidebar's list: what it shows, finds, and asks for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction, QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.adapters.history_db import open_history
from app.core.conversation import ConversationInfo
from app.core.message import ImagePart, Message, Role, TextPart
from app.core.ports import TextLine
from app.core.settings import ThemeChoice
from app.features.history.history_list import ConversationListView, HistoryList
from app.features.history.list_model import RowRole
from app.kit.theme import Theme
from tests.conftest import until


@asynccontextmanager
async def listed(
    qtbot: QtBot, directory: Path, *said: str, theme: Theme | None = None
) -> AsyncIterator[HistoryList]:
    """A list over a real store with one conversation for each text."""
    store = open_history(directory)
    store.start_state()
    for text in said:
        await store.append(
            ConversationInfo(title=text[:20], message_count=1),
            (Message(Role.USER, (TextPart(text),)),),
        )
    widget = HistoryList(theme=theme or Theme(), store=store, language=lambda: "en")
    qtbot.addWidget(widget)
    widget.set_conversations(await store.conversations())
    widget.show()
    try:
        yield widget
    finally:
        await widget.close_scope()
        await store.close()
        widget.close()


NO_KEY = Qt.KeyboardModifier.NoModifier


def view_of(widget: HistoryList) -> ConversationListView:
    view = widget.findChild(ConversationListView)
    assert isinstance(view, ConversationListView)
    return view


def rows(widget: HistoryList) -> list[str]:
    model = view_of(widget).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


async def test_a_click_and_enter_choose(qtbot: QtBot, data_dir: Path) -> None:
    async with listed(qtbot, data_dir, "first", "second") as widget:
        assert rows(widget) == ["Today", "second", "first"]
        view = view_of(widget)
        chosen: list[str] = []
        widget.conversation_chosen.connect(
            lambda conversation, _message: chosen.append(conversation)
        )
        where = view.visualRect(view.model().index(2, 0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, NO_KEY, where)
        view.setCurrentIndex(view.model().index(1, 0))
        QTest.keyClick(view, Qt.Key.Key_Return)
        assert len(chosen) == 2
        assert chosen[0] != chosen[1]


async def test_it_tells_when_one_may_be_chosen(qtbot: QtBot, data_dir: Path) -> None:
    async with listed(qtbot, data_dir, "first") as widget:
        view = view_of(widget)
        with qtbot.waitSignal(widget.approached):
            QApplication.sendEvent(view, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))
        with qtbot.waitSignal(widget.approached):
            view.setFocus()


@pytest.mark.parametrize(
    ("query", "title"), [("needle", "hay with a needle"), ("端", "服务端口错误")]
)
async def test_search_finds_words_and_single_characters(
    qtbot: QtBot, data_dir: Path, query: str, title: str
) -> None:
    async with listed(qtbot, data_dir, "hay with a needle", "服务端口错误", "else") as widget:
        QTest.keyClicks(widget.search_box, query) if query.isascii() else (
            widget.search_box.setText(query)
        )
        await until(lambda: rows(widget)[0] == "Found in history")
        assert rows(widget) == ["Found in history", title]
        widget.search_box.clear()
        await until(lambda: rows(widget)[0] == "Today")


async def test_words_in_a_picture_are_said_to_be_there(qtbot: QtBot, data_dir: Path) -> None:
    async with listed(qtbot, data_dir) as widget:
        store = widget._store
        blob = await store.put_blob(b"picture")
        parts = (ImagePart("a.png", blob=blob), TextPart("this one"))
        await store.append(ConversationInfo(title="Ferry"), (Message(Role.USER, parts),))
        await store.put_text_layer(blob, [TextLine("码头时刻表", 0.9, 0, 0, 9, 9)])
        for query, snippet in (
            ("时刻", "Read in a picture: 码头时刻表"),
            ("this", "a.png this one"),
        ):
            widget.search_box.setText(query)
            await until(lambda: rows(widget) == ["Found in history", "Ferry"])
            row = view_of(widget).model().index(1, 0)
            assert row.data(RowRole.SNIPPET) == snippet
            assert row.data(Qt.ItemDataRole.AccessibleTextRole) == f"Ferry. {snippet}"
            widget.search_box.clear()
            await until(lambda: rows(widget) != ["Found in history", "Ferry"])


async def test_nothing_found_says_so(qtbot: QtBot, data_dir: Path) -> None:
    async with listed(qtbot, data_dir, "hay") as widget:
        widget.search_box.setText("absent")
        await until(lambda: rows(widget) == ["Nothing found"])


async def test_the_menu_asks_for_what_is_wanted(qtbot: QtBot, data_dir: Path) -> None:
    async with listed(qtbot, data_dir, "only") as widget:
        view = view_of(widget)
        asked: list[str] = []
        widget.delete_requested.connect(lambda _id: asked.append("delete"))
        widget.pin_requested.connect(lambda _id, on: asked.append(f"pin {on}"))
        where = view.visualRect(view.model().index(1, 0)).center()
        view.customContextMenuRequested.emit(where)
        menu = widget.findChild(QMenu)
        assert isinstance(menu, QMenu)
        by_text = {
            action.text(): action for action in menu.actions() if isinstance(action, QAction)
        }
        by_text["Pin"].trigger()
        by_text["Delete"].trigger()
        menu.close()
        view.setCurrentIndex(view.model().index(1, 0))
        QTest.keyClick(view, Qt.Key.Key_Delete)
        assert asked == ["pin True", "delete", "delete"]


async def test_down_leads_from_the_search_into_the_list_and_esc_back(
    qtbot: QtBot, data_dir: Path
) -> None:
    async with listed(qtbot, data_dir, "about harbours", "about bridges") as widget:
        box, view = widget.search_box, view_of(widget)
        layout = widget.layout()
        assert layout is not None
        layout.addWidget(box)
        box.show()
        widget.activateWindow()
        view.setFocus()
        widget.focus_search()
        await until(box.hasFocus)
        QTest.keyClicks(box, "harbours")
        await until(lambda: "about bridges" not in rows(widget))
        QTest.keyClick(box, Qt.Key.Key_Down)
        assert view.hasFocus()
        assert view.currentIndex().data() == "about harbours"
        widget.focus_search()
        QTest.keyClick(box, Qt.Key.Key_Escape)
        assert view.hasFocus()
        await until(lambda: rows(widget) == ["Today", "about bridges", "about harbours"])


async def test_the_one_in_front_stays_marked_when_the_theme_changes(
    qtbot: QtBot, data_dir: Path
) -> None:
    theme = Theme(ThemeChoice.LIGHT)
    async with listed(qtbot, data_dir, "alpha", "beta", theme=theme) as widget:
        view = widget.findChild(ConversationListView)
        assert view is not None
        conversation = next(i for i in widget._conversations.values() if i.title == "alpha")
        widget.set_current(conversation.id)
        assert view.currentIndex().data() == "alpha"
        theme.set_choice(ThemeChoice.DARK)
        assert view.currentIndex().data() == "alpha"
        assert view.selectionModel().isSelected(view.currentIndex())
