"""Tools that a person defines: what a model is told of one, and what is done where it is called."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from app.core.address import origin
from app.core.errors import ServiceError
from app.core.ids import new_id
from app.core.schema_walk import refers_away
from app.core.tool import Effect, Tool

SOURCE = "mine"
LONGEST_NAME, LONGEST_DESCRIPTION, LONGEST_TEXT = 500, 20_000, 8_000
"""In characters; the last one is for an address, a folder, an argument or a value."""
LONGEST_SCHEMA = 200_000
"""Characters of a schema as JSON."""
MOST_TOOLS, MOST_ITEMS = 200, 100
"""Of tools in all; of arguments, headers, variables in one."""
LEAST_LIMIT_S, MOST_LIMIT_S = 1, 3600
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
EMPTY_SCHEMA: Mapping[str, Any] = {"type": "object", "properties": {}}

Pairs = tuple[tuple[str, str], ...]


class Sends(StrEnum):
    """How a request carries the arguments of a call."""

    JSON = "json"
    """As its body."""
    QUERY = "query"
    """After the question mark of its address."""


@dataclass(frozen=True, slots=True)
class CommandAction:
    """A program that is started for each call, and reads the arguments as JSON on its input.

    `argv` is handed on word by word, never to a shell. An empty `folder` is a new one for each
    call, removed after it. The program sees little of the environment, the variables `env`, and
    those named by `secrets`, whose values the keyring holds.
    """

    argv: tuple[str, ...] = ()
    folder: str = ""
    env: Pairs = ()
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestAction:
    """An HTTP request for each call. `secrets` name headers whose values the keyring holds."""

    method: str = "POST"
    url: str = ""
    headers: Pairs = ()
    secrets: tuple[str, ...] = ()
    sends: Sends = Sends.JSON


Action = CommandAction | RequestAction


@dataclass(frozen=True, slots=True)
class OwnTool:
    """A tool of the person's own. Without an action it is a draft, which no model is told of."""

    name: str = ""
    description: str = ""
    parameters: Mapping[str, Any] = field(default_factory=lambda: EMPTY_SCHEMA)
    action: Action | None = None
    limit_s: int = 30
    enabled: bool = False
    id: str = field(default_factory=new_id)

    @property
    def tool_id(self) -> str:
        return f"{SOURCE}:{self.id}"


class Lack(StrEnum):
    """Why a tool cannot be called yet."""

    NO_NAME = "no_name"
    NO_ACTION = "no_action"
    NO_PROGRAM = "no_program"
    BAD_URL = "bad_url"
    BAD_HEADER = "bad_header"
    BAD_VARIABLE = "bad_variable"
    REFERS_AWAY = "refers_away"
    """Its schema refers to another one elsewhere, which is never fetched."""


def lack_of(tool: OwnTool) -> Lack | None:
    """What a tool still needs before it can be switched on; None: nothing."""
    if not tool.name:
        return Lack.NO_NAME
    if refers_away(tool.parameters) is not None:
        return Lack.REFERS_AWAY
    match tool.action:
        case None:
            return Lack.NO_ACTION
        case CommandAction(argv=argv, env=env, secrets=secrets):
            if not argv or not argv[0].strip() or any("\0" in word for word in argv):
                return Lack.NO_PROGRAM
            if not all(_is_variable(name) for name in (*dict(env), *secrets)):
                return Lack.BAD_VARIABLE
        case RequestAction(url=url, headers=headers, secrets=secrets):
            if not origin_of(url):
                return Lack.BAD_URL
            names = all(_is_header(name) for name in (*dict(headers), *secrets))
            if not names or not all(_is_value(value) for _name, value in headers):
                return Lack.BAD_HEADER
    return None


def origin_of(url: str) -> str:
    """Scheme, host and port of an address; empty where it is none that can be asked."""
    place, _mark, query = url.partition("?")
    if not query.isprintable() or any(c.isspace() for c in query) or "#" in url:
        return ""
    try:
        return origin(place)
    except ServiceError:
        return ""


def effect_of(action: Action | None) -> Effect:
    """What a call of it may do."""
    if isinstance(action, CommandAction):
        return Effect.RUNS
    if isinstance(action, RequestAction) and action.method == "GET":
        return Effect.LEAVES
    return Effect.CHANGES


def as_tool(tool: OwnTool) -> Tool:
    """The tool as models and cards know it. A leave holds for what it does now, and no longer."""
    return Tool(
        tool.tool_id,
        tool.name,
        SOURCE,
        tool.description,
        tool.parameters,
        effect_of(tool.action),
        reads_only=isinstance(tool.action, RequestAction) and tool.action.method == "GET",
        bound_to=json.dumps(_action_to_json(tool.action), sort_keys=True),
    )


def offered(tools: Iterable[OwnTool]) -> tuple[OwnTool, ...]:
    """Those that can be called."""
    return tuple(tool for tool in tools if tool.enabled and lack_of(tool) is None)


def secret_id(tool: OwnTool, name: str) -> str:
    """Under which name the keyring holds a secret of that tool.

    A header's is bound to the origin that it was entered for, so that it goes nowhere else.
    """
    where = origin_of(tool.action.url) if isinstance(tool.action, RequestAction) else "env"
    return f"tool:{tool.id}:{where}:{name}"


# As JSON


def own_tool_to_json(tool: OwnTool) -> dict[str, Any]:
    """The tool as it is kept; no secret is in it."""
    return {
        "id": tool.id,
        "name": tool.name,
        "description": tool.description,
        "parameters": dict(tool.parameters),
        "action": _action_to_json(tool.action),
        "limit_s": tool.limit_s,
        "enabled": tool.enabled,
    }


def own_tool_from_json(item: Any) -> OwnTool | None:
    """A tool from what a file held; None if it is none. What is odd in it is passed over."""
    if not isinstance(item, dict) or not (key := text_of(item.get("id"), 200)):
        return None
    parameters, limit = item.get("parameters"), item.get("limit_s")
    if not isinstance(parameters, dict):
        parameters = EMPTY_SCHEMA
    made = OwnTool(
        text_of(item.get("name"), LONGEST_NAME),
        text_of(item.get("description"), LONGEST_DESCRIPTION),
        parameters,
        _action_from_json(item.get("action")),
        held(limit) if isinstance(limit, int) and not isinstance(limit, bool) else 30,
        item.get("enabled") is True,
        key,
    )
    return made if lack_of(made) is None else replace(made, enabled=False)


def own_tools_from_json(value: Any) -> tuple[OwnTool, ...] | None:
    """The tools of a list, each id once; None for what is no list."""
    if not isinstance(value, list):
        return None
    made = (own_tool_from_json(item) for item in value)
    kept = {tool.id: tool for tool in made if tool is not None}
    return tuple(kept.values())[:MOST_TOOLS]


def held(limit_s: int) -> int:
    """A limit of time within its bounds."""
    return min(max(limit_s, LEAST_LIMIT_S), MOST_LIMIT_S)


def text_of(value: Any, longest: int) -> str:
    """A text of bounded length; what is none is empty."""
    return value[:longest] if isinstance(value, str) else ""


def _action_to_json(action: Action | None) -> dict[str, Any] | None:
    if action is None:
        return None
    kind = "command" if isinstance(action, CommandAction) else "request"
    data: dict[str, Any] = {"kind": kind}
    for part in fields(action):
        value = getattr(action, part.name)
        if part.name in ("env", "headers"):
            value = [list(pair) for pair in value]
        elif isinstance(value, tuple):
            value = list(value)
        data[part.name] = value.value if isinstance(value, StrEnum) else value
    return data


def _action_from_json(item: Any) -> Action | None:
    if not isinstance(item, dict):
        return None
    if item.get("kind") == "command":
        return CommandAction(
            _texts(item.get("argv")),
            text_of(item.get("folder"), LONGEST_TEXT),
            _pairs(item.get("env")),
            _texts(item.get("secrets")),
        )
    if item.get("kind") != "request":
        return None
    method, sends = item.get("method"), item.get("sends")
    return RequestAction(
        method if isinstance(method, str) and method in METHODS else "POST",
        text_of(item.get("url"), LONGEST_TEXT),
        _pairs(item.get("headers")),
        _texts(item.get("secrets")),
        Sends.QUERY if sends == Sends.QUERY.value else Sends.JSON,
    )


def _texts(value: Any) -> tuple[str, ...]:
    found = value[:MOST_ITEMS] if isinstance(value, list) else ()
    return tuple(one[:LONGEST_TEXT] for one in found if isinstance(one, str))


def _pairs(value: Any) -> Pairs:
    found = value[:MOST_ITEMS] if isinstance(value, list) else ()
    pairs = (_texts(one) for one in found)
    return tuple((pair[0], pair[1]) for pair in pairs if len(pair) == 2)


def _is_variable(name: str) -> bool:
    return bool(name) and "=" not in name and name.isprintable() and not name.isspace()


def _is_header(name: str) -> bool:
    return (
        bool(name) and name.isascii() and all(c.isalnum() or c in "!#$%&'*+-.^_`|~" for c in name)
    )


def _is_value(value: str) -> bool:
    return all(c == "\t" or 32 <= ord(c) < 127 for c in value)
