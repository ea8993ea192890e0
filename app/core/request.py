"""What is asked of a service: model, messages, and only those parameters that were set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.core.message import Message


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A function the model may call; `parameters` is a JSON schema."""

    name: str
    description: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    strict: bool | None = None


class FormatKind(StrEnum):
    TEXT = "text"
    JSON_OBJECT = "json_object"
    JSON_SCHEMA = "json_schema"


@dataclass(frozen=True, slots=True)
class ResponseFormat:
    """What shape the answer is to have. `name`, `schema` and `strict` belong to `JSON_SCHEMA`."""

    kind: FormatKind
    name: str = "answer"
    schema: Mapping[str, Any] | None = None
    strict: bool | None = True


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """One completion to ask for.

    `messages` run from the first to the one to be answered; a system prompt is a message of its
    own. `parameters` holds only what was set (temperature, max_tokens, extra body fields …) and
    goes out as it stands, in its own order, so that equal settings give equal bytes.
    """

    model: str
    messages: tuple[Message, ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    tools: tuple[ToolSpec, ...] = ()
    tool_choice: str | Mapping[str, Any] | None = None
    response_format: ResponseFormat | None = None
    stream: bool = True
