"""A reply is built from events, and says truly whether it is whole."""

from __future__ import annotations

import pytest

from app.core.errors import Failure, FailureKind
from app.core.events import (
    Ended,
    Failed,
    Finished,
    Opened,
    ReasoningDelta,
    Sent,
    TextDelta,
    ToolCallDelta,
    UsageReported,
)
from app.core.exchange import Tape
from app.core.message import (
    Message,
    MessageState,
    ReasoningPart,
    Role,
    TextPart,
    ToolCallPart,
    Usage,
)
from app.core.reply import ReplyBuilder


def built(*events: object) -> ReplyBuilder:
    ticks = iter(range(1000))
    builder = ReplyBuilder(clock=lambda: float(next(ticks)))
    for event in events:
        builder.add(event)  # type: ignore[arg-type]
    return builder


def test_parts_stand_in_the_order_in_which_they_came() -> None:
    builder = built(
        ReasoningDelta("hm"),
        ReasoningDelta("m"),
        TextDelta("An"),
        TextDelta("swer"),
        ToolCallDelta(0, "a", "f", '{"x"'),
        ToolCallDelta(1, "b", "g", "{}"),
        ToolCallDelta(0, arguments=":1}"),
        Finished("tool_calls"),
        Ended(),
    )
    reasoning, *rest = builder.parts()
    assert isinstance(reasoning, ReasoningPart)
    assert reasoning.text == "hmm"
    assert reasoning.seconds
    assert rest == [
        TextPart("Answer"),
        ToolCallPart("a", "f", '{"x":1}'),
        ToolCallPart("b", "g", "{}"),
    ]
    assert builder.state is MessageState.COMPLETE


def test_an_end_without_a_finish_may_be_a_cut() -> None:
    assert built(TextDelta("x"), Ended()).state is MessageState.CUT_SHORT
    assert built(TextDelta("x"), Finished("length"), Ended()).state is MessageState.CUT_SHORT
    assert built(TextDelta("x"), Finished("eos"), Ended()).state is MessageState.COMPLETE
    for reason in ("insufficient_system_resource", "network_error", "abort", "error"):
        assert built(TextDelta("x"), Finished(reason), Ended()).state is MessageState.CUT_SHORT


CUTS = (
    "LENGTH, max_length, model_context_window_exceeded, token limit, ERROR, server_error, timeout, "
    "timed-out, canceled, USER_CANCELLED, incomplete, failed, interrupted, engine_overloaded, "
    "MALFORMED_FUNCTION_CALL, repetition_truncation"
)
WHOLES = (
    "stop, STOP, eos_token, end_turn, stop_sequence, COMPLETE, tool_calls, tool_use, "
    "function_call, content_filter, SAFETY, unknown"
)


@pytest.mark.parametrize("reason", CUTS.split(", "))
def test_a_cut_is_one_in_whatever_words(reason: str) -> None:
    assert built(TextDelta("x"), Finished(reason), Ended()).state is MessageState.CUT_SHORT


@pytest.mark.parametrize("reason", WHOLES.split(", "))
def test_any_other_reason_is_a_whole_answer(reason: str) -> None:
    assert built(TextDelta("x"), Finished(reason), Ended()).state is MessageState.COMPLETE


def test_what_arrived_stays_when_it_fails_or_is_stopped() -> None:
    failed = built(TextDelta("half"), Failed(Failure(FailureKind.CONNECTION_LOST)))
    assert failed.state is MessageState.FAILED
    assert failed.parts() == (TextPart("half"),)
    stopped = built(TextDelta("half"))
    assert stopped.state is MessageState.STREAMING
    stopped.stop()
    message = stopped.finish(Message(Role.ASSISTANT, ()))
    assert message.state is MessageState.STOPPED
    assert message.text == "half"


def test_other_choices_are_not_mixed_in() -> None:
    builder = built(TextDelta("a"), TextDelta("b", choice=1), Finished("stop", choice=1), Ended())
    assert builder.parts() == (TextPart("a"),)
    assert builder.state is MessageState.CUT_SHORT


def test_a_key_that_the_service_repeats_is_not_kept() -> None:
    key = "sk-0123456789abcdef"
    spelled = [TextDelta(letter) for letter in f"it is {key}"]
    call = ToolCallDelta(0, key, key, f'{{"k":"{key}"}}')
    sent = Sent(Tape("http://127.0.0.1/v1", {}, "", key))
    first = built(sent, Opened(key), ReasoningDelta(key), *spelled, call, Finished("stop"), Ended())
    first.add(UsageReported(Usage({"prompt_tokens": 1, key: [key]})))
    second = first.beside(1)
    second.add(TextDelta(key, 1))
    for builder in (first, second):
        kept = builder.finish(Message(Role.ASSISTANT, ()))
        assert key not in repr(kept)
        assert "[key]" in kept.text
