"""Settings survive the way to a file and back, and nothing in a file can break the start."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.settings import (
    JIEKOU_PROFILE,
    Profile,
    Settings,
    ThemeChoice,
    from_json,
    to_json,
)


def test_there_and_back() -> None:
    settings = replace(
        Settings().with_profile(Profile("local", "Local", "http://127.0.0.1:8080/v1")),
        theme=ThemeChoice.DARK,
        zoom_percent=150,
        default_profile="local",
    )
    assert from_json(json.loads(json.dumps(to_json(settings)))) == settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"),
        ("theme", 3),
        ("zoom_percent", "big"),
        ("zoom_percent", True),
        ("enter_sends", 1),
        ("profiles", "none"),
        ("profiles", []),
        ("profiles", [{"id": "x"}]),
        ("profiles", [{"id": "demo", "address": "x"}]),
    ],
)
def test_an_odd_value_becomes_the_default(name: str, value: object) -> None:
    assert from_json({name: value}) == Settings()


def test_numbers_stay_within_bounds() -> None:
    assert from_json({"zoom_percent": 9000}).zoom_percent == 300


def test_a_default_profile_that_is_gone_becomes_the_first() -> None:
    assert from_json({"default_profile": "gone"}).default_profile == JIEKOU_PROFILE


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(sorted(to_json(Settings()))), json_values) | json_values)
def test_whatever_a_file_holds_gives_settings(data: object) -> None:
    assert isinstance(from_json(data), Settings)
