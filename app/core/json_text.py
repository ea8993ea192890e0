"""JSON as people type or paste it: read strictly, with what is wrong said as a fact."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LONGEST, DEEPEST = 100_000, 64
"""Characters of a text, and objects within objects, that a field takes."""


class JsonFault(StrEnum):
    SYNTAX = "syntax"
    TYPOGRAPHIC = "typographic"
    """Quotes, colons or commas of running text where JSON wants its own."""
    TOO_LONG = "too_long"
    TOO_DEEP = "too_deep"
    NOT_FINITE = "not_finite"
    TWICE = "twice"


@dataclass(slots=True)
class WrongJson(Exception):  # noqa: N818 - it says what it is; Error is for what is shown
    """`line` and `column` count from 1 and are 0 where the fault is at no one place."""

    fault: JsonFault
    line: int = 0
    column: int = 0
    name: str = ""


def read_json(text: str) -> Any:
    """The value that the text says. Raises WrongJson."""
    if len(text) > LONGEST:
        raise WrongJson(JsonFault.TOO_LONG)
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_no_constant, parse_float=_finite
        )
    except json.JSONDecodeError as error:
        typographic = text[error.pos : error.pos + 1] in "“”„‘’：，｛｝［］"
        typographic = typographic and error.pos < len(text)
        fault = JsonFault.TYPOGRAPHIC if typographic else JsonFault.SYNTAX
        raise WrongJson(fault, error.lineno, error.colno) from None
    except RecursionError:
        raise WrongJson(JsonFault.TOO_DEEP) from None
    except ValueError:  # an integer of thousands of digits
        raise WrongJson(JsonFault.NOT_FINITE) from None
    if _depth_passes(value, DEEPEST):
        raise WrongJson(JsonFault.TOO_DEEP)
    return value


def json_text(value: Any) -> str:
    """A value as text to be read and edited."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in pairs:
        if name in made:
            raise WrongJson(JsonFault.TWICE, name=name)
        made[name] = value
    return made


def _no_constant(word: str) -> float:
    raise WrongJson(JsonFault.NOT_FINITE, name=word)


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise WrongJson(JsonFault.NOT_FINITE, name=digits[:20])
    return value


def _depth_passes(value: Any, most: int) -> bool:
    """Whether anything lies deeper than `most` objects or lists."""
    level = [value]
    for _ in range(most):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return any(isinstance(outer, Mapping | list) for outer in level)


def _inside(value: Any) -> list[Any]:
    if isinstance(value, Mapping):
        return list(value.values())
    return value if isinstance(value, list) else []
