"""Whatever a service makes of the format, the reader gets the same answer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import FailureKind
from app.core.events import Ended, Failed, Finished, StreamEvent, UsageReported
from app.core.message import MessageState
from tests.adapters.chat_api.dialects import chunk, said, sse
from tests.adapters.chat_api.streams import (
    BENDS,
    FOLDER,
    Recording,
    built,
    check,
    cut,
    decode,
    meant,
    recordings,
)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the recordings do not lie beside the project")
@pytest.mark.parametrize("bend", BENDS)
@pytest.mark.parametrize("recording", recordings(), ids=lambda r: r.name)
def test_recordings_in_every_form(recording: Recording, bend: str) -> None:
    check(decode(BENDS[bend](recording.body)), recording.expected)


def test_choices_in_every_state() -> None:
    made = said(
        {"choices": []},
        {"model": "m"},
        {"choices": None},
        {"choices": [None, 5]},
        {"choices": [{"index": 0, "delta": None}]},
        {"choices": [{"delta": {"content": "a"}}]},
        {"choices": {"index": 0, "delta": {"content": "b"}, "finish_reason": "stop"}},
        "junk",
        '"a string"',
        "[1, 2]",
        {"choices": [], "usage": {"total_tokens": 3}},
    )
    assert made["parts"] == [("TextPart", "ab")]
    assert made["usage"] == {"total_tokens": 3}
    assert made["model"] == "m"
    assert made["state"] is MessageState.COMPLETE


def test_messages_in_place_of_deltas() -> None:
    def message(words: str, finish: str | None = None) -> dict[str, Any]:
        return {
            "choices": [
                {"message": {"role": "assistant", "content": words}, "finish_reason": finish}
            ]
        }

    whole = [("TextPart", "Hello you")]
    assert said(message("Hello you", "stop"))["parts"] == whole
    assert said(message("Hello"), message(" you", "stop"))["parts"] == whole
    assert said(message("Hello"), message("Hello you", "stop"))["parts"] == whole
    # A last chunk that says all of it again.
    assert said(chunk({"content": "Hello you"}), message("Hello you", "stop"))["parts"] == whole
    assert said({"choices": [{"text": "Hello you"}]}, chunk({}, "stop"))["parts"] == whole


def test_usage_is_said_once_and_is_the_last() -> None:
    events = decode(
        [
            sse(
                chunk({"content": "a"}, usage={"total_tokens": 1}),
                chunk({}, "stop", usage={"total_tokens": 2}),
                {"usage": None},
            )
        ]
    )
    reports = [e for e in events if isinstance(e, UsageReported)]
    assert [report.usage.total_tokens for report in reports] == [2]
    inside = {
        "choices": [
            {"delta": {"content": "a"}, "finish_reason": "stop", "usage": {"total_tokens": 5}}
        ]
    }
    assert said(inside)["usage"] == {"total_tokens": 5}


@pytest.mark.parametrize(
    ("reasons", "told"),
    [
        (("stop", "stop"), ["stop"]),
        ((None, "", "null", "eos"), ["eos"]),
        (("length", "stop"), ["length"]),
        (("max_tokens",), ["length"]),
        (("stop", "tool_calls"), ["stop", "tool_calls"]),
        (({"odd": 1}, 7), []),
    ],
)
def test_finish_reasons(reasons: tuple[Any, ...], told: list[str]) -> None:
    events = decode([sse(chunk({"content": "a"}), *(chunk({}, r) for r in reasons))])
    assert [e.reason for e in events if isinstance(e, Finished)] == told
    assert events[-1] == Ended()


@pytest.mark.parametrize("whole", [False, True])
def test_several_choices_are_never_mixed(whole: bool) -> None:
    kind = "message" if whole else "delta"
    parts = [(0, "a", None), (1, "b", None), (1, "d", "stop"), (0, "c", "length")]
    if whole:
        body = {
            "choices": [
                {"index": i, kind: {"content": w}, "finish_reason": f}
                for i, w, f in [(0, "ac", "length"), (1, "bd", "stop")]
            ]
        }
        events = decode([json.dumps(body).encode()], choices=2)
    else:
        events = decode(
            [
                sse(
                    *(
                        {"choices": [{"index": i, kind: {"content": w}, "finish_reason": f}]}
                        for i, w, f in parts
                    )
                )
            ],
            choices=2,
        )
    assert meant(events, 0)["parts"] == [("TextPart", "ac")]
    assert meant(events, 1)["parts"] == [("TextPart", "bd")]
    assert meant(events, 0)["state"] is MessageState.CUT_SHORT
    assert meant(events, 1)["state"] is MessageState.COMPLETE


@pytest.mark.parametrize(
    ("error", "message", "code"),
    [
        ({"error": {"message": "no", "type": "t", "code": None}}, "no", "t"),
        ({"error": {"message": "no", "code": 400, "metadata": {}}}, "no", "400"),
        ({"error": "no"}, "no", ""),
        ({"code": 500, "reason": "R", "message": "no", "metadata": {}}, "no", "R"),
        (
            {"object": "error", "message": "no", "type": "BadRequest", "code": 40001},
            "no",
            "BadRequest",
        ),
        (
            {"type": "error", "error": {"type": "overloaded_error", "message": "no"}},
            "no",
            "overloaded_error",
        ),
        ({"detail": "no"}, "no", ""),
        ({"detail": [{"msg": "no", "loc": []}]}, "no", ""),
        ({"errors": [{"message": "no", "code": "c"}]}, "no", "c"),
        ({"error_code": 17, "error_msg": "no"}, "no", "17"),
        ({"choices": None, "base_resp": {"status_code": 1004, "status_msg": "no"}}, "no", "1004"),
        (
            {
                "choices": [
                    {
                        "index": 0,
                        "delta": {},
                        "finish_reason": "error",
                        "error": {"message": "no", "code": "c"},
                    }
                ]
            },
            "no",
            "c",
        ),
        (
            {"choices": [{"delta": {"content": ""}}], "error": {"message": "no", "code": 502}},
            "no",
            "502",
        ),
        ([{"error": {"message": "no", "code": "c"}}], "no", "c"),
    ],
)
@pytest.mark.parametrize("begun", [False, True])
def test_errors_inside_a_success(error: Any, message: str, code: str, begun: bool) -> None:
    before = [chunk({"content": "half"})] if begun else []
    for events in (
        decode([sse(*before, error)]),
        decode([sse(*before, done=False) + json.dumps(error, indent=2).encode()]),
    ):
        last = events[-1]
        assert isinstance(last, Failed)
        assert last.failure.kind is FailureKind.IN_STREAM
        assert (last.failure.message, last.failure.code) == (message, code)
        assert built(events).parts() == built(decode([sse(*before)])).parts()


@pytest.mark.parametrize("data", ["boom", '"boom"', '{"whatever": "boom"}'])
def test_an_event_named_error_is_one(data: str) -> None:
    events = decode(
        [sse(chunk({"content": "a"}), done=False) + f"event: error\ndata: {data}\n\n".encode()]
    )
    last = events[-1]
    assert isinstance(last, Failed)
    assert "boom" in last.failure.message + last.failure.body


@pytest.mark.parametrize(
    "fine",
    [
        {"error": None},
        {"error": {}},
        {"error": {"message": None, "code": None}},
        {"error": False},
        {"error": ""},
        {"base_resp": {"status_code": 0, "status_msg": ""}},
        {"code": 0, "message": "success"},
    ],
)
def test_what_only_looks_like_an_error(fine: dict[str, Any]) -> None:
    made = said({**chunk({"content": "a"}), **fine}, {"choices": [], **fine}, chunk({}, "stop"))
    assert made["state"] is MessageState.COMPLETE


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", FailureKind.EMPTY),
        (b" \r\n\n", FailureKind.EMPTY),
        (b": comment\n\n", FailureKind.EMPTY),
        (b"data: [DONE]\n\n", FailureKind.EMPTY),
        (b"\xef\xbb\xbf", FailureKind.EMPTY),
        (sse({"choices": []}), FailureKind.EMPTY),
        (sse(chunk({"role": "assistant", "content": ""})), FailureKind.EMPTY),
        (b"<html>", FailureKind.NOT_JSON),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>", FailureKind.NOT_JSON),
        (b"upstream connect error", FailureKind.NOT_JSON),
        (b"data: upstream connect error\n\n", FailureKind.NOT_JSON),
        (b'{"hello": 1}', FailureKind.NOT_JSON),
        (b'{"choices": [{"message": {"content": "hal', FailureKind.NOT_JSON),
        (b"\x89PNG\r\n\x1a\n\x00", FailureKind.NOT_JSON),
    ],
)
def test_a_success_with_nothing_in_it_is_none(body: bytes, kind: FailureKind) -> None:
    for pieces in ([body], cut(body, 1)):
        [*_, last] = decode(pieces)
        assert isinstance(last, Failed)
        assert last.failure.kind is kind


def test_an_empty_answer_that_was_finished_is_one() -> None:
    assert said(chunk({}, "stop"))["state"] is MessageState.COMPLETE


@pytest.mark.parametrize("lead", [b"", b"\xef\xbb\xbf", b"\n \n"])
def test_bare_json_lines_and_trailing_errors(lead: bytes) -> None:
    lines = [json.dumps(chunk({"content": word})) for word in "ab"]
    body = lead + "\n".join([*lines, json.dumps(chunk({}, "stop"))]).encode()
    for size in (1, 7, 1000):
        assert meant(decode(cut(body, size)))["parts"] == [("TextPart", "ab")]
    error = b'{\n  "error": {\n    "message": "late"\n  }\n}'
    made = meant(decode([sse(chunk({"content": "a"}), done=False) + error]))
    assert made["failure"].message == "late"


# fmt: off
NAMES = [
    "choices", "delta", "message", "content", "tool_calls", "function", "name", "arguments",
    "id", "index", "error", "code", "usage", "model", "reasoning", "reasoning_details",
    "finish_reason", "type", "text", "thinking", "x_groq", "detail", "base_resp", "metadata",
    "function_call",
]
# fmt: on
ODD: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["", "a", "\ud83d"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(NAMES),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@settings(deadline=None, max_examples=150)
@given(st.lists(ODD, max_size=4), st.integers(1, 40))
def test_any_shape_is_borne(values: list[Any], size: int) -> None:
    bodies = [sse(*values), json.dumps(values).encode(), json.dumps({"choices": values}).encode()]
    for body in bodies:
        events: list[StreamEvent] = decode(cut(body, size))
        assert sum(isinstance(event, (Ended, Failed)) for event in events) == 1
        assert isinstance(events[-1], (Ended, Failed))
        repr(meant(events)).encode()
        json.dumps(
            [event.usage.raw for event in events if isinstance(event, UsageReported)]
        ).encode()


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=200), st.integers(1, 9), st.sampled_from([b"", b"data: ", b"{", b"<"]))
def test_any_bytes_are_borne(body: bytes, size: int, lead: bytes) -> None:
    events = decode(cut(lead + body, size))
    assert isinstance(events[-1], (Ended, Failed))


words = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("<think>/ \n"), max_size=6
)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.booleans(), words), max_size=8), st.data())
def test_any_cut_means_the_same(spoken: list[tuple[bool, str]], data: st.DataObject) -> None:
    deltas = [{"reasoning_content" if thought else "content": said} for thought, said in spoken]
    body = sse(*map(chunk, deltas), chunk({}, "stop"))
    places = sorted(data.draw(st.sets(st.integers(0, len(body)), max_size=12)))
    pieces = [body[a:b] for a, b in zip([0, *places], [*places, len(body)], strict=True)]
    assert decode(pieces) == decode([body])


def test_depth_beyond_sense_is_junk() -> None:
    deep = "[" * 100_000
    nested = '{"choices":[{"delta":{"content":' + "[" * 900 + "]" * 900 + "}}]}"
    made = said(deep, nested, chunk({"content": "a"}, "stop"))
    assert made["parts"] == [("TextPart", "a")]
