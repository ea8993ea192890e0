"""Tools of the person's own: what they may do, what they lack, kept as JSON and passed on."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from app.core import settings
from app.core.own_tool import (
    MOST_TOOLS,
    Action,
    CommandAction,
    Lack,
    OwnTool,
    RequestAction,
    Sends,
    as_tool,
    lack_of,
    offered,
    own_tool_from_json,
    own_tool_to_json,
    secret_id,
)
from app.core.tool import Effect, Grant
from app.core.tool_list import (
    MOST_BYTES,
    ToolListError,
    ToolListProblem,
    read_tool_list,
    write_tool_list,
)

SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
COMMAND = CommandAction(("jq", ".city"), "/tmp", (("LANG", "C"),), ("TOKEN",))
REQUEST = RequestAction(
    "GET", "https://example.com/a?b=1", (("Accept", "text/plain"),), ("X-Key",), Sends.QUERY
)


@pytest.mark.parametrize("action", [None, COMMAND, REQUEST])
def test_a_tool_is_the_same_after_it_was_kept(action: Action | None) -> None:
    tool = OwnTool("weather", "天气", SCHEMA, action, 12, action is not None)
    kept = settings.to_json(replace(settings.Settings(), own_tools=(tool,)))
    assert settings.from_json(json.loads(json.dumps(kept))).own_tools == (tool,)


@pytest.mark.parametrize(
    ("action", "effect", "reads"),
    [
        (COMMAND, Effect.RUNS, False),
        (REQUEST, Effect.LEAVES, True),
        (replace(REQUEST, method="POST"), Effect.CHANGES, False),
        (replace(REQUEST, method="DELETE"), Effect.CHANGES, False),
    ],
)
def test_what_it_does_decides_who_is_asked(action: Action, effect: Effect, reads: bool) -> None:
    tool = as_tool(OwnTool("t", "", SCHEMA, action))
    assert (tool.effect, tool.reads_only, tool.asks) == (effect, reads, True)


def test_a_leave_ends_when_what_is_asked_changes() -> None:
    before = OwnTool("t", "", SCHEMA, REQUEST)
    tool = as_tool(before)
    grant = Grant(tool.id, tool.fingerprint)
    assert grant.covers(tool)
    other = replace(before, action=replace(REQUEST, url="https://elsewhere.example/"))
    assert not grant.covers(as_tool(other))


@pytest.mark.parametrize(
    ("name", "action", "lack"),
    [
        ("", COMMAND, Lack.NO_NAME),
        ("t", None, Lack.NO_ACTION),
        ("t", CommandAction(), Lack.NO_PROGRAM),
        ("t", CommandAction((" ", "x")), Lack.NO_PROGRAM),
        ("t", CommandAction(("a", "b\0")), Lack.NO_PROGRAM),
        ("t", CommandAction(("a",), env=(("A=B", "1"),)), Lack.BAD_VARIABLE),
        ("t", CommandAction(("a",), secrets=("",)), Lack.BAD_VARIABLE),
        ("t", RequestAction(url=""), Lack.BAD_URL),
        ("t", RequestAction(url="file:///etc/passwd"), Lack.BAD_URL),
        ("t", RequestAction(url="https://me:secret@example.com/"), Lack.BAD_URL),
        ("t", RequestAction(url="https://example.com/?a=\n"), Lack.BAD_URL),
        ("t", RequestAction(url="https://a.b/", headers=(("A: B", "1"),)), Lack.BAD_HEADER),
        ("t", RequestAction(url="https://a.b/", headers=(("A", "1\r\nB: 2"),)), Lack.BAD_HEADER),
        ("t", RequestAction(url="https://a.b/", secrets=("名",)), Lack.BAD_HEADER),
        ("名字 🌦", RequestAction(url="https://a.b/c?d=e f".replace(" ", "%20")), None),
        ("t", COMMAND, None),
    ],
)
def test_what_a_tool_lacks(name: str, action: Action | None, lack: Lack | None) -> None:
    tool = OwnTool(name, "", SCHEMA, action, enabled=True)
    assert lack_of(tool) is lack
    assert offered([tool]) == ((tool,) if lack is None else ())


def test_a_secret_belongs_to_the_origin_it_was_entered_for() -> None:
    tool = OwnTool("t", "", SCHEMA, REQUEST)
    same = replace(tool, action=replace(REQUEST, url="https://example.com/other"))
    other = replace(tool, action=replace(REQUEST, url="https://example.com.evil.example/a"))
    assert secret_id(tool, "X-Key") == secret_id(same, "X-Key") != secret_id(other, "X-Key")


@pytest.mark.parametrize("item", [None, 3, [], {}, {"id": 3}, {"id": ""}])
def test_what_is_no_tool_is_passed_over(item: Any) -> None:
    assert own_tool_from_json(item) is None


def test_an_odd_file_gives_nothing_that_runs() -> None:
    good = own_tool_to_json(OwnTool("t", "", SCHEMA, COMMAND, 30, True))
    for name, value in (
        ("action", {"kind": "command", "argv": [3, None]}),
        ("action", {"kind": "shell", "argv": ["rm"]}),
        ("action", {"kind": "request", "url": "javascript:1", "method": ["GET"], "headers": 3}),
        ("name", 7),
    ):
        read = own_tool_from_json({**good, name: value})
        assert read is not None
        assert not read.enabled
    limits = [own_tool_from_json({**good, "limit_s": n}) for n in (10**12, -4, True, "9", 2.5)]
    assert [t.limit_s for t in limits if t is not None] == [3600, 1, 30, 30, 30]


def test_a_list_comes_back_as_it_was_written_but_does_nothing() -> None:
    tools = [
        OwnTool("get_weather", "The weather", SCHEMA, COMMAND, enabled=True),
        OwnTool("名字 🌦 " + "x" * 300, "", SCHEMA, REQUEST, enabled=True),
    ]
    read = read_tool_list(write_tool_list(tools).encode())
    assert [(t.name, t.description, t.parameters) for t in read.tools] == [
        (t.name, t.description, t.parameters) for t in tools
    ]
    assert {(t.action, t.enabled) for t in read.tools} == {(None, False)}
    assert "jq" not in write_tool_list(tools)


@pytest.mark.parametrize(
    "value",
    [
        {"type": "function", "function": {"name": "a", "parameters": SCHEMA}},
        {"type": "function", "name": "a", "parameters": SCHEMA},
        [{"name": "a", "parameters": SCHEMA}],
        {"functions": [{"name": "a", "parameters": SCHEMA}]},
        {
            "model": "m",
            "messages": [],
            "tools": [{"function": {"name": "a", "parameters": SCHEMA}}],
        },
    ],
)
def test_every_form_of_the_list_is_read(value: Any) -> None:
    (tool,) = read_tool_list(json.dumps(value).encode()).tools
    assert (tool.name, tool.parameters) == ("a", SCHEMA)


def test_what_is_no_function_is_left_out_and_counted() -> None:
    read = read_tool_list(json.dumps([{"type": "web_search"}, {"name": "a"}, 3]).encode())
    assert ([t.name for t in read.tools], read.left_out) == (["a"], 2)


def _deep(levels: int) -> Any:
    value: Any = {}
    for _ in range(levels):
        value = {"properties": {"a": value}}
    return value


@pytest.mark.parametrize(
    ("data", "problem", "place"),
    [
        (b" " * (MOST_BYTES + 1), ToolListProblem.TOO_LARGE, 0),
        (b"\xff\xfe", ToolListProblem.NOT_JSON, 0),
        (b"[" * 100_000, ToolListProblem.NOT_JSON, 0),
        (b'[{"name": "a", "parameters": {"a": NaN}}]', ToolListProblem.NOT_JSON, 0),
        (b'[{"name": "\\ud800"}]', ToolListProblem.NOT_JSON, 0),
        (b"null", ToolListProblem.NO_TOOLS, 0),
        (b"[]", ToolListProblem.NO_TOOLS, 0),
        (b'{"tools": {"a": 1}}', ToolListProblem.NO_TOOLS, 0),
        (json.dumps([{"name": "a"}] * (MOST_TOOLS + 1)).encode(), ToolListProblem.TOO_MANY, 0),
        (b'[{"name": "a"}, {"name": ""}]', ToolListProblem.BAD_NAME, 2),
        (b'[{"name": {"a": 1}}]', ToolListProblem.BAD_NAME, 1),
        (json.dumps([{"name": "a" * 501}]).encode(), ToolListProblem.BAD_NAME, 1),
        (b'[{"name": "a", "description": []}]', ToolListProblem.BAD_DESCRIPTION, 1),
        (b'[{"name": "a", "parameters": "x"}]', ToolListProblem.BAD_SCHEMA, 1),
        (json.dumps([{"name": "a", "parameters": _deep(40)}]).encode(), "bad_schema", 1),
        (
            json.dumps([{"name": "a", "parameters": {"a": "x" * 300_000}}]).encode(),
            ToolListProblem.BAD_SCHEMA,
            1,
        ),
    ],
)
def test_a_bad_list_is_refused_whole(data: bytes, problem: str, place: int) -> None:
    with pytest.raises(ToolListError) as caught:
        read_tool_list(data)
    assert (caught.value.problem, caught.value.place) == (problem, place)
