"""What a model calls one of Porthole's own tools with, checked against that tool's schema.

Those schemas are flat and ours, so a few rules say all of it, in words that tell a model what to
do; nothing has to be loaded for them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

_KINDS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
}
_SHOWN = 60


def argument_faults(schema: Mapping[str, Any], arguments: Mapping[str, Any]) -> list[str]:
    """What is wrong with the arguments, a sentence each; none if they fit."""
    properties = schema["properties"]
    faults = [
        f"The argument {_shown(name)} is not known; known are {', '.join(properties) or 'none'}."
        for name in arguments
        if name not in properties
    ]
    faults += [
        f"The argument {name} is missing." for name in schema["required"] if name not in arguments
    ]
    for name, rules in properties.items():
        if name in arguments:
            faults += _faults(name, rules, arguments[name])
    return faults


def _faults(name: str, rules: Mapping[str, Any], value: Any) -> Iterator[str]:
    kind = rules["type"]
    if not isinstance(value, _KINDS[kind]) or (isinstance(value, bool) and kind != "boolean"):
        yield f"The argument {name} has to be of the type {kind}."
    elif isinstance(value, str):
        yield from _faults_of_text(name, rules, value)
    elif isinstance(value, list):
        if len(value) > rules["maxItems"]:
            yield f"The argument {name} may have {rules['maxItems']} items."
        for place, item in enumerate(value[: rules["maxItems"]]):
            yield from _faults(f"{name}[{place}]", rules["items"], item)
    elif isinstance(value, int | float):
        yield from _faults_of_number(name, rules, value)


def _faults_of_number(name: str, rules: Mapping[str, Any], value: float) -> Iterator[str]:
    if isinstance(value, float) and not math.isfinite(value):
        yield f"The argument {name} has to be a finite number."
    elif not rules.get("minimum", value) <= value <= rules.get("maximum", value):
        yield f"The argument {name} has to be {_range(rules)}."


def _faults_of_text(name: str, rules: Mapping[str, Any], value: str) -> Iterator[str]:
    if len(value) > rules["maxLength"]:
        yield f"The argument {name} may have {rules['maxLength']} characters."
    if "enum" in rules and value not in rules["enum"]:
        yield f"The argument {name} has to be one of {', '.join(rules['enum'])}."
    if "\0" in value or any("\ud800" <= char <= "\udfff" for char in value):
        yield f"The argument {name} holds characters that are no text."


def _range(rules: Mapping[str, Any]) -> str:
    low, high = rules.get("minimum"), rules.get("maximum")
    if high is None:
        return f"{low} or more"
    return f"{high} or less" if low is None else f"from {low} to {high}"


def _shown(name: str) -> str:
    return repr(name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…")
