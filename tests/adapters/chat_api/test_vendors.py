"""Answers as many vendors write them, in few words each: streamed, and whole where they are."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.adapters.chat_api.decode import AnswerDecoder
from app.core.events import Finished, TextDelta
from app.core.message import MessageState
from tests.adapters.chat_api.dialects import call, chunk, said, sse
from tests.adapters.chat_api.streams import cut, decode, meant

Parts = list[tuple[str, str | None]]

R, T = "ReasoningPart", "TextPart"
STOP = chunk({}, "stop")


def whole(message: dict[str, Any], finish: str | None = "stop", **more: Any) -> dict[str, Any]:
    """What is made of a completion that is not streamed."""
    body = {
        "id": "c",
        "object": "chat.completion",
        "model": "m",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        **more,
    }
    made = meant(decode([json.dumps(body).encode("utf-8", "surrogatepass")]))
    pretty = json.dumps(body, indent=2).encode("utf-8", "surrogatepass")
    assert meant(decode(cut(pretty, 7))) == made
    return made


@pytest.mark.parametrize(
    ("chunks", "parts"),
    [
        pytest.param(
            [
                chunk({"role": "assistant", "content": None, "reasoning_content": "h"}),
                chunk({"content": None, "reasoning_content": "m"}),
                chunk({"content": "a", "reasoning_content": None}),
                STOP,
            ],
            [(R, "hm"), (T, "a")],
            id="DeepSeek",
        ),
        pytest.param(
            [
                chunk({"content": "", "reasoning_content": "hm", "tool_calls": []}),
                chunk({"content": "a", "reasoning_content": "", "tool_calls": []}, "stop"),
            ],
            [(R, "hm"), (T, "a")],
            id="empty lists of calls",
        ),
        pytest.param(
            [
                chunk({"role": "", "content": "a", "audio_content": "", "name": "M"}),
                {**STOP, "input_sensitive": False, "base_resp": {"status_code": 0}},
            ],
            [(T, "a")],
            id="MiniMax",
        ),
        pytest.param(
            [
                chunk({"content": "<think>\nh"}),
                chunk({"content": "m\n"}),
                chunk({"content": "</think>\n\na", "reasoning_content": ""}),
                STOP,
            ],
            [(R, "hm"), (T, "a")],
            id="MiniMax, unsplit",
        ),
        pytest.param(
            [
                chunk({"content": "<thought>h", "extra_content": {"google": {"thought": True}}}),
                chunk({"content": "m", "extra_content": {"google": {"thought": True}}}),
                chunk({"content": "</thought>a"}),
                STOP,
            ],
            [(R, "hm"), (T, "a")],
            id="Gemini",
        ),
        pytest.param(
            [chunk({"content": "[THINK]hm[/THINK]a"}), STOP],
            [(R, "hm"), (T, "a")],
            id="Magistral by llama.cpp",
        ),
        pytest.param(
            [
                chunk({"content": [{"type": "thinking", "thinking": [{"text": "h"}]}]}),
                chunk({"content": [{"type": "thinking", "thinking": [{"text": "m"}]}]}),
                chunk({"content": [{"type": "thinking", "thinking": [], "closed": True}]}),
                chunk({"content": "a"}, "stop"),
            ],
            [(R, "hm"), (T, "a")],
            id="Mistral",
        ),
        pytest.param(
            [
                {
                    "choices": [
                        {
                            "index": 0,
                            "message": {"role": "assistant", "content": whole_so_far},
                            "delta": {"role": "assistant", "content": new},
                        }
                    ]
                }
                for whole_so_far, new in [("a", "a"), ("ab", "b"), ("abc", "c")]
            ]
            + [
                {"choices": [{"message": {"content": "abc"}, "delta": {}, "finish_reason": "stop"}]}
            ],
            [(T, "abc")],
            id="Perplexity",
        ),
        pytest.param(
            [
                {"choices": [], "prompt_filter_results": [{"prompt_index": 0}], "model": ""},
                chunk({"content": "a"}),
                {"choices": [{"index": 0, "content_filter_results": {}, "finish_reason": None}]},
                STOP,
            ],
            [(T, "a")],
            id="Azure",
        ),
        pytest.param(
            [
                {"choices": [], "created": 0, "id": "", "model": "", "object": ""},
                chunk({"content": "a"}, ""),
                chunk(None, "stop"),
            ],
            [(T, "a")],
            id="a placeholder first",
        ),
        pytest.param(
            [{"type": "ping"}, chunk({"content": "a"}), {"choices": [], "usage": None}, STOP],
            [(T, "a")],
            id="heart-beats",
        ),
        pytest.param(
            [
                chunk({"reasoning": "hm", "reasoning_details": {"type": "reasoning.text"}}),
                chunk({"content": "a"}, "stop"),
            ],
            [(R, "hm"), (T, "a")],
            id="details as one object",
        ),
        pytest.param(
            [chunk({"reasoning": {"content": "hm"}}), chunk({"content": "a"}, "stop")],
            [(R, "hm"), (T, "a")],
            id="reasoning as an object",
        ),
        pytest.param(
            [
                chunk({"content": None, "audio": {"id": "a", "transcript": "He"}}),
                chunk({"content": None, "audio": {"data": "AAAA"}}),
                chunk({"content": None, "audio": {"transcript": "y"}}),
                STOP,
            ],
            [(T, "Hey")],
            id="spoken words",
        ),
        pytest.param(
            [
                {"choices": [{"index": 1, "delta": {"content": "a"}}]},
                {"choices": [{"index": 1, "delta": {}, "finish_reason": "stop"}]},
            ],
            [(T, "a")],
            id="the only choice is not the first",
        ),
        pytest.param(
            [{"choices": [{"index": "0", "delta": "a"}]}, STOP],
            [(T, "a")],
            id="an index as text, a delta as text",
        ),
        pytest.param(
            [
                chunk({"content": "a"}, logprobs={"content": []}, system_fingerprint=None),
                chunk({"content": "\tb"}, system_fingerprint="fp"),
                STOP,
            ],
            [(T, "a\tb")],
            id="fields that mean nothing here",
        ),
    ],
)
def test_streams(chunks: list[Any], parts: Parts) -> None:
    made = said(*chunks)
    assert made["parts"] == parts
    assert made["state"] is MessageState.COMPLETE
    assert meant(decode(cut(sse(*chunks), 3)))["parts"] == parts


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ({"content": "a", "reasoning_content": "hm"}, [(R, "hm"), (T, "a")]),
        ({"content": "a", "reasoning": "hm"}, [(R, "hm"), (T, "a")]),
        ({"content": "a", "thinking": "hm"}, [(R, "hm"), (T, "a")]),
        (
            {
                "content": "a",
                "reasoning": "hm",
                "reasoning_content": "hm",
                "reasoning_details": [{"type": "reasoning.text", "text": "hm"}],
            },
            [(R, "hm"), (T, "a")],
        ),
        ({"content": "<think>hm</think>\n\n  a"}, [(R, "hm"), (T, "  a")]),
        ({"content": "<think>hm</think> a", "reasoning": "hm"}, [(R, "hm"), (T, "a")]),
        ({"content": "a</think>b"}, [(T, "a</think>b")]),
        ({"content": "`<think>`"}, [(T, "`<think>`")]),
        (
            {"content": [{"type": "thinking", "thinking": [{"text": "hm"}]}, {"text": "a"}]},
            [(R, "hm"), (T, "a")],
        ),
        ({"content": None, "refusal": "no"}, [(T, "no")]),
        ({"content": None, "audio": {"transcript": "a"}}, [(T, "a")]),
        ({"content": "\ud83d\udc4b \ud83d"}, [(T, "👋 \ufffd")]),
        (
            {"content": "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg"},
            [(T, "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg")],
        ),
        ({"content": ""}, []),
        ({"content": None}, []),
    ],
)
def test_whole_answers(message: dict[str, Any], parts: Parts) -> None:
    made = whole({"role": "assistant", **message})
    assert made["parts"] == parts
    assert made["state"] is MessageState.COMPLETE
    assert made["model"] == "m"


@pytest.mark.parametrize(
    ("calls", "found"),
    [
        ([call('{"x":1}', "f", "a", 0)], [("a", "f", '{"x":1}')]),
        (
            [call('{"x":1}', "f", "a"), call("{}", "g", "b")],
            [("a", "f", '{"x":1}'), ("b", "g", "{}")],
        ),
        ([call("{}", "f", "a", 0), call("{}", "g", "b", 0)], [("a", "f", "{}"), ("b", "g", "{}")]),
        (
            [call("{}", "f", "", 0), call("{}", "f", "", 1)],
            [("made-0", "f", "{}"), ("made-1", "f", "{}")],
        ),
        ([call({"x": 1}, "f", "a", "0")], [("a", "f", '{"x": 1}')]),
        (
            {"0": call("{}", "f", "a"), "1": call("{}", "g", "b")},
            [("a", "f", "{}"), ("b", "g", "{}")],
        ),
        (call("{}", "f", "a"), [("a", "f", "{}")]),
        ([call(None, "f", "a", 0)], [("a", "f", "")]),
        ([call("not json", "f", "a", 0)], [("a", "f", "not json")]),
        ([], []),
        (None, []),
    ],
)
@pytest.mark.parametrize("finish", ["tool_calls", "stop"])
def test_calls_of_whole_answers(calls: Any, found: list[Any], finish: str) -> None:
    made = whole({"content": None, "tool_calls": calls}, finish)
    assert made["calls"] == found
    assert made["finish"] == finish
    assert made["state"] is MessageState.COMPLETE


def test_a_whole_answer_may_be_cut_short_or_say_no_finish() -> None:
    calls = [call('{"x"', "f", "a", 0)]
    assert whole({"tool_calls": calls}, "length")["state"] is MessageState.CUT_SHORT
    assert whole({"content": "a"}, "max_tokens")["finish"] == "length"
    assert whole({"content": "a"}, None)["state"] is MessageState.CUT_SHORT
    assert whole({"content": "a"}, "eos")["state"] is MessageState.COMPLETE


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([{"total_tokens": 3}], {"total_tokens": 3}),
        ([{"total_tokens": 3}, None, {}], {"total_tokens": 3}),
        ([{"total_tokens": 3}, {"total_tokens": 0, "details": {"x": 0}}], {"total_tokens": 3}),
        ([{"total_tokens": 0}], {"total_tokens": 0}),
        ([{"prompt_tokens": "3"}], {"prompt_tokens": "3"}),
        ([5, "x", []], None),
    ],
)
def test_usage(given: list[Any], told: Any) -> None:
    streamed = said(*(chunk({"content": "a"}, usage=usage) for usage in given), STOP)
    assert streamed["usage"] == told
    alone = said(chunk({"content": "a"}, "stop"), *({"choices": [], "usage": u} for u in given))
    assert alone["usage"] == told
    inside = [{"choices": [{"delta": {"content": "a"}, "usage": usage}]} for usage in given]
    assert said(*inside, STOP)["usage"] == told
    groq = [{**chunk({"content": "a"}), "x_groq": {"usage": usage}} for usage in given]
    assert said(*groq, STOP)["usage"] == told
    assert whole({"content": "a"}, usage=given[0])["usage"] == (told if given[0] != 5 else None)


def test_an_error_in_the_middle_keeps_what_came() -> None:
    made = said(
        chunk({"content": "half"}),
        chunk({"content": ""}, "error", error={"message": "Provider disconnected", "code": 502}),
    )
    assert made["parts"] == [(T, "half")]
    assert made["state"] is MessageState.FAILED
    assert made["failure"].message == "Provider disconnected"
    body = {"code": 403, "reason": "NOT_ENOUGH_BALANCE", "message": "no", "metadata": {}}
    assert meant(decode([json.dumps(body).encode()]))["failure"].code == "NOT_ENOUGH_BALANCE"


@pytest.mark.parametrize("data", ["500 Internal Server Error", '"overloaded"', "502", "[]", "{}"])
def test_whatever_an_event_named_error_holds_is_one(data: str) -> None:
    made = meant(decode([f"event: error\ndata: {data}\n\n".encode()]))
    assert made["state"] is MessageState.FAILED
    assert data.strip('"') in made["failure"].message + made["failure"].body


def test_lines_of_json_are_read_as_they_come() -> None:
    chunks = [chunk({"content": "a"}), chunk({"content": "b"}), STOP]
    lines = [json.dumps(c).encode() + b"\n" for c in chunks]
    decoder = AnswerDecoder()
    assert TextDelta("a") in decoder.feed(lines[0])
    assert decoder.feed(lines[1]) == [TextDelta("b")]
    assert decoder.feed(lines[2]) == [Finished("stop")]
    assert decoder.whole
    made = meant(decode(cut(b"".join(lines), 5)))
    assert made["parts"] == [(T, "ab")]
    assert made["state"] is MessageState.COMPLETE


def test_values_one_behind_another_on_a_line() -> None:
    first, second = (json.dumps(chunk({"content": word})) for word in "ab")
    for between in ("", " ", ",", "data: ", " , data:"):
        body = f"data: {first}{between}{second}\n\n".encode()
        assert meant(decode(cut(body, 6)))["parts"] == [(T, "ab")], between
    bare = f"{first}{second}{json.dumps(STOP)}".encode()
    assert meant(decode([bare]))["parts"] == [(T, "ab")]
