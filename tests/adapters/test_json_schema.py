"""Answers against schemas: a match is only said of what truly matches."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.adapters.json_schema import check
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
