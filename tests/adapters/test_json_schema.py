"""Answers against schemas: a match is only said of what truly matches."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.adapters.json_schema import check, check_so_far, schema_fault
from app.core.request import FormatKind, ResponseFormat
from app.core.schema_verdict import SchemaVerdict, Verdict

ITEM = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "price": {"type": "number"}},
    "required": ["name", "price"],
}
RECEIPT = {
    "type": "object",
    "properties": {"total": {"type": "number"}, "items": {"type": "array", "items": ITEM}},
    "required": ["items"],
    "additionalProperties": False,
}


def said(value: Any, schema: dict[str, Any] | None = None) -> SchemaVerdict:
    asked = ResponseFormat(FormatKind.JSON_SCHEMA, "receipt", schema or RECEIPT)
    return check(asked, value if isinstance(value, str) else json.dumps(value))


def test_what_matches_is_said_to() -> None:
    good = {"items": [{"name": "可颂", "price": 22.0}], "total": 22}
    assert said(good) == SchemaVerdict(Verdict.MATCHES, "receipt")


def test_the_first_place_that_differs_is_told_exactly() -> None:
    wrong = {"total": "78", "items": [{"name": "a", "price": 1}, {"name": "b", "price": "1"}]}
    found = said(wrong)
    assert (found.verdict, found.path) == (Verdict.MISMATCH, "$.total")
    assert found.problem == "'78' is not of type 'number'"
    assert said({**wrong, "total": 78}).path == "$.items[1].price"
    missing = said({"items": [{"name": "a"}]})
    assert (missing.path, missing.problem) == ("$.items[0]", "'price' is a required property")
    assert said([]).path == "$"


@pytest.mark.parametrize(
    "text", ["", "{", "It is 78.", '{"items": []} as asked', "NaN", "[" * 9999]
)
def test_what_is_no_json_matches_nothing(text: str) -> None:
    assert said(text).verdict is Verdict.NO_JSON


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "nonsense"},
        {"properties": 5},
        {"$ref": "https://example.org/schema.json"},
        {"$ref": "#/$defs/none"},
        {"$ref": "#"},
    ],
)
def test_a_schema_that_cannot_be_followed_is_said_to_be_so(schema: dict[str, Any]) -> None:
    found = said({"items": []}, schema)
    assert found.verdict is Verdict.BAD_SCHEMA
    assert len(found.problem) <= 301


def test_each_place_that_differs_is_told_up_to_twenty() -> None:
    wrong = {"items": [{"name": n, "price": "x"} for n in range(15)], "total": 1}
    found = said(wrong)
    assert [p.path for p in found.problems[:4]] == [
        "$.items[0].name",
        "$.items[0].price",
        "$.items[1].name",
        "$.items[1].price",
    ]
    assert (len(found.problems), found.more, found.uncounted) == (20, 10, False)
    many = said({"items": [{"name": 1, "price": "x"}] * 2000})
    assert many.more == 1980
    assert many.uncounted


def test_hostile_names_stand_exactly_in_paths() -> None:
    schema = {"additionalProperties": {"type": "string"}}
    keys = ["a.b", "x'y\"", "", "正", "$ref", "\n", "a" * 500, "\u202e"]
    found = said(dict.fromkeys(keys, 1), schema)
    paths = [problem.path for problem in found.problems]
    assert paths[0] == "$['a.b']"
    assert paths[3] == "$['正']"
    assert len(set(paths)) == len(keys)
    assert all(len(problem.said) <= 301 for problem in found.problems)


def test_what_came_so_far_is_only_blamed_for_what_stays_wrong() -> None:
    asked = ResponseFormat(FormatKind.JSON_SCHEMA, "receipt", RECEIPT)
    assert check_so_far(asked, {}) is None
    assert check_so_far(asked, {"items": [{"name": "a"}]}) is None
    closed = check_so_far(asked, {"items": [{"name": "a"}, {"name": "b"}]})
    assert closed is not None
    assert closed.path == "$.items[0]"
    wrong = check_so_far(asked, {"items": [{"name": 5}]})
    assert wrong is not None
    assert wrong.path == "$.items[0].name"
    assert check_so_far(asked, {"other": 1}) is not None
    bad = ResponseFormat(FormatKind.JSON_SCHEMA, "x", {"type": "nonsense"})
    assert check_so_far(bad, {}) is None


@pytest.mark.parametrize(
    ("schema", "line", "words"),
    [
        ({"properties": {"a": {"type": "nonsense"}}}, 4, "nonsense"),
        ({"properties": {"a": {"$ref": "#/$defs/none"}}}, 4, "#/$defs/none"),
        ({"properties": {"a": {"pattern": "("}}}, 4, "("),
        ({"required": "a"}, 2, "array"),
        (5, 0, ""),
        ({"$ref": "#"}, 0, ""),
    ],
)
def test_a_wrong_schema_is_told_with_its_line(schema: Any, line: int, words: str) -> None:
    fault = schema_fault(json.dumps(schema, indent=2), schema)
    assert fault is not None
    assert fault.line == line
    assert words in fault.said
    assert fault.endless is (schema == {"$ref": "#"})


def test_a_reference_to_the_network_is_refused_and_named() -> None:
    schema = {"properties": {"a": {"$ref": "https://example.org/s.json#/x"}}}
    fault = schema_fault(json.dumps(schema, indent=2), schema)
    assert fault is not None
    assert (fault.away, fault.line) == ("https://example.org/s.json#/x", 4)


def test_recursion_is_fine() -> None:
    tree = {
        "type": "object",
        "properties": {"children": {"type": "array", "items": {"$ref": "#"}}},
        "required": ["children"],
    }
    assert schema_fault(json.dumps(tree), tree) is None
    assert said({"children": [{"children": []}]}, tree).verdict is Verdict.MATCHES
    assert said({"children": [{"children": [{}]}]}, tree).path == "$.children[0].children[0]"
