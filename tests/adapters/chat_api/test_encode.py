"""Requests are encoded as services want them, byte for byte the same from turn to turn."""

from __future__ import annotations

import json
from typing import Any

from app.adapters.chat_api.encode import encode, request_body
from app.adapters.chat_api.messages import messages
from app.core.errors import Failure, FailureKind
from app.core.message import (
    Detail,
    FilePart,
    ImagePart,
    Message,
    MessageState,
    Part,
    ReasoningPart,
    Role,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from app.core.request import ChatRequest, FormatKind, ResponseFormat, ToolSpec

BLOBS = {"ab": b"\x00\x01"}


def user(*parts: Part | str) -> Message:
    return Message(Role.USER, tuple(TextPart(p) if isinstance(p, str) else p for p in parts))


def reply(*parts: Part | str, state: MessageState = MessageState.COMPLETE) -> Message:
    spelled = tuple(TextPart(p) if isinstance(p, str) else p for p in parts)
    failure = Failure(FailureKind.SERVER) if state is MessageState.FAILED else None
    return Message(Role.ASSISTANT, spelled, state=state, failure=failure)


def results(*ids: str, error: bool = False) -> Message:
    return Message(Role.TOOL, tuple(ToolResultPart(i, "f", f"result {i}", error) for i in ids))


def sent(*conversation: Message) -> list[dict[str, Any]]:
    return messages(conversation, BLOBS)


def test_only_what_was_set_is_sent_and_unknown_parameters_go_as_they_are() -> None:
    request = ChatRequest(
        "m",
        (Message(Role.SYSTEM, (TextPart("be brief"),)), user("hi")),
        {"temperature": 0, "enable_thinking": False, "thinking": {"type": "off"}, "model": "x"},
    )
    assert request_body(request, {}) == {
        "model": "m",
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0,
        "enable_thinking": False,
        "thinking": {"type": "off"},
        "messages": [
            {"role": "system", "content": "be brief"},
            {"role": "user", "content": "hi"},
        ],
    }


def test_a_limit_is_sent_where_one_is_required_unless_another_is_set() -> None:
    def limit(**parameters: int) -> Any:
        return request_body(ChatRequest("m", (), parameters), {}, 4096).get("max_tokens")

    assert limit() == 4096
    assert limit(max_tokens=5) == 5
    assert limit(max_completion_tokens=5) is None


def test_pictures_come_first_then_files_and_words() -> None:
    inside = ImagePart("a.png", blob="ab", detail=Detail.HIGH)
    outside = ImagePart("b.png", url="https://x.example/b.png")
    [message] = sent(user("what?", inside, FilePart("n`\n.md", "a\n```\nb\n```\n"), outside))
    assert message["content"] == [
        {
            "type": "image_url",
            "image_url": {"url": "data:image/png;base64,AAE=", "detail": "high"},
        },
        {
            "type": "image_url",
            "image_url": {"url": "https://x.example/b.png", "detail": "auto"},
        },
        {"type": "text", "text": "what?\n\nFile `n__.md`:\n````\na\n```\nb\n```\n````"},
    ]


def test_of_a_picture_that_stays_here_only_the_text_goes() -> None:
    private = ImagePart("bill.png", blob="secret", text="total 12.50", text_only=True)
    said = (
        "Image `bill.png` is not sent. Text read from it by OCR on the sender's computer:\n"
        "```\ntotal 12.50\n```\n\nhow much?"
    )
    blobs = {**BLOBS, "secret": b"private bytes"}
    [message] = messages([user(private, "how much?")], blobs)
    assert message["content"] == said
    [message] = messages([user(private, ImagePart("b.png", blob="ab"), "how much?")], blobs)
    assert [part["type"] for part in message["content"]] == ["image_url", "text"]
    assert message["content"][1]["text"] == said


def test_calls_go_back_with_their_results_and_without_them_not_at_all() -> None:
    call = ToolCallPart("c1", "f", '{"x": 1}')
    broken = ToolCallPart("c2", "g", '{"x":')
    conversation = sent(
        user("q"), reply("ok", call, broken), results("c1"), results("c2", error=True)
    )
    assert conversation[1:] == [
        {
            "role": "assistant",
            "content": "ok",
            "tool_calls": [
                {
                    "id": "c1",
                    "type": "function",
                    "function": {"name": "f", "arguments": '{"x": 1}'},
                },
                {
                    "id": "c2",
                    "type": "function",
                    "function": {"name": "g", "arguments": '{"invalid_json": "{\\"x\\":"}'},
                },
            ],
        },
        {"role": "tool", "tool_call_id": "c1", "content": "result c1"},
        {"role": "tool", "tool_call_id": "c2", "content": "Error: result c2"},
    ]
    assert sent(user("q"), reply("ok", call), user("w"))[1] == {
        "role": "assistant",
        "content": "ok",
    }
    assert [m["role"] for m in sent(user("q"), reply(call), user("w"))] == ["user", "user"]
    assert [m["role"] for m in sent(user("q"), results("stray"))] == ["user"]
    empty = sent(user("q"), reply(ToolCallPart("c", "f", "")), results("c"))
    assert empty[1]["tool_calls"][0]["function"]["arguments"] == "{}"


def test_partial_replies_go_back_as_text_and_empty_ones_are_left_out() -> None:
    for state in (MessageState.FAILED, MessageState.STOPPED, MessageState.INTERRUPTED):
        partial = reply(ReasoningPart("hm"), "half", ToolCallPart("c", "f", "{"), state=state)
        assert sent(user("q"), partial)[1:] == [{"role": "assistant", "content": "half"}]
        assert sent(user("q"), reply(state=state), user("again"))[1]["role"] == "user"


def test_reasoning_goes_back_within_its_tool_loop_only() -> None:
    details = ({"type": "reasoning.encrypted", "data": "zz"},)
    call = ToolCallPart("c", "f", "{}")
    loop = (
        user("q"),
        reply(ReasoningPart("hm", details=details), call),
        results("c"),
        reply(call),
        results("c"),
    )
    first, second = (m for m in sent(*loop) if m["role"] == "assistant")
    assert (first["reasoning_content"], first["reasoning_details"]) == ("hm", list(details))
    assert second["reasoning_content"] == ""
    assert "reasoning_details" not in second
    later = sent(*loop, reply("done"), user("next"))
    assert not any("reasoning_content" in message for message in later)
    plain = sent(user("q"), reply(call), results("c"))
    assert "reasoning_content" not in plain[1]


def test_what_was_sent_before_is_sent_again_byte_for_byte() -> None:
    conversation = [
        Message(Role.SYSTEM, (TextPart("系统"),)),
        user(ImagePart("a", blob="ab"), "看看", FilePart("f.txt", "x")),
        reply(ReasoningPart("hm"), "答案", ToolCallPart("c", "f", '{"a": 1}')),
        results("c"),
        reply(ReasoningPart(""), "so"),
        user("more"),
        reply("lost", state=MessageState.FAILED),
        user("and more"),
    ]
    tools = (ToolSpec("f", "does", {"type": "object"}, strict=True),)

    def body(length: int) -> bytes:
        request = ChatRequest("m", tuple(conversation[:length]), {"seed": 1}, tools)
        return encode(request, BLOBS).body

    for earlier, later in ((2, 6), (6, 8), (2, 4), (4, 5)):
        prefix = body(earlier).removesuffix(b"]}")
        assert body(later).startswith(prefix), (earlier, later)
    assert body(8) == body(8)


def test_tools_and_formats() -> None:
    schema = {"type": "object"}
    request = ChatRequest(
        "m",
        (),
        tools=(ToolSpec("f", "does", schema, strict=True), ToolSpec("g")),
        tool_choice={"type": "function", "function": {"name": "f"}},
        response_format=ResponseFormat(FormatKind.JSON_SCHEMA, "person", schema),
        stream=False,
    )
    body = request_body(request, {})
    function = {"name": "f", "description": "does", "parameters": schema, "strict": True}
    assert body["tools"] == [
        {"type": "function", "function": function},
        {"type": "function", "function": {"name": "g"}},
    ]
    assert body["tool_choice"]["function"] == {"name": "f"}
    assert body["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "person", "schema": schema, "strict": True},
    }
    assert "stream_options" not in body
    simple = ChatRequest("m", (), response_format=ResponseFormat(FormatKind.JSON_OBJECT))
    assert request_body(simple, {})["response_format"] == {"type": "json_object"}


def test_lone_surrogates_never_stop_a_request() -> None:
    request = ChatRequest("m", (user("a\ud83d"), reply("\udc4b")), {"stop": ["\ud800"]})
    body = json.loads(encode(request, {}).body)
    assert body["messages"][0]["content"] == "a\ufffd"
    assert body["stop"] == ["\ufffd"]


def test_pictures_that_a_tool_gave_follow_all_results_as_a_question() -> None:
    calls = reply(ToolCallPart("c1", "shot", "{}"), ToolCallPart("c2", "f", "{}"))
    first, second = ToolResultPart("c1", "shot", "one"), ToolResultPart("c2", "f", "two")
    given = Message(Role.TOOL, (first, ImagePart("a.png", blob="ab"), second))
    told = sent(user("look"), calls, given)[2:]
    assert [m["role"] for m in told] == ["tool", "tool", "user"]
    assert told[2]["content"][0] == {"type": "text", "text": "Picture 1 that shot gave:"}
    assert told[2]["content"][1]["image_url"]["url"] == "data:image/png;base64,AAE="


def test_of_a_long_result_the_model_gets_both_ends_and_how_much_is_missing() -> None:
    long = ToolResultPart("c1", "f", "a" * 100_000 + "z" * 100_000)
    told = sent(user("q"), reply(ToolCallPart("c1", "f", "{}")), Message(Role.TOOL, (long,)))
    content = told[-1]["content"]
    assert len(content) < 61_000
    assert content.startswith("aaa")
    assert content.endswith("zzz")
    assert "140000 characters in the middle" in content


def test_a_call_that_ran_when_the_program_was_ended_may_have_run() -> None:
    calls = reply(ToolCallPart("c1", "f", "{}"), ToolCallPart("c2", "f", "{}"))
    half = (ToolResultPart("c1", "f", "done"),)
    lost = Message(Role.TOOL, half, state=MessageState.INTERRUPTED)
    told = sent(user("q"), calls, lost, user("go on"))
    assert [call["id"] for call in told[1]["tool_calls"]] == ["c1", "c2"]
    assert told[2]["content"] == "done"
    assert "may have run" in told[3]["content"]
