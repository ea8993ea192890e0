"""Turn by turn over a real connection: each request begins with the bytes of the one before."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from app.adapters.chat_api.client import ChatApi
from app.adapters.chat_api.encode import request_body
from app.adapters.history_db import open_history
from app.core.conversation import ConversationInfo
from app.core.events import Sent
from app.core.message import (
    Detail,
    FilePart,
    ImagePart,
    Message,
    ReasoningPart,
    Role,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from app.core.request import ChatRequest, Dialect, FormatKind, ResponseFormat, ToolSpec
from tests.adapters.chat_api.server import plain, serving
from tests.adapters.chat_api.test_client_streams import KEY, STREAM, no_blob

PICTURE = b"\x89PNG\r\n\x1a\n picture"
BLOB = hashlib.sha256(PICTURE).hexdigest()
SYSTEM = Message(Role.SYSTEM, (TextPart("你是助手。\n  Be exact; 1 < 2 & “quotes” \U0001f642"),))
PARAMETERS: dict[str, Any] = {
    "top_p": 0.9,
    "temperature": 0.1,
    "stop": ["\n\n"],
    "logit_bias": {"50256": -100, "1": 5},
    "extra": {"z": 1, "a": [1.0, 2.50, 1e-7]},
}
TOOLS = (
    ToolSpec("look", "看", {"type": "object", "properties": {"b": {}, "a": {}}}, strict=True),
    ToolSpec("find"),
)
FORMAT = ResponseFormat(FormatKind.JSON_SCHEMA, "a", {"type": "object", "z": 1, "a": 2})
DIALECTS = {
    "book": Dialect(),
    "plain": Dialect(
        frozenset({"top_p"}),
        max_completion_tokens=True,
        system_as_user=True,
        reasoning_back=False,
        format=FormatKind.TEXT,
    ),
}


def conversation() -> list[Message]:
    said: list[Message] = []

    def say(role: Role, *parts: Any) -> None:
        said.append(Message(role, parts, parent=said[-1].id if said else None))

    pictures = (
        ImagePart("a.png", blob=BLOB, width=3, height=4, detail=Detail.HIGH, text="read"),
        ImagePart("b.png", url="https://x.example/b.png?a=1&b=2"),
    )
    say(Role.USER, TextPart("看看 this"), *pictures, FilePart("n.md", "```\ncode\n```\n"))
    say(Role.ASSISTANT, ReasoningPart("hm", 1.5, ({"type": "x", "n": 1.0},)), TextPart("答案 <b>"))
    say(Role.USER, TextPart("look it up"))
    say(
        Role.ASSISTANT,
        ReasoningPart("I must look", 0.25, ({"type": "t", "text": "a"},)),
        ToolCallPart("c1", "look", '{"b": 1,  "a": 2.0}'),
        ToolCallPart("c2", "look", '{"broken'),
    )
    say(
        Role.TOOL,
        ToolResultPart("c1", "look", "found"),
        ToolResultPart("c2", "look", "no JSON", is_error=True),
    )
    say(Role.ASSISTANT, TextPart("There."))
    say(Role.USER, TextPart("thanks"))
    return said


async def read(sha256: str) -> bytes:
    return {BLOB: PICTURE}[sha256]


def request(messages: list[Message], dialect: Dialect) -> ChatRequest:
    return ChatRequest(
        "a/b", (SYSTEM, *messages), PARAMETERS, TOOLS, "auto", FORMAT, dialect=dialect
    )


async def send(address: str, asked: ChatRequest, reader: Any = read) -> None:
    api = ChatApi(address, KEY, reader, always_max_tokens=4096)
    async for _ in api.stream(asked):
        pass
    await api.close()


def up_to_the_messages_end(body: bytes) -> bytes:
    assert body.endswith(b"]}")
    return body[:-2]


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
async def test_the_second_turn_begins_with_the_bytes_of_the_first(dialect: Dialect) -> None:
    said = conversation()
    async with serving(plain(STREAM)) as server:
        # One question; the next; then one more round within its tool loop.
        for length in (1, 3, 5):
            await send(server.address, request(said[:length], dialect))
        bodies = [asked.body for asked in server.asked]
    for earlier, later in pairwise(bodies):
        assert later.startswith(up_to_the_messages_end(earlier) + b",{")
        assert list(json.loads(later))[-1] == "messages"
    assert BLOB not in bodies[0].decode()
    assert b"iVBORw0KGgo" in bodies[0]


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
async def test_a_restart_changes_no_byte(data_dir: Path, dialect: Dialect) -> None:
    said = conversation()
    history = open_history(data_dir)
    await history.put_blob(PICTURE)
    info = ConversationInfo("c", system_prompt=SYSTEM.text, parameters=PARAMETERS)
    await history.append(info, said)
    history.close_now()

    history = open_history(data_dir)
    try:
        kept = await history.load("c")
        assert kept is not None
        prompt = Message(Role.SYSTEM, (TextPart(kept.info.system_prompt),))
        branch = kept.tree.branch()
        async with serving(plain(STREAM)) as server:
            for length in (1, 5, 7):
                before = request(said[:length], dialect)
                after = replace(
                    before,
                    messages=(prompt, *branch[:length]),
                    parameters=kept.info.parameters,
                )
                await send(server.address, before)
                await send(server.address, after, history.blob)
            bodies = [asked.body for asked in server.asked]
    finally:
        history.close_now()
    assert bodies[0::2] == bodies[1::2]


async def test_only_what_was_set_is_sent() -> None:
    bare = ChatRequest("m", (Message(Role.USER, (TextPart("hi"),)),), stream=False)
    async with serving(plain(b"{}")) as server:
        api = ChatApi(server.address, None, no_blob)
        async for _ in api.stream(bare):
            pass
        await api.close()
        [asked] = server.asked
    assert asked.body == (
        b'{"model":"m","stream":false,"messages":[{"role":"user","content":"hi"}]}'
    )


async def test_the_tape_tells_what_was_sent() -> None:
    async with serving(plain(STREAM)) as server:
        api = ChatApi(server.address, KEY, read)
        asked = request(conversation()[:1], Dialect(format=FormatKind.JSON_OBJECT))
        [tape] = [event.tape async for event in api.stream(asked) if isinstance(event, Sent)]
        await api.close()
        body = server.asked[0].json
    exchange = tape.exchange()
    messages = body.pop("messages")
    assert exchange.request == body
    assert exchange.system_prompt == messages[0]["content"]
    assert exchange.system_prompt.startswith(SYSTEM.text)
    assert exchange.url == f"{server.address}/chat/completions"
    assert exchange.response == STREAM


@pytest.mark.parametrize(("most", "sent"), [(None, 4096), (1000, 1000), (100_000, 4096)])
def test_a_limit_that_a_service_requires_is_at_most_the_models_own(
    most: int | None, sent: int
) -> None:
    question = Message(Role.USER, (TextPart("?"),))
    request = ChatRequest("m", (question,), most_tokens=most)
    assert request_body(request, {}, 4096)["max_tokens"] == sent
    set_by_hand = replace(request, parameters={"max_tokens": 50})
    assert request_body(set_by_hand, {}, 4096)["max_tokens"] == 50
