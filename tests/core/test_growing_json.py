"""JSON as it arrives: at each moment what is certain, in the end exactly what was said."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.growing_json import GrowingJson

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)


def fed(text: str, *, step: int = 1) -> list[Any]:
    growing, seen = GrowingJson(), []
    for at in range(0, len(text), step):
        growing.feed(text[at : at + step])
        seen.append(growing.value())
        assert not growing.broken, text[: at + step]
    assert growing.whole
    return seen


def within(part: Any, whole: Any) -> bool:
    """Whether a value is the other one with ends missing."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(
            key in whole and within(value, whole[key]) for key, value in part.items()
        )
    if isinstance(part, list):
        return isinstance(whole, list) and all(map(within, part, whole))
    return bool(part == whole)


@given(st.lists(VALUES, max_size=4) | st.dictionaries(st.text(max_size=5), VALUES))
def test_every_beginning_gives_a_part_of_the_value(value: Any) -> None:
    for ascii_only in (True, False):
        seen = fed(json.dumps(value, ensure_ascii=ascii_only))
        assert seen[-1] == value
        assert all(within(part, value) for part in seen)


def test_rows_are_there_as_they_come() -> None:
    growing = GrowingJson()
    growing.feed(' [{"item": "coffee", "n": 2}, {"item": "crois')
    assert growing.value() == [{"item": "coffee", "n": 2}, {}]
    growing.feed("sant \\")
    growing.feed('"x\\"", "n": 1')
    assert growing.value() == [{"item": "coffee", "n": 2}, {"item": 'croissant "x"'}]
    ended = [growing.whole]
    growing.feed("}]\n ")
    assert [*ended, growing.whole] == [False, True]
    assert growing.value()[1] == {"item": 'croissant "x"', "n": 1}


@pytest.mark.parametrize(
    "text",
    [
        "[link](https://example.org) is where it stands",
        '{"a": 1} is what I read',
        "{x}",
        "words alone",
        '{"a": 1]',
        '{"a": NaN}',
        "[1, , 2]",
        "[" * 5000,
        "word {",
        "}",
    ],
)
def test_what_is_no_json_is_known_for_it(text: str) -> None:
    growing = GrowingJson()
    growing.feed(text)
    assert growing.value() is None
    assert growing.broken
    assert not growing.whole
