"""What is asked of a service: model, messages, and only those parameters that were set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def response_format_from_json(value: Any) -> ResponseFormat | None:
    """The API's own `response_format` object as a value; None where it is not one we know."""
    kinds = {kind.value: kind for kind in FormatKind}
    kind = value.get("type") if isinstance(value, Mapping) else None
    if not isinstance(kind, str) or kind not in kinds:
        return None
    inner = value.get("json_schema")
    if kinds[kind] is not FormatKind.JSON_SCHEMA:
        return ResponseFormat(kinds[kind])
    if not isinstance(inner, Mapping) or not isinstance(inner.get("schema"), Mapping):
        return None
    name, strict = inner.get("name"), inner.get("strict")
    return ResponseFormat(
        FormatKind.JSON_SCHEMA,
        name if isinstance(name, str) and name else "answer",
        inner["schema"],
        strict if isinstance(strict, bool) else None,
    )


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a model was found to take where it differs from the book; remembered for each model.

    `without` names parameters that it rejects. `format` is the richest response format it takes:
    what asks for more is made less, down to `TEXT`, where a schema stands in the prompt.
    """

    without: frozenset[str] = frozenset()
    max_completion_tokens: bool = False
    """It wants `max_completion_tokens` where others want `max_tokens`."""
    system_as_user: bool = False
    """It refuses the system role: the prompt goes at the head of the first question."""
    reasoning_back: bool = True
    """Within a tool loop it is given its own reasoning again."""
    format: FormatKind = FormatKind.JSON_SCHEMA


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """One completion to ask for.

    `messages` run from the first to the one to be answered; a system prompt is a message of its
    own. `parameters` holds only what was set (temperature, max_tokens, extra body fields …) and
    goes out as it stands, in its own order, so that equal settings give equal bytes; `dialect`
    says what of it this model does not take. `most_tokens` is the longest answer that the model
    can give, where that is known. `instead`: what stands in `messages` in place of pictures, as
    `old_pictures.words_instead` has it.
    """

    model: str
    messages: tuple[Message, ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    tools: tuple[ToolSpec, ...] = ()
    tool_choice: str | Mapping[str, Any] | None = None
    response_format: ResponseFormat | None = None
    stream: bool = True
    dialect: Dialect = Dialect()
    most_tokens: int | None = None
    instead: Mapping[str, Sequence[str]] = field(default_factory=dict)


def asked_format(request: ChatRequest) -> ResponseFormat | None:
    """The response format that was asked for: `response_format`, or the one among the parameters.

    None: none was, or one that stands in the parameters in a shape that is not known.
    """
    said = request.parameters.get("response_format")
    return request.response_format if said is None else response_format_from_json(said)
