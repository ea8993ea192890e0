"""Replies that a service may mean, and the many ways in which services write the same one down."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import chain, count
from typing import Any

from hypothesis import strategies as st

WORDS = st.text(
    st.characters(exclude_categories=["Cs"])
    | st.sampled_from('a \n{}[]"\\/:,<>`\u2028\u2029\x85\x0b\x0c👋海')
    | st.sampled_from(["\ud83d", "\udc4b"]),
    max_size=12,
)
ARGUMENTS = st.dictionaries(
    st.text("abc", max_size=3),
    st.none() | st.integers() | WORDS | st.lists(WORDS, max_size=2),
    max_size=3,
)


@dataclass(frozen=True)
class Reply:
    """What one choice says, in this order: reasoning, text, calls, why it ended."""

    reasoning: str
    text: str
    calls: tuple[tuple[str, str], ...]
    finish: str

    def message(self, reasoning: str) -> dict[str, Any]:
        """All of it at once; `reasoning` names the field."""
        made: dict[str, Any] = {"role": "assistant", "content": self.text or None}
        if self.reasoning:
            made[reasoning] = self.reasoning
        if self.calls:
            made["tool_calls"] = [
                {"id": f"c{i}", "function": {"name": name, "arguments": arguments}}
                for i, (name, arguments) in enumerate(self.calls)
            ]
        return made


@dataclass(frozen=True)
class Dialect:
    """How a service writes it down."""

    reasoning: str
    indexed: bool
    ids_repeated: bool
    nulls: bool
    usage_everywhere: bool
    done: bool
    space: bool
    ending: str
    noise: str


# Halves of pairs that stand where two texts meet are another test's.
_TEXT = WORDS.map(lambda text: text.removeprefix("\udc4b").removesuffix("\ud83d"))
REPLIES = st.lists(
    st.builds(
        Reply,
        _TEXT,
        _TEXT.map(lambda text: text.replace("<", "")),
        st.lists(
            st.tuples(st.sampled_from(["f", "get_it"]), ARGUMENTS.map(json.dumps)), max_size=3
        ).map(tuple),
        st.sampled_from(["stop", "length", "tool_calls", "eos", ""]),
    ),
    min_size=1,
    max_size=3,
)
DIALECTS = st.builds(
    Dialect,
    st.sampled_from(["reasoning_content", "reasoning", "thinking"]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", ": ping\n", "id: 1\n", "event: message\n", ":\n\n", "retry: 5\n"]),
)


def deltas(reply: Reply, dialect: Dialect, size: int) -> list[dict[str, Any]]:
    """The reply's deltas, each of at most `size` characters."""

    def cut(text: str) -> list[str]:
        return [text[at : at + size] for at in range(0, len(text), size)]

    made: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
    made += [{dialect.reasoning: piece} for piece in cut(reply.reasoning)]
    made += [{"content": piece} for piece in cut(reply.text)]
    for number, (name, arguments) in enumerate(reply.calls):
        for at, piece in enumerate(cut(arguments)):
            item: dict[str, Any] = {"function": {"arguments": piece}}
            if at == 0 or dialect.ids_repeated:
                item["id"] = f"c{number}"
                item["function"]["name"] = name
            elif dialect.nulls:
                item["id"] = item["function"]["name"] = None
            if dialect.indexed:
                item["index"] = number
            made.append({"tool_calls": [item]})
    if dialect.nulls:
        made = [{"content": None, "tool_calls": None, "refusal": None, **delta} for delta in made]
    return made


def streamed(
    replies: list[Reply], dialect: Dialect, size: int, order: list[int], *, distinct: bool = False
) -> bytes:
    """The body of a stream; `order` says which choice goes on next while several do.

    `distinct`: no two chunks are alike but for their text.
    """
    waiting: list[list[dict[str, Any]]] = [
        [
            *({"delta": delta, "finish_reason": None} for delta in deltas(reply, dialect, size)),
            {"delta": {}, "finish_reason": reply.finish},
        ]
        for reply in replies
    ]
    usage = {"usage": {"total_tokens": 7}}
    chunks: list[dict[str, Any]] = []
    turns = chain(order, count())
    while left := [index for index, choices in enumerate(waiting) if choices]:
        turn = next(turns)
        index = left[turn % len(left)]
        choice = {"index": index, **waiting[index].pop(0)}
        chunks.append({"choices": [choice], **(usage if dialect.usage_everywhere else {})})
    chunks.append({"choices": [], **usage})
    if distinct:
        chunks = [{"number": number, **chunk} for number, chunk in enumerate(chunks)]
    head = "data: " if dialect.space else "data:"
    events = [f"{dialect.noise}{head}{json.dumps(chunk)}\n\n" for chunk in chunks]
    body = "".join([*events, f"{head}[DONE]\n\n" if dialect.done else ""])
    return body.replace("\n", dialect.ending).encode()


def whole(replies: list[Reply], dialect: Dialect) -> bytes:
    """The body of the same answer when it is not streamed."""
    choices = [
        {"index": i, "message": reply.message(dialect.reasoning), "finish_reason": reply.finish}
        for i, reply in enumerate(replies)
    ]
    return json.dumps({"choices": choices, "usage": {"total_tokens": 7}}).encode()
