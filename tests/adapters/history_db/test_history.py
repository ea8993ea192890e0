"""What is kept comes back: messages, headings, drafts, tabs, attachments, and what was deleted."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from app.adapters.history_db import History, open_history
from app.core.conversation import ConversationInfo, Draft, ScrollAnchor, TabState
from app.core.errors import Failure, FailureKind, StorageError, StorageProblem
from app.core.message import (
    Detail,
    FilePart,
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
from app.core.outline import outline_of
from app.core.ports import HistoryStore

BLOB = hashlib.sha256(b"picture").hexdigest()


def user(text: str, parent: str | None = None) -> Message:
    return Message(Role.USER, (TextPart(text),), parent=parent)


def open_to_others(directory: Path) -> list[Path]:
    """What in `directory` has another mode than 0700 (folders) or 0600 (files)."""
    return [
        path
        for path in (directory, *directory.rglob("*"))
        if path.stat().st_mode & 0o777 != (0o700 if path.is_dir() else 0o600)
    ]


async def test_it_is_what_the_port_asks_for(history: History) -> None:
    store: HistoryStore = history  # the type checker compares them
    assert await store.conversations() == ()


async def test_every_part_comes_back_as_it_was(history: History) -> None:
    await history.put_blob(b"picture")
    first = Message(
        Role.USER,
        (
            ImagePart("shot.png", blob=BLOB, width=3, height=4, detail=Detail.HIGH, text="读"),
            FilePart("notes.txt", "line"),
            TextPart("what is this?"),
        ),
    )
    reply = Message(
        Role.ASSISTANT,
        (
            ReasoningPart("hm", 1.5, ({"type": "reasoning.encrypted", "data": "x"},)),
            TextPart("a **box**"),
            ToolCallPart("c1", "look", '{"x": 1'),
        ),
        parent=first.id,
        state=MessageState.FAILED,
        model="m/1",
        finish_reason="stop",
        usage=Usage({"prompt_tokens": 3, "details": {"cached": 1}}),
        failure=Failure(FailureKind.RATE_LIMITED, "slow down", 429, retry_after=2.0),
        first_token_after=0.25,
        took=2.5,
        cost=0.0,
        fell_back="json_object",
    )
    result = Message(Role.TOOL, (ToolResultPart("c1", "look", "no", True),), parent=reply.id)
    info = ConversationInfo(
        title="A 图", profile="p", model="m", parameters={"temperature": 0.5}, leaf=result.id
    )
    await history.append(info, [first, reply, result])
    loaded = await history.load(info.id)
    assert loaded is not None
    assert list(loaded.tree) == [first, reply, result]
    assert loaded.info == replace(info, message_count=3)
    assert loaded.damaged == frozenset()


async def test_order_is_by_sequence_whatever_the_clock_says(history: History) -> None:
    info = ConversationInfo()
    late = replace(user("first"), created_at=4e9)
    early = replace(user("second", late.id), created_at=1.0)
    await history.append(info, [late])
    await history.append(info, [early])
    loaded = await history.load(info.id)
    assert loaded is not None
    assert [m.text for m in loaded.tree] == ["first", "second"]


async def test_odd_characters_never_make_saving_fail(history: History) -> None:
    odd = "a\0b\ud800c\u202e\ufffe\U0010ffff"
    info = ConversationInfo(title=odd, system_prompt=odd, model=odd, parameters={"stop": [odd]})
    message = Message(
        Role.USER, (TextPart(odd), FilePart(odd, odd), ToolCallPart(odd, odd, odd)), model=odd
    )
    await history.append(info, [message])
    await history.save_draft(info, Draft(odd))
    loaded = await history.load(info.id)
    assert loaded is not None
    assert next(iter(loaded.tree)) == message
    assert loaded.draft == Draft(odd)
    assert loaded.info.title == odd.replace("\ud800", "?")
    assert loaded.damaged == frozenset()


async def test_appending_again_replaces_and_counts_once(history: History) -> None:
    info, message = ConversationInfo(), user("one")
    await history.append(info, [message])
    await history.append(info, [replace(message, parts=(TextPart("two"),))])
    loaded = await history.load(info.id)
    assert loaded is not None
    assert [m.text for m in loaded.tree] == ["two"]
    assert loaded.info.message_count == 1


async def test_updating_what_was_never_added_is_an_error(history: History) -> None:
    with pytest.raises(StorageError) as caught:
        await history.update(user("lost"))
    assert caught.value.problem is StorageProblem.FAILED


async def test_headings_come_pinned_first_then_latest(history: History) -> None:
    old, new, pinned, empty = (
        ConversationInfo(title=title, updated_at=at, pinned=title == "pinned")
        for title, at in (("old", 1.0), ("new", 2.0), ("pinned", 0.0), ("empty", 9.0))
    )
    for info in (old, new, pinned):
        await history.append(info, [user("x")])
    await history.save_info(empty)
    assert [info.title for info in await history.conversations()] == ["pinned", "new", "old"]
    await history.save_info(replace(old, title="renamed", message_count=77, updated_at=3.0))
    first_after_pinned = (await history.conversations())[1]
    assert (first_after_pinned.title, first_after_pinned.message_count) == ("renamed", 1)


async def test_drafts_and_tabs_are_back_after_a_restart(data_dir: Path) -> None:
    history = open_history(data_dir)
    sha256 = await history.put_blob(b"picture")
    with_draft, plain = ConversationInfo(), ConversationInfo(title="plain")
    draft = Draft("half a thou", (ImagePart("a.png", blob=sha256),))
    await history.save_draft(with_draft, draft)
    message = user("hello")
    await history.append(plain, [message])
    await history.save_draft(plain, Draft("gone soon"))
    await history.save_draft(plain, Draft())
    tabs = (TabState(with_draft.id), TabState(plain.id, ScrollAnchor(message.id, 17)))
    page = TabState("batch:1")  # a feature's page, not a conversation's
    await history.save_tabs((*tabs, TabState("never saved"), page), 1)
    await history.close()

    history = open_history(data_dir)
    state = history.start_state()
    assert (state.tabs, state.current, state.interrupted) == ((*tabs, page), 1, 0)
    assert [info.title for info in state.conversations] == ["plain"]
    await history.purge()
    loaded = await history.load(with_draft.id)
    assert loaded is not None
    assert loaded.draft == draft
    assert await history.blob(sha256) == b"picture"
    other = await history.load(plain.id)
    assert other is not None
    assert other.draft == Draft()
    await history.close()


async def test_a_draft_does_not_overwrite_a_heading(history: History) -> None:
    info = ConversationInfo(title="kept")
    await history.save_info(info)
    await history.save_draft(replace(info, title="stale"), Draft("x"))
    loaded = await history.load(info.id)
    assert loaded is not None
    assert loaded.info.title == "kept"


async def test_a_reply_that_never_ended_is_marked_at_the_next_start(data_dir: Path) -> None:
    history = open_history(data_dir)
    history.start_state()
    info = ConversationInfo()
    reply = Message(Role.ASSISTANT, (TextPart("half an ans"),), state=MessageState.STREAMING)
    await history.append(info, [reply])
    same_run = await history.load(info.id)
    assert same_run is not None
    assert same_run.tree.get(reply.id).state is MessageState.STREAMING
    await history.close()

    for count in (1, 0):
        history = open_history(data_dir)
        assert history.start_state().interrupted == count
        loaded = await history.load(info.id)
        assert loaded is not None
        assert loaded.tree.get(reply.id) == replace(reply, state=MessageState.INTERRUPTED)
        assert loaded.damaged == frozenset()
        assert [hit.message for hit in await history.search("answ ans")] == []
        assert [hit.message for hit in await history.search("half an")] == [reply.id]
        await history.close()


def test_checkpoints_that_were_overtaken_are_not_written(
    data_dir: Path, qloop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    updates: list[str] = []

    def watch(connection: apsw.Connection) -> None:
        connection.set_update_hook(lambda _kind, _database, table, _row: updates.append(table))

    monkeypatch.setattr(apsw, "connection_hooks", [watch])
    history = open_history(data_dir)
    info = ConversationInfo()
    reply = Message(Role.ASSISTANT, (), state=MessageState.STREAMING)
    ended = replace(reply, parts=(TextPart("the end"),), state=MessageState.COMPLETE)

    async def run() -> None:
        await history.append(info, [reply])
        updates.clear()
        checkpoints = (
            history.update(replace(reply, parts=(TextPart("x" * n),)), durable=False)
            for n in range(20)
        )
        # Queued behind something long, so that all are there before the first has its turn.
        long_work = history.append(info, [user("字词" * 200_000)])
        await asyncio.gather(long_work, *checkpoints, history.update(ended))
        loaded = await history.load(info.id)
        assert loaded is not None
        assert loaded.tree.get(reply.id) == ended
        await history.close()

    qloop.run_until_complete(run())
    assert updates.count("message") == 2, "the long one, and the end"


async def test_a_read_sees_what_was_asked_for_before_it(history: History) -> None:
    info = ConversationInfo()
    writes = [history.append(info, [user("字词" * 20_000)]) for _ in range(5)]
    *_, loaded = await asyncio.gather(*writes, history.load(info.id))
    assert loaded is not None
    assert len(loaded.tree) == 5


async def test_a_write_goes_on_when_whoever_asked_is_cancelled(history: History) -> None:
    info = ConversationInfo()
    reply = Message(Role.ASSISTANT, (), state=MessageState.STREAMING)
    await history.append(info, [reply])
    grown = replace(reply, parts=(TextPart("grown"),))
    with pytest.raises(TimeoutError):
        # Already over: the wish is queued, and the wait for it cancelled at once.
        async with asyncio.timeout(-1):
            await history.update(grown, durable=False)
    loaded = await history.load(info.id)
    assert loaded is not None
    assert loaded.tree.get(reply.id) == grown


async def test_deleted_is_hidden_restored_and_purged_at_a_later_start(data_dir: Path) -> None:
    history = open_history(data_dir)
    history.start_state()
    shared = await history.put_blob(b"shared")
    alone = await history.put_blob(b"alone")
    kept, gone = ConversationInfo(title="kept"), ConversationInfo(title="gone")
    await history.append(kept, [Message(Role.USER, (ImagePart("s", blob=shared),))])
    pictures = (ImagePart("s", blob=shared), ImagePart("a", blob=alone), TextPart("needle"))
    many = [Message(Role.USER, (TextPart(f"needle {n}"),)) for n in range(450)]
    await history.append(gone, [Message(Role.USER, pictures), *many])
    await history.delete(gone.id)
    assert await history.load(gone.id) is None
    assert [info.title for info in await history.conversations()] == ["kept"]
    assert await history.search("needle") == ()
    await history.restore(gone.id)
    assert len(await history.search("needle", 1000)) == 451
    await history.delete(gone.id)
    await history.purge()
    await history.restore(gone.id)
    assert await history.load(gone.id) is not None, "this run's deletions can be undone"
    await history.delete(gone.id)
    await history.close()

    history = open_history(data_dir)
    history.start_state()
    await history.purge()
    await history.restore(gone.id)
    assert await history.load(gone.id) is None
    assert await history.blob(shared) == b"shared"
    with pytest.raises(StorageError) as caught:
        await history.blob(alone)
    assert caught.value.problem is StorageProblem.DAMAGED
    await history.close()


async def test_a_picture_put_before_the_purge_is_not_swept_away(data_dir: Path) -> None:
    history = open_history(data_dir)
    left_over = await history.put_blob(b"left over")
    again = await history.put_blob(b"again")
    await history.close()
    history = open_history(data_dir)
    history.start_state()
    assert await history.put_blob(b"again") == again
    await history.purge()
    assert await history.blob(again) == b"again"
    with pytest.raises(StorageError):
        await history.blob(left_over)
    await history.close()


async def test_blobs_are_private_checked_and_named_by_hash_only(
    history: History, data_dir: Path
) -> None:
    sha256 = await history.put_blob(b"picture")
    assert sha256 == BLOB
    path = data_dir / "attachments" / sha256[:2] / sha256
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(b"picturE")
    with pytest.raises(StorageError) as caught:
        await history.blob(sha256)
    assert (caught.value.problem, caught.value.path) == (StorageProblem.DAMAGED, str(path))
    with pytest.raises(StorageError):
        await history.blob("../../etc/passwd")


async def test_everything_is_for_its_owner_alone(history: History, data_dir: Path) -> None:
    await history.put_blob(b"x")
    await history.append(ConversationInfo(), [user("x")])
    assert open_to_others(data_dir) == []


async def test_closed_is_closed_after_all_that_was_asked_for(data_dir: Path) -> None:
    history = open_history(data_dir)
    info = ConversationInfo()
    writes = [history.append(info, [user(str(n))]) for n in range(20)]
    await asyncio.gather(*writes, history.close())
    await history.close()
    with pytest.raises(StorageError):
        await history.save_info(info)
    assert not (data_dir / "history.sqlite3-wal").exists()
    history = open_history(data_dir)
    loaded = await history.load(info.id)
    assert loaded is not None
    assert len(loaded.tree) == 20
    await history.close()


async def test_a_conversation_opens_by_its_outlines_and_words_come_when_asked(
    history: History,
) -> None:
    messages: list[Message] = []
    for place in range(100):
        role = Role.ASSISTANT if place % 2 else Role.USER
        parent = messages[-1].id if messages else None
        messages.append(Message(role, (TextPart(f"{place}\nhere 在"),), parent=parent))
    other = Message(Role.USER, (TextPart("fork"),), parent=messages[1].id)
    info = ConversationInfo(leaf=messages[-1].id)
    await history.append(info, [*messages, other])
    opened = await history.open(info.id)
    whole = await history.load(info.id)
    assert opened is not None
    assert whole is not None
    assert opened.tree.path() == whole.tree.path() == [m.id for m in messages]
    assert opened.tree.versions(other.id) == (messages[2].id, other.id)
    assert opened.tree.outline(messages[0].id) == outline_of(messages[0])
    assert opened.tree.find(messages[-1].id) == messages[-1]
    missing = opened.tree.missing(opened.tree.path())
    assert missing == tuple(m.id for m in messages[: len(missing)])
    assert len(missing) > 10
    opened.tree.take_in(await history.messages([*missing, "unknown"]))
    assert opened.tree.branch() == tuple(messages)
    middle = await history.open(info.id, at=messages[50].id)
    assert middle is not None
    assert middle.tree.find(messages[50].id) == messages[50]
    assert await history.open("unknown") is None


async def test_what_streams_now_stands_so_in_its_outline(history: History) -> None:
    reply = Message(Role.ASSISTANT, (), state=MessageState.STREAMING)
    info = ConversationInfo(leaf=reply.id)
    await history.append(info, [reply])
    grown = replace(reply, parts=(TextPart("12345"),))
    await history.update(grown, durable=False)
    opened = await history.open(info.id)
    assert opened is not None
    assert opened.tree.outline(reply.id) == outline_of(grown)


def picture(blob: str) -> Draft:
    return Draft("", (ImagePart("a.png", blob=blob),))


async def test_a_picture_that_was_dropped_is_gone_once_no_draft_names_it(history: History) -> None:
    info = ConversationInfo()
    secret = await history.put_blob(b"secret")
    await history.save_draft(info, picture(secret))
    await history.drop_blob(secret)
    assert await history.blob(secret) == b"secret"
    await history.save_draft(info, picture(await history.put_blob(b"blacked out")))
    with pytest.raises(StorageError):
        await history.blob(secret)


async def test_a_picture_that_was_dropped_stays_for_others(history: History) -> None:
    info = ConversationInfo()
    sent = await history.put_blob(b"sent")
    await history.append(info, [Message(Role.USER, (ImagePart("a.png", blob=sent),))])
    twice = await history.put_blob(b"twice")
    assert await history.put_blob(b"twice") == twice
    for blob in (sent, twice):
        await history.drop_blob(blob)
    assert (await history.blob(sent), await history.blob(twice)) == (b"sent", b"twice")
    await history.drop_blob(twice)
    with pytest.raises(StorageError):
        await history.blob(twice)
    assert await history.put_blob(b"twice") == twice
    assert await history.blob(twice) == b"twice"
