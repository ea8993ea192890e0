"""Answers checked against the schema they were asked for, by `jsonschema`; loads nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from app.core.json_places import line_of
from app.core.request import ResponseFormat
from app.core.schema_verdict import TOLD, SchemaFault, SchemaProblem, SchemaVerdict, Verdict
from app.core.schema_walk import Path, refers_away, subschemas

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

LONGEST = 300
"""Characters of what is said of a mismatch."""
COUNTED = 2_000
"""Mismatches that are looked for: whoever reads the first twenty need not know of more."""
FINAL = frozenset(
    [
        "type",
        "enum",
        "const",
        "maximum",
        "exclusiveMaximum",
        "minimum",
        "exclusiveMinimum",
        "multipleOf",
        "maxLength",
        "minLength",
        "pattern",
        "additionalProperties",
        "maxItems",
        "maxProperties",
        "propertyNames",
    ]
)
"""What of an object or a list that still grows stays wrong, whatever comes."""


def check(asked: ResponseFormat, text: str | None) -> SchemaVerdict:
    """What can be said of an answer: `text` is its JSON, None where it is something else.

    Blocking: for a thread.
    """
    try:
        value = json.loads(text or "", parse_constant=_refuse)
    except (ValueError, RecursionError):
        return SchemaVerdict(Verdict.NO_JSON, asked.name)
    return _verdict(asked, value, growing=False)


def check_so_far(asked: ResponseFormat, value: Any) -> SchemaVerdict | None:
    """What is wrong with the members that came so far; None while nothing is.

    Blocking: for a thread.
    """
    found = _verdict(asked, value, growing=True)
    return found if found.verdict is Verdict.MISMATCH else None


def _verdict(asked: ResponseFormat, value: Any, *, growing: bool) -> SchemaVerdict:
    import jsonschema
    from jsonschema.exceptions import UnknownType
    from referencing.exceptions import Unresolvable

    try:
        kind = _validator(dict(asked.schema or {}))
        errors = list(islice(kind.iter_errors(value), COUNTED + 1))
    except jsonschema.SchemaError as error:
        return SchemaVerdict(Verdict.BAD_SCHEMA, asked.name, problem=_short(error.message))
    except (Unresolvable, UnknownType, RecursionError, ValueError, re.error) as error:
        return SchemaVerdict(Verdict.BAD_SCHEMA, asked.name, problem=_short(str(error)))
    if growing:
        open_ = _open_path(value)
        errors = [error for error in errors if _stays(error, open_)]
    if not errors:
        return SchemaVerdict(Verdict.MATCHES, asked.name)
    places = _Places(value)
    errors.sort(key=lambda error: places.of(list(error.absolute_path)))
    told = [SchemaProblem(error.json_path, _short(error.message)) for error in errors[:TOLD]]
    return SchemaVerdict(
        Verdict.MISMATCH,
        asked.name,
        told[0].path,
        told[0].said,
        tuple(told),
        min(len(errors), COUNTED) - len(told),
        uncounted=len(errors) > COUNTED,
    )


def schema_fault(text: str, schema: Any) -> SchemaFault | None:
    """What is wrong with a schema, which `text` says; None: it can be followed. Blocking."""
    import jsonschema

    if not isinstance(schema, dict):
        return SchemaFault("")
    try:
        if (away := refers_away(schema)) is not None:
            return SchemaFault("", line_of(text, away[0]), away[1])
        kind = _validator(schema)
        if (place := _wrong_reference(schema) or _wrong_pattern(schema)) is not None:
            return SchemaFault(place[1], line_of(text, place[0]))
        trials: tuple[Any, ...] = (None, {}, [])
        for trial in trials:  # one that only refers to itself has no end
            kind.is_valid(trial)
    except jsonschema.SchemaError as error:
        return SchemaFault(_short(error.message), line_of(text, list(error.absolute_path)))
    except RecursionError:
        return SchemaFault("", endless=True)
    except (jsonschema.exceptions.UnknownType, ValueError) as error:
        return SchemaFault(_short(str(error)))
    return None


def _wrong_reference(schema: dict[str, Any]) -> tuple[Path, str] | None:
    """The first reference within the schema that leads nowhere."""
    from referencing import Registry
    from referencing.exceptions import Unresolvable
    from referencing.jsonschema import DRAFT202012

    resolver = Registry().resolver_with_root(DRAFT202012.create_resource(schema))
    for path, inner in subschemas(schema):
        target = inner.get("$ref")
        if isinstance(target, str):
            try:
                resolver.lookup(target)
            except Unresolvable:
                return (*path, "$ref"), _short(target)
    return None


def _wrong_pattern(schema: dict[str, Any]) -> tuple[Path, str] | None:
    """The first regular expression that is none."""
    for path, inner in subschemas(schema):
        patterns = [((*path, "pattern"), inner.get("pattern"))]
        named = inner.get("patternProperties")
        if isinstance(named, dict):
            patterns += [((*path, "patternProperties", name), name) for name in named]
        for place, pattern in patterns:
            try:
                re.compile(pattern if isinstance(pattern, str) else "")
            except re.error as error:
                return place, _short(f"{pattern}: {error}")
    return None


def _validator(schema: dict[str, Any]) -> Validator:
    """Follows a schema. Raises SchemaError where it is none."""
    import jsonschema
    from referencing import Registry

    kind = jsonschema.validators.validator_for(schema, default=jsonschema.Draft202012Validator)
    kind.check_schema(schema)
    # A registry of its own: what the schema refers to elsewhere is never fetched.
    return kind(schema, registry=Registry())


def _open_path(value: Any) -> set[tuple[str | int, ...]]:
    """The places of what may still grow: the value, its last member, the last one in that …"""
    path: tuple[str | int, ...] = ()
    found = {path}
    while isinstance(value, dict | list) and value:
        last = next(reversed(value)) if isinstance(value, dict) else len(value) - 1
        value, path = value[last], (*path, last)
        if isinstance(value, dict | list):
            found.add(path)
    return found


def _stays(error: ValidationError, open_: set[tuple[str | int, ...]]) -> bool:
    return error.validator in FINAL or tuple(error.absolute_path) not in open_


class _Places:
    """Where in a value paths lead, so that they compare as they stand in it."""

    def __init__(self, value: Any) -> None:
        self._value = value
        self._names: dict[int, dict[str, int]] = {}

    def of(self, path: Sequence[str | int]) -> tuple[int, ...]:
        steps: list[int] = []
        value = self._value
        for step in path:
            if isinstance(value, dict):
                known = self._names.get(id(value))
                if known is None:
                    known = {name: place for place, name in enumerate(value)}
                    self._names[id(value)] = known
                steps.append(known[str(step)])
            else:
                steps.append(int(step))
            value = value[step]
        return tuple(steps)


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
