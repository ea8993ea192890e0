"""Parts that are real widgets: there while they are seen, in a view that knows nothing of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from app.core.events import TextDelta
from app.core.message import Message, Part, Role, TextPart
from app.features.chat.transcript.kinds import KINDS
from tests.features.chat.transcript.asking import AskCard, AskKind, AskPart
from tests.features.chat.transcript.conftest import Screen
from tests.features.chat.transcript.messages import answer, long_conversation, streaming

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def asks() -> AskKind:
    AskCard.alive = 0
    return AskKind()


@pytest.fixture
def screen(make_screen: Callable[..., Screen], asks: AskKind) -> Screen:
    return make_screen(kinds=KINDS.joined_by(asks))


def asking(question: str = "May I?", *names: str, text: str = "") -> Message:
    part = AskPart(question, names or ("city", "days"))
    parts = (cast("Part", part), *((TextPart(text),) if text else ()))
    return Message(Role.ASSISTANT, parts, model="lab/model-1")


def cards(screen: Screen) -> list[AskCard]:
    return [card for card in screen.view.staged if isinstance(card, AskCard)]


def gone(screen: Screen) -> None:
    """Let what was let go of go."""
    screen.frames()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press(key: Qt.Key) -> None:
    """Press a key where the focus is."""
    here = QApplication.focusWidget()
    assert here is not None
    QTest.keyClick(here, key)


def wheel_over(widget: QWidget, steps: int) -> None:
    """Turn the wheel over a widget as the window system does: through the window."""
    window = widget.window()
    at = widget.mapTo(window, widget.rect().center())
    QTest.wheelEvent(window.windowHandle(), at, QPoint(0, 120 * steps))


def test_a_card_is_there_while_it_is_seen(screen: Screen) -> None:
    screen.view.show_messages([answer("above\n\n" * 60), asking(), answer("below\n\n" * 60)])
    gone(screen)
    assert AskCard.alive == 0
    screen.view.go_to_message(screen.view._column.rows.id_of(1))
    screen.frames()
    (card,) = cards(screen)
    assert AskCard.alive == 1
    assert card.parentWidget() is screen.view.viewport()
    assert card.isVisible()
    screen.view.go_to_end()
    gone(screen)
    assert AskCard.alive == 0
    assert not cards(screen)


def test_it_moves_with_what_is_around_it(screen: Screen) -> None:
    screen.view.show_messages(
        [answer("above\n\n" * 9), asking(text="beside"), answer("b\n\n" * 90)]
    )
    screen.view.verticalScrollBar().setValue(0)
    screen.frames()
    (card,) = cards(screen)
    apart = screen.y_of("beside") - card.y()
    for bar in range(0, 1000, 17):
        screen.view.verticalScrollBar().setValue(bar)
        assert screen.y_of("beside") - card.y() == apart
        assert card.x() == screen.view.column_left
        picture = screen.view.viewport().grab().toImage()
        above = picture.pixelColor(card.x() + 5, max(0, card.y() - 3))
        assert above == QColor(screen.theme.tokens.canvas) or card.y() <= 0
        if card.y() < -20:
            break
    assert card.y() < 0 < card.geometry().bottom(), "cut off where the view ends"


def test_what_was_unfolded_in_it_is_so_when_it_comes_back(screen: Screen) -> None:
    screen.view.show_messages([asking(), *long_conversation(300)])
    screen.view.verticalScrollBar().setValue(0)
    screen.frames()
    (card,) = cards(screen)
    card.tree.expand(card.tree.model().index(1, 0))
    screen.frames()
    for place in range(1, 30):
        screen.view.verticalScrollBar().setValue(screen.most * place // 30)
        screen.frames()
    gone(screen)
    assert AskCard.alive == 0
    assert all(item.index for item in screen.view._column.made()), "its boxes went as well"
    screen.view.verticalScrollBar().setValue(0)
    screen.frames()
    (card,) = cards(screen)
    assert card.unfolded() == (1,)


def test_it_grows_and_the_line_being_read_stays(screen: Screen) -> None:
    screen.view.show_messages(
        [answer("first\n\n" * 3), asking(text="after it"), answer("c\n\n" * 90)]
    )
    screen.view.verticalScrollBar().setValue(0)
    screen.frames()
    (card,) = cards(screen)
    height, top, below = card.height(), card.y(), screen.y_of("after it")
    card.tree.expand(card.tree.model().index(0, 0))
    screen.frames()
    assert card.y() == top
    assert card.height() > height
    assert screen.y_of("after it") - below == card.height() - height


def test_what_grows_above_the_line_being_read_moves_nothing(screen: Screen) -> None:
    screen.view.show_messages([asking(text="read me"), answer("c\n\n" * 90)])
    screen.view.verticalScrollBar().setValue(0)
    screen.frames()
    (card,) = cards(screen)
    screen.view.verticalScrollBar().setValue(
        screen.view._column.top_of(
            screen.view._column.following(screen.view._column.first())  # type: ignore[arg-type]
        )
    )
    card.tree.expand(card.tree.model().index(0, 0))
    before = screen.y_of("read me")
    screen.frames()
    assert screen.y_of("read me") == before


def test_a_decision_reaches_who_asked(screen: Screen, asks: AskKind) -> None:
    screen.view.show_messages([asking()])
    screen.frames()
    (card,) = cards(screen)
    QTest.mouseClick(card.allow, LEFT)
    assert asks.decided == ["Allow"]


def test_a_card_that_is_replaced_hands_the_focus_to_the_view(screen: Screen) -> None:
    message = asking()
    screen.view.show_messages([message])
    screen.frames()
    (card,) = cards(screen)
    card.allow.setFocus()
    screen.view.update_message(Message(Role.ASSISTANT, (TextPart("Allowed."),), id=message.id))
    gone(screen)
    assert AskCard.alive == 0
    assert screen.view.hasFocus()
    assert "Allowed." in screen.view.plain_text()


def test_the_wheel_scrolls_the_conversation_unless_it_was_clicked_into(screen: Screen) -> None:
    names = [f"name {n}" for n in range(40)]
    screen.view.show_messages([asking("?", *names), answer("below\n\n" * 90)])
    screen.view.verticalScrollBar().setValue(0)
    screen.frames()
    (card,) = cards(screen)
    wheel_over(card.tree.viewport(), -1)
    assert screen.bar > 0
    assert card.tree.verticalScrollBar().value() == 0
    screen.view.verticalScrollBar().setValue(0)
    QTest.mouseClick(card.tree.viewport(), LEFT, pos=QPoint(60, 10))
    wheel_over(card.tree.viewport(), -1)
    assert card.tree.verticalScrollBar().value() > 0
    assert screen.bar == 0
    card.tree.verticalScrollBar().setValue(card.tree.verticalScrollBar().maximum())
    wheel_over(card.tree.viewport(), -1)
    assert screen.bar > 0, "at its end it lets the conversation go on"


def test_turned_sideways_it_is_the_cards(screen: Screen) -> None:
    screen.view.show_messages([asking("?", "a very long name " * 30), answer("below\n\n" * 90)])
    screen.view.verticalScrollBar().setValue(0)
    screen.frames()
    (card,) = cards(screen)
    card.tree.header().setStretchLastSection(False)
    card.tree.setColumnWidth(0, 3000)
    QTest.wheelEvent(
        card.window().windowHandle(),
        card.tree.mapTo(card.window(), QPoint(50, 10)),
        QPoint(-240, 0),
    )
    assert card.tree.horizontalScrollBar().value() > 0
    assert screen.bar == 0


@pytest.fixture
def between(screen: Screen, qtbot: Any) -> QWidget:
    """The view between two buttons, in a window."""
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(QPushButton("before"))
    column.addWidget(screen.view)
    column.addWidget(QPushButton("after"))
    window.resize(860, 700)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    return window


def test_tab_goes_through_all_in_the_order_it_is_read(screen: Screen, between: QWidget) -> None:
    first = answer("[a link](https://example.com/a)")
    screen.view.show_messages([first, asking(text="[more](https://example.com/b)")])
    screen.frames()
    before, after = between.findChildren(
        QPushButton, options=Qt.FindChildOption.FindDirectChildrenOnly
    )
    before.setFocus()
    named: list[str] = []
    for _ in range(40):
        press(Qt.Key.Key_Tab)
        here, spot = QApplication.focusWidget(), screen.view._pointer.focused
        if here is screen.view:
            named.append(spot.action.label if spot is not None else "view")
        else:
            named.append(here.text() if isinstance(here, QPushButton) else type(here).__name__)
        if here is after:
            break
    foot = ["Copy", "Regenerate", "Branch", "Request and response"]
    link = "https://example.com/"
    expected = ["view", link + "a", *foot, "QTreeView", "Allow", "Deny", link + "b", *foot, "after"]
    assert named == expected
    backwards: list[str] = []
    for _ in range(40):
        press(Qt.Key.Key_Backtab)
        here, spot = QApplication.focusWidget(), screen.view._pointer.focused
        if here is before:
            break
        if here is not screen.view:
            backwards.append(here.text() if isinstance(here, QPushButton) else "QTreeView")
    assert QApplication.focusWidget() is before
    assert backwards[-3:] == ["Deny", "Allow", "QTreeView"]


def test_the_focus_is_kept_out_of_sight_and_the_keys_still_scroll(screen: Screen) -> None:
    screen.view.show_messages([asking(), *long_conversation(400)])
    screen.view.verticalScrollBar().setValue(0)
    screen.frames()
    (card,) = cards(screen)
    card.allow.setFocus()
    for _ in range(6):
        press(Qt.Key.Key_PageDown)
    assert screen.bar > 2000
    assert card.allow.hasFocus()
    assert not card.geometry().intersects(screen.view.viewport().rect())
    for place in range(1, 30):
        screen.view.verticalScrollBar().setValue(screen.most * place // 30)
        screen.frames()
    assert card.allow.hasFocus()
    screen.view.setFocus()
    screen.view.verticalScrollBar().setValue(screen.most // 2)
    gone(screen)
    assert AskCard.alive == 0


def test_only_those_in_view_are_ever_there(screen: Screen) -> None:
    screen.view.show_messages([asking(f"number {n}") for n in range(300)])
    screen.frames()
    most = 0
    for place in range(60, -1, -1):
        screen.view.verticalScrollBar().setValue(screen.most * place // 60)
        screen.frames()
        gone(screen)
        most = max(most, AskCard.alive)
    assert 0 < most < 9
    assert len(cards(screen)) == AskCard.alive


def test_a_conversation_streams_on_below_a_card(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([asking(), message])
    (card,) = cards(screen)
    for _ in range(60):
        screen.view.grow(message.id, TextDelta("more and more words that come\n\n"))
        screen.flush()
        if cards(screen):
            assert cards(screen)[0] is card
            box = screen.view._column.first()
            assert box is not None
            assert card.y() == screen.view._column.top_of(box) - screen.bar
    assert screen.bar == screen.most
    assert not cards(screen)


def test_another_tab_in_front_takes_the_cards_away(screen: Screen) -> None:
    screen.view.show_messages([asking()])
    screen.frames()
    cards(screen)[0].tree.expand(cards(screen)[0].tree.model().index(0, 0))
    screen.view.hide()
    gone(screen)
    assert AskCard.alive == 0
    screen.view.show()
    screen.frames()
    assert cards(screen)[0].unfolded() == (0,)


def test_a_card_is_among_what_assistive_tools_find(screen: Screen) -> None:
    screen.view.show_messages([asking()])
    screen.frames()
    root = QAccessible.queryAccessibleInterface(screen.view)
    objects = [root.child(number).object() for number in range(root.childCount())]
    assert cards(screen)[0] in objects


def test_a_part_of_no_known_kind_is_passed_over(make_screen: Callable[..., Screen]) -> None:
    screen = make_screen()
    message = asking(text="the rest")
    screen.view.show_messages([message])
    assert "the rest" in screen.view.plain_text()
    screen.view.update_message(message)
    assert "the rest" in screen.view.plain_text()
