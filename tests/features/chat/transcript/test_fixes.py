"""What a refused reply offers to change, in one click, and the way to what went over the wire."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from app.core.errors import Failure, FailureKind
from app.core.message import (
    ImagePart,
    Message,
    MessageState,
    ReasoningPart,
    Role,
    TextPart,
    ToolCallPart,
    ToolResultPart,
    Usage,
)
from app.features.chat.transcript.actions import Intent
from app.features.chat.transcript.token_guess import guess_tokens
from tests.features.chat.transcript.conftest import Screen
from tests.features.chat.transcript.messages import answer, user

REFUSED = Failure(FailureKind.BAD_REQUEST, "not supported", status=400)
PICTURE = ImagePart("shot.png", blob="ab" * 32, width=10, height=10)


def refused(**facts: object) -> Message:
    failure = replace(REFUSED, **facts)  # type: ignore[arg-type]
    state = MessageState.FAILED
    return Message(Role.ASSISTANT, (), state=state, failure=failure, model="lab/model-1")


def caption(screen: Screen) -> str:
    box = screen.view._column.last()
    return str(box._strip.texts())  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("facts", "label"),
    [
        ({"parameter": "temperature"}, "Send without temperature"),
        (
            {"parameter": "max_tokens", "message": "Use 'max_completion_tokens' instead."},
            "Use max_completion_tokens",
        ),
        ({"parameter": "system"}, "Send the system prompt as part of the question"),
        ({"parameter": "reasoning_content"}, "Send without earlier reasoning"),
    ],
)
def test_a_refused_parameter_is_put_right_in_one_click(
    screen: Screen, facts: dict[str, str], label: str
) -> None:
    reply = refused(**facts)
    screen.view.show_messages([user("q"), reply], {})
    assert screen.labels()[-4:] == [label, "Retry", "Details", "Request and response"]
    assert caption(screen) == "remembered for lab/model-1"
    with screen.qtbot.waitSignal(screen.view.fix_requested) as caught:
        screen.click(Intent.FIX)
    assert caught.args == [reply.id]


def test_what_no_change_would_meet_offers_none(screen: Screen) -> None:
    screen.view.show_messages([user("q"), refused()], {})
    assert screen.labels()[-3:] == ["Retry", "Details", "Request and response"]
    assert caption(screen) == ""


def test_smaller_pictures_are_offered_only_where_there_are_pictures(screen: Screen) -> None:
    reply = refused(kind=FailureKind.TOO_LARGE)
    screen.view.show_messages([user("q"), reply], {})
    assert "Send smaller pictures" not in screen.labels()
    screen.view.show_messages([user("q", PICTURE), reply], {})
    assert "Send smaller pictures" in screen.labels()
    assert caption(screen) == "", "it is nothing to remember for a model"


def test_a_foreign_name_stays_short_and_plain(screen: Screen) -> None:
    screen.view.show_messages([user("q"), refused(parameter="x\n" * 400)], {})
    (label,) = [name for name in screen.labels() if name.startswith("Send without")]
    assert len(label) < 70
    assert label.isprintable()


def test_the_request_is_at_hand_below_every_reply(screen: Screen) -> None:
    reply = answer("a")
    screen.view.show_messages([user("q"), reply], {})
    with screen.qtbot.waitSignal(screen.view.raw_requested) as caught:
        screen.click(Intent.RAW)
    assert caught.args == [reply.id]
    assert screen.labels().count("Request and response") == 1, "none below a question"
    screen.view.show_messages([user("q"), refused()], {})
    assert "Request and response" in screen.labels(), "nor where nothing arrived"


def test_reasoning_tells_its_tokens_once_for_the_whole_message(screen: Screen) -> None:
    usage = Usage({"completion_tokens_details": {"reasoning_tokens": 412}})
    call = ToolCallPart("c", "look", "{}")
    parts = (ReasoningPart("First.", 2.0), call, ReasoningPart("Then.", 3.0), TextPart("So."))
    reply = Message(Role.ASSISTANT, parts, usage=usage)
    result = Message(Role.TOOL, (ToolResultPart("c", "look", "seen"),))
    screen.view.show_messages([reply, result], {})
    text = screen.view.plain_text()
    assert text.count("412") == 1
    assert "Thought for 2.0 s\n" in text
    assert "Thought for 3.0 s · 412 tokens in all" in text


@pytest.mark.parametrize("usage", [None, Usage({"completion_tokens": 90})])
def test_reasoning_that_was_not_counted_is_guessed_and_said_to_be(
    screen: Screen, usage: Usage | None
) -> None:
    thought = ReasoningPart("word " * 320, 6.2)
    screen.view.show_messages([Message(Role.ASSISTANT, (thought, TextPart("a")), usage=usage)], {})
    assert "Thought for 6.2 s · about 400 tokens" in screen.view.plain_text()


def test_reasoning_that_is_not_shown_has_no_guess(screen: Screen) -> None:
    screen.view.show_messages([answer("a", ReasoningPart("", 6.2))], {})
    assert "tokens" not in screen.view.plain_text()


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("", 0, 0),
        ("x", 1, 1),
        # Counted by a current tokenizer: 100, 60 and 120 tokens.
        ("The quick brown fox jumps over the lazy dog. " * 10, 67, 134),
        ("我们先看配置文件里的端口，再检查它。" * 5, 40, 81),
        ("Проверим настройки порта и перезапустим. " * 10, 80, 180),
        ("界" * 10_000, 5_000, 10_000),
    ],
)
def test_tokens_are_guessed_for_any_script(text: str, least: int, most: int) -> None:
    assert least <= guess_tokens(text) <= most


def test_a_reply_that_only_called_tools_offers_the_request_in_its_menu(screen: Screen) -> None:
    reply = Message(Role.ASSISTANT, (ToolCallPart("c", "look", '{"at": 1}'),))
    result = Message(Role.TOOL, (ToolResultPart("c", "look", "seen"),))
    screen.view.show_messages([user("q"), reply, result], {})
    assert "Request and response" not in screen.labels(), "its card has no footer"
    point = QPoint(screen.view.column_left + 20, screen.y_of("seen") + 10)
    at = screen.view.viewport().mapToGlobal(point)
    QApplication.sendEvent(
        screen.view.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, at)
    )
    (menu,) = screen.view.findChildren(QMenu)
    ask = next(a for a in menu.actions() if a.text() == "Request and response")
    with screen.qtbot.waitSignal(screen.view.raw_requested) as caught:
        ask.trigger()
    assert caught.args == [reply.id]
    menu.close()
