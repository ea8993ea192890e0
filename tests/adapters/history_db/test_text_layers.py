"""What was read in pictures: kept by their bytes, found by search, and gone with them."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from app.adapters.history_db import History, open_history
from app.core.conversation import ConversationInfo, Draft
from app.core.errors import StorageError, StorageProblem
from app.core.message import ImagePart, Message, Role, TextPart
from app.core.ports import TextLine
from tests.adapters.history_db.test_opening import make_old

LINES = (
    TextLine("渡轮六点开船", 0.98, 10.5, 12, 140, 32),
    TextLine("Harbour office \ud800", 0.91, 10.5, 40, 150, 60.25),
)
KEPT = (LINES[0], TextLine("Harbour office \ud800", 0.91, 10.5, 40, 150, 60.25))


async def with_picture(
    history: History, data: bytes, words: str = "what is this?"
) -> tuple[ConversationInfo, Message, str]:
    blob = await history.put_blob(data)
    question = Message(Role.USER, (ImagePart("shot.png", blob=blob), TextPart(words)))
    info = ConversationInfo(title="At sea")
    await history.append(info, [question])
    return info, question, blob


async def test_a_layer_is_kept_and_replaced(history: History) -> None:
    _, _, blob = await with_picture(history, b"picture")
    assert await history.text_layer(blob) is None
    await history.put_text_layer(blob, LINES)
    assert await history.text_layer(blob) == KEPT
    await history.put_text_layer(blob, LINES[:1])
    assert await history.text_layer(blob) == LINES[:1]
    assert await history.search("harbour") == ()
    await history.put_text_layer(blob, ())
    assert await history.text_layer(blob) == ()


async def test_which_pictures_of_a_conversation_were_read(history: History) -> None:
    info, question, blob = await with_picture(history, b"picture")
    _, _, other = await with_picture(history, b"elsewhere")
    unread = await history.put_blob(b"unread")
    later = Message(Role.USER, (ImagePart("b.png", blob=unread),), parent=question.id)
    await history.append(info, [later])
    for read in (blob, other):
        await history.put_text_layer(read, LINES)
    assert await history.read_pictures(info.id) == {question.id: [blob]}
    assert await history.read_pictures("none") == {}


async def test_the_layer_of_the_first_schema_that_had_one(data_dir: Path) -> None:
    make_old(data_dir, 4)
    history = open_history(data_dir)
    assert await history.text_layer("6a" * 32) == (TextLine("渡轮 harbour", 0.99, 10, 12, 90, 30),)
    for query in ("渡轮", "harb"):
        (hit,) = await history.search(query)
        assert (hit.in_picture, hit.snippet) == (True, "渡轮 harbour")
    await history.close()


async def test_a_picture_that_is_not_kept_has_no_layer(history: History) -> None:
    await history.put_text_layer("0" * 64, LINES)
    assert await history.text_layer("0" * 64) is None
    assert await history.search("harbour") == ()


async def test_the_words_in_a_picture_are_found_and_said_to_be_in_it(history: History) -> None:
    info, question, blob = await with_picture(history, b"picture")
    await history.put_text_layer(blob, LINES)
    for query in ("harbour off", "轮", "六点", "开船 渡轮"):
        (hit,) = await history.search(query)
        assert (hit.conversation, hit.message, hit.in_picture) == (info.id, question.id, True)
    assert hit.snippet.startswith("渡轮六点开船 Harbour office")
    (said,) = await history.search("what is")
    assert not said.in_picture
    assert said.snippet.endswith("what is this?")


async def test_what_a_message_says_goes_before_what_its_picture_says(history: History) -> None:
    _, older, blob = await with_picture(history, b"picture", "the harbour again")
    await history.put_text_layer(blob, LINES)
    _, later, _ = await with_picture(history, b"picture", "same picture")
    await history.put_text_layer(blob, LINES)
    hits = await history.search("harbour")
    assert [(hit.message, hit.in_picture) for hit in hits] == [(later.id, True), (older.id, False)]
    assert [hit.message for hit in await history.search("harbour", 1)] == [later.id]


async def test_text_that_was_sent_for_a_picture_is_in_a_picture_too(history: History) -> None:
    picture = ImagePart("shot.png", text="Harbour office")
    await history.append(ConversationInfo(), [Message(Role.USER, (picture, TextPart("read it")))])
    (hit,) = await history.search("office")
    assert (hit.in_picture, hit.snippet) == (True, "Harbour office")
    (named,) = await history.search("shot")
    assert not named.in_picture


async def test_deleted_conversations_hide_their_pictures(history: History) -> None:
    info, _, blob = await with_picture(history, b"picture")
    await history.put_text_layer(blob, LINES)
    await history.delete(info.id)
    assert await history.search("harbour") == ()
    await history.restore(info.id)
    assert len(await history.search("harbour")) == 1


async def test_pictures_that_were_not_read_come_the_latest_first(history: History) -> None:
    first, _, one = await with_picture(history, b"one")
    _, _, two = await with_picture(history, b"two")
    unsent = await history.put_blob(b"three")
    draft = Draft("unsent", (ImagePart("draft.png", blob=unsent),))
    await history.save_draft(ConversationInfo(), draft)
    assert await history.unread_pictures(9) == (two, one)
    assert await history.unread_pictures(1) == (two,)
    await history.put_text_layer(two, ())
    assert await history.unread_pictures(9) == (one,)
    await history.delete(first.id)
    assert await history.unread_pictures(9) == ()


async def test_a_layer_goes_with_its_picture(data_dir: Path) -> None:
    history = open_history(data_dir)
    info, _, blob = await with_picture(history, b"picture")
    await history.put_text_layer(blob, LINES)
    await history.delete(info.id)
    await history.close()
    again = open_history(data_dir)
    again.start_state()
    await again.purge()
    assert await again.text_layer(blob) is None
    await again.close()
    connection = apsw.Connection(str(data_dir / "history.sqlite3"))
    for table in ("blob", "text_layer", "picture_words"):
        assert connection.execute(f"SELECT count(*) FROM {table}").get == 0
    connection.close()


@pytest.mark.parametrize("lines", ["[[", "{}", '[["text"]]', '[["text",1,2,3,4,"x"]]', "[7]"])
async def test_a_damaged_layer_says_so_and_is_still_found(data_dir: Path, lines: str) -> None:
    history = open_history(data_dir)
    _, _, blob = await with_picture(history, b"picture")
    await history.put_text_layer(blob, LINES)
    await history.close()
    connection = apsw.Connection(str(data_dir / "history.sqlite3"))
    connection.execute("UPDATE text_layer SET lines = ?", (lines,))
    connection.close()
    again = open_history(data_dir)
    with pytest.raises(StorageError) as caught:
        await again.text_layer(blob)
    assert caught.value.problem is StorageProblem.DAMAGED
    (hit,) = await again.search("harbour")
    assert hit.in_picture
    await again.close()
