"""Schemas as values: walked, made strict, made from examples, kept and read."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.json_places import line_of
from app.core.named_schema import (
    MOST,
    NamedSchema,
    named,
    schema_in,
    schema_to_json,
    schemas_from_json,
)
from app.core.schema_example import schema_of
from app.core.schema_strict import made_strict, strict_faults
from app.core.schema_templates import TEMPLATES, Template
from app.core.schema_walk import refers_away, subschemas
from app.core.settings import Settings, from_json, to_json

NAMES = st.one_of(
    st.text(max_size=6), st.sampled_from(["$ref", "items", "type", "properties", "a.b", "名"])
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_an_example_is_always_valid_against_the_schema_made_of_it(example: Any) -> None:
    schema = schema_of(json.loads(json.dumps(example)))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(example, schema, cls=jsonschema.Draft202012Validator)


@settings(max_examples=100, deadline=None)
@given(VALUES)
def test_what_was_made_strict_is(example: Any) -> None:
    schema = schema_of(example)
    before = json.dumps(schema)
    strict = made_strict(schema)
    assert strict_faults(strict) == ()
    assert made_strict(strict) == strict
    assert json.dumps(schema) == before
    jsonschema.Draft202012Validator.check_schema(strict)


def test_an_example_is_described_as_a_person_would() -> None:
    example = {"items": [{"name": "可颂", "n": 1}, {"name": "茶", "n": 1.5, "note": None}]}
    item = schema_of(example)["properties"]["items"]["items"]
    assert item["properties"]["n"] == {"type": "number"}
    assert item["required"] == ["name", "n"]
    assert item["additionalProperties"] is False
    assert schema_of([1, "a"])["items"] == {"type": ["string", "integer"]}
    assert not jsonschema.Draft202012Validator(schema_of(example)).is_valid({"items": [{"n": 1}]})


def test_what_strict_misses_is_told_with_its_place() -> None:
    schema = {
        "type": "object",
        "properties": {
            "a": {"type": "string"},
            "b": {"type": "array", "items": {"type": "object", "properties": {"c": {}}}},
            "kind": {"enum": ["x"]},
        },
        "required": ["a"],
        "additionalProperties": False,
        "$defs": {"t": {"properties": {}, "additionalProperties": False}},
    }
    first, second = strict_faults(schema)
    assert (first.path, first.open, first.missing) == ((), False, ("b", "kind"))
    assert second.path == ("properties", "b", "items")
    assert second.open
    assert second.missing == ("c",)
    made = made_strict(schema)
    assert made["required"] == ["a", "b", "kind"]
    assert made["properties"]["a"] == {"type": "string"}
    assert made["properties"]["b"]["type"] == ["array", "null"]
    assert made["properties"]["kind"] == {"anyOf": [{"enum": ["x"]}, {"type": "null"}]}


@pytest.mark.parametrize("template", Template)
def test_every_template_is_a_schema_that_strict_takes(template: Template) -> None:
    schema = TEMPLATES[template]
    jsonschema.Draft202012Validator.check_schema(schema)
    assert strict_faults(schema) == ()
    assert all(inner for _, inner in subschemas(schema))


def test_only_references_out_of_a_schema_lead_away() -> None:
    within = {"$id": "urn:a", "properties": {"$ref": {"$ref": "#"}, "b": {"$ref": "urn:a#/x"}}}
    assert refers_away(within) is None
    assert refers_away({"const": {"$ref": "http://x"}}) is None
    away = refers_away({"anyOf": [{}, {"items": {"$ref": "https://example.org/s.json"}}]})
    assert away == (("anyOf", 1, "items", "$ref"), "https://example.org/s.json")


def test_the_line_of_a_value_is_found_by_its_path() -> None:
    value = {"a": [1, {'b "}': {"c": True}}], "": "\n{", "d": 5}
    text = json.dumps(value, indent=2)
    lines = text.splitlines()
    for path, said in (
        ((), "{"),
        (("a", 0), "1,"),
        (("a", 1, 'b "}', "c"), '"c": true'),
        (("d",), '"d": 5'),
    ):
        assert lines[line_of(text, path) - 1].strip() == said
    assert line_of(text, ("a", 7, "x")) == 2
    assert line_of("[]", (0,)) == 1


def test_schemas_are_read_in_every_form_they_are_handed_round_in() -> None:
    bare = {"type": "object", "title": "A bill!"}
    assert schema_in(bare) is not None
    found = schema_in({"type": "json_schema", "json_schema": {"name": "a b", "schema": bare}})
    assert found is not None
    assert (found.name, found.strict, found.schema) == ("a_b", True, bare)
    loose = schema_in({"name": "x", "strict": False, "schema": bare})
    assert loose is not None
    assert not loose.strict
    read = [schema_in(value) for value in (bare, {"name": "发票", "schema": {}})]
    assert [one.name for one in read if one] == ["A_bill", "answer"]
    assert schema_in([1]) is None
    assert schema_in({"type": "json_schema", "json_schema": 3}) is None
    assert named("x" * 90) == "x" * 64


def test_kept_schemas_come_back_and_odd_ones_are_passed_over() -> None:
    kept = NamedSchema("bill", {"type": "object"}, strict=False)
    assert schemas_from_json([schema_to_json(kept)]) == (kept,)
    odd: list[Any] = [1, {}, {"id": "a", "name": "no good", "schema": {}}, {"schema": []}]
    assert schemas_from_json(odd) == ()
    assert schemas_from_json({"a": 1}) is None
    many = [{"id": str(n), "name": "x", "schema": {}} for n in range(MOST + 5)]
    assert len(schemas_from_json(many) or ()) == MOST


def test_the_settings_keep_schemas() -> None:
    kept = Settings(schemas=(NamedSchema("bill", {"type": "object"}),))
    assert from_json(json.loads(json.dumps(to_json(kept)))).schemas == kept.schemas
    assert from_json({"schemas": "none"}).schemas == ()
