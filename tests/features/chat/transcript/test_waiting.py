"""What is said while nothing comes, while a service is busy, and of how a reply was asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QAccessible, QAccessibleEvent

from app.core.errors import Failure, FailureKind
from app.core.events import FellBack, Opened, ReasoningDelta, Sent, TextDelta, Waiting
from app.core.exchange import Tape
from app.core.message import Message, MessageState, TextPart
from app.core.request import FormatKind
from app.features.chat.transcript.actions import Intent
from app.features.chat.transcript.wait_box import WaitBox
from app.features.chat.transcript.waiting import Wait
from tests.chinese import chinese
from tests.features.chat.transcript.conftest import Screen
from tests.features.chat.transcript.messages import ended, long_conversation, streaming, user

SENT = Sent(Tape("http://127.0.0.1/v1/chat/completions", {}, "", None))
BUSY = Failure(FailureKind.RATE_LIMITED, "Too many requests\nfor this model.", status=429)
REFUSED = Failure(FailureKind.BAD_REQUEST, "no schema", 400, parameter="response_format")


def waits(screen: Screen) -> Message:
    """A question, and a reply to it that is waited for."""
    message = streaming()
    screen.view.show_messages([user("q"), message], {})
    return message


def said(screen: Screen) -> str:
    """All that stands below the question."""
    return screen.view.plain_text().removeprefix("q").strip()


def test_a_reply_that_is_waited_for_says_so_and_counts_from_ten_seconds_on(
    screen: Screen,
) -> None:
    message = waits(screen)
    assert said(screen) == "Waiting for the answer…"
    screen.later(3)
    screen.view.grow(message.id, SENT)
    screen.later(9.5)
    assert said(screen) == "Waiting for the answer…"
    screen.later(0.5)
    assert said(screen) == "Still waiting for the answer — 10 s"
    screen.later(2.9)
    assert said(screen) == "Still waiting for the answer — 12 s"
    screen.view.grow(message.id, Opened("lab/model-1"))
    screen.later(1)
    assert said(screen) == "Still waiting for the first words — 13 s"
    screen.view.grow(message.id, TextDelta("Here."))
    screen.flush()
    assert said(screen) == "Here."


def test_the_first_reasoning_ends_the_wait_as_well(screen: Screen) -> None:
    message = waits(screen)
    screen.view.grow(message.id, ReasoningDelta("Hm."))
    screen.flush()
    assert "Waiting" not in said(screen)
    assert said(screen).startswith("Thinking… 0 s")


def test_the_line_stands_until_the_first_words_do(screen: Screen) -> None:
    message = waits(screen)
    screen.view.grow(message.id, TextDelta("Here."))
    assert said(screen) == "Waiting for the answer…", "neither stands between two frames"
    screen.flush()
    assert said(screen) == "Here."


def test_an_answer_that_falls_silent_says_so_until_it_goes_on(screen: Screen) -> None:
    message = waits(screen)
    screen.view.grow(message.id, TextDelta("Here"))
    screen.later(9)
    assert said(screen) == "Here"
    screen.later(3)
    assert said(screen) == "Here\n\nNothing more has come for 12 s; still waiting"
    screen.view.grow(message.id, TextDelta(" is more."))
    screen.flush()
    assert said(screen) == "Here is more."
    screen.later(20)
    screen.view.update_message(ended(message, TextPart("Here is more.")))
    assert "Nothing more" not in said(screen)


def test_the_timer_runs_only_while_a_reply_streams(screen: Screen) -> None:
    assert not screen.view._waits.isActive()
    message = waits(screen)
    assert screen.view._waits.isActive()
    assert screen.view._waits.interval() == 1000
    screen.view.update_message(ended(message, TextPart("done")))
    assert not screen.view._waits.isActive()
    screen.view.show_messages([user("q"), streaming()], {})
    screen.view.show_messages([], {})
    assert not screen.view._waits.isActive()


def test_a_second_of_waiting_lays_out_nothing_but_its_own_line(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([*long_conversation(6), message], {})
    screen.frames()
    others = [box for box in screen.view._column.all() if "Waiting" not in box.plain()]
    documents = [getattr(box, "_document", None) for box in others]
    screen.later(11)
    assert "Still waiting for the answer — 11 s" in screen.view.visible_text()
    assert [getattr(box, "_document", None) for box in others] == documents
    assert screen.bar == screen.most


def test_a_busy_service_is_waited_for_in_plain_sight(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    announced: list[QAccessibleEvent] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", announced.append)
    message = waits(screen)
    screen.view.grow(message.id, Waiting(BUSY, 8.0, 1))
    screen.flush()
    lines = "The service is busy (429). Trying again in 8 s.\nToo many requests for this model."
    assert said(screen) == lines
    assert [type(event).__name__ for event in announced] == ["QAccessibleAnnouncementEvent"]
    screen.later(2.2)
    assert "Trying again in 6 s." in said(screen)
    screen.later(30)
    assert "Trying again now." in said(screen)
    with screen.qtbot.waitSignal(screen.view.stop_waiting_requested) as caught:
        screen.click(Intent.STOP_WAITING)
    assert caught.args == [message.id]
    screen.view.grow(message.id, SENT)
    screen.flush()
    assert said(screen) == "Second try · Waiting for the answer…"
    assert "Stop waiting" not in screen.labels()
    screen.view.grow(message.id, Waiting(replace(BUSY, status=503, message=""), 4.0, 2))
    screen.flush()
    assert said(screen) == "The service is not available (503). Trying again in 4 s."
    screen.view.grow(message.id, SENT)
    screen.later(12)
    assert said(screen) == "Third try · Still waiting for the answer — 12 s"


def test_stop_waiting_stands_behind_the_sentence_or_below_where_there_is_no_room(
    screen: Screen,
) -> None:
    message = waits(screen)
    screen.view.grow(message.id, Waiting(BUSY, 8.0, 1))
    screen.flush()
    assert abs(screen.rect_of(Intent.STOP_WAITING).top() - screen.y_of("The service")) < 10
    heights = set()
    for width in range(240, 560, 20):
        screen.view.resize(width, 500)
        screen.frames()
        box = screen.view._column.last()
        assert isinstance(box, WaitBox)
        top, place = screen.y_of("The service"), screen.rect_of(Intent.STOP_WAITING)
        assert top - 4 <= place.top()
        assert place.bottom() <= top + box.height
        assert place.right() <= screen.view.viewport().width()
        heights.add(place.top() - top)
    assert len(heights) > 2


def test_what_is_waited_for_survives_that_the_branch_is_shown_anew(screen: Screen) -> None:
    message = waits(screen)
    screen.view.grow(message.id, Waiting(BUSY, 8.0, 1))
    screen.flush()
    screen.view.show_messages([user("q"), message], {})
    assert "Trying again in 8 s." in said(screen)


def test_a_message_found_streaming_has_been_waited_for_since_it_began(screen: Screen) -> None:
    message = streaming()
    message = replace(message, created_at=message.created_at - 25)
    screen.view.show_messages([message], {})
    assert "Still waiting for the answer — 25 s" in screen.view.plain_text()
    early = replace(streaming(), created_at=message.created_at + 9000)
    screen.view.show_messages([early], {})
    assert screen.view.plain_text() == "Waiting for the answer…"


def test_a_plainer_format_is_announced_and_stays_with_the_reply(screen: Screen) -> None:
    message = waits(screen)
    screen.view.grow(message.id, FellBack(REFUSED, FormatKind.JSON_OBJECT))
    screen.view.grow(message.id, SENT)
    screen.flush()
    first = "This model does not take a JSON schema: asked for a JSON object instead."
    assert said(screen) == f"{first}\n\nWaiting for the answer…"
    screen.view.grow(message.id, FellBack(REFUSED, FormatKind.TEXT))
    screen.flush()
    second = "it was asked for in the prompt instead."
    assert first not in said(screen)
    assert second in said(screen)
    screen.view.grow(message.id, TextDelta("{}"))
    screen.flush()
    whole = replace(ended(message, TextPart("{}")), fell_back="text")
    screen.view.update_message(whole)
    assert said(screen).index(second) < said(screen).index("{}")
    screen.view.show_messages([replace(whole, fell_back="json_object")], {})
    assert screen.view.plain_text().startswith(first)


def test_the_service_s_words_are_one_bounded_line_of_plain_text(screen: Screen) -> None:
    message = waits(screen)
    hostile = "<b>x</b>\x00\x1b[31m " + "long " * 500
    screen.view.grow(message.id, Waiting(replace(BUSY, message=hostile), 8.0, 1))
    screen.flush()
    (_, words) = said(screen).split("\n")
    assert words.startswith("<b>x</b> [31m long")
    assert len(words) <= 300


def test_tries_are_counted_in_words_and_then_in_figures() -> None:
    wait = Wait(0.0)
    told = []
    for attempt in range(1, 5):
        wait.hear(Waiting(BUSY, 1.0, attempt), 0.0)
        wait.hear(SENT, 0.0)
        line = wait.line(0.0)
        assert line is not None
        told.append(line.sentence.partition(" · ")[0])
    assert told == ["Second try", "Third try", "Fourth try", "Try 5"]


def test_waiting_is_told_in_chinese(screen: Screen) -> None:
    with chinese("chat"):
        message = waits(screen)
        assert said(screen) == "正在等待回答……"
        screen.later(12)
        assert said(screen) == "仍在等待回答 — 12 秒"
        screen.view.grow(message.id, Waiting(BUSY, 8.0, 1))
        screen.flush()
        assert said(screen).startswith("服务繁忙（429）。8 秒后重试。")
        assert "停止等待" in screen.labels()


def test_a_reply_that_ends_while_waited_for_leaves_no_line(screen: Screen) -> None:
    message = waits(screen)
    screen.view.grow(message.id, Waiting(BUSY, 8.0, 1))
    screen.flush()
    failed = replace(message, state=MessageState.FAILED, failure=BUSY)
    screen.view.update_message(failed)
    assert said(screen) == "It failed: rate_limited."
