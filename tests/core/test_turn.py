"""A turn asks, runs the tools that were called, and asks again; broken calls never run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

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
    ImagePart,
    Message,
    MessageState,
    NotRun,
    Role,
    TextPart,
    ToolCallPart,
    ToolResultPart,
    Usage,
)
from app.core.reply import ReplyBuilder
from app.core.request import ChatRequest, ToolSpec
from app.core.tool import CallNow, CallPhase, Progress, Tool
from app.core.turn import run_turn
from tests.conftest import until
from tests.scripted import Gate, ScriptedService, Step


class Heard:
    def __init__(self) -> None:
        self.started: list[Message] = []
        self.versions: list[Message] = []
        self.grew: list[tuple[str, StreamEvent]] = []
        self.ended: list[Message] = []
        self.calls: list[tuple[str, CallPhase]] = []
        self.results: list[Message] = []

    async def message_started(self, message: Message) -> None:
        self.started.append(message)

    async def version_started(self, message: Message) -> None:
        self.versions.append(message)

    def reply_grew(self, message: Message, builder: ReplyBuilder, event: StreamEvent) -> None:
        self.grew.append((message.id, event))

    async def message_ended(self, message: Message, builder: ReplyBuilder | None) -> None:
        self.ended.append(message)

    def call_changed(self, call_id: str, now: CallNow) -> None:
        self.calls.append((call_id, now.phase))

    async def call_ended(self, results: Message) -> None:
        self.results.append(results)

    async def results_ended(self, results: Message) -> None:
        self.ended.append(results)


class Adder:
    """Adds; `answers` are the person's to the calls and to going on, yes where there is none."""

    def __init__(self, *answers: bool, reads_only: bool = False) -> None:
        self.tool = Tool("t", "add", "test", "Adds", {"type": "object"}, reads_only=reads_only)
        self.ran: list[ToolCallPart] = []
        self.rounds: list[int] = []
        self.running: dict[str, Gate] = {}
        self._answers = list(answers)

    def named(self) -> Mapping[str, Tool]:
        return {"add": self.tool}

    async def may_run(self, call: ToolCallPart, tool: Tool, asking: Callable[[], None]) -> bool:
        return self._answers.pop(0) if self._answers else True

    async def run(
        self,
        call: ToolCallPart,
        tool: Tool,
        arguments: Mapping[str, Any],
        told: Callable[[Progress], None],
    ) -> tuple[ToolResultPart | ImagePart, ...]:
        self.ran.append(call)
        if call.id in self.running:
            await self.running[call.id].passed()
        return (ToolResultPart(call.id, call.name, "3"),)

    async def may_go_on(self, rounds: int) -> bool:
        self.rounds.append(rounds)
        return self._answers.pop(0) if self._answers else True


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
    (result,) = sent[2].parts
    assert isinstance(result, ToolResultPart)
    assert (result.call_id, result.text, result.is_error) == ("c1", "3", False)
    assert result.seconds is not None
    assert sent[2].state is MessageState.COMPLETE
    assert service.requests[0].tools == (ToolSpec("add", "Adds", {"type": "object"}),)
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
    service, heard, tools = ScriptedService(calling("{}"), ANSWER), Heard(), Adder(False)
    await run_turn(service, REQUEST, heard, pause=never, tools=tools)
    assert not tools.ran
    (result,) = service.requests[1].messages[2].parts
    assert isinstance(result, ToolResultPart)
    assert (result.is_error, result.not_run) == (True, NotRun.DENIED)


async def test_a_tool_that_is_not_offered_never_runs() -> None:
    other: Sequence[Step] = (ToolCallDelta(0, "c1", "rm", "{}"), Finished("tool_calls"), Ended())
    service, heard, tools = ScriptedService(other, ANSWER), Heard(), Adder()
    await run_turn(service, REQUEST, heard, pause=never, tools=tools)
    assert not tools.ran
    (result,) = service.requests[1].messages[2].parts
    assert isinstance(result, ToolResultPart)
    assert result.not_run is NotRun.BROKEN
    assert "rm" in result.text


async def test_the_person_is_asked_after_so_many_rounds() -> None:
    service, heard = ScriptedService(*[calling("{}")] * 7), Heard()
    tools = Adder(*[True] * 3, True, *[True] * 3, False)
    await run_turn(service, REQUEST, heard, pause=never, tools=tools, max_rounds=3)
    assert tools.rounds == [3, 6]
    assert len(service.requests) == 6
    assert heard.ended[-1].role is Role.TOOL  # the results stand, to be answered later


TWO: Sequence[Step] = (
    ToolCallDelta(0, "c1", "add", "{}"),
    ToolCallDelta(1, "c2", "add", "{}"),
    Finished("tool_calls"),
    Ended(),
)


async def test_calls_that_read_run_beside_each_other_and_keep_their_order() -> None:
    service, heard, tools = ScriptedService(TWO, ANSWER), Heard(), Adder(reads_only=True)
    tools.running["c1"] = Gate()
    turn = asyncio.ensure_future(run_turn(service, REQUEST, heard, pause=never, tools=tools))
    await until(lambda: bool(heard.results))
    assert [call.id for call in tools.ran] == ["c1", "c2"]
    assert [p.call_id for p in heard.results[0].parts if isinstance(p, ToolResultPart)] == ["c2"]
    tools.running["c1"].open()
    await turn
    sent = service.requests[1].messages[2]
    assert [p.call_id for p in sent.parts if isinstance(p, ToolResultPart)] == ["c1", "c2"]


async def test_calls_that_change_something_run_one_after_another() -> None:
    service, heard, tools = ScriptedService(TWO, ANSWER), Heard(), Adder()
    tools.running["c1"] = Gate()
    turn = asyncio.ensure_future(run_turn(service, REQUEST, heard, pause=never, tools=tools))
    await until(lambda: ("c2", CallPhase.WAITS) in heard.calls)
    assert [call.id for call in tools.ran] == ["c1"]
    tools.running["c1"].open()
    await turn
    assert [call.id for call in tools.ran] == ["c1", "c2"]


async def test_stopping_keeps_what_ended_and_says_what_did_not() -> None:
    service, heard, tools = ScriptedService(TWO), Heard(), Adder(reads_only=True)
    tools.running["c1"] = Gate()
    turn = asyncio.ensure_future(run_turn(service, REQUEST, heard, pause=never, tools=tools))
    await until(lambda: bool(heard.results))
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    ended = heard.ended[-1]
    assert ended.state is MessageState.STOPPED
    found = {p.call_id: p.not_run for p in ended.parts if isinstance(p, ToolResultPart)}
    assert found == {"c1": NotRun.STOPPED, "c2": None}


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
