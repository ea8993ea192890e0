"""What a model does not take is left out or said otherwise, from the first byte on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.adapters.chat_api.encode import encode, request_body
from app.core.message import (
    ImagePart,
    Message,
    ReasoningPart,
    Role,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from app.core.request import (
    ChatRequest,
    Dialect,
    FormatKind,
    ResponseFormat,
    ToolSpec,
    asked_format,
)

SCHEMA = {"type": "object", "properties": {"名": {"type": "string"}}}
PERSON = ResponseFormat(FormatKind.JSON_SCHEMA, "person", SCHEMA)
RAW = {
    "type": "json_schema",
    "json_schema": {"name": "person", "schema": SCHEMA, "strict": True},
}


def said(role: Role, text: str) -> Message:
    return Message(role, (TextPart(text),))


BRIEF = said(Role.SYSTEM, "be brief")
HI = said(Role.USER, "hi")


def body(
    dialect: Dialect,
    *messages: Message,
    ours: tuple[ToolSpec, ...] = (),
    wanted: ResponseFormat | None = None,
    limit: int | None = None,
    **parameters: Any,
) -> dict[str, Any]:
    request = ChatRequest(
        "m",
        messages or (BRIEF, HI),
        parameters,
        ours,
        response_format=wanted,
        dialect=dialect,
    )
    return request_body(request, {"ab": b"\x00"}, limit)


def without(*names: str) -> Dialect:
    return Dialect(without=frozenset(names))


@pytest.mark.parametrize("name", ["temperature", "n", "thinking", "response_format", "extra"])
def test_a_parameter_is_left_out_by_its_name(name: str) -> None:
    given: dict[str, Any] = {"temperature": 1, "n": 2, "thinking": {}, "extra": 1, "seed": 3}
    given["response_format"] = {"type": "text"}
    made = body(without(name), **given)
    assert name not in made
    assert set(given) - {name} <= set(made)


def test_what_depends_on_a_parameter_goes_with_it() -> None:
    tool = (ToolSpec("f"),)
    assert not {"stream", "stream_options"} & set(body(without("stream")))
    kept = body(without("stream_options"))
    assert kept["stream"] is True
    assert "stream_options" not in kept
    made = body(without("tools"), ours=tool, tool_choice="auto", parallel_tool_calls=False)
    assert not {"tools", "tool_choice", "parallel_tool_calls"} & set(made)
    assert "tools" in body(without("tool_choice"), ours=tool, tool_choice="auto")
    assert body(without("model", "messages"))["model"] == "m"


def test_streaming_is_off_if_a_parameter_says_so() -> None:
    made = body(Dialect(), stream=False)
    assert made["stream"] is False
    assert "stream_options" not in made


def test_the_limit_goes_by_the_name_the_model_knows() -> None:
    renamed = Dialect(max_completion_tokens=True)
    made = body(renamed, max_tokens=5, seed=1)
    assert made["max_completion_tokens"] == 5
    assert "max_tokens" not in made
    assert list(made)[-3:] == ["max_completion_tokens", "seed", "messages"]
    assert body(renamed, limit=9)["max_completion_tokens"] == 9
    both = body(renamed, max_tokens=5, max_completion_tokens=6)
    assert (both["max_tokens"], both["max_completion_tokens"]) == (5, 6)
    neither = Dialect(without=frozenset({"max_tokens"}), max_completion_tokens=True)
    assert not [name for name in body(neither, limit=9) if name.startswith("max_")]


def test_the_prompt_goes_at_the_head_of_the_first_question() -> None:
    dialect = Dialect(system_as_user=True)
    assert body(dialect)["messages"] == [{"role": "user", "content": "be brief\n\nhi"}]
    picture = Message(Role.USER, (ImagePart("p", blob="ab"), TextPart("what?")))
    [seen] = body(dialect, BRIEF, picture)["messages"]
    assert [part["type"] for part in seen["content"]] == ["image_url", "text"]
    assert seen["content"][1]["text"] == "be brief\n\nwhat?"
    more = body(dialect, BRIEF, HI, said(Role.ASSISTANT, "a"), said(Role.USER, "b"))["messages"]
    assert [m["content"] for m in more] == ["be brief\n\nhi", "a", "b"]
    assert body(dialect, BRIEF)["messages"] == [{"role": "user", "content": "be brief"}]
    late = body(dialect, HI, BRIEF, HI)["messages"]
    assert [m["role"] for m in late] == ["user", "user", "user"]


def test_reasoning_stays_here_where_it_is_refused() -> None:
    call = Message(
        Role.ASSISTANT, (ReasoningPart("hm", details=({"a": 1},)), ToolCallPart("c", "f", "{}"))
    )
    result = Message(Role.TOOL, (ToolResultPart("c", "f", "1"),))
    told = body(Dialect(), HI, call, result)["messages"][1]
    assert (told["reasoning_content"], told["reasoning_details"]) == ("hm", [{"a": 1}])
    kept = body(Dialect(reasoning_back=False), HI, call, result)["messages"][1]
    assert set(kept) == {"role", "content", "tool_calls"}


@pytest.mark.parametrize(
    ("switch", "thinks"),
    [
        ({"enable_thinking": True}, True),
        ({"thinking": {"type": "enabled"}}, True),
        ({"reasoning_effort": "low"}, True),
        ({"enable_thinking": False}, False),
        ({"thinking": {"type": "disabled"}}, False),
        ({"reasoning_effort": "none"}, False),
        ({}, False),
    ],
)
def test_empty_reasoning_goes_back_too_where_thinking_was_turned_on(
    switch: dict[str, Any], thinks: bool
) -> None:
    call = Message(Role.ASSISTANT, (ToolCallPart("c", "f", "{}"),))
    result = Message(Role.TOOL, (ToolResultPart("c", "f", "1"),))
    told = body(Dialect(), HI, call, result, **switch)["messages"][1]
    assert told.get("reasoning_content", "none") == ("" if thinks else "none")


def test_a_schema_is_told_in_the_prompt_where_the_model_takes_none() -> None:
    whole = body(Dialect(), wanted=PERSON)
    assert whole["response_format"] == RAW
    assert whole["messages"][0]["content"] == "be brief"
    lesser = body(Dialect(format=FormatKind.JSON_OBJECT), wanted=PERSON)
    assert lesser["response_format"] == {"type": "json_object"}
    prompt = lesser["messages"][0]["content"]
    assert prompt.startswith("be brief\n\nAnswer with one JSON value")
    assert prompt.endswith(json.dumps(SCHEMA, ensure_ascii=False))
    for dialect in (Dialect(format=FormatKind.TEXT), without("response_format")):
        least = body(dialect, wanted=PERSON)
        assert "response_format" not in least
        assert least["messages"][0]["content"] == prompt
    alone = body(Dialect(format=FormatKind.TEXT), HI, wanted=PERSON)["messages"]
    assert [m["role"] for m in alone] == ["system", "user"]
    asked = Dialect(format=FormatKind.TEXT, system_as_user=True)
    [question] = body(asked, HI, wanted=PERSON)["messages"]
    assert question["content"].endswith("}\n\nhi")


def test_the_word_json_stands_in_the_prompt_exactly_where_it_has_to() -> None:
    wanted = ResponseFormat(FormatKind.JSON_OBJECT)
    made = body(Dialect(), wanted=wanted)
    assert made["response_format"] == {"type": "json_object"}
    assert "JSON" in made["messages"][0]["content"]
    known = body(Dialect(), said(Role.SYSTEM, "Speak Json."), HI, wanted=wanted)
    assert known["messages"][0]["content"] == "Speak Json."
    asked = body(Dialect(), BRIEF, said(Role.USER, "as json"), wanted=wanted)
    assert asked["messages"][0]["content"] == "be brief"
    # What is said later never changes the prefix.
    later = body(Dialect(), BRIEF, HI, said(Role.USER, "as json"), wanted=wanted)
    assert later["messages"][:2] == made["messages"]
    text = body(Dialect(format=FormatKind.TEXT), wanted=wanted)
    assert "response_format" not in text
    assert "JSON" in text["messages"][0]["content"]
    assert (
        body(Dialect(), wanted=ResponseFormat(FormatKind.TEXT))["messages"]
        == (body(Dialect())["messages"])
    )


def test_parameters_in_the_apis_own_form_pass_as_they_stand_and_once() -> None:
    tool = {"type": "function", "function": {"name": "g", "parameters": {}}, "extra": 1}
    given: dict[str, Any] = {"tools": [tool], "tool_choice": "none", "parallel_tool_calls": False}
    made = body(Dialect(), **given, response_format=RAW)
    assert {name: made[name] for name in given} == given
    assert made["response_format"] == RAW
    text = encode(ChatRequest("m", (HI,), {**given, "response_format": RAW}), {}).body
    assert text.count(b'"response_format"') == text.count(b'"tools"') == 1
    ours = (ToolSpec("f"), ToolSpec("g"))
    names = [t["function"]["name"] for t in body(Dialect(), ours=ours, **given)["tools"]]
    assert names == ["f", "g"]
    odd = {"type": "regex", "pattern": "a+"}
    assert body(Dialect(format=FormatKind.TEXT), response_format=odd)["response_format"] == odd


def test_a_format_among_the_parameters_is_made_less_as_well() -> None:
    lesser = body(Dialect(format=FormatKind.JSON_OBJECT), response_format=RAW)
    assert lesser["response_format"] == {"type": "json_object"}
    assert "JSON Schema" in lesser["messages"][0]["content"]
    assert asked_format(ChatRequest("m", (), {"response_format": RAW})) == PERSON
    assert asked_format(ChatRequest("m", (), response_format=PERSON)) == PERSON
    assert asked_format(ChatRequest("m", (), {"response_format": {"type": "odd"}})) is None
    assert asked_format(ChatRequest("m", (), {"response_format": 1})) is None
    assert asked_format(ChatRequest("m", ())) is None
