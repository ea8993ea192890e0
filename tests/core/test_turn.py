"""A turn asks, runs the tools that were called, and asks again; broken calls never run."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from app.core.errors import Failure, FailureKind
from app.core.events import (
    Ended,
    Failed,
    Finished,
    StreamEvent,
    TextDelta,
    ToolCallDelta,
    UsageReported,
)
from app.core.message import (
    Message,
    MessageState,
    Role,
    TextPart,
    ToolCallPart,
    ToolResultPart,
    Usage,
)
from app.core.reply import ReplyBuilder
from app.core.request import ChatRequest, ToolSpec
from app.core.turn import run_turn
from tests.conftest import until
from tests.scripted import Gate, ScriptedService, Step


class Heard:
    def __init__(self) -> None:
        self.started: list[Message] = []
        self.versions: list[Message] = []
        self.grew: list[tuple[str, StreamEvent]] = []
        self.ended: list[Message] = []

    async def message_started(self, message: Message) -> None:
        self.started.append(message)

    async def version_started(self, message: Message) -> None:
        self.versions.append(message)

    def reply_grew(self, message: Message, builder: ReplyBuilder, event: StreamEvent) -> None:
        self.grew.append((message.id, event))

    async def message_ended(self, message: Message, builder: ReplyBuilder | None) -> None:
        self.ended.append(message)


class Adder:
    def __init__(self) -> None:
        self.ran: list[ToolCallPart] = []

    def specs(self) -> Sequence[ToolSpec]:
        return (ToolSpec("add"),)

    async def run(self, call: ToolCallPart) -> ToolResultPart:
        self.ran.append(call)
        return ToolResultPart(call.id, call.name, "3")


async def never(seconds: float) -> bool:
    raise AssertionError("nothing was to be waited for")


QUESTION = Message(Role.USER, (TextPart("1+2?"),))
REQUEST = ChatRequest("m", (QUESTION,))


def calling(arguments: str) -> Sequence[Step]:
    return (ToolCallDelta(0, "c1", "add", arguments), Finished("tool_calls"), Ended())


ANSWER: Sequence[Step] = (TextDelta("3"), Finished("stop"), Ended())


async def test_a_call_is_run_and_its_result_sent_back() -> None:
    service, heard, tools = ScriptedService(calling('{"a":1}'), ANSWER), Heard(), Adder()
    reply = await run_turn(service, REQUEST, heard, pause=never, tools=tools)
    assert reply.text == "3"
    assert [m.role for m in heard.started] == [Role.ASSISTANT, Role.TOOL, Role.ASSISTANT]
    sent = service.requests[1].messages
    assert sent[0] is QUESTION
    assert sent[1].tool_calls == (ToolCallPart("c1", "add", '{"a":1}'),)
    assert sent[2].parts == (ToolResultPart("c1", "add", "3"),)
    assert heard.started[2].parent == heard.started[1].id


@pytest.mark.parametrize("arguments", ['{"a":', "[1]", "3"])
async def test_broken_arguments_never_run(arguments: str) -> None:
    service, heard, tools = ScriptedService(calling(arguments), ANSWER), Heard(), Adder()
    await run_turn(service, REQUEST, heard, pause=never, tools=tools)
    assert not tools.ran
    (result,) = service.requests[1].messages[2].parts
    assert isinstance(result, ToolResultPart)
    assert result.is_error


async def test_arguments_cut_at_the_token_limit_never_run() -> None:
    cut: Sequence[Step] = (ToolCallDelta(0, "c1", "add", "{}"), Finished("length"), Ended())
    service, heard, tools = ScriptedService(cut), Heard(), Adder()
    reply = await run_turn(service, REQUEST, heard, pause=never, tools=tools)
    assert reply.state is MessageState.CUT_SHORT
    assert not tools.ran


async def test_a_denied_call_goes_back_as_a_result() -> None:
    async def deny(call: ToolCallPart) -> bool:
        return False

    service, heard, tools = ScriptedService(calling("{}"), ANSWER), Heard(), Adder()
    await run_turn(service, REQUEST, heard, pause=never, tools=tools, approve=deny)
    assert not tools.ran
    (result,) = service.requests[1].messages[2].parts
    assert isinstance(result, ToolResultPart)
    assert result.is_error


async def test_the_rounds_are_bounded() -> None:
    service, heard = ScriptedService(*[calling("{}")] * 5), Heard()
    await run_turn(service, REQUEST, heard, pause=never, tools=Adder(), max_rounds=3)
    assert len(service.requests) == 3


async def test_without_tools_calls_are_left_to_be_seen() -> None:
    service, heard = ScriptedService(calling("{}")), Heard()
    reply = await run_turn(service, REQUEST, heard, pause=never)
    assert reply.state is MessageState.COMPLETE
    assert len(service.requests) == 1


async def test_a_failure_keeps_what_arrived() -> None:
    failure = Failure(FailureKind.CONNECTION_LOST)
    service, heard = ScriptedService((TextDelta("hal"), Failed(failure))), Heard()
    reply = await run_turn(service, REQUEST, heard, pause=never)
    assert (reply.text, reply.state, reply.failure) == ("hal", MessageState.FAILED, failure)


async def test_a_fault_of_our_own_is_raised_and_keeps_what_arrived() -> None:
    service, heard = ScriptedService((TextDelta("hal"), ZeroDivisionError())), Heard()
    with pytest.raises(ZeroDivisionError):
        await run_turn(service, REQUEST, heard, pause=never)
    assert heard.ended[0].text == "hal"
    assert heard.ended[0].state is MessageState.STOPPED


async def test_each_choice_becomes_a_version_of_its_own() -> None:
    script: Sequence[Step] = (
        TextDelta("a"),
        TextDelta("b", choice=1),
        TextDelta("A"),
        UsageReported(Usage({"prompt_tokens": 1, "completion_tokens": 4})),
        Finished("stop", 1),
        Finished("stop"),
        Ended(),
    )
    heard = Heard()
    reply = await run_turn(ScriptedService(script), REQUEST, heard, pause=never)
    (version,) = heard.versions
    assert version.parent == reply.parent == QUESTION.id
    assert [(m.text, m.state) for m in heard.ended] == [
        ("aA", MessageState.COMPLETE),
        ("b", MessageState.COMPLETE),
    ]
    assert [m.usage is not None for m in heard.ended] == [True, False]
    assert reply.text == "aA"


async def test_an_answer_may_come_under_any_number() -> None:
    script: Sequence[Step] = (TextDelta("x", choice=1), Finished("stop", 1), Ended())
    heard = Heard()
    reply = await run_turn(ScriptedService(script), REQUEST, heard, pause=never)
    assert (reply.text, reply.state, heard.versions) == ("x", MessageState.COMPLETE, [])


async def test_a_stopped_turn_keeps_every_choice() -> None:
    gate = Gate()
    script: Sequence[Step] = (TextDelta("a"), TextDelta("b", choice=1), gate)
    heard = Heard()
    turn = asyncio.ensure_future(run_turn(ScriptedService(script), REQUEST, heard, pause=never))
    await until(lambda: len(heard.grew) == 2)
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    assert [(m.text, m.state) for m in heard.ended] == [
        ("a", MessageState.STOPPED),
        ("b", MessageState.STOPPED),
    ]
