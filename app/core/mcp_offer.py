"""What a server says it offers, from its JSON to values and to tools that a model may call.

Everything in it is the server's word: bounded, and left out where it cannot be used.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.core.mcp import McpArgument, McpOffer, McpPrompt, McpResource, McpServer, McpTool
from app.core.tool import Effect, Tool

LONGEST_NAME = 1000
LONGEST_WORDS = 100_000
LARGEST_SCHEMA = 500_000
"""Characters of its JSON."""
DEEPEST_SCHEMA = 100
_EMPTY: Mapping[str, Any] = {"type": "object", "properties": {}}


def offer_from_json(data: Any) -> McpOffer:
    """The offer in an object of lists by "tools", "resources", "resourceTemplates", "prompts"."""
    return McpOffer(
        tuple(tool for item in _items(data, "tools") if (tool := _tool(item)) is not None),
        tuple(
            resource
            for key in ("resources", "resourceTemplates")
            for item in _items(data, key)
            if (resource := _resource(item)) is not None
        ),
        tuple(p for item in _items(data, "prompts") if (p := _prompt(item)) is not None),
    )


def tools_of(server: McpServer, offer: McpOffer) -> tuple[Tool, ...]:
    """The tools that a model may be told of: those with a schema that can be used.

    Whatever a server says of its tools' harmlessness, each of them may change something; being
    called beside others is all that its word is good for.
    """
    made: dict[str, Tool] = {}
    for tool in offer.tools:
        id_ = f"mcp:{server.id}:{tool.name}"
        if schema_fault(tool.parameters) or id_ in made:
            continue
        made[id_] = Tool(
            id=id_,
            name=tool.name,
            source=server.source,
            description=tool.description,
            parameters=tool.parameters or _EMPTY,
            effect=Effect.CHANGES,
            reads_only=tool.read_only,
            title=tool.title,
        )
    return tuple(made.values())


def schema_fault(schema: Mapping[str, Any]) -> str:
    """Why a schema cannot be used: "remote", "deep", "large" or "no_object"; "" where it can.

    `remote`: a reference to another document, which nobody here fetches.
    """
    if schema and schema.get("type", "object") != "object":
        return "no_object"
    waiting: list[tuple[Any, int]] = [(schema, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST_SCHEMA:
            return "deep"
        if isinstance(value, Mapping):
            for key in ("$ref", "$dynamicRef", "$recursiveRef"):
                where = value.get(key)
                if isinstance(where, str) and not where.startswith("#"):
                    return "remote"
            waiting += [(inner, depth + 1) for inner in value.values()]
        elif isinstance(value, list):
            waiting += [(inner, depth + 1) for inner in value]
    return "large" if len(json.dumps(schema)) > LARGEST_SCHEMA else ""


def _tool(item: Mapping[str, Any]) -> McpTool | None:
    name = _text(item, "name", LONGEST_NAME + 1)
    if not name or len(name) > LONGEST_NAME:
        return None
    schema, hints = item.get("inputSchema"), item.get("annotations")
    hints = hints if isinstance(hints, dict) else {}
    return McpTool(
        name,
        _text(item, "title", LONGEST_NAME) or _text(hints, "title", LONGEST_NAME),
        _text(item, "description", LONGEST_WORDS),
        schema if isinstance(schema, dict) else {},
        hints.get("readOnlyHint") is True,
    )


def _resource(item: Mapping[str, Any]) -> McpResource | None:
    uri = _text(item, "uri", LONGEST_WORDS)
    template = "" if uri else _text(item, "uriTemplate", LONGEST_WORDS)
    if not (uri or template):
        return None
    size = item.get("size")
    return McpResource(
        uri or template,
        _text(item, "name", LONGEST_NAME),
        _text(item, "title", LONGEST_NAME),
        _text(item, "description", LONGEST_WORDS),
        _text(item, "mimeType", LONGEST_NAME),
        size if isinstance(size, int) else None,
        is_template=bool(template),
    )


def _prompt(item: Mapping[str, Any]) -> McpPrompt | None:
    if not (name := _text(item, "name", LONGEST_NAME)):
        return None
    return McpPrompt(
        name,
        _text(item, "title", LONGEST_NAME),
        _text(item, "description", LONGEST_WORDS),
        tuple(
            McpArgument(
                argument,
                _text(told, "description", LONGEST_WORDS),
                told.get("required") is True,
            )
            for told in _items(item, "arguments")
            if (argument := _text(told, "name", LONGEST_NAME))
        ),
    )


def _items(data: Any, key: str) -> list[dict[str, Any]]:
    found = data.get(key) if isinstance(data, dict) else None
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _text(item: Mapping[str, Any], key: str, longest: int) -> str:
    value = item.get(key)
    return value[:longest] if isinstance(value, str) else ""
