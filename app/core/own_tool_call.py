"""What exactly a call of an own tool sends: one text for who does it and who looks first."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from app.core.own_tool import CommandAction, OwnTool, RequestAction, Sends

HIDDEN = "•••"
"""Stands for a secret."""
BODILESS = ("GET", "HEAD")


def as_json(arguments: Mapping[str, Any]) -> bytes:
    """The arguments as UTF-8; halves of characters, which UTF-8 has not, stay escaped."""
    try:
        return json.dumps(dict(arguments), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(dict(arguments)).encode()


def address_of(action: RequestAction, arguments: Mapping[str, Any]) -> str:
    """The address that is asked: its own query first, then the arguments where they go there."""
    if action.sends is not Sends.QUERY:
        return action.url
    place, _mark, query = action.url.partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    for name, value in arguments.items():
        many = value if isinstance(value, list) else [value]
        pairs += [(name, _word(one)) for one in many if one is not None]
    return f"{place}?{urlencode(pairs, errors='replace')}" if pairs else place


def body_of(action: RequestAction, arguments: Mapping[str, Any]) -> bytes:
    """The body that is sent; empty for none."""
    if action.sends is Sends.QUERY or (action.method in BODILESS and not arguments):
        return b""
    return as_json(arguments)


def call_text(tool: OwnTool, arguments: Mapping[str, Any]) -> str:
    """The call as it will be made, to be read beforehand; secrets are hidden in it."""
    match tool.action:
        case CommandAction() as action:
            variables = [f"{name}={shlex.quote(value)}" for name, value in action.env]
            variables += [f"{name}={HIDDEN}" for name in action.secrets]
            lines = [" ".join([*variables, shlex.join(action.argv)])]
            if action.folder.strip():
                lines.insert(0, f"cd {shlex.quote(action.folder.strip())}")
            return "\n".join([*lines, "", as_json(arguments).decode()])
        case RequestAction() as action:
            lines = [f"{action.method} {address_of(action, arguments)}"]
            lines += [f"{name}: {value}" for name, value in action.headers]
            lines += [f"{name}: {HIDDEN}" for name in action.secrets]
            body = body_of(action, arguments).decode()
            return "\n".join([*lines, "", body] if body else lines)
        case None:
            return ""


def _word(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
