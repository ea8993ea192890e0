"""MCP servers as values: how one is reached, what was allowed, how it stands, what it offers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Secrets = Callable[[str], Awaitable[str | None]]
"""From the name that `secret_key` gives to the secret, or None where there is none."""


@dataclass(frozen=True, slots=True)
class Stdio:
    """A program that is started here. `command` is its argv, never given to a shell.

    `env` are variables with their values; `secrets` are names whose values the keyring holds.
    """

    command: tuple[str, ...]
    cwd: str = ""
    env: tuple[tuple[str, str], ...] = ()
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Http:
    """A server reached by streamable HTTP. The keyring holds what the headers say."""

    url: str
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class McpServer:
    """One that the person has added. `allowed` is the fingerprint that they let start."""

    id: str
    name: str
    way: Stdio | Http
    enabled: bool = True
    allowed: str = ""

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of all that decides what is started or asked; never of a secret."""
        text = json.dumps(_way_to_json(self.way), ensure_ascii=True, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def may_start(self) -> bool:
        """Whether the person has allowed exactly this command or address."""
        return self.allowed == self.fingerprint

    @property
    def source(self) -> str:
        """The id of its tools' source."""
        return f"mcp:{self.id}"

    def secret_key(self, name: str) -> str:
        """Under which name the keyring holds that variable or header."""
        return f"mcp:{self.id}:{name}"


class McpState(StrEnum):
    OFF = "off"
    STARTING = "starting"
    READY = "ready"
    FAILED = "failed"
    """It did not get ready, or broke a bound; `McpStatus.failure` says how."""
    ENDED = "ended"
    """It was ready, and ended by itself."""


class McpFailure(StrEnum):
    """Why a server does not run."""

    NOT_FOUND = "not_found"
    """There is no such program, or no such folder to start it in."""
    NOT_RUNNABLE = "not_runnable"
    EXITED = "exited"
    TOO_SLOW = "too_slow"
    """It did not answer in time."""
    NO_PROTOCOL = "no_protocol"
    """What it says is not MCP."""
    FLOODS = "floods"
    """It said more than anybody could want, and was ended."""
    TOO_LONG = "too_long"
    """One message was over the bound, and it was ended."""
    REFUSED = "refused"
    """It answered with an error."""
    UNREACHABLE = "unreachable"
    NEEDS_SIGN_IN = "needs_sign_in"
    """It wants a key or a sign-in (401, 403). Signing in by OAuth is not supported."""
    REDIRECTS = "redirects"
    """It points to another origin, where nothing is sent."""
    SECRET_MISSING = "secret_missing"  # noqa: S105 - a reason, no secret
    NOT_ALLOWED = "not_allowed"
    """The person has not allowed this exact command yet."""
    HOST = "host"
    """The process that keeps the servers could not start, or ended."""


@dataclass(frozen=True, slots=True)
class McpStatus:
    """How a server stands. `detail` are its own or the system's words: foreign text."""

    state: McpState = McpState.OFF
    failure: McpFailure | None = None
    detail: str = ""
    server_name: str = ""
    server_version: str = ""
    protocol: str = ""
    instructions: str = ""


class McpError(Exception):
    """A request to a server came to nothing. `detail` is foreign text."""

    def __init__(self, failure: McpFailure, detail: str = "") -> None:
        super().__init__(failure.value)
        self.failure = failure
        self.detail = detail


@dataclass(frozen=True, slots=True)
class McpResource:
    """Something that a server lets be read; with `is_template`, `uri` has {holes} to fill."""

    uri: str
    name: str
    title: str = ""
    description: str = ""
    media_type: str = ""
    size: int | None = None
    is_template: bool = False


@dataclass(frozen=True, slots=True)
class McpArgument:
    name: str
    description: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class McpPrompt:
    name: str
    title: str = ""
    description: str = ""
    arguments: tuple[McpArgument, ...] = ()


@dataclass(frozen=True, slots=True)
class McpTool:
    """A tool as its server describes it. `read_only` is what it says of itself, unproven."""

    name: str
    title: str = ""
    description: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class McpOffer:
    """All that a server offers."""

    tools: tuple[McpTool, ...] = ()
    resources: tuple[McpResource, ...] = ()
    prompts: tuple[McpPrompt, ...] = ()


@dataclass(frozen=True, slots=True)
class McpContent:
    """What a server gave: words, pictures as bytes, and whether it calls that an error."""

    text: str
    pictures: tuple[bytes, ...] = ()
    is_error: bool = False


@dataclass(frozen=True, slots=True)
class McpPromptMessage:
    """One message of a prompt; `role` is "user" or "assistant"."""

    role: str
    content: McpContent


def server_to_json(server: McpServer) -> dict[str, Any]:
    """For the settings: no secret is in it."""
    return {
        "id": server.id,
        "name": server.name,
        **_way_to_json(server.way),
        "enabled": server.enabled,
        "allowed": server.allowed,
    }


def server_from_json(data: Any) -> McpServer | None:
    """The server; None for what is none. What is odd in it is left out."""
    if not isinstance(data, dict):
        return None
    id_, name = data.get("id"), data.get("name")
    if not (isinstance(id_, str) and id_ and isinstance(name, str)):
        return None
    secrets = _strings(data.get("secrets"))
    command, url = _strings(data.get("command")), data.get("url")
    way: Stdio | Http
    if command:
        env, cwd = data.get("env"), data.get("cwd")
        pairs = env.items() if isinstance(env, dict) else ()
        kept = tuple((k, v) for k, v in pairs if isinstance(k, str) and isinstance(v, str))
        way = Stdio(command, cwd if isinstance(cwd, str) else "", kept, secrets)
    elif isinstance(url, str) and url:
        way = Http(url, secrets)
    else:
        return None
    allowed = data.get("allowed")
    return McpServer(
        id_,
        name,
        way,
        enabled=data.get("enabled") is not False,
        allowed=allowed if isinstance(allowed, str) else "",
    )


def _way_to_json(way: Stdio | Http) -> dict[str, Any]:
    if isinstance(way, Http):
        return {"url": way.url, "secrets": list(way.secrets)}
    return {
        "command": list(way.command),
        "cwd": way.cwd,
        "env": dict(way.env),
        "secrets": list(way.secrets),
    }


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(v for v in value if isinstance(v, str)) if isinstance(value, list) else ()
