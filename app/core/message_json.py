"""Messages and parts as JSON values and back: the form in which they are stored."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from enum import StrEnum
from typing import Any

from app.core.errors import Failure, FailureKind
from app.core.message import (
    Detail,
    FilePart,
    ImagePart,
    NotRun,
    Part,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)

_KINDS: Mapping[str, type] = {
    "text": TextPart,
    "reasoning": ReasoningPart,
    "image": ImagePart,
    "file": FilePart,
    "tool_call": ToolCallPart,
    "tool_result": ToolResultPart,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_NOT_RUN = {why.value: why for why in NotRun}


def parts_to_json(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """A list of objects, each with its `type`; empty and unknown fields are left out."""
    made = []
    for part in parts:
        item: dict[str, Any] = {"type": _NAMES[type(part)]}
        for option in fields(part):
            value = getattr(part, option.name)
            if isinstance(value, StrEnum):
                value = value.value
            if isinstance(value, tuple):
                value = list(value)
            if value is not None and value != []:
                item[option.name] = value
        made.append(item)
    return made


def parts_from_json(items: Any) -> tuple[Part, ...]:
    """The parts; a kind that this version does not know becomes nothing rather than an error."""
    made: list[Part] = []
    for item in items if isinstance(items, list) else ():
        kind = _KINDS.get(item.get("type", "")) if isinstance(item, dict) else None
        if kind is None:
            continue
        given = {f.name: item[f.name] for f in fields(kind) if f.name in item}
        if kind is ImagePart:
            given["detail"] = Detail(given.get("detail", Detail.AUTO))
        if kind is ReasoningPart:
            given["details"] = tuple(given.get("details", ()))
        if kind is ToolResultPart:
            given["not_run"] = _NOT_RUN.get(str(given.get("not_run")))
        seconds = given.get("seconds")
        if isinstance(seconds, float) and not math.isfinite(seconds):
            given["seconds"] = None
        made.append(kind(**given))
    return tuple(made)


def failure_to_json(failure: Failure | None) -> dict[str, Any] | None:
    if failure is None:
        return None
    return {
        k: v for k, v in asdict(failure).items() if v not in (None, "") and (k != "whole" or not v)
    }


def failure_from_json(item: Any) -> Failure | None:
    if not isinstance(item, dict):
        return None
    given = {f.name: item[f.name] for f in fields(Failure) if f.name in item}
    given["kind"] = FailureKind(given.get("kind", FailureKind.SERVER))
    return Failure(**given)
