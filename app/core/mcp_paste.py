"""Reads the `mcpServers` JSON that other programs keep, as a person pastes it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from app.core.mcp import Http, McpServer, Stdio

LONGEST = 1024 * 1024
MOST = 100
_SECRET_NAME = re.compile(r"(?i)key|token|secret|pass|auth|cred|cookie|dsn|(^|_)pat($|_)")
_BEARING = re.compile(r"(?i)://[^/\s]*:[^/\s]*@|^(sk|ghp|gho|xox.|glpat|pk)[-_]")
_HOLE = re.compile(r"\$\{[^}]*\}")
_STREAMABLE = ("http", "streamable-http", "streamablehttp", "streamable_http")
_VARIABLE = re.compile(r"[^=\x00]+")
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


class PasteProblem(StrEnum):
    """What keeps a pasted text, or one server in it, from being taken."""

    NO_JSON = "no_json"
    NO_SERVERS = "no_servers"
    TOO_MANY = "too_many"
    NO_OBJECT = "no_object"
    NEITHER = "neither"
    """There is neither a command nor an address."""
    BOTH = "both"
    BAD_COMMAND = "bad_command"
    BAD_ENV = "bad_env"
    BAD_ADDRESS = "bad_address"
    """Not http or https, or a name and password in it."""
    OLD_SSE = "old_sse"
    """The transport of 2024 that streamable HTTP took the place of."""
    UNKNOWN_TYPE = "unknown_type"
    ENV_FILE = "env_file"
    HOLES = "holes"
    """A ${…} stands where only plain text is taken: in the command, folder or address."""


class PasteError(ValueError):
    """`server` is the name of the one at fault, or empty; `detail` is what was written."""

    def __init__(self, problem: PasteProblem, server: str = "", detail: str = "") -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.server = server
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Pasted:
    """A server, not yet allowed. `values` are the secrets that came with it, by their names:
    for the keyring alone. A secret that is in none of them has to be asked for."""

    server: McpServer
    values: Mapping[str, str] = field(default_factory=dict, repr=False)


def read_paste(text: str, new_id: Callable[[], str]) -> tuple[Pasted, ...]:
    """The servers in a pasted text; `new_id()` gives each an id. Raises PasteError.

    Taken: {"mcpServers": {…}}, {"servers": {…}}, {"mcp": {"servers": {…}}}, those objects
    themselves, one `"name": {…}` without its braces, and one server alone.
    """
    found = _servers(_parsed(text))
    if len(found) > MOST:
        raise PasteError(PasteProblem.TOO_MANY)
    return tuple(_one(new_id(), name, data) for name, data in found.items())


def _parsed(text: str) -> Any:
    if len(text) > LONGEST:
        raise PasteError(PasteProblem.TOO_MANY)
    stripped = text.strip().removeprefix("\ufeff").rstrip(",")
    for whole in (stripped, f"{{{stripped}}}"):
        try:
            return json.loads(whole)
        except (ValueError, RecursionError) as error:
            words = str(error)
    raise PasteError(PasteProblem.NO_JSON, detail=words)


def _servers(data: Any) -> dict[str, Any]:
    if isinstance(data, dict):
        if isinstance(inner := data.get("mcp"), dict) and "servers" in inner:
            data = inner
        for key in ("mcpServers", "servers", "context_servers"):
            if isinstance(inner := data.get(key), dict):
                data = inner
                break
        else:
            if isinstance(data.get("command"), str) or isinstance(data.get("url"), str):
                name = data.get("name")
                return {name if isinstance(name, str) else "": data}
        if data and all(isinstance(value, dict) for value in data.values()):
            return dict(data)
    raise PasteError(PasteProblem.NO_SERVERS)


def _one(id_: str, name: str, data: Any) -> Pasted:
    command = data.get("command")
    url = data.get("url") or data.get("serverUrl") or data.get("httpUrl")
    kind = str(data.get("type") or data.get("transport") or "").lower()
    if command is not None and url is not None:
        raise PasteError(PasteProblem.BOTH, name)
    if kind == "sse" or (isinstance(url, str) and not kind and url.rstrip("/").endswith("/sse")):
        raise PasteError(PasteProblem.OLD_SSE, name)
    if kind not in ("", "stdio", *_STREAMABLE):
        raise PasteError(PasteProblem.UNKNOWN_TYPE, name, kind)
    if data.get("envFile"):
        raise PasteError(PasteProblem.ENV_FILE, name)
    on = data.get("disabled") is not True and data.get("enabled") is not False
    if command is not None:
        way, values = _stdio(name, data, command)
    elif url is not None:
        way, values = _http(name, data, url)
    else:
        raise PasteError(PasteProblem.NEITHER, name)
    shown = name or (way.url if isinstance(way, Http) else way.command[0])
    return Pasted(McpServer(id_, shown, way, enabled=on), values)


def _stdio(name: str, data: Any, command: Any) -> tuple[Stdio | Http, dict[str, str]]:
    args = data.get("args", [])
    written = [command, *args] if isinstance(args, list) else []
    argv = [part for part in written if isinstance(part, str) and "\x00" not in part]
    if len(argv) != len(written) or not argv or not command:
        raise PasteError(PasteProblem.BAD_COMMAND, name)
    cwd = data.get("cwd") or ""
    if not isinstance(cwd, str):
        raise PasteError(PasteProblem.BAD_COMMAND, name)
    if hole := next((part for part in (*argv, cwd) if _HOLE.search(part)), None):
        raise PasteError(PasteProblem.HOLES, name, hole)
    plain: list[tuple[str, str]] = []
    secrets: list[str] = []
    values: dict[str, str] = {}
    for variable, value in _pairs(name, data.get("env"), _VARIABLE):
        if _HOLE.search(value) or _SECRET_NAME.search(variable) or _BEARING.search(value):
            secrets.append(variable)
            if value and not _HOLE.search(value):
                values[variable] = value
        else:
            plain.append((variable, value))
    return Stdio(tuple(argv), cwd, tuple(plain), tuple(secrets)), values


def _http(name: str, data: Any, url: Any) -> tuple[Stdio | Http, dict[str, str]]:
    if isinstance(url, str) and _HOLE.search(url):
        raise PasteError(PasteProblem.HOLES, name, url)
    if not isinstance(url, str) or not is_address(url):
        raise PasteError(PasteProblem.BAD_ADDRESS, name, str(url))
    pairs = _pairs(name, data.get("headers"), _HEADER)
    values = {key: value for key, value in pairs if value and not _HOLE.search(value)}
    return Http(url, tuple(key for key, _ in pairs)), values


def is_address(url: str) -> bool:
    """Whether a server may be reached there: http or https, a host, no name and password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    plain = url.isascii() and url.isprintable() and " " not in url
    named = bool(parts.hostname) and parts.username is None and parts.password is None
    return plain and named and parts.scheme in ("http", "https") and port != 0


def _pairs(name: str, data: Any, key_form: re.Pattern[str]) -> list[tuple[str, str]]:
    if data is None:
        return []
    if not isinstance(data, dict):
        raise PasteError(PasteProblem.BAD_ENV, name)
    pairs: list[tuple[str, str]] = []
    for key, value in data.items():
        if isinstance(value, bool | int | float):
            value = json.dumps(value)
        if not isinstance(value, str) or not key_form.fullmatch(key) or "\x00" in value:
            raise PasteError(PasteProblem.BAD_ENV, name, key)
        pairs.append((key, value))
    return pairs
