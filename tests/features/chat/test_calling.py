"""Tool calls of a conversation: leave is asked and kept, results are stored, Stop ends them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.conversation import Draft
from app.core.events import Ended, Finished, TextDelta, ToolCallDelta
from app.core.message import MessageState, NotRun, Role, ToolResultPart
from app.core.tool import CallPhase, Leave, Tool
from app.features.chat.arriving import SessionState
from app.features.chat.session import ChatSession
from tests.conftest import until
from tests.features.chat.test_session import talking
from tests.scripted import Gate, ScriptedService, Step
from tests.scripted_tools import CHANGER, READER, SHELL, ScriptedTools

ANSWER: Sequence[Step] = (TextDelta("done"), Finished("stop"), Ended())


def calling(*names: str) -> Sequence[Step]:
    deltas = [ToolCallDelta(i, f"c{i}-{n}", n, "{}") for i, n in enumerate(names)]
    return (*deltas, Finished("tool_calls"), Ended())


def results(session: ChatSession) -> list[ToolResultPart]:
    return [
        part
        for message in session.branch()
        for part in message.parts
        if isinstance(part, ToolResultPart)
    ]


async def until_idle(session: ChatSession) -> None:
    await until(lambda: not session.busy)


async def test_a_tool_that_reads_runs_unasked_and_its_result_is_stored(data_dir: Path) -> None:
    service, tools = ScriptedService(calling("look"), ANSWER), ScriptedTools(READER)
    async with talking(data_dir, service, tools=tools) as (session, store):
        states: list[SessionState] = []
        session.state_changed.connect(states.append)
        session.send(Draft("look"))
        await until_idle(session)
        assert [m.role for m in session.branch()] == [
            Role.USER,
            Role.ASSISTANT,
            Role.TOOL,
            Role.ASSISTANT,
        ]
        assert SessionState.CALLING in states
        assert session.calling.now("c0-look") is None
        found = await store.load(session.info.id)
        assert found is not None
        kept = found.tree.branch()[2]
        assert (kept.state, kept.parts) == (MessageState.COMPLETE, tuple(results(session)))
    assert tools.contexts[0].conversation == session.info.id


@pytest.mark.parametrize(("leave", "ran"), [(Leave.DENY, 0), (Leave.ONCE, 1)])
async def test_a_tool_that_changes_something_waits_for_leave(
    data_dir: Path, leave: Leave, ran: int
) -> None:
    service, tools = ScriptedService(calling("write"), ANSWER), ScriptedTools(CHANGER)
    async with talking(data_dir, service, tools=tools) as (session, _):
        session.send(Draft("write"))
        await until(lambda: session.calling.asking == ("c0-write",))
        now = session.calling.now("c0-write")
        assert now is not None
        assert (now.phase, now.tool) == (CallPhase.ASKS, CHANGER)
        session.calling.answer("no such call", Leave.ONCE)
        assert not tools.ran
        session.calling.answer("c0-write", leave)
        session.calling.answer("c0-write", Leave.ONCE)  # a second click says nothing more
        await until_idle(session)
        assert len(tools.ran) == ran
        assert results(session)[0].not_run is (NotRun.DENIED if leave is Leave.DENY else None)
        assert session.branch()[-1].text == "done"  # a denial goes back to the model


async def test_leave_for_the_conversation_holds_on_until_the_tool_changes(data_dir: Path) -> None:
    scripts = [
        calling("write", "write"),
        ANSWER,
        calling("write"),
        ANSWER,
        calling("write"),
        ANSWER,
    ]
    service, tools = ScriptedService(*scripts), ScriptedTools(CHANGER)
    async with talking(data_dir, service, tools=tools) as (session, store):
        session.send(Draft("write"))
        await until(lambda: len(session.calling.asking) == 2)
        session.calling.answer("c0-write", Leave.CONVERSATION)
        await until_idle(session)
        assert len(tools.ran) == 2  # the other call of it did not have to be answered
        assert not tools.granted
        session.send(Draft("again"))
        await until_idle(session)
        assert len(tools.ran) == 3
        found = await store.load(session.info.id)
        assert found is not None
        assert found.info.tools.granted[0].covers(CHANGER)

        tools.tools = [replace(CHANGER, description="Writes, and sends it to somebody")]
        session.send(Draft("again"))
        await until(lambda: bool(session.calling.asking))
        session.calling.answer(session.calling.asking[0], Leave.ALWAYS)
        await until_idle(session)
        assert tools.granted == tools.tools


async def test_a_tool_that_runs_commands_is_allowed_only_once(data_dir: Path) -> None:
    service, tools = ScriptedService(calling("sh"), ANSWER), ScriptedTools(SHELL)
    tools.granted.append(SHELL)
    async with talking(data_dir, service, tools=tools) as (session, _):
        session.send(Draft("run"))
        await until(lambda: bool(session.calling.asking))
        session.calling.answer("c0-sh", Leave.ALWAYS)
        session.calling.answer("c0-sh", Leave.CONVERSATION)
        assert session.calling.asking
        session.calling.answer("c0-sh", Leave.ONCE)
        await until_idle(session)
        assert len(tools.ran) == 1
        assert session.info.tools.granted == ()


@pytest.mark.parametrize("tool", [READER, CHANGER])
async def test_stop_ends_a_call_that_runs_or_asks(data_dir: Path, tool: Tool) -> None:
    service, tools = ScriptedService(calling(tool.name), ANSWER), ScriptedTools(tool)
    tools.gates[tool.name] = Gate()
    async with talking(data_dir, service, tools=tools) as (session, store):
        session.send(Draft("go"))
        phase = CallPhase.ASKS if tool.asks else CallPhase.RUNS

        def reached() -> bool:
            now = session.calling.now(f"c0-{tool.name}")
            return now is not None and now.phase is phase

        await until(reached)
        session.stop()
        await until_idle(session)
        assert results(session)[0].not_run is NotRun.STOPPED
        assert len(service.requests) == 1
        assert session.calling.asking == ()
        found = await store.load(session.info.id)
        assert found is not None
        assert found.tree.branch()[-1].state is MessageState.STOPPED

        # The conversation goes on from the half of a loop that is in it.
        session.send(Draft("go on"))
        await until_idle(session)
        assert session.branch()[-1].text == "done"


async def test_too_many_rounds_are_asked_about(data_dir: Path) -> None:
    scripts = [calling("look")] * 4
    service, tools = ScriptedService(*scripts, ANSWER), ScriptedTools(READER, rounds=2)
    async with talking(data_dir, service, tools=tools) as (session, _):
        asked: list[int] = []
        session.calling.asks_to_go_on.connect(asked.append)
        session.send(Draft("go"))
        await until(lambda: session.calling.rounds_asked == 2)
        session.calling.answer_go_on(True)
        await until(lambda: len(asked) == 2)
        session.calling.answer_go_on(False)
        await until_idle(session)
        assert asked == [2, 4]
        assert session.branch()[-1].role is Role.TOOL
        session.answer_last()
        await until_idle(session)
        assert session.branch()[-1].text == "done"


async def test_without_tools_switched_on_none_is_offered(data_dir: Path) -> None:
    service = ScriptedService(ANSWER, ANSWER)
    async with talking(data_dir, service, tools=ScriptedTools(READER)) as (session, _):
        session.set_tools(replace(session.info.tools, on=()))
        session.send(Draft("hello"))
        await until_idle(session)
        assert service.requests[0].tools == ()
        session.set_tools(replace(session.info.tools, on=(READER.id,)))
        session.send(Draft("hello"))
        await until_idle(session)
        assert [tool.name for tool in service.requests[1].tools] == ["look"]
