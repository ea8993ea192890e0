"""Text and reasoning of every dialect, told apart, each counted once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.adapters.chat_api.dialects import chunk, said, text


@pytest.mark.parametrize(
    ("deltas", "parts"),
    [
        (
            ({"reasoning_content": "hm"}, {"content": "a"}),
            [("ReasoningPart", "hm"), ("TextPart", "a")],
        ),
        (({"reasoning": "h"}, {"reasoning": "m"}), [("ReasoningPart", "hm")]),
        (({"reasoning": "h", "reasoning_content": "h"},) * 2, [("ReasoningPart", "hh")]),
        (({"reasoning_content": "h"}, {"reasoning": "h"}), [("ReasoningPart", "h")]),
        (({"reasoning_content": "h"}, {"reasoning": "i"}), [("ReasoningPart", "hi")]),
        (({"thinking": "hm", "content": ""},), [("ReasoningPart", "hm")]),
        (({"reasoning_content": None, "reasoning": ""}, {"content": "a"}), [("TextPart", "a")]),
        (
            (
                {
                    "content": [
                        {"type": "thinking", "thinking": [{"type": "text", "text": "h"}]},
                        {"type": "text", "text": "a"},
                    ]
                },
            ),
            [("ReasoningPart", "h"), ("TextPart", "a")],
        ),
        (({"content": ["a", {"type": "image"}, {"text": "b"}, None, 5]},), [("TextPart", "ab")]),
        (({"content": None, "refusal": "no"},), [("TextPart", "no")]),
        # tags
        (("<think>hm</think>\n\na",), [("ReasoningPart", "hm"), ("TextPart", "a")]),
        (
            ("\n<th", "ink>\nh", "m \n</", "think", ">", "\n", "a"),
            [("ReasoningPart", "hm"), ("TextPart", "a")],
        ),
        (("<think>\n\n</think>\n\na",), [("TextPart", "a")]),
        (("<think>never closed </thin",), [("ReasoningPart", "never closed </thin")]),
        (("a </think> b",), [("TextPart", "a </think> b")]),
        (("</think>b",), [("TextPart", "</think>b")]),
        (
            ("`<think>` is a tag <think>x</think>",),
            [("TextPart", "`<think>` is a tag <think>x</think>")],
        ),
        (("```\n<think>\n```",), [("TextPart", "```\n<think>\n```")]),
        (("<thinker>", "a"), [("TextPart", "<thinker>a")]),
        (("<", "b>bold"), [("TextPart", "<b>bold")]),
        (("<thi",), [("TextPart", "<thi")]),
        (
            ("<think>a</think>b<think>c</think>",),
            [("ReasoningPart", "a"), ("TextPart", "b<think>c</think>")],
        ),
        # surrogates
        (("\ud83d", "\udc4b!"), [("TextPart", "👋!")]),
        (("\ud83d", "x\udc4b"), [("TextPart", "\ufffdx\ufffd")]),
        (("\ud83d",), [("TextPart", "\ufffd")]),
        (
            ({"reasoning": "\ud83d"}, {"content": "a"}),
            [("ReasoningPart", "\ufffd"), ("TextPart", "a")],
        ),
        # text that only looks like line ends
        (("a\u2028b\u2029c\x85d\x0be\x0cf",), [("TextPart", "a\u2028b\u2029c\x85d\x0be\x0cf")]),
    ],
)
def test_text_and_reasoning(deltas: tuple[Any, ...], parts: list[tuple[str, str]]) -> None:
    spelled = [{"content": d} if isinstance(d, str) else d for d in deltas]
    assert text(*spelled) == parts


def test_details_stay_as_they_came_and_their_text_counts_once() -> None:
    first = {"type": "reasoning.text", "text": "hm", "signature": "s"}
    second = {"type": "reasoning.encrypted", "data": "zzz"}
    made = said(
        chunk({"reasoning": "hm", "reasoning_details": [first]}),
        chunk({"reasoning_details": [second]}),
        chunk({"content": "a"}, "stop"),
    )
    assert made["parts"] == [("ReasoningPart", "hm"), ("TextPart", "a")]
    assert made["details"] == [first, second]
    alone = said(chunk({"reasoning_details": [first]}), chunk({}, "stop"))
    assert alone["parts"] == [("ReasoningPart", "hm")]


def test_a_pair_cut_in_half_between_two_details_is_joined_in_them_too() -> None:
    def piece(text: str) -> dict[str, Any]:
        return {"type": "reasoning.text", "index": 0, "text": text}

    made = said(
        chunk({"reasoning_details": [piece("a\ud83d")]}),
        chunk({"reasoning_details": [piece("\udc4bb")]}),
        chunk({"reasoning_details": [{**piece("\udc4b"), "index": 1}]}),
        chunk({"content": "c"}, "stop"),
    )
    assert made["parts"] == [("ReasoningPart", "a👋b\ufffd"), ("TextPart", "c")]
    assert "".join(detail["text"] for detail in made["details"]) == "a👋b\ufffd"


def test_white_space_goes_only_where_it_parts_reasoning_from_the_answer() -> None:
    assert text("<think>a\n\n b</think>\n\n    code\n\n  more\n") == [
        ("ReasoningPart", "a\n\n b"),
        ("TextPart", "    code\n\n  more\n"),
    ]
    assert text("\n\n a ", "\n<think>") == [("TextPart", "\n\n a \n<think>")]
    assert text("<think>a</think>", "\n", "  ", "b", " ") == [
        ("ReasoningPart", "a"),
        ("TextPart", "  b "),
    ]
    assert text("<think>a</think>\n  \n") == [("ReasoningPart", "a")]
    # So much of it that nothing is waited for any more.
    assert text(" " * 300, "<think>a</think>")[0] == ("TextPart", " " * 300 + "<think>a</think>")
