"""The fields of a form for the arguments of a tool, made from its schema; foreign, so bounded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MOST_FIELDS, DEEPEST = 100, 4
_MISSING: Any = object()


class FieldKind(StrEnum):
    TEXT = "string"
    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    LIST = "list"
    """Of simple things, one a line."""
    GROUP = "group"
    JSON = "json"
    """Anything else: typed as JSON."""


@dataclass(frozen=True, slots=True)
class FormField:
    """A field by its name; `choices` of a CHOICE, `of` what a LIST holds, `fields` of a GROUP.

    `start` is its schema's default; `has_start` says whether there is one.
    """

    name: str
    kind: FieldKind
    required: bool = False
    about: str = ""
    choices: tuple[Any, ...] = ()
    of: FieldKind = FieldKind.TEXT
    fields: tuple[FormField, ...] = ()
    start: Any = None
    has_start: bool = False


_SIMPLE = {
    kind.value: kind
    for kind in (FieldKind.TEXT, FieldKind.NUMBER, FieldKind.INTEGER, FieldKind.BOOLEAN)
}


def form_fields(schema: Mapping[str, Any]) -> tuple[FormField, ...] | None:
    """The fields for an object of that schema; None where it is better typed as JSON."""
    left = [MOST_FIELDS]
    found = _fields(_resolved(schema, schema), schema, DEEPEST, left)
    return found if left[0] >= 0 else None


def parsed(kind: FieldKind, text: str) -> Any:
    """What was typed into a field of that kind, as a value. Raises ValueError."""
    if kind is FieldKind.TEXT:
        return text
    if kind is FieldKind.BOOLEAN:
        known = {"true": True, "false": False}
        if text.strip().lower() not in known:
            raise ValueError(text)
        return known[text.strip().lower()]
    if kind is FieldKind.INTEGER:
        return int(text.strip())
    try:
        value = json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError(text[:100]) from error
    if kind is FieldKind.NUMBER and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise ValueError(text)
    return value


def _fields(
    schema: Mapping[str, Any], root: Mapping[str, Any], deep: int, left: list[int]
) -> tuple[FormField, ...]:
    properties, required = schema.get("properties"), schema.get("required")
    needed = required if isinstance(required, list) else []
    made: list[FormField] = []
    for name, rules in (properties if isinstance(properties, dict) else {}).items():
        left[0] -= 1
        if left[0] < 0:
            break
        made.append(_field(str(name), _resolved(rules, root), root, name in needed, deep, left))
    return tuple(made)


def _field(
    name: str,
    rules: Mapping[str, Any],
    root: Mapping[str, Any],
    required: bool,
    deep: int,
    left: list[int],
) -> FormField:
    about = rules.get("description")
    start = rules.get("default", _MISSING)
    kind, choices, of = FieldKind.JSON, _choices(rules), FieldKind.TEXT
    fields: tuple[FormField, ...] = ()
    typed = _type(rules)
    if choices:
        kind = FieldKind.CHOICE
    elif typed in _SIMPLE:
        kind = _SIMPLE[typed]
    elif typed == "array":
        items = _resolved(rules.get("items"), root)
        if _type(items) in _SIMPLE and not _choices(items):
            kind, of = FieldKind.LIST, _SIMPLE[_type(items)]
    elif typed == "object" and isinstance(rules.get("properties"), dict) and deep > 1:
        kind, fields = FieldKind.GROUP, _fields(rules, root, deep - 1, left)
    return FormField(
        name,
        kind,
        required,
        about if isinstance(about, str) else "",
        choices,
        of,
        fields,
        None if start is _MISSING else start,
        start is not _MISSING,
    )


def _type(rules: Mapping[str, Any]) -> str:
    """The one type that a schema names, null aside; empty where that is not how it is made."""
    if any(word in rules for word in ("anyOf", "oneOf", "allOf", "not", "if")):
        return ""
    named = rules.get("type")
    if isinstance(named, list):
        others = [one for one in named if one != "null"]
        named = others[0] if len(others) == 1 else ""
    return named if isinstance(named, str) else ""


def _choices(rules: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values of an enumeration of simple things; none where it is another one."""
    values = rules.get("enum")
    if not isinstance(values, list) or not 0 < len(values) <= 200:
        return ()
    simple = all(value is None or isinstance(value, str | int | float) for value in values)
    return tuple(values) if simple else ()


def _resolved(rules: Any, root: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema itself, or the one within the whole that it refers to."""
    for _ in range(8):
        if not isinstance(rules, dict):
            return {}
        target = rules.get("$ref")
        if not isinstance(target, str):
            return rules
        rules = _at(root, target)
    return {}


def _at(root: Mapping[str, Any], target: str) -> Any:
    if not target.startswith("#/"):
        return root if target == "#" else None
    place: Any = root
    for step in target[2:].split("/"):
        name = step.replace("~1", "/").replace("~0", "~")
        place = place.get(name) if isinstance(place, dict) else None
    return place


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
