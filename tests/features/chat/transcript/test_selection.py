"""Selecting with the mouse and the keyboard, and what is copied."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from app.features.chat.transcript.box import TextBox
from tests.features.chat.transcript.conftest import Screen
from tests.features.chat.transcript.messages import answer, long_conversation, user

LEFT = Qt.MouseButton.LeftButton


def drag(screen: Screen, start: QPoint, end: QPoint) -> None:
    viewport = screen.view.viewport()
    screen.qtbot.mousePress(viewport, LEFT, pos=start)
    screen.qtbot.mouseMove(viewport, (start + end) / 2)
    # A move with the button held: mouseMove of the test library holds none.
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(end),
        viewport.mapToGlobal(QPointF(end)),
        Qt.MouseButton.NoButton,
        LEFT,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(viewport, event)
    screen.qtbot.mouseRelease(viewport, LEFT, pos=end)


def copy(screen: Screen) -> str:
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    screen.qtbot.waitUntil(lambda: not screen.view._copying.busy)
    return screen.clipboard()


def test_a_drag_selects_across_blocks_and_messages(screen: Screen) -> None:
    screen.view.show_messages(
        [answer("first words here\n\n- item **one**\n- item two"), answer("second answer")], {}
    )
    left = screen.view.column_left
    start = QPoint(left - 5, screen.y_of("first words") + 8)
    end = QPoint(left + 700, screen.y_of("second answer") + 8)
    drag(screen, start, end)
    assert copy(screen) == "first words here\n\n- item one\n- item two\n\nsecond answer"
    data = screen.copied().data("text/markdown").toStdString()
    assert data == "first words here\n\n- item **one**\n- item two\n\nsecond answer"


def test_a_drag_upwards_selects_the_same(screen: Screen) -> None:
    screen.view.show_messages([answer("first paragraph\n\nsecond paragraph")], {})
    left = screen.view.column_left
    top = QPoint(left - 5, screen.y_of("first") + 8)
    bottom = QPoint(left + 700, screen.y_of("second") + 8)
    drag(screen, bottom, top)
    assert copy(screen) == "first paragraph\n\nsecond paragraph"


def test_a_double_click_selects_a_word_and_a_third_one_the_paragraph(screen: Screen) -> None:
    screen.view.show_messages([answer("first words here\n\nother paragraph")], {})
    viewport = screen.view.viewport()
    point = QPoint(screen.view.column_left + 50, screen.y_of("first words") + 8)
    screen.qtbot.mouseClick(viewport, LEFT, pos=point)
    screen.qtbot.mouseDClick(viewport, LEFT, pos=point)
    assert copy(screen) == "words"
    screen.qtbot.mouseClick(viewport, LEFT, pos=point)
    assert copy(screen) == "first words here"


@pytest.mark.parametrize(
    ("text", "at", "word", "paragraph"),
    [
        ("```\nfirst()\n    return 1\n```", "return", "return", "    return 1"),
        ("| a | b |\n|---|---|\n| apple pie | 2 |", "apple", "apple", "apple pie"),
        (
            "请把port端口号改成8080，谢谢。",
            "端口号",
            "端口号改成",
            "请把port端口号改成8080，谢谢。",
        ),
        ("𝔘😀 サーバーは動く", "サーバー", "サーバー", "𝔘😀 サーバーは動く"),
    ],
)
def test_clicks_take_words_and_paragraphs_of_anything(
    screen: Screen, text: str, at: str, word: str, paragraph: str
) -> None:
    screen.view.show_messages([answer(text)])
    box, y = screen.view.seen()[0]
    assert isinstance(box, TextBox)
    cursor = box.document().find(at)
    for char in (cursor.selectionStart(), cursor.selectionEnd() - 1):
        place = box.rect_of(char)
        point = QPoint(screen.view.column_left + place.x() + 5, y + place.center().y())
        screen.qtbot.mouseDClick(screen.view.viewport(), LEFT, pos=point)
        assert copy(screen) == word
        screen.qtbot.mouseClick(screen.view.viewport(), LEFT, pos=point)
        assert copy(screen) == paragraph
        screen.view._pointer._click_timer.stop()


def test_a_click_selects_nothing(screen: Screen) -> None:
    screen.view.show_messages([answer("words")], {})
    screen.view.select_all()
    assert screen.view.has_selection
    point = QPoint(screen.view.column_left + 20, screen.y_of("words") + 8)
    screen.qtbot.mouseClick(screen.view.viewport(), LEFT, pos=point)
    assert not screen.view.has_selection


def test_all_is_everything_even_what_was_never_seen(screen: Screen) -> None:
    messages = long_conversation(50)
    screen.view.show_messages(messages, {})
    screen.view.setFocus()
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    text = copy(screen)
    for turn in range(50):
        assert f"question {turn}" in text
        assert f"paragraph 0 of answer {turn}" in text


def test_a_table_is_copied_with_tabs_and_as_markdown(screen: Screen) -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |"
    screen.view.show_messages([answer(f"before\n\n{table}\n\nafter")], {})
    screen.view.select_all()
    assert copy(screen) == "before\n\na\tb\n1\t2\n\nafter"
    data = screen.copied().data("text/markdown").toStdString()
    assert table in data


def test_a_selection_survives_another_width_and_lost_documents(screen: Screen) -> None:
    screen.view.show_messages([answer("some words " * 40)], {})
    screen.view.select_all()
    before = copy(screen)
    screen.view.resize(480, 500)
    screen.theme.set_zoom(130)
    screen.view._surface.release_all()
    screen.frames()
    assert copy(screen) == before == ("some words " * 40).strip()


def test_the_menu_copies_the_selection_all_and_the_message(screen: Screen) -> None:
    screen.view.show_messages([user("my **question**"), answer("an *answer*")], {})
    point = QPoint(screen.view.column_left + 30, screen.y_of("an answer") + 8)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, point, screen.view.viewport().mapToGlobal(point)
    )
    QApplication.sendEvent(screen.view.viewport(), event)
    menu = screen.view.findChild(QMenu)
    assert menu is not None
    actions = {action.text(): action for action in menu.actions()}
    for name in ("Copy", "Copy as Markdown", "Quote"):
        assert not actions[name].isEnabled()
    actions["Copy message"].trigger()
    assert screen.clipboard() == "an *answer*"
    actions["Select all"].trigger()
    assert copy(screen) == "my **question**\n\nan answer"
    menu.close()


def test_what_is_selected_is_seen(screen: Screen) -> None:
    screen.view.show_messages([answer("word " * 40)], {})
    y = screen.y_of("word")
    before = screen.view.viewport().grab().toImage()
    screen.view.select_all()
    after = screen.view.viewport().grab().toImage()
    accent = screen.theme.tokens.accent
    shown = {after.pixelColor(screen.view.column_left + x, y + 4).name() for x in range(60)}
    hidden = {before.pixelColor(screen.view.column_left + x, y + 4).name() for x in range(60)}
    assert accent in shown
    assert accent not in hidden
