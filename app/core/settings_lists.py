"""Lists among the settings that a person fills: presets, schemas, tools, servers, as JSON.

A start reads the settings before the first paint, and of these there are often none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.core.mcp import McpServer, server_from_json, server_to_json
from app.core.model_notes import notes_from_json, notes_to_json
from app.core.named_schema import schema_to_json, schemas_from_json
from app.core.own_tool import own_tool_to_json, own_tools_from_json
from app.core.preset import preset_from_json, preset_to_json
from app.core.tool_choice import grant_from_json, grant_to_json

MOST_MCP_SERVERS = 100


def _each(read: Callable[[Any], Any]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """Reads a list item by item; odd ones are passed over."""

    def read_list(items: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(made for item in items if (made := read(item)) is not None)

    return read_list


def _servers(items: Sequence[Any]) -> tuple[McpServer, ...]:
    servers = _each(server_from_json)(items)
    return tuple({server.id: server for server in servers}.values())[:MOST_MCP_SERVERS]


WRITERS: Mapping[str, Callable[[Any], Any]] = {
    "presets": preset_to_json,
    "schemas": schema_to_json,
    "model_notes": notes_to_json,
    "tool_grants": grant_to_json,
    "own_tools": own_tool_to_json,
    "mcp_servers": server_to_json,
}
"""From one item to its JSON."""

READERS: Mapping[str, Callable[[Any], tuple[Any, ...] | None]] = {
    "presets": _each(preset_from_json),
    "schemas": schemas_from_json,
    "model_notes": _each(notes_from_json),
    "tool_grants": _each(grant_from_json),
    "own_tools": own_tools_from_json,
    "mcp_servers": _servers,
}
"""From a whole list to the items; None where it is not to be used."""
