"""Reaching things in the transcript: wheel and touch pad, links, the menu, a message far away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.core.conversation import ScrollAnchor
from app.core.message import ImagePart, Message
from app.core.outline import OutlineTable
from app.features.chat.shown_branch import ShownBranch
from app.features.chat.transcript.actions import Intent
from tests.features.chat.transcript.conftest import Screen, turn
from tests.features.chat.transcript.messages import answer, long_conversation, user


def menu_at(screen: Screen, point: QPoint) -> dict[str, QAction]:
    viewport = screen.view.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, viewport.mapToGlobal(point))
    QApplication.sendEvent(viewport, event)
    menu = screen.view.findChildren(QMenu)[-1]
    menu.hide()
    return {action.text(): action for action in menu.actions()}


class Mark:
    """A box in view: how far it moves, whatever estimates above it turn out to be."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._box, self._y = screen.view.seen()[2]

    @property
    def moved(self) -> int:
        return self._screen.view._column.top_of(self._box) - self._screen.bar - self._y


def test_a_touch_pad_moves_by_its_own_pixels(screen: Screen) -> None:
    screen.view.show_messages(long_conversation(60))
    mark = Mark(screen)
    turn(screen, angle=8, pixels=7, phase=Qt.ScrollPhase.ScrollUpdate)
    assert mark.moved == 7


def test_small_turns_add_up_to_whole_ones(screen: Screen) -> None:
    screen.view.show_messages(long_conversation(60))
    mark = Mark(screen)
    for _ in range(24):
        turn(screen, angle=5)
    assert mark.moved == 120


def test_a_step_of_the_wheel_glides_and_ends_where_it_should(screen: Screen) -> None:
    screen.view.show_messages(long_conversation(60))
    screen.view.set_glide(100)
    mark = Mark(screen)
    turn(screen, angle=120)
    assert 0 < mark.moved < 120, "not at a stroke"
    screen.qtbot.waitUntil(lambda: mark.moved == 120)
    turn(screen, angle=120)
    turn(screen, angle=120)
    screen.qtbot.waitUntil(lambda: mark.moved == 360)


def test_turning_back_gives_up_what_was_left_of_the_way(screen: Screen) -> None:
    screen.view.show_messages(long_conversation(60))
    screen.view.set_glide(100)
    screen.wheel(5)
    screen.qtbot.waitUntil(lambda: not screen.view._wheel.glides)
    mark = Mark(screen)
    turn(screen, angle=120)
    gone = mark.moved
    turn(screen, angle=-120)
    screen.qtbot.waitUntil(lambda: not screen.view._wheel.glides)
    assert mark.moved == gone - 120


def test_a_glide_ends_at_the_end(screen: Screen) -> None:
    screen.view.show_messages(long_conversation(60))
    screen.view.set_glide(100)
    turn(screen, angle=-120)
    screen.qtbot.waitUntil(lambda: not screen.view._wheel.glides)
    assert screen.bar == screen.most


def test_one_small_turn_up_stops_following(screen: Screen) -> None:
    screen.view.show_messages(long_conversation(60))
    turn(screen, angle=8, pixels=6, phase=Qt.ScrollPhase.ScrollUpdate)
    before = screen.bar
    screen.view.append_message(answer("more"))
    assert screen.bar == before


def test_a_zooming_wheel_does_not_scroll(screen: Screen) -> None:
    screen.view.show_messages(long_conversation(60))
    before = screen.bar
    turn(screen, angle=120, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert screen.bar == before


def test_a_links_whole_address_is_shown_at_the_lower_edge(screen: Screen) -> None:
    address = "https://example.com/" + "long/" * 60 + "end"
    screen.view.show_messages([answer(f"[the docs]({address}) tell more")])
    point = QPoint(screen.view.column_left + 15, screen.y_of("the docs") + 10)
    screen.qtbot.mouseMove(screen.view.viewport(), point)
    assert screen.view.status == address
    line = screen.view._status
    assert line.isVisible()
    assert "".join(line._lines) == address
    assert line.geometry().bottom() == screen.view.viewport().rect().bottom()
    screen.qtbot.mouseMove(screen.view.viewport(), QPoint(screen.view.column_left + 400, 400))
    assert screen.view.status == ""
    assert not line.isVisible()


def test_a_host_that_looks_like_another_is_told_in_ascii_too(screen: Screen) -> None:
    links = "[a bank](https://\u0430pple.com/) of trust\n\nhttps://\u0430pple.com/ as well"
    screen.view.show_messages([answer(links)])
    for words in ("a bank", "as well"):
        point = QPoint(screen.view.column_left + 15, screen.y_of(words) + 10)
        screen.qtbot.mouseMove(screen.view.viewport(), point)
        assert "xn--pple-43d.com" in screen.view.status


def test_links_are_reached_with_the_keyboard(screen: Screen) -> None:
    links = "[one](https://a.example/1) and [two](https://a.example/2)"
    screen.view.show_messages([answer(f"{links}\n\n| [3](https://a.example/3) |\n|---|")])
    screen.view.setFocus()
    opened: list[str] = []
    screen.view.link_activated.connect(opened.append)
    for address in ("https://a.example/1", "https://a.example/2", "https://a.example/3"):
        before = screen.view.viewport().grab().toImage()
        QTest.keyClick(screen.view, Qt.Key.Key_Tab)
        assert screen.view.status == address
        assert screen.view.viewport().grab().toImage() != before, "a ring is seen"
        QTest.keyClick(screen.view, Qt.Key.Key_Return)
        assert opened[-1] == address
    QTest.keyClick(screen.view, Qt.Key.Key_Tab)
    assert screen.view.status == ""


def test_the_same_link_twice_is_two_stops(screen: Screen) -> None:
    screen.view.show_messages([answer("[a](https://a.example/) [a](https://a.example/) end")])
    screen.view.setFocus()
    places = []
    for _ in range(2):
        QTest.keyClick(screen.view, Qt.Key.Key_Tab)
        assert screen.view._pointer.focused is not None
        places.append(screen.view._pointer.focused.char)
    assert places == [0, 2]


def test_the_menu_of_a_link(screen: Screen) -> None:
    screen.view.show_messages([answer("[the docs](https://a.example/docs) tell more")])
    actions = menu_at(screen, QPoint(screen.view.column_left + 15, screen.y_of("docs") + 10))
    actions["Copy link"].trigger()
    assert screen.clipboard() == "https://a.example/docs"
    with screen.qtbot.waitSignal(screen.view.link_activated) as caught:
        actions["Open link"].trigger()
    assert caught.args == ["https://a.example/docs"]


def test_the_menu_of_a_picture(screen: Screen) -> None:
    part = ImagePart("shot.png", blob="b1", width=200, height=100)
    screen.view.show_messages([user("look", part)])
    actions = menu_at(screen, screen.rect_of(Intent.IMAGE).center())
    with screen.qtbot.waitSignal(screen.view.picture_save_requested) as caught:
        actions["Save picture as…"].trigger()
    assert caught.args == ["b1", "shot.png"]


def test_the_menu_asks_to_read_and_to_find(screen: Screen) -> None:
    message = answer("words")
    screen.view.show_messages([message])
    actions = menu_at(screen, QPoint(screen.view.column_left + 5, screen.y_of("words") + 10))
    assert "Open link" not in actions
    with screen.qtbot.waitSignal(screen.view.read_requested) as caught:
        actions["Read message"].trigger()
    assert caught.args == [message.id]
    with screen.qtbot.waitSignal(screen.view.find_requested):
        actions["Find…"].trigger()


def test_a_message_far_away_is_gone_to(screen: Screen) -> None:
    messages = long_conversation(200)
    screen.view.show_messages(messages)
    assert screen.view.go_to_message(messages[100].id)
    screen.frames()
    assert screen.view.scroll_anchor().message == messages[100].id
    assert messages[100].text.split("\n")[0] in screen.view.visible_text()
    assert not screen.view.go_to_message("unknown")


@pytest.mark.parametrize("offset", [0, 90])
def test_a_place_in_a_message_that_is_not_there_is_come_to_when_it_is(
    screen: Screen, offset: int
) -> None:
    messages: list[Message] = []
    for turn_ in long_conversation(60):
        messages += [turn_, answer("a long one " * 200)]
    there: dict[str, Message] = {}
    table = OutlineTable.of(messages)
    screen.view.show_branch(ShownBranch(table, range(len(table)), there.get, {}))
    anchor = ScrollAnchor(messages[101].id, offset)
    screen.view.restore_anchor(anchor)
    screen.frames()
    assert screen.view.scroll_anchor() == anchor
    there.update({message.id: message for message in messages})
    screen.view.take_words(messages[80:120])
    screen.frames()
    assert screen.view.scroll_anchor() == anchor
    assert "a long one" in screen.view.visible_text()


def test_scrolling_away_forgets_the_place_that_was_waited_for(screen: Screen) -> None:
    messages = long_conversation(60)
    there: dict[str, Message] = {}
    table = OutlineTable.of(messages)
    screen.view.show_branch(ShownBranch(table, range(len(table)), there.get, {}))
    screen.view.restore_anchor(ScrollAnchor(messages[50].id))
    screen.frames()
    screen.wheel(-3)
    there.update({message.id: message for message in messages})
    screen.view.take_words(messages[40:70])
    assert screen.view.scroll_anchor().message != messages[50].id
