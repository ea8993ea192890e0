"""Selecting with the keyboard, and selections whose boxes come and go."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.events import TextDelta
from app.core.message import Message, MessageState, ReasoningPart, Role, TextPart
from app.core.settings import ReasoningFold
from app.features.chat.shown_branch import ShownBranch
from app.features.chat.transcript.rows import KEPT_ITEMS
from tests.features.chat.transcript.conftest import Screen
from tests.features.chat.transcript.messages import answer, long_conversation, streaming, user
from tests.features.chat.transcript.test_selection import copy

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key


def press(screen: Screen, key: Qt.Key, times: int = 1, *, control: bool = False) -> None:
    for _ in range(times):
        QTest.keyClick(screen.view, key, SHIFT | CONTROL if control else SHIFT)


def click(screen: Screen, text: str, x: int = 0) -> None:
    """Set the place from which the keyboard goes on."""
    screen.view.setFocus()
    point = QPoint(screen.view.column_left + x, screen.y_of(text) + 8)
    QTest.mouseClick(screen.view.viewport(), LEFT, pos=point)


def test_characters_words_and_lines(screen: Screen) -> None:
    screen.view.show_messages([answer("first words here\n\nother paragraph")])
    click(screen, "first words")
    press(screen, Key.Key_Right, 3)
    assert copy(screen) == "fir"
    press(screen, Key.Key_Left)
    assert copy(screen) == "fi"
    press(screen, Key.Key_Right, 2, control=True)
    assert copy(screen).strip() == "first words"
    press(screen, Key.Key_End)
    assert copy(screen) == "first words here"
    press(screen, Key.Key_Home)
    assert not screen.view.has_selection


def test_it_goes_from_block_to_block_and_from_message_to_message(screen: Screen) -> None:
    screen.view.show_messages(
        [user("ask"), answer("one\n\n- two\n\n```\nthree\n```"), user("four")]
    )
    click(screen, "one")
    press(screen, Key.Key_Right, 4 + 3)
    assert copy(screen) == "one\n\n- two"
    press(screen, Key.Key_Down)
    press(screen, Key.Key_End)
    assert copy(screen) == "one\n\n- two\n\nthree"
    press(screen, Key.Key_Down)
    press(screen, Key.Key_End)
    assert copy(screen).endswith("three\n\nfour")
    click(screen, "one")
    press(screen, Key.Key_Up)
    press(screen, Key.Key_Home)
    assert copy(screen).startswith("ask")


def test_up_and_down_keep_to_a_column(screen: Screen) -> None:
    long = "a fairly long line of words to stand in"
    screen.view.show_messages([answer(f"{long}\n\nx\n\n{long}")])
    click(screen, long, x=120)
    led = screen.view._selection.led
    assert led is not None
    press(screen, Key.Key_Down, 2)
    end = screen.view._selection.led
    assert end is not None
    assert end.char == led.char
    assert end.address != led.address


def test_whole_conversation_from_a_place(screen: Screen) -> None:
    screen.view.show_messages(long_conversation(30))
    QTest.keyClick(screen.view, Key.Key_Home)
    click(screen, "question 0")
    press(screen, Key.Key_End, control=True)
    assert "question 29" in copy(screen)
    assert screen.bar == screen.most
    press(screen, Key.Key_Home, control=True)
    assert screen.bar == 0


def test_pages_scroll_along(screen: Screen) -> None:
    screen.view.show_messages(long_conversation(30))
    QTest.keyClick(screen.view, Key.Key_Home)
    click(screen, "question 0")
    press(screen, Key.Key_PageDown, 3)
    assert screen.bar > 900
    assert len(copy(screen)) > 500
    press(screen, Key.Key_PageUp, 3)
    assert screen.bar < 100
    assert not screen.view.has_selection


def test_without_a_place_it_begins_at_the_top_of_the_view(screen: Screen) -> None:
    screen.view.show_messages([answer("first words here")])
    screen.view.setFocus()
    press(screen, Key.Key_Right, 1, control=True)
    assert copy(screen).strip() == "first"


def test_a_caret_is_seen_where_the_keyboard_leads(screen: Screen) -> None:
    screen.view.show_messages([answer("words " * 40)])
    click(screen, "words")
    before = screen.view.viewport().grab().toImage()
    press(screen, Key.Key_Right)
    press(screen, Key.Key_Left)
    after = screen.view.viewport().grab().toImage()
    assert before != after, "a caret, and nothing selected"
    click(screen, "words")
    assert screen.view.viewport().grab().toImage() == before


def test_shift_click_leads_the_selection_on(screen: Screen) -> None:
    screen.view.show_messages([answer("first paragraph\n\nsecond paragraph")])
    click(screen, "first")
    point = QPoint(screen.view.column_left + 700, screen.y_of("second") + 8)
    QTest.mouseClick(screen.view.viewport(), LEFT, SHIFT, pos=point)
    assert copy(screen) == "first paragraph\n\nsecond paragraph"


def test_a_double_click_leads_on_by_whole_words(screen: Screen) -> None:
    screen.view.show_messages([answer("first words here and there")])
    viewport = screen.view.viewport()
    y = screen.y_of("first") + 8
    at = QPoint(screen.view.column_left + 50, y)
    QTest.mouseDClick(viewport, LEFT, pos=at)
    move(screen, QPoint(at.x() + 40, y))
    assert copy(screen) == "words here"
    move(screen, QPoint(screen.view.column_left + 8, y))
    assert copy(screen) == "first words"
    QTest.mouseRelease(viewport, LEFT, pos=at)


def move(screen: Screen, to: QPoint) -> None:
    """Move with the button held."""
    viewport = screen.view.viewport()
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(to),
        viewport.mapToGlobal(QPointF(to)),
        Qt.MouseButton.NoButton,
        LEFT,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(viewport, event)


def test_a_drag_beyond_the_edge_scrolls_on(screen: Screen) -> None:
    screen.view.show_messages(long_conversation(60))
    QTest.keyClick(screen.view, Key.Key_Home)
    screen.frames()
    viewport = screen.view.viewport()
    start = QPoint(screen.view.column_left, screen.y_of("paragraph 0 of answer 0") + 8)
    QTest.mousePress(viewport, LEFT, pos=start)
    move(screen, QPoint(start.x(), viewport.height() + 200))
    screen.qtbot.waitUntil(lambda: screen.bar > 1500)
    QTest.mouseRelease(viewport, LEFT, pos=QPoint(start.x(), viewport.height() + 200))
    stopped = screen.bar
    screen.frames()
    assert screen.bar == stopped
    text = copy(screen)
    assert text.startswith("paragraph 0 of answer 0")
    assert "question 3" in text


def test_it_outlives_the_boxes_it_was_made_in(screen: Screen) -> None:
    messages = [answer("first words of all"), *long_conversation(500)]
    screen.view.show_messages(messages)
    QTest.keyClick(screen.view, Key.Key_Home)
    screen.frames()
    click(screen, "first words")
    press(screen, Key.Key_Down, 6)
    wanted = copy(screen)
    assert len(wanted) > 40
    screen.view._held_items = list  # type: ignore[method-assign]  # nothing is protected
    for _ in range(60):
        QTest.keyClick(screen.view, Key.Key_PageDown)
        screen.frames()
    made = {item.message.id for item in screen.view._column.made()}
    assert len(made) <= KEPT_ITEMS
    if messages[0].id in made:
        screen.view._column.rows._items.clear()
    assert copy(screen) == wanted
    QTest.keyClick(screen.view, Key.Key_Home)
    screen.frames()
    box = next(b for b, _y in screen.view.seen() if "first words" in b.plain())
    assert screen.view._selection.range_in(box) is not None


def test_it_outlives_words_that_come_late(screen: Screen) -> None:
    messages = long_conversation(80)
    there = {message.id: message for message in messages[100:]}
    shown = ShownBranch.of(messages, {})
    screen.view.show_branch(ShownBranch(shown.table, shown.places, there.get, {}))
    screen.frames()
    screen.view.verticalScrollBar().setValue(screen.most // 2)
    screen.view.select_all()
    there.update({message.id: message for message in messages})
    screen.view.take_words(messages[:100])
    screen.frames()
    text = copy(screen)
    assert text.startswith("question 0")
    assert "question 79" in text


def test_it_outlives_the_end_of_an_answer_that_is_read_anew(screen: Screen) -> None:
    """Late definitions make blocks anew: what was selected in the old ones stays."""
    message = streaming()
    text = "see [one][a] here\n\nand two words\n\n[a]: https://a.example"
    screen.view.show_messages([message])
    screen.view.grow(message.id, TextDelta(text))
    screen.flush()
    click(screen, "and two")
    press(screen, Key.Key_Right, 2, control=True)
    before = copy(screen)
    assert before.strip() == "and two"
    ended = Message(Role.ASSISTANT, (TextPart(text),), id=message.id, state=MessageState.COMPLETE)
    screen.view.update_message(ended)
    screen.frames()
    assert copy(screen) == before


def test_it_outlives_folding(screen: Screen) -> None:
    screen.view.show_messages(
        [answer("before"), answer("the answer", ReasoningPart("thought " * 50, 1.0))]
    )
    click(screen, "before")
    press(screen, Key.Key_Down)
    press(screen, Key.Key_End)
    screen.view.set_reasoning_fold(ReasoningFold.OPEN)
    assert "thought" in copy(screen)
    assert copy(screen).endswith("the answer")
    screen.view.set_reasoning_fold(ReasoningFold.FOLDED)
    assert "thought" not in copy(screen)
    assert copy(screen).endswith("the answer")
