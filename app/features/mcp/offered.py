"""What a server offers as rows: names, what it says of each, its schema, what to beware of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.core.mcp import McpPrompt, McpResource, McpServer, McpTool
from app.core.mcp_offer import schema_fault
from app.core.visible_text import visible, visible_line
from app.features.mcp.offer_view import Offered
from app.features.mcp.servers import Servers

translate = QCoreApplication.translate
NAME, LONGEST = 120, 20_000


def tool_rows(servers: Servers, server: McpServer) -> list[Offered]:
    usable = {tool.id: tool for tool in servers.tools(server.id)}
    rows: dict[str, Offered] = {}
    for tool in servers.offer(server.id).tools:
        key = f"{server.source}:{tool.name}"
        if key in rows:
            continue
        known, warning = usable.get(key), ""
        if known is not None and servers.changed_since_allowed(known):
            warning = translate("Mcp", "Changed since you allowed it: it asks again.")
        elif known is None and usable:
            warning = _fault(tool)
        rows[key] = Offered(
            key,
            _titled(tool.name, tool.title),
            partial(_bounded, tool.description),
            partial(_schema, tool.parameters),
            on=servers.is_on(key) if known is not None or not usable else None,
            warning=warning,
        )
    return list(rows.values())


def prompt_rows(prompts: tuple[McpPrompt, ...]) -> list[Offered]:
    return [Offered(p.name, _titled(p.name, p.title), partial(_prompt, p)) for p in prompts]


def resource_rows(resources: tuple[McpResource, ...]) -> list[Offered]:
    return [
        Offered(r.uri, _titled(r.name or r.uri, r.title), partial(_resource, r)) for r in resources
    ]


def _titled(name: str, title: str) -> str:
    shown = visible_line(name, NAME)
    return f"{shown} · {visible_line(title, NAME)}" if title and title != name else shown


def _fault(tool: McpTool) -> str:
    reasons = {
        "remote": lambda: translate(
            "Mcp", "Cannot be used: its schema refers to another document, which is not fetched."
        ),
        "deep": lambda: translate("Mcp", "Cannot be used: its schema is nested too deep."),
        "large": lambda: translate("Mcp", "Cannot be used: its schema is too large."),
        "no_object": lambda: translate("Mcp", "Cannot be used: its schema is not of an object."),
    }
    fault = schema_fault(tool.parameters)
    return reasons[fault]() if fault in reasons else ""


def _schema(parameters: Mapping[str, Any]) -> str:
    return _bounded(json.dumps(parameters, ensure_ascii=False, indent=2))


def _prompt(prompt: McpPrompt) -> str:
    lines = [prompt.description] if prompt.description else []
    required = translate("Mcp", "required")
    for argument in prompt.arguments:
        needed = f" ({required})" if argument.required else ""
        about = f": {argument.description}" if argument.description else ""
        lines.append(f"{{{argument.name}}}{needed}{about}")
    return _bounded("\n".join(lines))


def _resource(resource: McpResource) -> str:
    size = f"{resource.size} B" if resource.size is not None else ""
    facts = " · ".join(part for part in (resource.media_type, size) if part)
    return _bounded("\n".join(p for p in (resource.uri, resource.description, facts) if p))


def _bounded(text: str) -> str:
    return visible(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")
