"""Forms made from schemas: which field a property gets, and what is typed into it."""

from __future__ import annotations

from typing import Any

import pytest

from app.core.form_field import DEEPEST, MOST_FIELDS, FieldKind, FormField, form_fields, parsed


@pytest.mark.parametrize(
    ("rules", "kind"),
    [
        ({"type": "string"}, FieldKind.TEXT),
        ({"type": ["string", "null"]}, FieldKind.TEXT),
        ({"type": "integer"}, FieldKind.INTEGER),
        ({"type": "number"}, FieldKind.NUMBER),
        ({"type": "boolean"}, FieldKind.BOOLEAN),
        ({"enum": ["a", 1, None]}, FieldKind.CHOICE),
        ({"type": "array", "items": {"type": "number"}}, FieldKind.LIST),
        ({"type": "array", "items": {"type": "object"}}, FieldKind.JSON),
        ({"type": "object", "properties": {"a": {"type": "string"}}}, FieldKind.GROUP),
        ({"type": "object"}, FieldKind.JSON),
        ({"anyOf": [{"type": "string"}]}, FieldKind.JSON),
        ({"type": ["string", "integer"]}, FieldKind.JSON),
        ({"$ref": "#/$defs/unit"}, FieldKind.CHOICE),
        ({"$ref": "https://example.com/s.json"}, FieldKind.JSON),
        ({"$ref": "#/$defs/loop"}, FieldKind.JSON),
        (True, FieldKind.JSON),
        ({"type": {"a": 1}, "enum": "x", "items": 3}, FieldKind.JSON),
    ],
)
def test_each_property_gets_its_field(rules: Any, kind: FieldKind) -> None:
    schema = {
        "properties": {"x": rules},
        "required": ["x"],
        "$defs": {"unit": {"enum": ["C", "F"]}, "loop": {"$ref": "#/$defs/loop"}},
    }
    (field,) = form_fields(schema) or ()
    assert (field.name, field.kind, field.required) == ("x", kind, True)


def _depth(fields: tuple[FormField, ...]) -> int:
    return 1 + max((_depth(f.fields) for f in fields), default=0) if fields else 0


def test_a_schema_within_itself_ends() -> None:
    node: dict[str, Any] = {"type": "object", "properties": {"next": {"$ref": "#"}}}
    assert _depth(form_fields(node) or ()) == DEEPEST
    wide = {"type": "object", "properties": {f"p{n}": {"$ref": "#"} for n in range(20)}}
    assert form_fields(wide) is None


def test_too_many_fields_are_typed_as_json() -> None:
    many = {"properties": {f"p{n}": {"type": "string"} for n in range(MOST_FIELDS + 1)}}
    assert form_fields(many) is None
    assert form_fields({}) == form_fields({"properties": 3}) == ()


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (FieldKind.TEXT, " 12 ", " 12 "),
        (FieldKind.INTEGER, " -12 ", -12),
        (FieldKind.NUMBER, "1.5", 1.5),
        (FieldKind.BOOLEAN, "True", True),
        (FieldKind.JSON, '{"a": [1]}', {"a": [1]}),
    ],
)
def test_what_is_typed_is_a_value(kind: FieldKind, text: str, value: Any) -> None:
    assert parsed(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (FieldKind.INTEGER, "1.5"),
        (FieldKind.NUMBER, "NaN"),
        (FieldKind.NUMBER, "true"),
        (FieldKind.BOOLEAN, "yes"),
        (FieldKind.JSON, "{"),
        (FieldKind.JSON, "[" * 100_000),
    ],
)
def test_what_is_no_such_value_is_refused(kind: FieldKind, text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parsed(kind, text)
