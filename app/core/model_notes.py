"""What is remembered about a model: chosen by the person, or learned from its refusals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.request import Dialect, FormatKind

REASONING_SWITCHES = ("enable_thinking", "reasoning_effort", "thinking", "separate_reasoning")
"""Parameters that say whether, and how much, a model thinks; which it honours differs."""


@dataclass(frozen=True, slots=True)
class ModelNotes:
    """Notes on one model of one service.

    `used_at` is when it was last asked (seconds since the epoch, 0: never). `reasoning` holds those
    of `REASONING_SWITCHES` that were last set for it: new conversations with it begin with them.
    """

    profile: str
    model: str
    favourite: bool = False
    used_at: float = 0.0
    reasoning: Mapping[str, Any] = field(default_factory=dict)
    dialect: Dialect = field(default_factory=Dialect)


def notes_to_json(notes: ModelNotes) -> dict[str, Any]:
    """Plain JSON values; what is as usual is left out."""
    dialect = notes.dialect
    learned = {
        "without": sorted(dialect.without),
        "max_completion_tokens": dialect.max_completion_tokens,
        "system_as_user": dialect.system_as_user,
        "no_reasoning_back": not dialect.reasoning_back,
        "format": None if dialect.format is FormatKind.JSON_SCHEMA else dialect.format.value,
    }
    kept = {
        "profile": notes.profile,
        "model": notes.model,
        "favourite": notes.favourite,
        "used_at": notes.used_at,
        "reasoning": dict(notes.reasoning),
        "dialect": {name: value for name, value in learned.items() if value},
    }
    return {name: value for name, value in kept.items() if value}


def notes_from_json(item: Any) -> ModelNotes | None:
    """Notes from what a file held; None if it does not say which model they are on."""
    if not isinstance(item, dict):
        return None
    profile, model = item.get("profile"), item.get("model")
    if not (isinstance(profile, str) and profile and isinstance(model, str) and model):
        return None
    used = item.get("used_at")
    reasoning = item.get("reasoning")
    return ModelNotes(
        profile,
        model,
        favourite=item.get("favourite") is True,
        used_at=float(used) if isinstance(used, int | float) and used > 0 else 0.0,
        reasoning=_switches(reasoning) if isinstance(reasoning, dict) else {},
        dialect=_dialect(item.get("dialect")),
    )


def _switches(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in REASONING_SWITCHES if name in given}


def _dialect(item: Any) -> Dialect:
    if not isinstance(item, dict):
        return Dialect()
    without = item.get("without")
    formats = {member.value: member for member in FormatKind}
    kind = item.get("format")
    return Dialect(
        without=frozenset(n for n in without if isinstance(n, str))
        if isinstance(without, list)
        else frozenset(),
        max_completion_tokens=item.get("max_completion_tokens") is True,
        system_as_user=item.get("system_as_user") is True,
        reasoning_back=item.get("no_reasoning_back") is not True,
        format=formats.get(kind, FormatKind.JSON_SCHEMA)
        if isinstance(kind, str)
        else FormatKind.JSON_SCHEMA,
    )
