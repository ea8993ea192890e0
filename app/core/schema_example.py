"""A schema made from an example: the example is always valid against it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_ORDER = ("object", "array", "string", "integer", "number", "boolean", "null")


def schema_of(example: Any) -> dict[str, Any]:
    """The schema of a JSON value: its names, their types, and what all in a list have in common."""
    return _common([example])


def _common(values: Sequence[Any]) -> dict[str, Any]:
    """A schema that all of these values fit."""
    kinds = {_kind(value) for value in values}
    if {"integer", "number"} <= kinds:
        kinds.discard("integer")
    ordered = [kind for kind in _ORDER if kind in kinds]
    if not ordered:
        return {}
    made: dict[str, Any] = {"type": ordered[0] if len(ordered) == 1 else ordered}
    if objects := [value for value in values if isinstance(value, dict)]:
        made |= _object(objects)
    if lists := [value for value in values if isinstance(value, list)]:
        made["items"] = _common([item for held in lists for item in held])
    return made


def _object(objects: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Required is what none of them lacks."""
    held: dict[str, list[Any]] = {}
    for one in objects:
        for name, value in one.items():
            held.setdefault(name, []).append(value)
    return {
        "properties": {name: _common(values) for name, values in held.items()},
        "required": [name for name, values in held.items() if len(values) == len(objects)],
        "additionalProperties": False,
    }


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"
