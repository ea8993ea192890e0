"""Tools as the JSON list that requests carry them in: written, and read as if by a stranger.

Such a list says what a model is told. What is done on a call is never in it, and never taken from
it: a list from elsewhere makes drafts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.core.own_tool import (
    EMPTY_SCHEMA,
    LONGEST_DESCRIPTION,
    LONGEST_NAME,
    LONGEST_SCHEMA,
    MOST_TOOLS,
    OwnTool,
)

MOST_BYTES = 5_000_000
DEEPEST = 60
"""Levels of lists and objects within a schema."""


class ToolListProblem(StrEnum):
    TOO_LARGE = "too_large"
    NOT_JSON = "not_json"
    NO_TOOLS = "no_tools"
    """JSON, but nothing in it is a function."""
    TOO_MANY = "too_many"
    BAD_NAME = "bad_name"
    BAD_DESCRIPTION = "bad_description"
    BAD_SCHEMA = "bad_schema"


class ToolListError(ValueError):
    """`place` counts the tool that is wrong from 1; 0: the list as a whole."""

    def __init__(self, problem: ToolListProblem, place: int = 0) -> None:
        super().__init__(f"{problem} {place}")
        self.problem = problem
        self.place = place


@dataclass(frozen=True, slots=True)
class ToolList:
    """The drafts that a list holds. `left_out`: how many tools of it are no functions."""

    tools: tuple[OwnTool, ...]
    left_out: int = 0


def write_tool_list(tools: Sequence[OwnTool]) -> str:
    """The `tools` of a request, indented."""
    return json.dumps([_item(tool) for tool in tools], ensure_ascii=False, indent=2) + "\n"


def read_tool_list(data: bytes) -> ToolList:
    """All functions of a list, with new ids. Raises ToolListError: all of them, or nothing.

    Takes the list itself, an object that has it as `tools` or `functions` (a whole request), or
    a single tool; each in the form of chat completions, of responses, or bare.
    """
    if len(data) > MOST_BYTES:
        raise ToolListError(ToolListProblem.TOO_LARGE)
    try:
        value = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
        json.dumps(value, allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise ToolListError(ToolListProblem.NOT_JSON) from None
    items = _items(value)
    found = [given for item in items if (given := _function(item)) is not None]
    if not found:
        raise ToolListError(ToolListProblem.NO_TOOLS)
    if len(found) > MOST_TOOLS:
        raise ToolListError(ToolListProblem.TOO_MANY)
    tools = tuple(_tool(given, place) for place, given in enumerate(found, 1))
    return ToolList(tools, len(items) - len(found))


def is_shallow(value: Any, left: int = DEEPEST) -> bool:
    """Whether no more than so many lists and objects stand within each other."""
    if not isinstance(value, dict | list):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return left > 0 and all(is_shallow(v, left - 1) for v in inner)


def _item(tool: OwnTool) -> dict[str, Any]:
    told = {
        "name": tool.name,
        "description": tool.description,
        "parameters": dict(tool.parameters),
    }
    return {"type": "function", "function": told}


def _items(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        for name in ("tools", "functions"):
            if isinstance(value.get(name), list):
                return list(value[name])
        return [value]
    return []


def _function(item: Any) -> dict[str, Any] | None:
    """What a model is told of a function; None of what is none, such as a service's own search."""
    if not isinstance(item, dict):
        return None
    inner = item.get("function")
    if isinstance(inner, dict):
        return inner
    return item if item.get("type", "function") == "function" and "name" in item else None


def _tool(given: dict[str, Any], place: int) -> OwnTool:
    name, description = given.get("name"), given.get("description")
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME:
        raise ToolListError(ToolListProblem.BAD_NAME, place)
    description = "" if description is None else description
    if not isinstance(description, str) or len(description) > LONGEST_DESCRIPTION:
        raise ToolListError(ToolListProblem.BAD_DESCRIPTION, place)
    schema = given.get("parameters")
    schema = dict(EMPTY_SCHEMA) if schema is None else schema
    if not isinstance(schema, dict) or not is_shallow(schema):
        raise ToolListError(ToolListProblem.BAD_SCHEMA, place)
    if len(json.dumps(schema)) > LONGEST_SCHEMA:
        raise ToolListError(ToolListProblem.BAD_SCHEMA, place)
    return OwnTool(name.strip(), description, schema)


def _refuse(constant: str) -> None:
    raise ValueError(constant)
