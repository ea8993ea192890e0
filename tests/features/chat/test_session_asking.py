"""How a session asks: each choice a version, a busy service waited for, what was learned kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from app.core.conversation import ConversationInfo, Draft
from app.core.errors import Failure, FailureKind
from app.core.events import (
    Ended,
    Failed,
    FellBack,
    Finished,
    Sent,
    StreamEvent,
    TextDelta,
    UsageReported,
    Waiting,
)
from app.core.exchange import Tape
from app.core.message import MessageState, Usage
from app.core.model_info import ModelInfo
from app.core.model_notes import ModelNotes
from app.core.request import FormatKind
from app.features.chat.arriving import SessionState
from tests.conftest import until
from tests.features.chat.knowledge import Knowledge
from tests.features.chat.test_session import WHOLE, talking
from tests.scripted import ScriptedService, Step

BUSY = Failure(FailureKind.RATE_LIMITED, "slow down", status=429, retry_after=30.0)
AT_ONCE = Failure(FailureKind.RATE_LIMITED, status=429, retry_after=0.0)
SCHEMA = {"type": "json_schema", "json_schema": {"name": "a", "schema": {"type": "object"}}}


async def test_each_choice_is_a_version_and_survives_a_restart(data_dir: Path) -> None:
    script: Sequence[Step] = (
        TextDelta("one"),
        TextDelta("two", choice=1),
        Finished("stop"),
        Finished("stop", 1),
        Ended(),
    )
    async with talking(data_dir, ScriptedService(script)) as (session, store):
        session.send(Draft("?"))
        await until(lambda: not session.busy)
        reply = session.branch()[1]
        assert reply.text == "one"
        assert session.versions()[reply.id] == (1, 2)
        session.show_version(reply.id, 1)
        assert session.branch()[1].text == "two"
        found = await store.load(session.info.id)
        assert found is not None
        assert [m.text for m in found.tree] == ["?", "one", "two"]
        assert {m.state for m in found.tree} == {MessageState.COMPLETE}


async def test_a_busy_service_is_waited_for_in_plain_sight(data_dir: Path) -> None:
    service = ScriptedService((Failed(AT_ONCE),), WHOLE)
    async with talking(data_dir, service) as (session, _store):
        states: list[SessionState] = []
        heard: list[StreamEvent] = []
        session.state_changed.connect(states.append)
        session.delta_arrived.connect(lambda _id, event: heard.append(event))
        session.send(Draft("?"))
        await until(lambda: not session.busy)
        assert [type(e) for e in heard][:1] == [Waiting]
        assert SessionState.WAITING in states
        assert session.branch()[1].text == "yes"
        assert len(service.requests) == 2


async def test_the_person_may_stop_the_waiting(data_dir: Path) -> None:
    service = ScriptedService((Failed(BUSY),), WHOLE)
    async with talking(data_dir, service) as (session, _store):
        session.send(Draft("?"))
        await until(lambda: session.state is SessionState.WAITING)
        session.stop_waiting()
        await until(lambda: not session.busy)
        reply = session.branch()[1]
        assert (reply.state, reply.failure) == (MessageState.FAILED, BUSY)
        assert len(service.requests) == 1


async def test_stop_ends_the_waiting_too(data_dir: Path) -> None:
    service = ScriptedService((Failed(BUSY),), WHOLE)
    async with talking(data_dir, service) as (session, _store):
        session.send(Draft("?"))
        await until(lambda: session.state is SessionState.WAITING)
        session.stop()
        await until(lambda: not session.busy)
        assert session.branch()[1].state is MessageState.STOPPED
        assert len(service.requests) == 1


async def test_a_rejected_parameter_is_left_out_at_one_word_and_from_then_on(
    data_dir: Path,
) -> None:
    failure = Failure(
        FailureKind.BAD_REQUEST, "no temperature", status=400, parameter="temperature"
    )
    service = ScriptedService((Failed(failure),), WHOLE, WHOLE)
    info = ConversationInfo(profile="p", parameters={"temperature": 1.0})
    async with talking(data_dir, service, info) as (session, _store):
        session.send(Draft("?"))
        await until(lambda: not session.busy)
        session.answer_with_fix(session.branch()[1].id)
        await until(lambda: not session.busy)
        session.send(Draft("and?"))
        await until(lambda: not session.busy)
        without = [r.dialect.without for r in service.requests]
        assert without == [frozenset(), {"temperature"}, {"temperature"}]
        assert session.branch()[1].text == "yes"


async def test_a_format_that_a_model_took_instead_is_remembered(data_dir: Path) -> None:
    refused = Failure(FailureKind.BAD_REQUEST, status=400, parameter="response_format")
    service = ScriptedService((Failed(refused),), WHOLE, WHOLE)
    info = ConversationInfo(profile="p", parameters={"response_format": SCHEMA})
    async with talking(data_dir, service, info) as (session, store):
        heard: list[StreamEvent] = []
        session.delta_arrived.connect(lambda _id, event: heard.append(event))
        session.send(Draft("?"))
        await until(lambda: not session.busy)
        session.send(Draft("and?"))
        await until(lambda: not session.busy)
        assert FellBack(refused, FormatKind.JSON_OBJECT) in heard
        formats = [r.dialect.format for r in service.requests]
        assert formats == [FormatKind.JSON_SCHEMA, FormatKind.JSON_OBJECT, FormatKind.JSON_OBJECT]
        assert all(r.response_format and r.response_format.name == "a" for r in service.requests)
        found = await store.load(session.info.id)
        assert found is not None
        assert found.tree.branch()[1].fell_back == "json_object"


async def test_switches_are_remembered_for_the_model_and_stay_with_the_conversation(
    data_dir: Path,
) -> None:
    models = Knowledge()
    models.put_notes(ModelNotes("p", "reads", reasoning={"reasoning_effort": "high"}))
    service = ScriptedService(WHOLE, WHOLE)
    async with talking(data_dir, service, models=models) as (session, _store):
        assert session.parameters() == {"reasoning_effort": "high"}
        session.send(Draft("?"))
        await until(lambda: not session.busy)
        models.put_notes(ModelNotes("p", "reads", reasoning={"reasoning_effort": "low"}))
        session.send(Draft("and?"))
        await until(lambda: not session.busy)
        assert [r.parameters for r in service.requests] == [{"reasoning_effort": "high"}] * 2
        session.set_model("other")
        assert "reasoning_effort" not in session.info.parameters
        session.set_parameters({"enable_thinking": True})
        session.remember_switches()
        assert models.notes("p", "other").reasoning == {"enable_thinking": True}


@pytest.mark.parametrize(
    ("info", "cost"),
    [(ModelInfo("reads", input_price=2.0, output_price=4.0), 0.000_6), (ModelInfo("reads"), None)],
)
async def test_a_reply_knows_what_it_cost(
    data_dir: Path, info: ModelInfo, cost: float | None
) -> None:
    usage = UsageReported(Usage({"prompt_tokens": 100, "completion_tokens": 100}))
    script: Sequence[Step] = (TextDelta("y"), usage, Finished("stop"), Ended())
    async with talking(data_dir, ScriptedService(script), models=Knowledge(info)) as (
        session,
        store,
    ):
        session.send(Draft("?"))
        await until(lambda: not session.busy)
        found = await store.load(session.info.id)
        assert found is not None
        assert found.tree.branch()[1].cost == pytest.approx(cost)


async def test_what_went_over_the_wire_is_kept_also_when_stopped(data_dir: Path) -> None:
    from tests.scripted import Gate

    tape = Tape("http://x/chat/completions", {"model": "reads"}, "", None)
    gate = Gate()
    script: Sequence[Step] = (Sent(tape), TextDelta("h"), gate)
    async with talking(data_dir, ScriptedService(script)) as (session, store):
        session.send(Draft("?"))
        await until(lambda: session.state is SessionState.STREAMING)
        tape.feed(b"data: h")
        session.stop()
        await until(lambda: not session.busy)
        reply = session.branch()[1]
        await session.close()
        kept = await store.exchange(reply.id)
        assert kept is not None
        assert (kept.url, kept.response) == ("http://x/chat/completions", b"data: h")
