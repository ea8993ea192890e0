"""The source of Porthole's own tools: schemas, arguments that do not fit, and faults inside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from app.adapters.tools.own_tool import OwnTool, schema
from app.adapters.tools.source import OwnTools
from app.core.tool import CallContext, Effect, Tool, ToolOutcome
from tests.adapters.tools.all_tools import every_tool
from tests.adapters.tools.calling import CONTEXT, call, fault

TEXT = {"type": "string", "maxLength": 5}
ECHO = Tool(
    "own:echo",
    "echo",
    "own",
    "Echoes",
    schema(
        ("word",),
        word=TEXT,
        kind={**TEXT, "enum": ["a", "b"]},
        count={"type": "integer", "minimum": 1, "maximum": 9},
        share={"type": "number"},
        loud={"type": "boolean"},
        words={"type": "array", "items": TEXT, "maxItems": 2},
    ),
    Effect.COMPUTES,
)


async def _echo(arguments: Mapping[str, Any], _context: CallContext) -> ToolOutcome:
    if arguments["word"] == "burst":
        raise ZeroDivisionError(arguments["word"])
    return ToolOutcome(str(dict(arguments)))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({}, "word is missing"),
        ({"word": 5}, "word has to be of the type string"),
        ({"word": "toolong"}, "word may have 5 characters"),
        ({"word": "\ud800"}, "no text"),
        ({"word": "a\0"}, "no text"),
        ({"word": "a", "more": 1}, "'more' is not known; known are word, kind"),
        ({"word": "a", "kind": "c"}, "one of a, b"),
        ({"word": "a", "count": 0}, "from 1 to 9"),
        ({"word": "a", "count": 1.5}, "type integer"),
        ({"word": "a", "count": True}, "type integer"),
        ({"word": "a", "share": float("nan")}, "finite"),
        ({"word": "a", "share": float("inf")}, "finite"),
        ({"word": "a", "loud": 1}, "type boolean"),
        ({"word": "a", "words": "b"}, "type array"),
        ({"word": "a", "words": ["b", 2]}, "words[1] has to be of the type string"),
        ({"word": "a", "words": ["b"] * 3}, "words may have 2 items"),
    ],
)
async def test_arguments_that_do_not_fit_are_told(arguments: dict[str, Any], words: str) -> None:
    assert words in await fault(OwnTool(ECHO, _echo), **arguments)


async def test_arguments_that_fit_go_through() -> None:
    outcome = await call(OwnTool(ECHO, _echo), word="a", count=9, share=2, words=["b", "c"])
    assert outcome == ToolOutcome("{'word': 'a', 'count': 9, 'share': 2, 'words': ['b', 'c']}")


async def test_a_fault_inside_is_an_outcome(caplog: pytest.LogCaptureFixture) -> None:
    said = await fault(OwnTool(ECHO, _echo), word="burst")
    assert said == "The tool failed inside: ZeroDivisionError."
    assert "own:echo" in caplog.text
    assert "burst" not in caplog.text


async def test_a_tool_that_is_gone() -> None:
    assert (await OwnTools(()).run(ECHO, {"word": "a"}, CONTEXT)).is_error


@pytest.mark.parametrize("tool", every_tool(), ids=lambda tool: tool.id)
def test_tools_say_what_they_are(tool: Tool) -> None:
    assert re.fullmatch(r"own:[a-z_]+", tool.id)
    assert re.fullmatch(r"[a-z_]{1,64}", tool.name)
    assert tool.source == "own"
    assert 40 < len(tool.description) <= 1024
    Draft202012Validator.check_schema(tool.parameters)
    assert tool.parameters["additionalProperties"] is False
    for name, rules in tool.parameters["properties"].items():
        bound = {"string": "maxLength", "array": "maxItems", "integer": "maximum"}
        assert rules["type"] in {*bound, "boolean"}, name
        assert bound.get(rules["type"], "type") in rules, name
