"""Cards of tool calls: where each stands, the answers to one that asks, and what came back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.core.message import (
    ImagePart,
    Message,
    NotRun,
    Role,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from app.core.tool import CallNow, CallPhase, Effect, Leave, Progress, Tool
from app.features.chat.transcript.actions import Intent
from app.features.chat.transcript.kinds import KINDS
from app.features.chat.transcript.tool_parts import ToolCallKind
from tests.features.chat.transcript.conftest import Screen

TOOL = Tool("t:write", "write", "t", "Writes")
CALLS = Message(
    Role.ASSISTANT,
    (ToolCallPart("c1", "write", '{"to":"a.txt"}'), ToolCallPart("c2", "write", "{}")),
)


class Under:
    """Calls that are under way, and the answers that were given to them."""

    def __init__(self) -> None:
        self.stand: dict[str, CallNow] = {}
        self.answers: list[tuple[str, Leave]] = []

    def now(self, call_id: str) -> CallNow | None:
        return self.stand.get(call_id)

    def answer(self, call_id: str, leave: Leave) -> None:
        self.answers.append((call_id, leave))


@pytest.fixture
def calls() -> Under:
    return Under()


@pytest.fixture
def screen(make_screen: Callable[..., Screen], calls: Under) -> Screen:
    return make_screen(kinds=KINDS.joined_by(ToolCallKind(calls)))


def tell(screen: Screen, calls: Under, call: str, now: CallNow | None) -> None:
    if now is None:
        calls.stand.pop(call, None)
    else:
        calls.stand[call] = now
    screen.view.call_changed(call)
    screen.frames()


@pytest.mark.parametrize(
    ("effect", "wish", "offered"),
    [
        (Effect.CHANGES, "wants to run", 4),
        (Effect.LEAVES, "wants to send this out", 4),
        (Effect.RUNS, "wants to run a command", 2),
    ],
)
def test_a_call_that_asks_is_answered_by_a_click(
    screen: Screen, calls: Under, effect: Effect, wish: str, offered: int
) -> None:
    screen.view.show_messages([CALLS], {})
    tell(screen, calls, "c2", CallNow(CallPhase.ASKS, replace(TOOL, effect=effect)))
    assert f"write: {wish}\n" in screen.view.plain_text()
    labels = ["Deny", "Allow once", "Always in this conversation", "Always"][:offered]
    assert [label for label in screen.labels() if label in labels] == labels
    screen.click(Intent.LEAVE, "Allow once")
    screen.click(Intent.LEAVE, "Deny")
    assert calls.answers == [("c2", Leave.ONCE), ("c2", Leave.DENY)]
    tell(screen, calls, "c2", None)
    assert "Deny" not in screen.labels()


def test_the_answer_can_be_given_with_the_keyboard(screen: Screen, calls: Under) -> None:
    screen.view.show_messages([CALLS], {})
    tell(screen, calls, "c1", CallNow(CallPhase.ASKS, TOOL))
    screen.view.setFocus()
    for _ in range(20):
        screen.view.focusNextPrevChild(True)
        focused = screen.view._pointer.focused
        if focused is not None and focused.action.label == "Always in this conversation":
            break
    screen.qtbot.keyClick(screen.view, " ")
    assert calls.answers == [("c1", Leave.CONVERSATION)]


def test_a_running_call_says_how_long_and_how_far(screen: Screen, calls: Under) -> None:
    screen.view.show_messages([CALLS], {})
    tell(screen, calls, "c1", CallNow(CallPhase.RUNS, TOOL))
    assert "write: running… 0 s" in screen.view.plain_text()
    assert screen.view._clock.isActive()
    screen.later(7)
    assert "write: running… 7 s" in screen.view.plain_text()
    now = CallNow(CallPhase.RUNS, TOOL, Progress(0.5, "half\u202e of it"))
    tell(screen, calls, "c1", now)
    assert "running… 7 s · 50 % · half⟨U+202E⟩ of it" in screen.view.plain_text()
    tell(screen, calls, "c1", None)
    assert not screen.view._clock.isActive()


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (ToolResultPart("c1", "write", "ok", seconds=0.42), "write: 0.4 s"),
        (ToolResultPart("c1", "write", "no", True, seconds=12.0), "write: failed · 12 s"),
        (ToolResultPart("c1", "write", "", True, not_run=NotRun.DENIED), "write: not allowed"),
        (ToolResultPart("c1", "write", "", True, not_run=NotRun.STOPPED), "write: stopped"),
        (ToolResultPart("c1", "write", "bad", True, not_run=NotRun.BROKEN), "write: not run"),
    ],
)
def test_how_a_call_ended_is_said(screen: Screen, result: ToolResultPart, said: str) -> None:
    screen.view.show_messages([CALLS, Message(Role.TOOL, (result,))], {})
    assert f"{said}\n" in screen.view.plain_text()


def test_nothing_is_hidden_in_what_a_tool_says(screen: Screen) -> None:
    call = ToolCallPart("c1", "safe\u202eexe.gpj", '{"path":"a\u2066b"}')
    result = ToolResultPart("c1", call.name, "fine\x1b[2J\u200bhidden\U000e0041")
    messages = [Message(Role.ASSISTANT, (call,)), Message(Role.TOOL, (result,))]
    screen.view.show_messages(messages, {})
    text = screen.view.plain_text()
    assert "safe⟨U+202E⟩exe.gpj" in text
    assert "a⟨U+2066⟩b" in text
    assert "fine⟨U+001B⟩[2J⟨U+200B⟩hidden⟨U+E0041⟩" in text


def test_pictures_that_a_tool_gave_stand_below_its_card(screen: Screen) -> None:
    parts = (
        ToolResultPart("c1", "write", "a"),
        ImagePart("shot.png", blob="b1", width=80, height=40),
        ToolResultPart("c2", "write", "b"),
    )
    screen.view.show_messages([CALLS], {})
    screen.view.append_message(Message(Role.TOOL, parts))
    seen: list[str] = []
    screen.view.image_activated.connect(lambda blob, _message: seen.append(blob))
    screen.click(Intent.IMAGE, "shot.png")
    assert seen == ["b1"]
    assert screen.y_of("shot.png") < screen.y_of("→ b")


def test_a_result_too_long_for_a_card_opens_by_itself(screen: Screen) -> None:
    long = "x" * 200_000 + "END"
    result = Message(Role.TOOL, (ToolResultPart("c1", "write", long),))
    screen.view.show_messages([CALLS, result], {})
    opened: list[tuple[str, str]] = []
    screen.view.file_activated.connect(lambda name, text: opened.append((name, text)))
    screen.click(Intent.RESULT, "Open")
    assert opened[0][0] == "write"
    assert opened[0][1].endswith("END")


def test_words_beside_calls_stay(screen: Screen, calls: Under) -> None:
    both = Message(Role.ASSISTANT, (TextPart("I will write."), *CALLS.parts))
    screen.view.show_messages([both], {})
    tell(screen, calls, "c1", CallNow(CallPhase.WAITS, TOOL))
    text = screen.view.plain_text()
    assert "I will write." in text
    assert "write: waits for the call before it" in text
