"""Requests rebuilt from the store are what was sent, and no key is in what is kept or shown."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest

from app.adapters.chat_api.client import ChatApi
from app.adapters.chat_api.rebuild import rebuilt, request_bytes, request_text
from app.adapters.history_db import open_history
from app.core.conversation import ConversationInfo
from app.core.errors import StorageError, StorageProblem
from app.core.events import Sent, TextDelta
from app.core.exchange import Exchange, Tape
from app.core.message import (
    Detail,
    FilePart,
    ImagePart,
    Message,
    Part,
    ReasoningPart,
    Role,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from app.core.ports import HistoryStore
from app.core.request import (
    ChatRequest,
    Dialect,
    FormatKind,
    ResponseFormat,
    ToolSpec,
)
from tests.adapters.chat_api.server import Answer, plain, serving

KEY = 'sk-canary/0123"\\456'
PICTURE = b"\x89PNG picture " * 50
DONE = b'data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'


@pytest.fixture
def store(data_dir: Path) -> Iterator[HistoryStore]:
    made = open_history(data_dir)
    yield made
    made.close_now()


def said(role: Role, *parts: Part | str, after: Message | None = None) -> Message:
    spelled = tuple(TextPart(part) if isinstance(part, str) else part for part in parts)
    return Message(role, spelled, parent=after.id if after else None)


async def asked_about(store: HistoryStore) -> tuple[Message, ...]:
    """A stored conversation with everything in it that a request can carry."""
    blob = await store.put_blob(PICTURE)
    picture = ImagePart("shot.png", blob=blob, width=5, height=5, detail=Detail.HIGH)
    linked = ImagePart("far.png", url="https://pictures.example/a.png")
    notes = FilePart("notes.txt", "```\nä 中文\n```\n")
    question = said(Role.USER, picture, linked, notes, "What 'is' it? \U0001f600\u2028")
    thought = ReasoningPart("Hm.", 1.5, ({"type": "t", "text": "x", "id": "1"},))
    first = said(Role.ASSISTANT, thought, "A thing.", after=question)
    further = said(Role.USER, picture, "And now?", after=first)
    call = ToolCallPart("call-1", "look", '{"at": 1.50}')
    calling = said(Role.ASSISTANT, thought, call, after=further)
    result = said(Role.TOOL, ToolResultPart("call-1", "look", "seen"), after=calling)
    messages = (question, first, further, calling, result)
    await store.append(ConversationInfo(id="c", leaf=result.id), messages)
    stored = await store.load("c")
    assert stored is not None
    return stored.tree.branch()


REQUEST = ChatRequest(
    "lab/model-1",
    (),
    {"temperature": 0.10, "max_tokens": 9, "extra": {"b": [1, 2.5e-7, None], "a": "é"}},
    tools=(ToolSpec("look", "Looks.", {"type": "object"}),),
    response_format=ResponseFormat(FormatKind.JSON_SCHEMA, "it", {"type": "object"}),
)


@pytest.mark.parametrize(
    "dialect",
    [
        Dialect(),
        Dialect(without=frozenset({"temperature"}), max_completion_tokens=True),
        Dialect(system_as_user=True, format=FormatKind.JSON_OBJECT),
        Dialect(reasoning_back=False, format=FormatKind.TEXT),
        Dialect(system_as_user=True, reasoning_back=False, format=FormatKind.TEXT),
    ],
)
@pytest.mark.parametrize("prompt", ["", "Be brief.\n"])
async def test_what_is_rebuilt_is_byte_for_byte_what_the_server_got(
    store: HistoryStore, dialect: Dialect, prompt: str
) -> None:
    branch = await asked_about(store)
    system = (said(Role.SYSTEM, prompt),) if prompt else ()
    request = replace(REQUEST, messages=(*system, *branch), dialect=dialect)
    async with serving(plain(DONE)) as server:
        tape = await tape_of(server.address, request, store)
        (asked,) = server.asked
    reply = said(Role.ASSISTANT, "Hi", after=branch[-1])
    await store.append(ConversationInfo(id="c", leaf=reply.id), (reply,))
    await store.save_exchange(reply.id, tape.exchange())
    kept = await store.exchange(reply.id)
    assert kept is not None
    assert await request_bytes(kept, branch, store.blob) == asked.body
    assert rebuilt(kept, branch, {}) != asked.body, "the pictures are a part of it"


async def tape_of(address: str, request: ChatRequest, store: HistoryStore) -> Tape:
    """Asks, and answers the record of it."""
    service = ChatApi(address, KEY, store.blob)
    tape = None
    try:
        async with aclosing(service.stream(request)) as events:
            async for event in events:
                if isinstance(event, Sent):
                    tape = event.tape
    finally:
        await service.close()
    assert tape is not None
    return tape


async def test_for_reading_a_picture_is_its_hash_and_its_length(store: HistoryStore) -> None:
    branch = await asked_about(store)
    text = await request_text(Exchange("http://x", {"model": "m"}, "Be brief."), branch, store.blob)
    value = json.loads(text)
    assert list(value) == ["model", "messages"]
    assert value["messages"][0] == {"role": "system", "content": "Be brief."}
    urls = [part["image_url"]["url"] for part in value["messages"][1]["content"][:2]]
    digest = hashlib.sha256(PICTURE).hexdigest()
    assert urls == [f"sha256:{digest} (650 bytes)", "https://pictures.example/a.png"]
    assert "base64" not in text
    assert "\n  " in text
    assert "中文" in text


async def test_a_picture_that_is_gone_is_said_to_be(store: HistoryStore) -> None:
    async def nothing(blob: str) -> bytes:
        raise StorageError(StorageProblem.DAMAGED, blob)

    branch = await asked_about(store)
    kept = Exchange("http://x", {"model": "m"})
    assert "(no longer kept)" in await request_text(kept, branch, nothing)
    with pytest.raises(StorageError):
        await request_bytes(kept, branch, nothing)


def echo(*, zipped: bool, status: str) -> Answer:
    """A service that gives the key back in its headers, its body and its answer's text."""
    text = json.dumps({"choices": [{"message": {"content": f"Yours: {KEY}"}}], "k": KEY})
    text = text.replace('"k": "sk-canary/', '"k": "sk-canary\\/')
    body = f"{text}\n{KEY}".encode() if status[0] != "2" else text.encode()
    headers = {"X_Echo": f"Bearer {KEY}", "X_Request_Id": KEY}
    if zipped:
        headers["Content_Encoding"] = "gzip"
        body = gzip.compress(body)
    return plain(body, status, "application/json", **headers)


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("status", ["200 OK", "400 Bad Request"])
async def test_no_key_is_in_what_is_kept_or_shown(
    store: HistoryStore, zipped: bool, status: str
) -> None:
    question = said(Role.USER, f"My key is {KEY}")
    await store.append(ConversationInfo(id="c", leaf=question.id), (question,))
    async with serving(echo(zipped=zipped, status=status)) as server:
        tape = await tape_of(server.address, ChatRequest("m", (question,)), store)
        assert server.asked[0].headers["authorization"] == f"Bearer {KEY}"
    exchange = tape.exchange()
    assert exchange.status == int(status[:3])
    assert b"[key]" in exchange.response
    assert "[key]" in exchange.headers["x-echo"]
    quoted = json.dumps(KEY)[1:-1]
    canaries = (KEY, quoted, quoted.replace("/", "\\/"))
    shown = [
        repr(exchange),
        exchange.response.decode(),
        await request_text(exchange, (question,), store.blob, KEY),
        (await request_bytes(exchange, (question,), store.blob, KEY)).decode(),
    ]
    for text in shown:
        assert not any(canary in text for canary in canaries), text
    assert "[key]" in shown[2]


async def test_a_long_answer_is_kept_in_part_and_still_streams(store: HistoryStore) -> None:
    pieces = [f'data: {{"choices":[{{"delta":{{"content":"{n:06}"}}}}]}}\n\n' for n in range(9000)]
    body = "".join(pieces).encode() + DONE
    service_text: list[str] = []
    async with serving(plain(body)) as server:
        service = ChatApi(server.address, KEY, store.blob)
        tape = None
        async with aclosing(service.stream(ChatRequest("m", (said(Role.USER, "q"),)))) as events:
            async for event in events:
                if isinstance(event, Sent):
                    tape = event.tape
                elif isinstance(event, TextDelta):
                    service_text.append(event.text)
        await service.close()
    assert tape is not None
    kept = tape.exchange()
    assert kept.size == len(body)
    assert kept.response[: kept.cut] == body[: kept.cut]
    assert body.endswith(kept.response[kept.cut :])
    assert len("".join(service_text)) == 9000 * 6 + 2
