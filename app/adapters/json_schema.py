"""Answers checked against the schema they were asked for, by `jsonschema`; loads nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from app.core.request import ResponseFormat
from app.core.schema_verdict import SchemaVerdict, Verdict

LONGEST = 300
"""Characters of what is said of a mismatch."""


def check(asked: ResponseFormat, text: str | None) -> SchemaVerdict:
    """What can be said of an answer: `text` is its JSON, None where it is something else.

    Blocking: for a thread. Where several places differ, the first in the answer is told.
    """
    import jsonschema
    from referencing import Registry
    from referencing.exceptions import Unresolvable

    try:
        value = json.loads(text or "", parse_constant=_refuse)
    except (ValueError, RecursionError):
        return SchemaVerdict(Verdict.NO_JSON, asked.name)
    schema = dict(asked.schema or {})
    try:
        kind = jsonschema.validators.validator_for(schema, default=jsonschema.Draft202012Validator)
        kind.check_schema(schema)
        # A registry of its own: what the schema refers to elsewhere is never fetched.
        errors = list(kind(schema, registry=Registry()).iter_errors(value))
    except jsonschema.SchemaError as error:
        return SchemaVerdict(Verdict.BAD_SCHEMA, asked.name, problem=_short(error.message))
    except (Unresolvable, jsonschema.exceptions.UnknownType, RecursionError, ValueError) as error:
        return SchemaVerdict(Verdict.BAD_SCHEMA, asked.name, problem=_short(str(error)))
    if not errors:
        return SchemaVerdict(Verdict.MATCHES, asked.name)
    first = min(errors, key=lambda error: _place(value, list(error.absolute_path)))
    return SchemaVerdict(Verdict.MISMATCH, asked.name, first.json_path, _short(first.message))


def _place(value: Any, path: Sequence[str | int]) -> tuple[int, ...]:
    """Where in the answer a path leads, so that places compare as they stand in it."""
    steps: list[int] = []
    for step in path:
        steps.append(list(value).index(step) if isinstance(value, dict) else int(step))
        value = value[step]
    return tuple(steps)


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
