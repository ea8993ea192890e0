"""Numbers and JSON as people type them, and the one order in which parameters are sent."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.json_text import JsonFault, WrongJson, json_text, read_json
from app.features.parameters.fields import BUDGET, FIRST, MORE, TOP_LOGPROBS
from app.features.parameters.values import ORDER, in_order, read_number, same

NUMBERS = (*FIRST, *MORE, TOP_LOGPROBS, BUDGET)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0.7", 0.7),
        (" 1.0 ", 1),
        ("１．５", 1.5),
        ("0。7", 0.7),
        ("0,7", 0.7),
        ("−0.5", -0.5),
        (".5", 0.5),
        ("-0", 0),
        ("1e0", 1),
    ],
)
def test_a_fraction_is_read_in_any_digits(typed: str, value: float) -> None:
    read = read_number(typed, whole=False)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("typed", "value"), [("4096", 4096), ("４０９６", 4096), ("4,096", 4096), ("-3", -3)]
)
def test_a_whole_number_is_read_in_any_digits(typed: str, value: int) -> None:
    assert read_number(typed, whole=True) == value


@pytest.mark.parametrize("typed", ["nan", "inf", "-Infinity", "0x10", "1_000", "一", "1.2.3", "٣"])
def test_what_is_no_number_is_none(typed: str) -> None:
    for whole in (True, False):
        with pytest.raises(ValueError):  # noqa: PT011 - that it is one says it all
            read_number(typed, whole=whole)


def test_a_number_past_all_bounds_is_beyond_the_fields() -> None:
    huge = read_number("1e999", whole=False)
    assert math.isinf(huge)
    assert not any(field.holds(huge) for field in NUMBERS)
    assert not any(field.holds(read_number("9" * 40, whole=True)) for field in NUMBERS)
    with pytest.raises(ValueError):  # noqa: PT011 - that it is one says it all
        read_number("9" * 100_000, whole=True)


@given(st.text(max_size=60))
def test_no_text_at_all_upsets_the_reading(text: str) -> None:
    for whole in (True, False):
        try:
            value = read_number(text, whole=whole)
        except ValueError:
            continue
        assert not math.isnan(value)


def test_every_field_steps_and_slides_within_its_bounds() -> None:
    for field in NUMBERS:
        assert field.holds(field.usual)
        assert all(field.holds(stop) for stop in field.stops)
        assert list(field.stops) == sorted(set(field.stops))
        for value in (field.low, field.high, field.usual, None, "x", True):
            for steps in (-10, -1, 1, 10):
                assert field.holds(field.stepped(value, steps)), (field.name, value, steps)
        for place, stop in enumerate(field.stops):
            assert field.stop_near(stop) == place


def test_equal_settings_give_equal_bytes_however_they_came() -> None:
    one = {"zeta": 1, "temperature": 0.5, "alpha": 2, "seed": 3, "top_p": 1}
    other = {"alpha": 2, "top_p": 1, "seed": 3, "zeta": 1, "temperature": 0.5}
    assert json.dumps(in_order(one)) == json.dumps(in_order(other))
    assert list(in_order(one)) == ["temperature", "top_p", "seed", "alpha", "zeta"]
    assert same(one, other)
    assert not same({"a": 1}, {"a": True})
    assert len(set(ORDER)) == len(ORDER)


def deep(levels: int) -> str:
    return "[" * levels + "]" * levels


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", JsonFault.SYNTAX),
        ('{"a": 1,}', JsonFault.SYNTAX),
        ("{“a”: 1}", JsonFault.TYPOGRAPHIC),
        ('{"a"：1}', JsonFault.TYPOGRAPHIC),
        ('{"a": NaN}', JsonFault.NOT_FINITE),
        ("[-Infinity]", JsonFault.NOT_FINITE),
        ("[1e999]", JsonFault.NOT_FINITE),
        ("[" + "9" * 5000 + "]", JsonFault.NOT_FINITE),
        ('{"a": 1, "a": 2}', JsonFault.TWICE),
        (deep(65), JsonFault.TOO_DEEP),
        (deep(40_000), JsonFault.TOO_DEEP),
        ('"' + "a" * 1_000_000 + '"', JsonFault.TOO_LONG),
    ],
)
def test_wrong_json_is_told_by_its_fault(text: str, fault: JsonFault) -> None:
    with pytest.raises(WrongJson) as found:
        read_json(text)
    assert found.value.fault is fault


def test_a_fault_is_told_by_its_place() -> None:
    with pytest.raises(WrongJson) as found:
        read_json('{\n  "a" 1}')
    assert (found.value.line, found.value.column) == (2, 7)


def test_right_json_comes_back_in_its_own_order() -> None:
    value = read_json('{"b": [1, 2.5], "a": {"钥": null}}')
    assert list(value) == ["b", "a"]
    assert read_json(json_text(value)) == value
    assert read_json(deep(64)) is not None
