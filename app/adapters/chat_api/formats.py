"""The shape an answer is to have: in the request's own field, or in words where a model needs them.

A model that takes no schema is told of it in the prompt, and one that answers with JSON has to read
the word JSON there. The words stand at one place, the end of the system prompt, and depend only on
what every turn of a conversation shares: they cost no cached prefix.
"""

from __future__ import annotations

import json
from typing import Any

from app.adapters.chat_api.surrogates import scrub_value
from app.core.message import Message, Role
from app.core.request import ChatRequest, FormatKind, ResponseFormat, asked_format

FIELD = "response_format"
_ORDER = (FormatKind.TEXT, FormatKind.JSON_OBJECT, FormatKind.JSON_SCHEMA)


def format_field(request: ChatRequest) -> Any:
    """The value of `response_format`; None: the field is not sent."""
    said = request.parameters.get(FIELD)
    wanted = asked_format(request)
    kind = _kind(request, wanted)
    if said is not None and (wanted is None or kind is wanted.kind):
        return scrub_value(said)
    if wanted is None or kind is None:
        return None
    return _value(wanted) if kind is wanted.kind else {"type": kind.value}


def format_words(request: ChatRequest) -> str:
    """What the prompt has to say of the answer's shape; empty where the field says it all."""
    wanted = asked_format(request)
    if wanted is None or wanted.kind is FormatKind.TEXT:
        return ""
    kind = _kind(request, wanted)
    if kind is FormatKind.JSON_SCHEMA:
        return ""
    if wanted.kind is FormatKind.JSON_SCHEMA:
        schema = json.dumps(scrub_value(dict(wanted.schema or {})), ensure_ascii=False)
        return (
            "Answer with one JSON value and nothing else: no other words, no code fence. "
            f"It must be valid against this JSON Schema:\n{schema}"
        )
    if kind is FormatKind.JSON_OBJECT and _mentioned(request.messages):
        return ""
    return "Answer with one JSON object and nothing else: no other words, no code fence."


def _kind(request: ChatRequest, wanted: ResponseFormat | None) -> FormatKind | None:
    """What is asked for in the field, as far as this model takes it; None: nothing."""
    if wanted is None:
        return None
    dialect = request.dialect
    taken = FormatKind.TEXT if FIELD in dialect.without else dialect.format
    if taken is FormatKind.TEXT:
        return None  # a model that refused an object may refuse the field as well
    return min(wanted.kind, taken, key=_ORDER.index)


def _mentioned(messages: tuple[Message, ...]) -> bool:
    """Whether what a conversation begins with, and will always begin with, speaks of JSON."""
    for message in messages:
        if message.role in (Role.SYSTEM, Role.USER) and "json" in message.text.lower():
            return True
        if message.role is not Role.SYSTEM:
            return False
    return False


def _value(wanted: ResponseFormat) -> dict[str, Any]:
    made: dict[str, Any] = {"type": wanted.kind.value}
    if wanted.kind is FormatKind.JSON_SCHEMA:
        schema: dict[str, Any] = {"name": wanted.name, "schema": dict(wanted.schema or {})}
        if wanted.strict is not None:
            schema["strict"] = wanted.strict
        made["json_schema"] = scrub_value(schema)
    return made
