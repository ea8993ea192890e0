"""MCP servers as values: JSON both ways, the fingerprint of a command, and what is pasted."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import count

import pytest

from app.core.mcp import Http, McpServer, Stdio, server_from_json, server_to_json
from app.core.mcp_paste import Pasted, PasteError, PasteProblem, is_address, read_paste

STDIO = McpServer(
    "a", "Files 文件", Stdio(("npx", "-y", "files"), "/tmp", (("LANG", "C"),), ("API_KEY",))
)
HTTP = McpServer("b", "Far", Http("https://example.org/mcp", ("Authorization",)), enabled=False)


def paste(data: object) -> tuple[Pasted, ...]:
    numbers = count(1)
    return read_paste(
        data if isinstance(data, str) else json.dumps(data), lambda: f"id{next(numbers)}"
    )


@pytest.mark.parametrize("server", [STDIO, HTTP, replace(STDIO, allowed=STDIO.fingerprint)])
def test_a_server_comes_back_from_json(server: McpServer) -> None:
    assert server_from_json(json.loads(json.dumps(server_to_json(server)))) == server


@pytest.mark.parametrize(
    "data",
    [None, [], {}, {"id": "a", "name": "x"}, {"id": 1, "name": "x", "command": ["y"]}],
)
def test_what_is_no_server_is_none(data: object) -> None:
    assert server_from_json(data) is None


def test_leave_holds_for_the_exact_command_alone() -> None:
    allowed = replace(STDIO, allowed=STDIO.fingerprint)
    assert allowed.may_start
    assert not STDIO.may_start
    assert isinstance(STDIO.way, Stdio)
    for other in (
        replace(STDIO.way, command=("npx", "-y", "files2")),
        replace(STDIO.way, cwd="/"),
        replace(STDIO.way, env=(("LANG", "C"), ("LD_PRELOAD", "x.so"))),
        replace(STDIO.way, secrets=()),
        Http("https://example.org"),
    ):
        assert not replace(allowed, way=other).may_start
    assert replace(allowed, name="another name", enabled=False).may_start


def test_the_usual_shapes_are_taken() -> None:
    one = {"command": "uvx", "args": ["mcp-server-time"]}
    for shape in (
        {"mcpServers": {"time": one}},
        {"servers": {"time": {**one, "type": "stdio"}}, "inputs": []},
        {"mcp": {"servers": {"time": one}}},
        {"time": one},
        '"time": {"command": "uvx", "args": ["mcp-server-time"]},',
    ):
        (found,) = paste(shape)
        assert found.server == McpServer("id1", "time", Stdio(("uvx", "mcp-server-time")))
    (alone,) = paste(one)
    assert alone.server.name == "uvx"


def test_secrets_leave_the_server_for_the_keyring() -> None:
    env = {
        "GITHUB_TOKEN": "ghp_secret",
        "LOG_LEVEL": "debug",
        "DEBUG": 1,
        "DB": "postgres://me:hush@host/db",
        "ASKED": "${input:asked}",
    }
    (found,) = paste({"mcpServers": {"x": {"command": "x", "env": env}}})
    assert found.server.way == Stdio(
        ("x",), "", (("LOG_LEVEL", "debug"), ("DEBUG", "1")), ("GITHUB_TOKEN", "DB", "ASKED")
    )
    assert found.values == {"GITHUB_TOKEN": "ghp_secret", "DB": "postgres://me:hush@host/db"}
    kept = json.dumps(server_to_json(found.server)) + repr(found)
    assert "ghp_secret" not in kept
    assert "hush" not in kept


def test_headers_are_secrets() -> None:
    for key in ("url", "serverUrl", "httpUrl"):
        data = {key: "https://example.org/mcp", "headers": {"Authorization": "Bearer abc"}}
        (found,) = paste({"mcpServers": {"far": data}})
        assert found.server.way == Http("https://example.org/mcp", ("Authorization",))
        assert found.values == {"Authorization": "Bearer abc"}


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("{", PasteProblem.NO_JSON),
        ("[" * 100_000, PasteProblem.NO_JSON),
        ("{}", PasteProblem.NO_SERVERS),
        ([], PasteProblem.NO_SERVERS),
        ({"mcpServers": {"x": 3}}, PasteProblem.NO_SERVERS),
        ({"mcpServers": {"x": {}}}, PasteProblem.NEITHER),
        ({"mcpServers": {"x": {"command": "a", "url": "http://b"}}}, PasteProblem.BOTH),
        ({"mcpServers": {"x": {"command": ["a"]}}}, PasteProblem.BAD_COMMAND),
        ({"mcpServers": {"x": {"command": "a", "args": "b"}}}, PasteProblem.BAD_COMMAND),
        ({"mcpServers": {"x": {"command": "a", "args": ["\0"]}}}, PasteProblem.BAD_COMMAND),
        ({"mcpServers": {"x": {"command": "${HOME}/a"}}}, PasteProblem.HOLES),
        ({"mcpServers": {"x": {"command": "a", "env": ["A=b"]}}}, PasteProblem.BAD_ENV),
        ({"mcpServers": {"x": {"command": "a", "env": {"A=b": "c"}}}}, PasteProblem.BAD_ENV),
        ({"mcpServers": {"x": {"command": "a", "envFile": ".env"}}}, PasteProblem.ENV_FILE),
        ({"mcpServers": {"x": {"url": "https://a/sse"}}}, PasteProblem.OLD_SSE),
        ({"mcpServers": {"x": {"url": "https://a", "type": "sse"}}}, PasteProblem.OLD_SSE),
        ({"mcpServers": {"x": {"url": "https://a", "type": "ws"}}}, PasteProblem.UNKNOWN_TYPE),
        ({"mcpServers": {"x": {"url": "file:///etc/passwd"}}}, PasteProblem.BAD_ADDRESS),
        ({"mcpServers": {str(n): {"command": "a"} for n in range(101)}}, PasteProblem.TOO_MANY),
    ],
)
def test_odd_ones_are_refused_by_what_is_wrong(data: object, problem: PasteProblem) -> None:
    with pytest.raises(PasteError) as caught:
        paste(data)
    assert caught.value.problem is problem


def test_addresses() -> None:
    assert is_address("http://127.0.0.1:8000/mcp")
    for odd in ("https://", "https://u:p@h/", "https://h:99999/", "javascript:1", "https://h /"):
        assert not is_address(odd)
