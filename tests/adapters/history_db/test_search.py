"""Words, beginnings of words, and as little as one Chinese character are found."""

from __future__ import annotations

import pytest

from app.adapters.history_db import History
from app.adapters.history_db.search import snippet
from app.core.conversation import ConversationInfo
from app.core.message import FilePart, ImagePart, Message, Role, TextPart, ToolCallPart

TEXT = "启动失败:8080 端口号被占用了。Error: EADDRINUSE café ＡＰＩ ひらがな 𠮷野家"


@pytest.mark.parametrize(
    "query",
    [
        "端", "口", "用", "了", "端口", "占用", "端口号", "口号被占", "失败 端口", "端口8080",
        "8080端口", "error", "ERR", "eaddr", "cafe", "Café", "api", "ひら", "𠮷", "野家",
        'error: "eaddrinuse"', "error\0", "\ud800 error", "*error*", "NOT error端口",
    ],
)  # fmt: skip
async def test_found(history: History, query: str) -> None:
    message = Message(Role.USER, (TextPart(TEXT + " NOT"),))
    info = ConversationInfo(title="网络")
    await history.append(info, [message])
    (hit,) = await history.search(query)
    assert (hit.conversation, hit.title, hit.message) == (info.id, "网络", message.id)
    assert hit.created_at == message.created_at


@pytest.mark.parametrize(
    "query", ["", " ", '"', "*", "口端", "号占", "rror", "端口 absent", "NEAR("]
)
async def test_not_found(history: History, query: str) -> None:
    await history.append(ConversationInfo(), [Message(Role.USER, (TextPart(TEXT),))])
    assert await history.search(query) == ()


async def test_files_and_read_pictures_are_searched_and_the_latest_comes_first(
    history: History,
) -> None:
    info = ConversationInfo()
    file = Message(Role.USER, (FilePart("build.log", "kaputt"),))
    picture = Message(Role.USER, (ImagePart("shot.png", text="alles kaputt"),))
    await history.append(info, [file])
    await history.append(info, [picture])
    assert [hit.message for hit in await history.search("kaputt")] == [picture.id, file.id]
    assert [hit.message for hit in await history.search("kaputt", 1)] == [picture.id]
    assert [hit.message for hit in await history.search("build.log")] == [file.id]


async def test_an_update_forgets_the_old_words(history: History) -> None:
    message = Message(Role.USER, (TextPart("before"),))
    await history.append(ConversationInfo(), [message])
    await history.update(Message(Role.USER, (TextPart("after"),), id=message.id))
    assert await history.search("before") == ()
    assert len(await history.search("after")) == 1


@pytest.mark.parametrize("place", [0, 10, 500, 5000])
def test_the_snippet_shows_the_place(place: int) -> None:
    text = ("填充\n" * 2000)[:place] + "端口 Needle" + "。后文 " * 2000
    shown = snippet(text, "needle")
    assert "端口 Needle" in shown
    assert "\n" not in shown
    assert len(shown) <= 122
    assert shown.startswith("…") == (place > 30)


@pytest.mark.parametrize(
    "query",
    [
        "端",
        "端口号",
        "8080 端口",
        "CAFé",
        "eaddrinuse",
        "Error: EADDR",
        "**",
        "of wo",
        "İs",
        "is",
        "号[被占",
        "a word",
    ],
)
async def test_no_message_that_holds_a_query_is_passed_over(history: History, query: str) -> None:
    info = ConversationInfo()
    marked = "端口**号**[被](https://a.example)占 a w**or**d"
    text = f'{TEXT} **"** first *kind* of words, İstanbul {marked}\\n'
    holding = Message(Role.USER, (TextPart(text),))
    other = Message(Role.ASSISTANT, (TextPart("nothing"),), parent=holding.id)
    await history.append(info, [holding, other])
    found = await history.find_in(info.id, query)
    assert holding.id in found
    assert (other.id in found) == (query == "**"), "what tells nothing names all"


@pytest.mark.parametrize("text", ["un café", "un cafe\u0301", "ＣＡＦＥ", "caf&eacute;"])
async def test_what_reads_the_same_is_not_passed_over(history: History, text: str) -> None:
    info = ConversationInfo()
    holding = Message(Role.USER, (TextPart(text),))
    other = Message(Role.ASSISTANT, (TextPart("，一个“咖啡”：caf"),), parent=holding.id)
    await history.append(info, [holding, other])
    assert await history.find_in(info.id, "cafe") == (holding.id,)
    later = Message(Role.USER, (TextPart("ＣＡＦＥ"),), parent=other.id)
    await history.append(info, [later])
    assert await history.find_in(info.id, "cafe") == (holding.id, later.id), "known anew"


async def test_messages_that_may_hold_a_query_are_named_in_sequence(history: History) -> None:
    info, elsewhere = ConversationInfo(), ConversationInfo()
    messages = [Message(Role.USER, (TextPart(f"needle {n}"),)) for n in range(5)]
    await history.append(info, messages)
    await history.append(elsewhere, [Message(Role.USER, (TextPart("needle"),))])
    assert await history.find_in(info.id, "Needle") == tuple(m.id for m in messages)
    assert await history.find_in(info.id, "needle 3") == (messages[3].id,)
    assert await history.find_in("unknown", "needle") == ()


async def test_what_is_written_in_another_way_is_always_named(history: History) -> None:
    """A lone surrogate makes all of a message's JSON ASCII."""
    info = ConversationInfo()
    message = Message(Role.USER, (TextPart("端口 \ud800"),))
    await history.append(info, [message])
    assert await history.find_in(info.id, "端口") == (message.id,)


async def test_arguments_with_escaped_characters_are_always_named(history: History) -> None:
    """They are shown with their characters, and may stand otherwise in what the model wrote."""
    info = ConversationInfo()
    call = ToolCallPart("c1", "look", '{"what": "\\u7aef\\u53e3"}')
    message = Message(Role.ASSISTANT, (call,))
    await history.append(info, [message])
    assert await history.find_in(info.id, "端口") == (message.id,)
