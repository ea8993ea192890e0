"""Every schema within a JSON schema, with its place; what only looks like one is not taken for it.

A property may be called `$ref` or `items`: it is a name there, and no keyword.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Path = tuple[str | int, ...]

_ONE = frozenset(
    [
        "additionalProperties",
        "items",
        "not",
        "if",
        "then",
        "else",
        "contains",
        "propertyNames",
        "unevaluatedItems",
        "unevaluatedProperties",
        "additionalItems",
        "contentSchema",
    ]
)
_NAMED = frozenset(
    ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"]
)
_LISTED = frozenset(["allOf", "anyOf", "oneOf", "prefixItems", "items"])


def subschemas(schema: Any) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The schema itself and all within it that are objects, each after what it stands in."""
    waiting: list[tuple[Path, Any]] = [((), schema)]
    while waiting:
        path, found = waiting.pop()
        if isinstance(found, dict):
            yield path, found
            waiting.extend(reversed([*_within(path, found)]))


def _within(path: Path, schema: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    for keyword, value in schema.items():
        if keyword in _NAMED and isinstance(value, dict):
            yield from (((*path, keyword, name), inner) for name, inner in value.items())
        elif keyword in _LISTED and isinstance(value, list):
            yield from (((*path, keyword, place), inner) for place, inner in enumerate(value))
        elif keyword in _ONE:
            yield (*path, keyword), value


def refers_away(schema: Any) -> tuple[Path, str] | None:
    """The first reference that leads out of the schema, and where it stands; None: there is none.

    What stands elsewhere is never fetched. A schema's own `$id`, and those in it, are within.
    """
    own = {inner["$id"] for _, inner in subschemas(schema) if isinstance(inner.get("$id"), str)}
    for path, inner in subschemas(schema):
        for keyword in ("$ref", "$dynamicRef"):
            target = inner.get(keyword)
            if isinstance(target, str) and not target.startswith("#"):
                before = target.partition("#")[0]
                if before not in own:
                    return (*path, keyword), target
    return None
