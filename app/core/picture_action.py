"""Quick actions: ready-made questions about pictures, each with the way in which it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from app.core.ids import new_id

LONGEST_NAME, LONGEST_PROMPT, LONGEST_MODEL = 60, 20_000, 200
"""In characters."""
MOST_ACTIONS = 100
KEYS = tuple(f"Alt+{digit}" for digit in range(1, 10))
"""The keys that an action may have, as Qt writes them."""


class ResultKind(StrEnum):
    """What an action's answer is to be."""

    TEXT = "text"
    TABLE = "table"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Asked:
    """How one question is asked, in place of what its conversation is set to.

    It stays with the question, so that asking it anew asks it the same way. `action` is the id of
    the quick action and `name` what it was called then; an empty `model` is the conversation's.
    """

    action: str
    name: str
    model: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    result: ResultKind = ResultKind.TEXT


@dataclass(frozen=True, slots=True)
class PictureAction:
    """A quick action. `parameters` holds only what is set, by the API's names.

    An empty `model` stands for the one that the conversation shows pictures to; `key` is one of
    `KEYS` or empty. `built_in`: name, prompt, parameters and result are those that Porthole brings
    for this id, in the reader's language; whoever edits one of them makes all of them their own.
    """

    name: str = ""
    prompt: str = ""
    model: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    result: ResultKind = ResultKind.TEXT
    key: str = ""
    id: str = field(default_factory=new_id)
    built_in: bool = False

    def asked(self) -> Asked:
        """What a question carries that asks this."""
        return Asked(self.id, self.name, self.model, dict(self.parameters), self.result)


def action_to_json(action: PictureAction) -> dict[str, Any]:
    """The action as it is kept: of one that follows the language only what is the person's own."""
    kept: dict[str, Any] = {"id": action.id, "model": action.model, "key": action.key}
    if action.built_in:
        return {**kept, "built_in": True}
    return {
        **kept,
        "name": action.name,
        "prompt": action.prompt,
        "parameters": dict(action.parameters),
        "result": action.result.value,
    }


def action_from_json(item: Any) -> PictureAction | None:
    """An action from what a file held; None if it is none."""
    if not isinstance(item, dict) or not (key := _text(item.get("id"), LONGEST_MODEL)):
        return None
    model, shortcut = _text(item.get("model"), LONGEST_MODEL), item.get("key")
    shortcut = shortcut if shortcut in KEYS else ""
    if item.get("built_in") is True:
        return PictureAction(model=model, key=shortcut, id=key, built_in=True)
    name, prompt = _text(item.get("name"), LONGEST_NAME), _text(item.get("prompt"), LONGEST_PROMPT)
    parameters, result = item.get("parameters"), result_kind(item.get("result"))
    if not name:
        return None
    return PictureAction(
        name,
        prompt,
        model,
        dict(parameters) if isinstance(parameters, dict) else {},
        result or ResultKind.TEXT,
        shortcut,
        key,
    )


def in_one_list(actions: Iterable[PictureAction]) -> tuple[PictureAction, ...]:
    """The actions as one list: each id and each key once, and not too many of them."""
    ids: set[str] = set()
    keys: set[str] = set()
    kept: list[PictureAction] = []
    for action in actions:
        if action.id in ids or len(kept) == MOST_ACTIONS:
            continue
        if action.key in keys:
            action = replace(action, key="")
        ids.add(action.id)
        keys |= {action.key} - {""}
        kept.append(action)
    return tuple(kept)


def asked_to_json(asked: Asked | None) -> dict[str, Any] | None:
    if asked is None:
        return None
    return {
        "action": asked.action,
        "name": asked.name,
        "model": asked.model,
        "parameters": dict(asked.parameters),
        "result": asked.result.value,
    }


def asked_from_json(item: Any) -> Asked | None:
    """How a question was asked, from what was stored; None where nothing was."""
    if not isinstance(item, dict):
        return None
    action, name, model = (item.get(key) for key in ("action", "name", "model"))
    parameters = item.get("parameters")
    return Asked(
        action if isinstance(action, str) else "",
        name if isinstance(name, str) else "",
        model if isinstance(model, str) else "",
        dict(parameters) if isinstance(parameters, dict) else {},
        result_kind(item.get("result")) or ResultKind.TEXT,
    )


def result_kind(value: Any) -> ResultKind | None:
    """The kind of that name; None where there is none."""
    known = {kind.value: kind for kind in ResultKind}
    return known.get(value) if isinstance(value, str) else None


def _text(value: Any, most: int) -> str:
    """A text of bounded length; what is none is empty."""
    return value[:most] if isinstance(value, str) else ""
