"""A tool of Porthole's own: what a model is told of it, and the code that answers a call."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.tool import CallContext, Tool, ToolOutcome

SOURCE = "own"

Answer = Callable[[Mapping[str, Any], CallContext], Awaitable[ToolOutcome]]
"""Answers a call whose arguments fit the schema. Raises ToolFault."""


class ToolFault(Exception):  # noqa: N818 - an answer to the model, no error of ours
    """A call cannot be answered; says why in words for the model, which may try again."""


@dataclass(frozen=True, slots=True)
class OwnTool:
    tool: Tool
    answer: Answer


def schema(required: tuple[str, ...] = (), **properties: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON schema of an object with those properties and no others."""
    return {
        "type": "object",
        "properties": {name: dict(rules) for name, rules in properties.items()},
        "required": list(required),
        "additionalProperties": False,
    }
