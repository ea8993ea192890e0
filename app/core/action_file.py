"""Quick actions as a file that people pass on: written whole, and read as if by a stranger."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from app.core.picture_action import (
    KEYS,
    LONGEST_MODEL,
    LONGEST_NAME,
    LONGEST_PROMPT,
    MOST_ACTIONS,
    PictureAction,
    ResultKind,
    result_kind,
)

FORMAT, VERSION = "porthole-quick-actions", 1
MOST_BYTES = 2_000_000
DEEPEST = 40
"""Levels of lists and objects within the parameters."""
NOT_PARAMETERS = frozenset({"model", "messages"})
"""What a request holds that is no parameter: no file may put words into a conversation."""


class ActionFileProblem(StrEnum):
    TOO_LARGE = "too_large"
    NOT_JSON = "not_json"
    OTHER_FILE = "other_file"
    """JSON, but no quick actions."""
    NEWER = "newer"
    EMPTY = "empty"
    TOO_MANY = "too_many"
    BAD_NAME = "bad_name"
    BAD_PROMPT = "bad_prompt"
    BAD_MODEL = "bad_model"
    BAD_PARAMETERS = "bad_parameters"


class ActionFileError(ValueError):
    """`place` counts the action that is wrong from 1; 0: the file as a whole."""

    def __init__(self, problem: ActionFileProblem, place: int = 0) -> None:
        super().__init__(f"{problem} {place}")
        self.problem = problem
        self.place = place


def write_action_file(actions: Sequence[PictureAction]) -> bytes:
    """The actions with their words, as they stand."""
    data = {
        "format": FORMAT,
        "version": VERSION,
        "actions": [
            {
                "name": action.name,
                "prompt": action.prompt,
                "model": action.model,
                "parameters": dict(action.parameters),
                "result": action.result.value,
                "key": action.key,
            }
            for action in actions
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def read_action_file(data: bytes) -> tuple[PictureAction, ...]:
    """All actions of a file, each with a new id. Raises ActionFileError: all of it, or nothing."""
    if len(data) > MOST_BYTES:
        raise ActionFileError(ActionFileProblem.TOO_LARGE)
    try:
        value = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
        json.dumps(value, allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise ActionFileError(ActionFileProblem.NOT_JSON) from None
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise ActionFileError(ActionFileProblem.OTHER_FILE)
    if value.get("version") != VERSION:
        raise ActionFileError(ActionFileProblem.NEWER)
    items = value.get("actions")
    if not isinstance(items, list) or not items:
        raise ActionFileError(ActionFileProblem.EMPTY)
    if len(items) > MOST_ACTIONS:
        raise ActionFileError(ActionFileProblem.TOO_MANY)
    return tuple(_action(item, place) for place, item in enumerate(items, 1))


def tidy_name(text: str) -> str:
    """A name on one line, without characters that cannot be seen."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _action(item: Any, place: int) -> PictureAction:
    given = item if isinstance(item, dict) else {}
    name = tidy_name(_text(given, "name", LONGEST_NAME, ActionFileProblem.BAD_NAME, place))
    if not name:
        raise ActionFileError(ActionFileProblem.BAD_NAME, place)
    prompt = _text(given, "prompt", LONGEST_PROMPT, ActionFileProblem.BAD_PROMPT, place)
    model = _text(given, "model", LONGEST_MODEL, ActionFileProblem.BAD_MODEL, place)
    parameters = given.get("parameters", {})
    if (
        not isinstance(parameters, dict)
        or NOT_PARAMETERS & parameters.keys()
        or not _is_shallow(parameters)
    ):
        raise ActionFileError(ActionFileProblem.BAD_PARAMETERS, place)
    key = given.get("key")
    return PictureAction(
        name,
        prompt.replace("\0", ""),
        tidy_name(model),
        parameters,
        result_kind(given.get("result")) or ResultKind.TEXT,
        key if key in KEYS else "",
    )


def _text(given: Any, name: str, most: int, problem: ActionFileProblem, place: int) -> str:
    value = given.get(name, "")
    if not isinstance(value, str) or len(value) > most:
        raise ActionFileError(problem, place)
    return value


def _is_shallow(value: Any, left: int = DEEPEST) -> bool:
    if not isinstance(value, dict | list):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return left > 0 and all(_is_shallow(v, left - 1) for v in inner)


def _refuse(constant: str) -> None:
    raise ValueError(constant)
