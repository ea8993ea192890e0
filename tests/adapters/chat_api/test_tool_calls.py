"""Tool calls of every dialect become the calls that were meant."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.core.message import MessageState
from tests.adapters.chat_api.dialects import call, calls, chunk, said
from tests.adapters.chat_api.streams import cut, decode, meant

A, B, WHOLE = '{"x"', ":1}", '{"x":1}'


@pytest.mark.parametrize(
    ("deltas", "found"),
    [
        # as in the book
        (([call("", "f", "a", 0)], [call(A, index=0)], [call(B, index=0)]), [("a", "f", WHOLE)]),
        # all at index 0, told apart by their ids, even when it is the same function
        (
            ([call("{}", "f", "a", 0)], [call("{}", "g", "b", 0)]),
            [("a", "f", "{}"), ("b", "g", "{}")],
        ),
        (
            ([call("{}", "f", "a", 0)], [call(WHOLE, "f", "b", 0)]),
            [("a", "f", "{}"), ("b", "f", WHOLE)],
        ),
        # no index: by id, by name, else the last one
        (
            ([call(A, "f", "a")], [call(B)], [call("{}", "f", "b")]),
            [("a", "f", WHOLE), ("b", "f", "{}")],
        ),
        (
            ([call(A, "f")], [call(B)], [call("{}", "g")]),
            [("made-0", "f", WHOLE), ("made-1", "g", "{}")],
        ),
        (([call("{}", "f"), call("{}", "f")],), [("made-0", "f", "{}"), ("made-1", "f", "{}")]),
        # two in one delta, continued side by side
        (
            ([call(A, "f", "a"), call(A, "g", "b")], [call(B), call(B)]),
            [("a", "f", WHOLE), ("b", "g", WHOLE)],
        ),
        # interleaved by index
        (
            (
                [call("", "f", "a", 0)],
                [call("", "g", "b", 1)],
                [call(A, index=0)],
                [call("{}", index=1)],
                [call(B, index=0)],
            ),
            [("a", "f", WHOLE), ("b", "g", "{}")],
        ),
        # id and name repeated, empty or null later
        (([call(A, "f", "a", 0)], [call(B, "f", "a", 0)]), [("a", "f", WHOLE)]),
        (([call(A, "f", "a", 0)], [call(B, "", "", 0)]), [("a", "f", WHOLE)]),
        (([call(A, "f", index=0)], [call(B, "f", index=0)]), [("made-0", "f", WHOLE)]),
        # a new id with each piece
        (([call(A, "f", "a", 0)], [call(B, id_="b", index=0)]), [("a", "f", WHOLE)]),
        # id or name late, name in pieces
        (([call("", "f", index=0)], [call(WHOLE, id_="a", index=0)]), [("a", "f", WHOLE)]),
        (([call("", id_="a", index=0)], [call(WHOLE, "f", index=0)]), [("a", "f", WHOLE)]),
        (
            ([call("", "get_", "a", 0)], [call("", "it", index=0)], [call("{}", index=0)]),
            [("a", "get_it", "{}")],
        ),
        # the same id for two calls
        (
            ([call("{}", "f", "a", 0)], [call("{}", "g", "a", 1)]),
            [("a", "f", "{}"), ("made-0", "g", "{}")],
        ),
        # arguments whole, as an object, null, twice, or first empty and then in full
        (([call({"x": 1}, "f", "a", 0)],), [("a", "f", '{"x": 1}')]),
        (([call(None, "f", "a", 0)],), [("a", "f", "")]),
        (([call("{}", "f", "a", 0)], [call(WHOLE, "f", "a", 0)]), [("a", "f", WHOLE)]),
        (([call("{}", "f", "a", 0)], [call(A, index=0)], [call(B, index=0)]), [("a", "f", WHOLE)]),
        (
            ([call(A, "f", "a", 0)], [call(B, index=0)], [call(WHOLE, "f", "a", 0)]),
            [("a", "f", WHOLE)],
        ),
        (([call(A, "f", "a", 0)], [call(WHOLE, "f", "a", 0)]), [("a", "f", WHOLE)]),
        (
            ([call('{"a":', "f", "a", 0)], [call('{"a":1}}', index=0)]),
            [("a", "f", '{"a":{"a":1}}')],
        ),
        # what looks like an end and a beginning stands in a string
        (
            (
                [call('{"x":"\\\\frac{a}', "f", "a", 0)],
                [call('{b}"', index=0)],
                [call("}", index=0)],
            ),
            [("a", "f", '{"x":"\\\\frac{a}{b}"}')],
        ),
        (
            ([call('{"x":"{}', "f", "a", 0)], [call("{}", index=0)], [call('"}', index=0)]),
            [("a", "f", '{"x":"{}{}"}')],
        ),
        # all calls in an object, by their numbers
        (
            ({"0": call(WHOLE, "f", "a"), "1": call("{}", "g", "b")},),
            [("a", "f", WHOLE), ("b", "g", "{}")],
        ),
        # arguments that are no JSON stay as they came
        (([call("x=", "f", "a", 0)], [call("1", index=0)]), [("a", "f", "x=1")]),
        # odd shapes
        ((call("{}", "f", "a", "0"),), [("a", "f", "{}")]),
        (([None, 7, {}, {"function": None}, call("{}", "f", 12)],), [("12", "f", "{}")]),
        (([{"name": "f", "arguments": "{}", "id": "a"}],), [("a", "f", "{}")]),
        (([],), []),
        (("junk",), []),
    ],
)
def test_tool_calls(deltas: tuple[Any, ...], found: list[tuple[str, str, str]]) -> None:
    assert calls(*deltas) == found


def test_whole_calls_in_a_whole_message_and_the_old_single_call() -> None:
    message = {"content": None, "tool_calls": [call(WHOLE, "f", "a"), call({"y": 2}, "g", "b")]}
    body = json.dumps({"choices": [{"message": message, "finish_reason": "stop"}]}, indent=1)
    made = meant(decode(cut(body.encode(), 3)))
    assert made["calls"] == [("a", "f", WHOLE), ("b", "g", '{"y": 2}')]
    old = said(
        chunk({"function_call": {"name": "f", "arguments": A}}),
        chunk({"function_call": {"arguments": B}}),
        chunk({}, "function_call"),
    )
    assert old["calls"] == [("made-0", "f", WHOLE)]


def test_a_call_told_in_the_old_and_the_new_way_at_once_is_one_call() -> None:
    """As llama-cpp-python streams it: both fields in every delta, the old one without an id."""

    def both(text: str) -> dict[str, Any]:
        new = [call(text, "f", "a", 0)]
        return {"function_call": {"name": "f", "arguments": text}, "tool_calls": new}

    made = said(chunk(both(A)), chunk(both(B)), chunk({}, "tool_calls"))
    assert made["calls"] == [("a", "f", WHOLE)]
    message = {"content": None, **both(WHOLE)}
    body = json.dumps({"choices": [{"message": message, "finish_reason": "tool_calls"}]})
    assert meant(decode([body.encode()]))["calls"] == [("a", "f", WHOLE)]


def test_length_in_the_middle_of_arguments_is_no_whole_reply() -> None:
    made = said(chunk({"tool_calls": [call(A, "f", "a", 0)]}), chunk({}, "length"))
    assert made["calls"] == [("a", "f", A)]
    assert made["state"] is MessageState.CUT_SHORT
