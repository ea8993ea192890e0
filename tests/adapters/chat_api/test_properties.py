"""Whatever is said, in whatever dialect, however it is cut: the same reply, and one end."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters.chat_api.surrogates import scrub
from app.core.events import Ended, Failed, StreamEvent, UsageReported
from app.core.message import ReasoningPart, TextPart, ToolCallPart
from tests.adapters.chat_api.dialects import chunk, sse
from tests.adapters.chat_api.spoken import DIALECTS, REPLIES, Dialect, Reply, streamed, whole
from tests.adapters.chat_api.streams import built, cut, decode, meant

CUTS = st.lists(st.integers(1, 60), min_size=1, max_size=12)
SIZES = st.integers(1, 9)
ORDER = st.lists(st.integers(0, 5), max_size=20)


def pieces(body: bytes, sizes: list[int]) -> list[bytes]:
    """The body cut into pieces of these sizes, over and over."""
    made, at, turn = [], 0, 0
    while at < len(body):
        made.append(body[at : at + sizes[turn % len(sizes)]])
        at += sizes[turn % len(sizes)]
        turn += 1
    return made


def heard(events: list[StreamEvent], choice: int) -> tuple[str, str, list[Any], str | None]:
    """Reasoning, text, calls and finish of one choice."""
    builder = built(events, choice)
    parts = builder.parts()
    return (
        "".join(part.text for part in parts if isinstance(part, ReasoningPart)),
        "".join(part.text for part in parts if isinstance(part, TextPart)),
        [
            (part.name, json.loads(part.arguments))
            for part in parts
            if isinstance(part, ToolCallPart)
        ],
        builder.finish_reason,
    )


def said(reply: Reply) -> tuple[str, str, list[Any], str | None]:
    calls = [(name, json.loads(arguments)) for name, arguments in reply.calls]
    clean = json.loads(json.dumps(calls).encode("utf-8", "surrogatepass"))
    return (
        scrub(reply.reasoning),
        scrub(reply.text),
        [tuple(call) for call in clean],
        reply.finish or None,
    )


@settings(deadline=None, max_examples=120)
@given(REPLIES, DIALECTS, SIZES, ORDER, CUTS)
def test_any_dialect_in_any_cut_is_the_reply_that_was_meant(
    replies: list[Reply], dialect: Dialect, size: int, order: list[int], sizes: list[int]
) -> None:
    body = streamed(replies, dialect, size, order)
    events = decode([body], choices=len(replies))
    assert decode(pieces(body, sizes), choices=len(replies)) == events
    # No two chunks alike: each has to be parsed.
    odd = streamed(replies, dialect, size, order, distinct=True)
    assert decode([odd], choices=len(replies)) == events
    at_once = decode(pieces(whole(replies, dialect), sizes), choices=len(replies))
    for index, reply in enumerate(replies):
        assert heard(events, index) == said(reply)
        assert heard(at_once, index) == said(reply)
    usage = [event.usage.raw for event in events if isinstance(event, UsageReported)]
    assert usage == [{"total_tokens": 7}]


@settings(deadline=None, max_examples=60)
@given(REPLIES, DIALECTS, SIZES, CUTS, st.data())
def test_a_stream_that_breaks_off_anywhere_keeps_what_came(
    replies: list[Reply], dialect: Dialect, size: int, sizes: list[int], data: st.DataObject
) -> None:
    body = streamed(replies, dialect, size, [])
    broken = body[: data.draw(st.integers(0, len(body)))]
    error = b'\n\ndata: {"error": {"message": "late"}}\n\n'
    for ending in (b"", error, b"\n\n<html>", b"\xff\xfe"):
        events = decode(pieces(broken + ending, sizes), choices=len(replies))
        assert sum(isinstance(event, (Ended, Failed)) for event in events) == 1
        assert isinstance(events[-1], (Ended, Failed))
        for index, reply in enumerate(replies):
            builder = built(events, index)
            text = "".join(p.text for p in builder.parts() if isinstance(p, TextPart))
            assert scrub(reply.text).startswith(text.rstrip("\ufffd"))


BITS = st.sampled_from(["<think>", "</think>", "</", "think>", "<", "a", "b ", " ", "\n", "\u3000"])


@settings(deadline=None, max_examples=150)
@given(st.lists(BITS, max_size=12).map("".join), SIZES)
def test_tags_anywhere_in_any_cut_lose_no_word(text: str, size: int) -> None:
    def told(words: list[str]) -> dict[str, Any]:
        return meant(decode([sse(*(chunk({"content": word}) for word in words))]))

    once = told([text])
    assert (
        told([text[at : at + size] for at in range(0, len(text), size)])["parts"] == once["parts"]
    )
    kept = "".join(words or "" for _, words in once["parts"])
    wanted = text
    if text.lstrip().startswith("<think>"):
        inside, _, behind = text.lstrip().removeprefix("<think>").partition("</think>")
        wanted = inside + behind
        assert [words for kind, words in once["parts"] if kind == "TextPart"] in (
            [],
            [behind.lstrip()],
            [behind[len(behind.rstrip()) - len(behind.strip()) - len(_indent(behind)) :]],
        )
    else:
        assert kept == text
    assert "".join(kept.split()) == "".join(wanted.split())


def _indent(text: str) -> str:
    """What stands before the first word on its line."""
    return text[: len(text) - len(text.lstrip())].rpartition("\n")[2]


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=300), st.integers(1, 9), st.sampled_from([b"", b"data: ", b"{", b"<"]))
def test_any_bytes_end_once(body: bytes, size: int, lead: bytes) -> None:
    events = decode(cut(lead + body, size))
    assert sum(isinstance(event, (Ended, Failed)) for event in events) == 1
    assert isinstance(events[-1], (Ended, Failed))
