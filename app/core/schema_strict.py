"""What `strict` demands of a schema, where it is not met, and a schema made to meet it."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from app.core.schema_walk import Path, subschemas


@dataclass(frozen=True, slots=True)
class StrictFault:
    """An object that may have more than it says (`open`), or `missing`: names not required."""

    path: Path
    open: bool
    missing: tuple[str, ...] = ()


def strict_faults(schema: Any) -> tuple[StrictFault, ...]:
    """In the schema's order; none: it can be sent with `strict`."""
    made: list[StrictFault] = []
    for path, inner in subschemas(schema):
        if not _is_object(inner):
            continue
        is_open = inner.get("additionalProperties") is not False
        missing = _optional(inner)
        if is_open or missing:
            made.append(StrictFault(path, is_open, missing))
    return tuple(made)


def made_strict(schema: dict[str, Any]) -> dict[str, Any]:
    """A copy without faults: objects take nothing else, and what was optional may be null."""
    made = copy.deepcopy(schema)
    for _, inner in list(subschemas(made)):
        if not _is_object(inner):
            continue
        names = inner.get("properties")
        if isinstance(names, dict):
            for name in _optional(inner):
                names[name] = _nullable(names[name])
            inner["required"] = list(names)
        inner["additionalProperties"] = False
    return made


def _is_object(schema: dict[str, Any]) -> bool:
    kind = schema.get("type")
    named = kind == "object" or (isinstance(kind, list) and "object" in kind)
    return named or ("properties" in schema and kind is None)


def _optional(schema: dict[str, Any]) -> tuple[str, ...]:
    names, required = schema.get("properties"), schema.get("required")
    if not isinstance(names, dict):
        return ()
    known = {n for n in required if isinstance(n, str)} if isinstance(required, list) else set()
    return tuple(name for name in names if name not in known)


def _nullable(schema: Any) -> Any:
    """The same, or null."""
    if not isinstance(schema, dict) or not schema:
        return schema
    kind = schema.get("type")
    plain = "enum" not in schema and "const" not in schema
    if plain and isinstance(kind, str):
        return schema if kind == "null" else {**schema, "type": [kind, "null"]}
    if plain and isinstance(kind, list):
        return schema if "null" in kind else {**schema, "type": [*kind, "null"]}
    return {"anyOf": [schema, {"type": "null"}]}
