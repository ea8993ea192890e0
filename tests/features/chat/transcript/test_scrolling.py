"""Scrolling belongs to the reader: nothing that happens moves the line being read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from app.core.conversation import ScrollAnchor
from app.core.events import ReasoningDelta, TextDelta
from app.core.message import ReasoningPart, TextPart
from app.core.settings import ReasoningFold, ThemeChoice
from app.features.chat.transcript.latest_button import LatestButton
from tests.features.chat.transcript.conftest import Screen, turn
from tests.features.chat.transcript.messages import (
    answer,
    ended,
    long_conversation,
    streaming,
    user,
)


def test_it_opens_at_the_end_and_follows_the_stream(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([*long_conversation(10), message], {})
    for n in range(40):
        screen.view.grow(message.id, TextDelta(f"line {n}\n\n"))
        screen.flush()
        assert screen.bar == screen.most
    assert "line 39" in screen.view.visible_text()


def test_one_wheel_tick_up_stops_following_and_latest_brings_it_back(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([*long_conversation(10), message], {})
    screen.view.grow(message.id, TextDelta("".join(f"start {n}\n\n" for n in range(30))))
    screen.flush()
    button = screen.view.findChild(LatestButton)
    assert button is not None
    assert not button.isVisible()
    y = screen.y_of("start 20")
    screen.wheel(1)
    assert screen.y_of("start 20") == y + 120
    screen.view.grow(message.id, TextDelta("more\n\n" * 30))
    screen.flush()
    assert screen.y_of("start 20") == y + 120
    assert button.isVisible()
    screen.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert screen.bar == screen.most
    assert not button.isVisible()
    screen.view.grow(message.id, TextDelta("again\n\n" * 30))
    screen.flush()
    assert screen.bar == screen.most


def test_scrolling_to_the_end_follows_again(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([*long_conversation(5), message], {})
    screen.wheel(3)
    screen.wheel(-10)
    screen.view.grow(message.id, TextDelta("more\n\n" * 30))
    screen.flush()
    assert screen.bar == screen.most


def test_a_wheel_step_moves_what_is_seen_by_exactly_that(screen: Screen) -> None:
    """Heights above are estimates that turn exact while scrolling up; nothing may jump."""
    screen.view.show_messages(long_conversation(120), {})
    for place in (None, 0.5, 0.2, 0.8):
        if place is not None:
            screen.view.verticalScrollBar().setValue(int(screen.most * place))
        for step in range(25):
            visible = list(screen.view._column.visible(screen.bar, 600))
            held = visible[1:4]
            before = [y for _box, y in held]
            screen.wheel(1)
            moved = [
                screen.view._column.top_of(box) - screen.bar - y
                for (box, _y), y in zip(held, before, strict=True)
            ]
            assert set(moved) == {120}, (place, step, moved)
            screen.frames()
            still = [screen.view._column.top_of(box) - screen.bar for box, _y in held]
            assert still == [y + 120 for y in before], "laying out ahead moved it"


def test_going_down_over_estimates_moves_by_exactly_that(screen: Screen) -> None:
    screen.view.show_messages(long_conversation(120), {})
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_Home)
    for _ in range(60):
        (box, y) = list(screen.view._column.visible(screen.bar, 600))[2]
        screen.wheel(-1)
        assert screen.view._column.top_of(box) - screen.bar == y - 120


def test_keys_scroll(screen: Screen) -> None:
    screen.view.show_messages(long_conversation(60), {})
    screen.view.setFocus()
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_Home)
    assert screen.bar == 0
    assert "question 0" in screen.view.visible_text()
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_PageDown)
    assert 300 < screen.bar <= 600
    here = screen.bar
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_Down)
    assert screen.bar == here + 40
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_Up)
    assert screen.bar == here
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_PageUp)
    assert screen.bar == 0
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_Space)
    assert 300 < screen.bar <= 600
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert screen.bar == 0
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_End)
    assert screen.bar == screen.most
    assert "question 59" in screen.view.plain_text()


@pytest.mark.parametrize("change", ["width", "zoom", "theme", "fold"])
def test_the_line_being_read_stays(screen: Screen, change: str) -> None:
    messages = [
        answer(f"**start {n}** " + f"word{n} " * 300, ReasoningPart("thought\n" * 30, 1.0))
        for n in range(30)
    ]
    screen.view.show_messages(messages, {})
    screen.view.verticalScrollBar().setValue(screen.most // 2)
    screen.wheel(2)
    screen.frames()
    hold = screen.view._hold
    assert hold is not None
    assert hold.char is not None, "the view begins within a long paragraph"
    box, char, offset = hold.box, hold.char, hold.offset
    if change == "width":
        screen.view.resize(500, 600)
    elif change == "zoom":
        screen.theme.set_zoom(150)
    elif change == "theme":
        screen.theme.set_choice(ThemeChoice.DARK)
    else:
        screen.view.set_reasoning_fold(ReasoningFold.OPEN)
    screen.frames()
    now = screen.view._column.top_of(box) + box.top_of(char) - screen.bar  # type: ignore[attr-defined]
    assert now == offset


def test_many_widths_and_sizes_later_the_same_words_are_read(screen: Screen) -> None:
    """As a window is resized by its edge: a hundred sizes, and none may lose a line."""
    words = " ".join(f"word{n}" for n in range(3000))
    screen.view.show_messages([user("q"), answer(words), *long_conversation(5)])
    screen.view.verticalScrollBar().setValue(1500)
    screen.frames()
    hold = screen.view._hold
    assert hold is not None
    char, offset = hold.char, hold.offset
    for width in (*range(860, 480, -5), *range(480, 860, 5)):
        screen.view.resize(width, 600 - width % 3 * 50)
    for zoom in (120, 150, 100):
        screen.theme.set_zoom(zoom)
    screen.view.resize(860, 600)
    hold = screen.view._hold
    assert hold is not None
    assert (hold.char, hold.offset) == (char, offset)


def test_a_touch_pad_led_up_slowly_stops_following(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([*long_conversation(10), message])
    box, y = screen.view.seen()[2]
    for _ in range(3):
        turn(screen, angle=8, pixels=1, phase=Qt.ScrollPhase.ScrollUpdate)
        screen.view.grow(message.id, TextDelta("more\n\n" * 5))
        screen.flush()
    assert screen.view._column.top_of(box) - screen.bar == y + 3


def test_reasoning_that_folds_above_moves_nothing(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([*long_conversation(4), message], {})
    screen.view.grow(message.id, ReasoningDelta("thinking\n" * 30))
    screen.view.grow(message.id, TextDelta("the answer\n\n" * 40))
    screen.flush()
    screen.wheel(2)
    y = screen.y_of("the answer")
    parts = (ReasoningPart("thinking\n" * 30, 1.0), TextPart("the answer\n\n" * 40))
    screen.view.update_message(ended(message, *parts))
    screen.frames()
    assert screen.y_of("the answer") == y


def test_a_message_of_ones_own_goes_to_the_end(screen: Screen) -> None:
    screen.view.show_messages(long_conversation(20), {})
    screen.wheel(20)
    screen.view.append_message(answer("something"))
    assert screen.bar < screen.most
    screen.view.append_message(user("my next question"))
    assert screen.bar == screen.most
    assert "my next question" in screen.view.visible_text()


def test_the_place_is_told_and_found_again(
    screen: Screen, make_screen: Callable[..., Screen]
) -> None:
    messages = long_conversation(80)
    screen.view.show_messages(messages, {})
    assert screen.view.scroll_anchor() == ScrollAnchor()
    screen.view.verticalScrollBar().setValue(screen.most // 3)
    screen.frames()
    anchor = screen.view.scroll_anchor()
    assert anchor.message in {message.id for message in messages}
    seen = screen.view.visible_text()
    other = make_screen()
    other.view.show_messages(messages, {})
    other.view.restore_anchor(anchor)
    assert other.view.scroll_anchor() == anchor
    assert other.view.visible_text() == seen
    other.view.restore_anchor(ScrollAnchor())
    assert other.bar == other.most


def test_a_place_given_before_the_view_is_seen_is_kept(screen: Screen) -> None:
    messages = long_conversation(80)
    screen.view.hide()
    screen.view.show_messages(messages, {})
    anchor = ScrollAnchor(messages[41].id, 30)
    screen.view.restore_anchor(anchor)
    assert screen.view.scroll_anchor() == anchor
    screen.view.show()
    screen.frames()
    assert screen.view.scroll_anchor() == anchor


def test_showing_the_branch_again_keeps_the_place(screen: Screen) -> None:
    messages = long_conversation(40)
    screen.view.show_messages(messages, {})
    screen.view.verticalScrollBar().setValue(screen.most // 2)
    screen.frames()
    seen = screen.view.visible_text()
    screen.view.show_messages(messages[:-2], {})
    assert screen.view.visible_text() == seen


def test_only_what_is_seen_is_laid_out(screen: Screen) -> None:
    screen.view.show_messages(long_conversation(1000), {})
    assert sum(item.made for item in screen.view._column.made()) < 20
    assert screen.view._surface.live_documents < 60
    screen.frames()
    assert screen.view._surface.live_documents < 200


def test_a_short_conversation_starts_at_the_top(screen: Screen) -> None:
    screen.view.show_messages([user("hello")], {})
    assert (screen.bar, screen.most) == (0, 0)
    assert screen.y_of("hello") < 40
    screen.view.show_messages([], {})
    assert screen.view.plain_text() == ""


def test_every_width_is_laid_out_whole(screen: Screen) -> None:
    """A scroll bar that comes with the content takes its width: nothing stays half laid out."""
    messages = [user("question"), answer("word " * 120 + "\n\n" + "- item\n" * 14)]
    screen.view.show_messages(messages, {})
    for width in range(300, 900, 23):
        screen.view.resize(width, 420)
        screen.view.viewport().repaint()
        exact = [box.exact for box, _y in screen.view._column.visible(screen.bar, 420)]
        assert all(exact)
        assert screen.most == max(0, screen.view._column.total - screen.view.viewport().height())


def test_another_width_is_taken_by_all_that_was_laid_out(
    screen: Screen, make_screen: Callable[..., Screen]
) -> None:
    messages = [answer(f"start {n} " + "word " * 150) for n in range(40)]
    screen.view.show_messages(messages, {})
    for _ in range(5):
        screen.wheel(5)
        screen.frames()
    screen.view.resize(480, 600)
    other = make_screen(480, 600)
    other.view.show_messages(messages, {})
    for _ in range(60):
        screen.wheel(-2)
        screen.frames()
    other.frames()
    assert screen.bar == screen.most
    heights = [box.height for box, _y in screen.view._column.visible(screen.bar, 600)]
    assert heights == [box.height for box, _y in other.view._column.visible(other.bar, 600)]


def test_a_line_held_at_the_top_is_whole(screen: Screen) -> None:
    """The reader's line is the first whole one, also where the text above ends within the view."""
    first, second = "one of many words " * 30, "what is read now"
    filler = [answer("below\n\n" * 40)]
    screen.view.show_messages([answer(f"{first}\n\n{second}"), *filler], {})
    screen.view.verticalScrollBar().setValue(0)
    screen.frames()
    bar = screen.view.verticalScrollBar()
    bar.setValue(screen.y_of(second) - 14)  # a part of the last line above is seen
    y = screen.y_of(second)
    assert 0 < y <= 14
    for width in (700, 610, 480, 655):
        screen.view.resize(width, screen.view.height())
        screen.frames()
        assert screen.y_of(second) == y
