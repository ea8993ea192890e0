"""A session sends, streams, stops and saves; whatever happens, nothing said is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.adapters.history_db import History, open_history
from app.core.conversation import Conversation, ConversationInfo, Draft
from app.core.errors import Failure, FailureKind, ServiceError, StorageError, StorageProblem
from app.core.events import Ended, Failed, Finished, ReasoningDelta, TextDelta
from app.core.message import ImagePart, Message, MessageState, Role, TextPart
from app.core.message_tree import MessageTree
from app.features.chat.arriving import SessionState
from app.features.chat.session import ChatSession
from tests.conftest import until
from tests.features.chat.knowledge import Knowledge
from tests.scripted import Gate, ScriptedService, Step
from tests.scripted_tools import ScriptedTools

WHOLE: Sequence[Step] = (ReasoningDelta("hm"), TextDelta("yes"), Finished("stop"), Ended())


@asynccontextmanager
async def talking(
    directory: Path,
    service: ScriptedService,
    info: ConversationInfo | None = None,
    models: Knowledge | None = None,
    tools: ScriptedTools | None = None,
) -> AsyncIterator[tuple[ChatSession, History]]:
    """A session of a new conversation over a real store, closed afterwards."""
    store = open_history(directory)
    store.start_state()
    info = info or ConversationInfo(profile="p")
    session = ChatSession(
        Conversation(info, MessageTree()),
        store=store,
        services=service,
        models=models or Knowledge(),
        tools=tools or ScriptedTools(),
        default_model=lambda _profile, pictures: "sees" if pictures else "reads",
    )
    try:
        yield session, store
    finally:
        await session.close()
        await store.close()
        session.deleteLater()


async def stored(store: History, session: ChatSession) -> list[tuple[Role, str, MessageState]]:
    found = await store.load(session.info.id)
    assert found is not None
    return [(m.role, m.text, m.state) for m in found.tree.branch()]


async def until_stored(store: History, session: ChatSession, text: str) -> None:
    """Wait until the reply's row holds that text."""

    async def holds_it() -> bool:
        return (await stored(store, session))[1][1] == text

    await until(holds_it)


async def test_a_question_and_its_answer_are_stored(data_dir: Path) -> None:
    async with talking(data_dir, ScriptedService(WHOLE)) as (session, store):
        states: list[SessionState] = []
        session.state_changed.connect(states.append)
        session.send(Draft("is it?"))
        await until(lambda: not session.busy)
        assert states == [SessionState.SENDING, SessionState.STREAMING, SessionState.IDLE]
        assert await stored(store, session) == [
            (Role.USER, "is it?", MessageState.COMPLETE),
            (Role.ASSISTANT, "yes", MessageState.COMPLETE),
        ]
        assert session.info.title == "is it?"
        assert session.branch()[1].reasoning == "hm"


async def test_what_was_sent_is_on_the_disk_before_the_request_leaves(data_dir: Path) -> None:
    gate = Gate()
    service = ScriptedService((gate, *WHOLE))
    async with talking(data_dir, service) as (session, store):
        session.send(Draft("first"))
        await until(lambda: service.requests)
        assert await stored(store, session) == [
            (Role.USER, "first", MessageState.COMPLETE),
            (Role.ASSISTANT, "", MessageState.STREAMING),
        ]
        gate.open()
        await until(lambda: not session.busy)


@pytest.mark.parametrize("stopped_in", [1, 2], ids=["the question's write", "the reply's first"])
async def test_stop_while_something_is_stored_leaves_disk_and_window_alike(
    data_dir: Path, stopped_in: int
) -> None:
    async with talking(data_dir, ScriptedService((Gate(),))) as (session, store):
        append, held, begun = store.append, Gate(), 0

        async def slow(info: ConversationInfo, messages: Sequence[Message]) -> None:
            nonlocal begun
            begun += 1
            await append(info, messages)
            if begun == stopped_in:
                await held.passed()

        store.append = slow  # type: ignore[method-assign]
        session.send(Draft("is it?"))
        await until(lambda: begun == stopped_in)
        session.stop()
        held.open()
        await until(lambda: not session.busy)
        shown = [(m.role, m.text, m.state) for m in session.branch()]
        assert shown[0] == (Role.USER, "is it?", MessageState.COMPLETE)
        assert all(state is not MessageState.STREAMING for _role, _text, state in shown)
        assert await stored(store, session) == shown
        store.append = append  # type: ignore[method-assign]


async def test_a_message_that_cannot_be_stored_is_not_sent(data_dir: Path) -> None:
    service = ScriptedService(WHOLE)
    async with talking(data_dir, service) as (session, store):
        draft = Draft("keep me")
        session.keep_draft(draft)
        wrong: list[BaseException] = []
        session.went_wrong.connect(wrong.append)
        append = store.append

        async def full(info: ConversationInfo, messages: Sequence[Message]) -> None:
            raise StorageError(StorageProblem.FULL)

        store.append = full  # type: ignore[method-assign]
        session.send(draft)
        await until(lambda: not session.busy)
        assert [e.problem for e in wrong if isinstance(e, StorageError)] == [StorageProblem.FULL]
        assert not service.requests
        assert session.draft == draft
        store.append = append  # type: ignore[method-assign]
        session.send(draft)
        await until(lambda: not session.busy)
        assert len(service.requests) == 1
        assert [m.text for m in session.branch()] == ["keep me", "yes"]


async def test_stop_keeps_what_arrived(data_dir: Path) -> None:
    gate = Gate()
    service = ScriptedService((TextDelta("half an ans"), gate))
    async with talking(data_dir, service) as (session, store):
        session.send(Draft("q"))
        await until(lambda: session.state is SessionState.STREAMING)
        session.stop()
        await until(lambda: not session.busy)
        assert service.cancelled == 1
        assert (await stored(store, session))[1] == (
            Role.ASSISTANT,
            "half an ans",
            MessageState.STOPPED,
        )


async def test_a_streaming_reply_is_checkpointed(data_dir: Path) -> None:
    gate = Gate()
    service = ScriptedService((TextDelta("so far"), gate, *WHOLE))
    async with talking(data_dir, service) as (session, store):
        session.send(Draft("q"))
        await until(lambda: session.state is SessionState.STREAMING)
        await until_stored(store, session, "so far")
        gate.open()
        await until(lambda: not session.busy)
        assert (await stored(store, session))[1][1] == "so faryes"


async def test_a_failure_keeps_the_partial_answer_and_can_be_tried_again(data_dir: Path) -> None:
    lost = Failure(FailureKind.CONNECTION_LOST)
    service = ScriptedService((TextDelta("par"), Failed(lost)), WHOLE)
    async with talking(data_dir, service) as (session, _store):
        session.send(Draft("q"))
        await until(lambda: not session.busy)
        failed = session.branch()[1]
        assert (failed.text, failed.state, failed.failure) == ("par", MessageState.FAILED, lost)
        session.answer_again(failed.id)
        await until(lambda: not session.busy)
        assert session.branch()[1].text == "yes"
        assert session.versions() == {session.branch()[1].id: (2, 2)}
        assert [m.role for m in service.requests[1].messages] == [Role.USER]
        session.show_version(session.branch()[1].id, -1)
        assert session.branch()[1].text == "par"
        assert len(service.requests) == 2


async def test_without_a_key_it_is_said_where_the_answer_would_stand(data_dir: Path) -> None:
    service = ScriptedService(refusal=ServiceError(Failure(FailureKind.NO_KEY, host="h")))
    async with talking(data_dir, service) as (session, _store):
        session.send(Draft("q"))
        await until(lambda: not session.busy)
        question, reply = session.branch()
        assert question.text == "q"
        assert reply.failure is not None
        assert reply.failure.kind is FailureKind.NO_KEY
        service.refusal, service.scripts = None, [WHOLE]
        session.answer_again(reply.id)
        await until(lambda: not session.busy)
        assert session.branch()[1].text == "yes"


async def test_an_edited_question_becomes_a_version(data_dir: Path) -> None:
    async with talking(data_dir, ScriptedService(WHOLE, WHOLE)) as (session, _store):
        session.send(Draft("old"))
        await until(lambda: not session.busy)
        session.edit(session.branch()[0].id, Draft("new"))
        await until(lambda: not session.busy)
        assert [m.text for m in session.branch()] == ["new", "yes"]
        session.show_version(session.branch()[0].id, -1)
        assert [m.text for m in session.branch()] == ["old", "yes"]


async def test_the_model_follows_what_is_asked(data_dir: Path) -> None:
    service = ScriptedService(WHOLE, WHOLE, WHOLE)
    async with talking(data_dir, service) as (session, _store):
        session.send(Draft("words"))
        await until(lambda: not session.busy)
        session.send(Draft("look", (ImagePart("a.png", blob="0" * 64),)))
        await until(lambda: not session.busy)
        session.set_model("mine")
        session.send(Draft("again"))
        await until(lambda: not session.busy)
        assert [r.model for r in service.requests] == ["reads", "sees", "mine"]


async def test_images_go_first_then_text(data_dir: Path) -> None:
    service = ScriptedService(WHOLE)
    async with talking(data_dir, service) as (session, _store):
        picture = ImagePart("a.png", blob="0" * 64)
        session.send(Draft("what is it?", (picture,)))
        await until(lambda: not session.busy)
        assert service.requests[0].messages[0].parts == (picture, TextPart("what is it?"))


async def test_only_what_was_set_is_sent(data_dir: Path) -> None:
    service = ScriptedService(WHOLE)
    info = ConversationInfo(
        profile="p", system_prompt="Be brief.", parameters={"temperature": 0, "stream": False}
    )
    async with talking(data_dir, service, info) as (session, _store):
        session.send(Draft("q"))
        await until(lambda: not session.busy)
        (request,) = service.requests
        assert request.parameters == {"temperature": 0}
        assert not request.stream
        assert [(m.role, m.text) for m in request.messages] == [
            (Role.SYSTEM, "Be brief."),
            (Role.USER, "q"),
        ]


async def test_a_draft_is_kept_and_comes_back(data_dir: Path) -> None:
    async with talking(data_dir, ScriptedService()) as (session, store):
        kept: list[bool] = []
        session.draft_stored.connect(lambda: kept.append(True))
        session.keep_draft(Draft("unsent 未发送"))
        await until(lambda: kept)
        found = await store.load(session.info.id)
        assert found is not None
        assert found.draft == Draft("unsent 未发送")


async def test_closing_saves_a_reply_in_flight(data_dir: Path) -> None:
    service = ScriptedService((TextDelta("half"), Gate()))
    async with talking(data_dir, service) as (session, store):
        session.send(Draft("q"))
        await until(lambda: session.state is SessionState.STREAMING)
        session.keep_draft(Draft("next"))
        await session.close()
        found = await store.load(session.info.id)
        assert found is not None
        assert found.tree.branch()[1].text == "half"
        assert found.draft == Draft("next")


async def test_a_message_can_be_added_without_asking(data_dir: Path) -> None:
    service = ScriptedService(WHOLE)
    async with talking(data_dir, service) as (session, _store):
        session.add(Draft("a note"))
        await until(lambda: session.branch())
        assert not service.requests
        session.send(Draft("and now?"))
        await until(lambda: not session.busy)
        assert [m.text for m in service.requests[0].messages] == ["a note", "and now?"]
        assert session.info.message_count == 3
