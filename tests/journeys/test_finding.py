"""Words are found in the real window over a real history: in the conversation, and from outside."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPlainTextEdit

from app.adapters.history_db import open_history
from app.core.conversation import ConversationInfo, TabState
from app.core.message import Message, Role, TextPart
from app.features.chat.find_bar import FindBar
from app.kit.widgets.find_field import FindField
from tests.conftest import until
from tests.journeys.world import Porthole, porthole

pytestmark = pytest.mark.usefixtures("qapp")

COUNT = 1200
ADDRESS = "http://127.0.0.1:9/v1"


async def written(directory: Path, *, open_it: bool = True) -> tuple[ConversationInfo, list[str]]:
    """A long conversation with a few rare words in it, and two versions of one question."""
    store = open_history(directory)
    store.start_state()
    messages: list[Message] = []
    for number in range(COUNT):
        role = Role.ASSISTANT if number % 2 else Role.USER
        parent = messages[-1].id if messages else None
        rare = f" with a rare **needle{number}**" if number % 400 == 7 else ""
        text = f"message number {number}{rare}\n\nand a second paragraph"
        messages.append(Message(role, (TextPart(text),), parent=parent))
    other = Message(Role.USER, (TextPart("another version"),), parent=messages[9].id)
    info = ConversationInfo(title="long", profile="local", leaf=messages[-1].id)
    await store.append(info, [*messages, other])
    if open_it:
        await store.save_tabs((TabState(info.id),), 0)
    await store.close()
    return info, [message.id for message in (*messages, other)]


def bar_of(window: Porthole) -> FindBar:
    bar = window.page.findChild(FindBar)
    assert isinstance(bar, FindBar)
    return bar


async def test_all_of_a_long_conversation_is_searched(data_dir: Path) -> None:
    await written(data_dir)
    async with porthole(data_dir, address=ADDRESS) as window:
        view = window.page.transcript
        await until(lambda: f"message number {COUNT - 1}" in view.visible_text())
        window.box.setFocus()
        window.shortcut("Ctrl+F")
        field = window.page.findChild(FindField)
        assert isinstance(field, FindField)
        QTest.keyClicks(field, "rare needle")
        await until(lambda: bar_of(window).result == "1 of 3")
        await until(lambda: "needle7" in view.visible_text())
        QTest.keyClick(field, Qt.Key.Key_Return)
        await until(lambda: "needle407" in view.visible_text())
        window.shortcut("F3")
        await until(lambda: "needle807" in view.visible_text())
        assert bar_of(window).result == "3 of 3"
        window.shortcut("Shift+F3")
        await until(lambda: "needle407" in view.visible_text())
        QTest.keyClick(field, Qt.Key.Key_Escape)
        assert not bar_of(window).isVisible()
        assert "needle407" in view.visible_text(), "closing does not move what is read"


async def test_the_bar_comes_and_goes_and_nothing_moves_on_the_screen(data_dir: Path) -> None:
    await written(data_dir)
    async with porthole(data_dir, address=ADDRESS) as window:
        view = window.page.transcript
        await until(lambda: f"message number {COUNT - 1}" in view.visible_text())
        window.box.setFocus()
        before = view.visible_text()
        QTest.keyClick(window.box, Qt.Key.Key_PageUp)
        await until(lambda: view.visible_text() != before)
        await until(lambda: view.seen()[2][0].exact)

        def places() -> dict[str, int]:
            top = view.viewport().mapTo(window.page, QPoint()).y()
            return {box.plain(): top + y for box, y in view.seen() if y > 60 and box.has_text}

        before_it = places()
        window.shortcut("Ctrl+F")
        field = window.page.findChild(FindField)
        assert isinstance(field, FindField)
        with_it = places()
        shared = before_it.keys() & with_it.keys()
        assert len(shared) > 4
        assert all(with_it[words] == before_it[words] for words in shared)
        view.setFocus()
        QTest.keyClick(view, Qt.Key.Key_Escape)
        assert not bar_of(window).isVisible(), "Esc closes it from the text as well"
        assert places() == before_it


async def test_what_is_selected_is_looked_for(data_dir: Path) -> None:
    await written(data_dir)
    async with porthole(data_dir, address=ADDRESS) as window:
        view = window.page.transcript
        await until(lambda: f"message number {COUNT - 1}" in view.visible_text())
        point = view.viewport().rect().topLeft()
        box, y = next((b, y) for b, y in view.seen() if y > 0 and "and a second" in b.plain())
        point.setX(view.column_left + 50)
        point.setY(y + box.height // 2)
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
        window.shortcut("Ctrl+F")
        field = window.page.findChild(FindField)
        assert isinstance(field, FindField)
        assert field.text() == "second"
        await until(lambda: bar_of(window).result.endswith("of 1,200"))


async def test_a_hit_in_the_history_opens_the_conversation_there(data_dir: Path) -> None:
    info, ids = await written(data_dir, open_it=False)
    async with porthole(data_dir, address=ADDRESS) as window:
        (hit,) = await window.program.store.search("needle407")
        window.program.history.conversation_chosen.emit(info.id, hit.message)
        space = window.program.workspace
        await until(lambda: (p := space.current_page()) and p.session.info.id == info.id)
        view = window.page.transcript
        await until(lambda: "needle407" in view.visible_text())
        assert view.scroll_anchor().message == ids[407]
        # The tab is there now: another hit in it is gone to as well, whose words are not.
        window.program.history.conversation_chosen.emit(info.id, ids[807])
        await until(lambda: "needle807" in view.visible_text())
        assert view.scroll_anchor().message == ids[807]


async def test_a_hit_in_another_branch_shows_that_branch(data_dir: Path) -> None:
    info, ids = await written(data_dir)
    async with porthole(data_dir, address=ADDRESS) as window:
        view = window.page.transcript
        await until(lambda: f"message number {COUNT - 1}" in view.visible_text())
        window.program.history.conversation_chosen.emit(info.id, ids[-1])
        await until(lambda: "another version" in view.visible_text())


async def test_the_place_read_comes_back_after_a_restart(data_dir: Path) -> None:
    await written(data_dir)
    async with porthole(data_dir, address=ADDRESS) as window:
        view = window.page.transcript
        await until(lambda: f"message number {COUNT - 1}" in view.visible_text())
        view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 3)
        await until(lambda: "message number 4" in view.visible_text())
        view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 37)
        seen, anchor = view.visible_text(), view.scroll_anchor()
        assert anchor.message is not None
    async with porthole(data_dir, address=ADDRESS) as window:
        view = window.page.transcript
        await until(lambda: view.visible_text() == seen)
        assert view.scroll_anchor() == anchor


async def test_all_of_a_long_conversation_is_copied(data_dir: Path) -> None:
    await written(data_dir)
    async with porthole(data_dir, address=ADDRESS) as window:
        view = window.page.transcript
        await until(lambda: f"message number {COUNT - 1}" in view.visible_text())
        QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        clipboard = QGuiApplication.clipboard()
        await until(lambda: f"message number {COUNT - 1}" in clipboard.text())
        assert clipboard.text().count("message number") == COUNT
        assert clipboard.mimeData().html().count("<b>") == 3


async def test_a_quote_goes_to_the_composer_and_a_message_is_read(data_dir: Path) -> None:
    await written(data_dir)
    async with porthole(data_dir, address=ADDRESS) as window:
        view = window.page.transcript
        await until(lambda: f"message number {COUNT - 1}" in view.visible_text())
        box, y = next((b, y) for b, y in view.seen() if y > 0 and "and a second" in b.plain())
        point = view.viewport().rect().topLeft()
        point.setX(view.column_left + 50)
        point.setY(y + box.height // 2)
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
        view.quote_selection()
        assert window.page.draft().text == "> second\n\n"
        assert window.box.hasFocus() or not window.program.window.isActiveWindow()
        view.read_requested.emit(box.item.message.id if box.item else "")
        dialog = await until(lambda: window.program.window.findChild(QDialog))
        shown = dialog.findChild(QPlainTextEdit).toPlainText()
        assert shown.startswith("message number")
        dialog.reject()
        await until(lambda: not window.program.window.findChild(QDialog))
