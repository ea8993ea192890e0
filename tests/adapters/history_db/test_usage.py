"""What was used is counted once for each request, and stays counted whatever becomes of it."""

from __future__ import annotations

import datetime
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import apsw
import pytest

from app.adapters.history_db import History, open_history
from app.core.conversation import ConversationInfo
from app.core.cost import TokenCounts, UsageEntry, UsageRow
from app.core.errors import Failure, FailureKind
from app.core.ids import new_id
from app.core.message import ImagePart, Message, MessageState, Role, TextPart, Usage
from tests.adapters.history_db.test_opening import FILE, make_old

MODEL = "m/1"
USAGE = Usage(
    {
        "prompt_tokens": 100,
        "completion_tokens": 30,
        "total_tokens": 130,
        "prompt_tokens_details": {"cached_tokens": 60},
        "completion_tokens_details": {"reasoning_tokens": 10},
    }
)


@pytest.fixture
def _in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer whose clocks went forward on 8 March 2026, and back on 1 November."""
    if not hasattr(time, "tzset"):
        pytest.skip("the time zone cannot be set here")
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "America/New_York")
        time.tzset()
        yield
    time.tzset()


def local(*parts: int) -> float:
    return time.mktime((*parts, *[0] * (8 - len(parts)), -1))  # type: ignore[arg-type]  # nine


def asked(parent: Message | None = None, at: float | None = None) -> Message:
    """A reply as it stands before anything came."""
    return Message(
        Role.ASSISTANT,
        (),
        parent=parent.id if parent is not None else None,
        state=MessageState.STREAMING,
        model=MODEL,
        created_at=time.time() if at is None else at,
    )


def answered(reply: Message, **changes: Any) -> Message:
    whole: dict[str, Any] = {
        "parts": (TextPart("a box"),),
        "state": MessageState.COMPLETE,
        "usage": USAGE,
        "cost": 0.25,
        **changes,
    }
    return replace(reply, **whole)


async def ask(history: History, info: ConversationInfo, reply: Message, **changes: Any) -> Message:
    await history.append(info, [reply])
    ended = answered(reply, **changes)
    await history.update(ended)
    return ended


async def one(history: History) -> UsageRow:
    rows = await history.usage(0)
    assert len(rows) == 1
    return rows[0]


async def test_a_reply_is_counted_once_it_has_ended(history: History) -> None:
    info = ConversationInfo(profile="p")
    pictures = [ImagePart("s", blob=await history.put_blob(data)) for data in (b"1", b"2")]
    question = Message(Role.USER, (*pictures, TextPart("what?")))
    reply = asked(question)
    await history.append(info, [question])
    await history.append(info, [reply])
    await history.update(replace(reply, parts=(TextPart("a"),)), durable=False)
    assert await history.usage(0) == ()
    await history.update(answered(reply))
    today = datetime.date(*time.localtime(reply.created_at)[:3])
    assert await one(history) == UsageRow(today, "p", MODEL, 1, 100, 60, 30, 10, 2, 0.25, 0)
    assert await history.usage(reply.created_at + 1) == ()
    await history.update(answered(reply, cost=0.5, usage=Usage({"prompt_tokens": 1})))
    assert await one(history) == UsageRow(today, "p", MODEL, 1, 1, 0, 0, 0, 2, 0.5, 0)


async def test_what_cost_nothing_is_known_and_what_is_unknown_is_not_nothing(
    history: History,
) -> None:
    info = ConversationInfo()
    await ask(history, info, asked(), cost=0.0)
    await ask(history, info, asked(), cost=None)
    await ask(history, info, asked(), cost=float("nan"))
    row = await one(history)
    assert (row.requests, row.cost, row.unpriced) == (3, 0.0, 2)


async def test_a_request_that_came_to_nothing_is_none(history: History) -> None:
    info = ConversationInfo()
    failed = {"parts": (), "usage": None, "cost": None, "state": MessageState.FAILED}
    await ask(history, info, asked(), failure=Failure(FailureKind.NOT_CONNECTED), **failed)
    assert await history.usage(0) == ()
    await ask(history, info, asked(), **{**failed, "parts": (TextPart("half"),)})
    await ask(history, info, asked(), **{**failed, "usage": USAGE})
    assert (await one(history)).requests == 2


async def test_copies_and_further_choices_are_not_counted_again(history: History) -> None:
    info = ConversationInfo()
    question = Message(Role.USER, (TextPart("three, please"),))
    await history.append(info, [question])
    lead, choice = asked(question), asked(question)
    await history.append(info, [lead])
    await history.append(info, [choice])
    await history.update(answered(lead))
    await history.update(answered(choice, usage=None, cost=None))
    assert (await one(history)).requests == 1

    copies = [replace(answered(lead), id=new_id()), replace(answered(lead), id=new_id())]
    await history.append(ConversationInfo(), copies)
    await history.append(ConversationInfo(), copies)  # a try that is repeated
    await history.update(replace(copies[0], parts=(TextPart("edited"),)))
    assert (await one(history)).requests == 1

    await ask(history, info, asked(question))
    assert (await one(history)).requests == 2, "asked anew is asked again"


async def test_what_was_deleted_for_good_stays_counted(data_dir: Path) -> None:
    history = open_history(data_dir)
    info = ConversationInfo(profile="p")
    await ask(history, info, asked())
    before = await history.usage(0)
    await history.delete(info.id)
    await history.close()
    history = open_history(data_dir)
    history.start_state()
    await history.purge()
    await history.restore(info.id)
    assert await history.load(info.id) is None
    assert await history.usage(0) == before
    await history.close()


async def test_a_reply_that_a_kill_cut_off_is_counted_at_the_next_start(data_dir: Path) -> None:
    history = open_history(data_dir)
    info = ConversationInfo()
    cut, nothing = asked(Message(Role.USER, ())), asked(Message(Role.USER, ()))
    await history.append(info, [cut])
    await history.append(info, [nothing])
    await history.update(replace(cut, parts=(TextPart("half"),)), durable=False)
    await history.close()
    for _ in range(2):
        history = open_history(data_dir)
        history.start_state()
        row = await one(history)
        assert (row.requests, row.prompt_tokens, row.cost, row.unpriced) == (1, 0, 0.0, 1)
        await history.close()


@pytest.mark.usefixtures("_in_new_york")
async def test_days_are_those_of_this_computers_calendar(history: History) -> None:
    info = ConversationInfo()
    moments = {
        local(2026, 3, 7, 23, 59, 59): 7,
        local(2026, 3, 8, 0, 0, 0): 8,
        local(2026, 3, 8, 23, 59, 59): 8,  # a day of 23 hours
        local(2026, 3, 9, 0, 0, 0): 9,
    }
    for at in moments:
        await ask(history, info, asked(at=at))
    rows = await history.usage(0)
    assert [(row.day, row.requests) for row in rows] == [
        (datetime.date(2026, 3, 7), 1),
        (datetime.date(2026, 3, 8), 2),
        (datetime.date(2026, 3, 9), 1),
    ]
    assert len(await history.usage(local(2026, 3, 8))) == 2


async def test_services_and_models_are_told_apart(history: History) -> None:
    for profile, model in (("p", "a"), ("p", "b"), ("q", "a"), ("p", "a")):
        info = ConversationInfo(profile=profile)
        await ask(history, info, asked(at=1e9), model=model)
    rows = await history.usage(0)
    assert {(row.profile, row.model): row.requests for row in rows} == {
        ("p", "a"): 2,
        ("p", "b"): 1,
        ("q", "a"): 1,
    }


@pytest.mark.parametrize("at", [float("nan"), float("inf"), -5.0, 1e30])
@pytest.mark.parametrize("tokens", ["12", -1, 10**400, 2.5, None, [], True])
async def test_odd_figures_never_make_saving_fail(
    history: History, at: float, tokens: object
) -> None:
    usage = Usage({"prompt_tokens": tokens, "completion_tokens": tokens, "total_tokens": tokens})
    await ask(history, ConversationInfo(), asked(at=at), usage=usage, cost=float("inf"))
    row = await one(history)
    assert (row.requests, row.prompt_tokens, row.completion_tokens) == (1, 0, 0)
    assert (row.cost, row.unpriced) == (0.0, 1)


def add_row(old: apsw.Connection, id_: str, facts: Any, *, state: str = "complete") -> None:
    text = facts if isinstance(facts, str) else json.dumps(facts)
    old.execute(
        "INSERT INTO message (id, conversation, parent, role, state, parts, facts, hash) "
        "SELECT ?, id, ?, 'assistant', ?, ?, ?, x'00' FROM conversation",
        (id_, QUESTION, state, '[{"type":"text","text":"a box"}]', text),
    )


QUESTION = "01a2084e-af0d-7117-bca9-52ba02de2be6"


async def test_what_was_asked_before_anything_was_counted_is_filled_in(data_dir: Path) -> None:
    make_old(data_dir, 1)
    old = apsw.Connection(str(data_dir / FILE))
    facts = {"model": MODEL, "created_at": 1.7e9 + 0.123456, "usage": USAGE.raw}
    add_row(old, "one", facts)
    add_row(old, "its copy", facts)
    add_row(old, "its copy while it streamed", {**facts, "usage": None}, state="stopped")
    beside = {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 8}
    details = {"completion_tokens_details": {"reasoning_tokens": 5}}
    add_row(old, "reasoning beside", {**facts, "created_at": 1.8e9, "usage": beside | details})
    odd = {"prompt_tokens": 10**30, "completion_tokens": "7", "total_tokens": -1}
    add_row(old, "odd", {**facts, "created_at": 1.9e9, "usage": odd})
    add_row(old, "damaged", '{"model": "m/1", "created_at": 1.')
    add_row(old, "undated", {"model": MODEL, "created_at": "yesterday"})
    old.execute(
        "INSERT INTO message (id, conversation, role, state, parts, facts, hash) "
        "SELECT 'failed', id, 'assistant', 'failed', '[]', '{\"created_at\":1.6e9}', x'00' "
        "FROM conversation"
    )
    old.close()
    history = open_history(data_dir)
    rows = await history.usage(0)
    figures = [
        (r.requests, r.prompt_tokens, r.cached_tokens, r.completion_tokens, r.reasoning_tokens)
        for r in rows
    ]
    assert figures == [(1, 100, 60, 30, 10), (1, 1, 0, 7, 5), (1, 0, 0, 0, 0)]
    assert {(r.profile, r.pictures, r.cost, r.unpriced) for r in rows} == {("jiekou", 1, 0.0, 1)}
    history.start_state()
    assert sum(r.requests for r in await history.usage(0)) == 4, "and the one that was cut off"
    await history.close()


async def test_what_schema_2_counted_is_there(data_dir: Path) -> None:
    make_old(data_dir, 2)
    history = open_history(data_dir)
    history.start_state()
    rows = {row.model: row for row in await history.usage(0)}
    assert set(rows) == {"m/1", "m/2"}
    gone, cut = rows["m/2"], rows["m/1"]
    assert (gone.prompt_tokens, gone.cached_tokens, gone.cost, gone.unpriced) == (
        *(1200, 800),
        *(0.0125, 0),
    )
    assert (cut.prompt_tokens, cut.pictures, cut.unpriced) == (3, 1, 1)
    await history.close()


async def test_an_answer_outside_of_conversations_is_counted_once(data_dir: Path) -> None:
    history = open_history(data_dir)
    at = time.time()
    entry = UsageEntry("b:1", "batch:b", at, "local", MODEL, TokenCounts(100, 60, 30, 10), 1, 0.25)
    await history.count(entry)
    await history.count(replace(entry, cost=9.0))
    await history.count(replace(entry, id="b:2", group="batch:c", cost=None))
    (row,) = await history.usage(0, "batch:b")
    assert (row.requests, row.prompt_tokens, row.cached_tokens) == (1, 100, 60)
    assert (row.pictures, row.cost, row.unpriced) == (1, 0.25, 0)
    (all_of_it,) = await history.usage(at - 1)
    assert (all_of_it.requests, all_of_it.cost, all_of_it.unpriced) == (2, 0.25, 1)
    await history.close()
