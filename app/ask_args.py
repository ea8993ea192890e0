"""What `porthole ask` and `porthole models` are told on the command line, read into values."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.ask_parser import WrongUse
from app.core.message import Detail
from app.core.request import (
    FormatKind,
    ResponseFormat,
    ToolSpec,
    response_format_from_json,
)


@dataclass(frozen=True, slots=True)
class AskOptions:
    """One question, and how to ask it. `tool_choice` is as the API takes it."""

    question: str
    base_url: str = ""
    model: str = ""
    images: tuple[str, ...] = ()
    detail: Detail = Detail.AUTO
    system: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    response_format: ResponseFormat | None = None
    tools: tuple[ToolSpec, ...] = ()
    tool_choice: Any = None
    stream: bool = True
    wait: bool = False
    as_json: bool = False
    demo: bool = False


def add_ask_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything that may stand after `ask`."""
    parser.add_argument("question", help="the question; - reads it from standard input")
    _add_service(parser)
    parser.add_argument("--model", default="", help="the model to ask")
    parser.add_argument(
        "--image", action="append", default=[], metavar="FILE|URL", help="a picture to send along"
    )
    parser.add_argument("--detail", choices=[d.value for d in Detail], default="auto")
    parser.add_argument("--system", default="", metavar="TEXT", help="the system prompt")
    parser.add_argument(
        "--param",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a request parameter; the value is JSON, else text",
    )
    parser.add_argument("--schema", metavar="FILE", help="a JSON schema that the answer must fit")
    parser.add_argument("--tools", metavar="FILE", help="tools to offer; calls are only printed")
    parser.add_argument("--tool-choice", metavar="CHOICE", help="auto, none, required or a name")
    parser.add_argument("--no-stream", action="store_true", help="ask for the answer in one piece")
    parser.add_argument(
        "--wait", action="store_true", help="wait for a busy service (429, 503), and say so"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object and no more")


def add_models_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything that may stand after `models`."""
    _add_service(parser)
    parser.add_argument("--json", action="store_true", help="print a JSON list")


def _add_service(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--base-url", default="", metavar="URL", help="the service's address")
    parser.add_argument("--demo", action="store_true", help="ask the service inside this program")


def read_ask(given: argparse.Namespace) -> AskOptions:
    """The options, with every file read. Raises WrongUse."""
    question = sys.stdin.read() if given.question == "-" else given.question
    if not question.strip() and not given.image:
        raise WrongUse("there is no question")
    if given.demo and given.base_url:
        raise WrongUse("--demo and --base-url exclude each other")
    parameters = _parameters(given.param)
    return AskOptions(
        question=question,
        base_url=given.base_url,
        model=given.model,
        images=tuple(given.image),
        detail=Detail(given.detail),
        system=given.system,
        parameters=parameters,
        response_format=_format(parameters, given.schema),
        tools=_tools(given.tools) if given.tools else (),
        tool_choice=_tool_choice(given.tool_choice),
        stream=not given.no_stream,
        wait=given.wait,
        as_json=given.json,
        demo=given.demo,
    )


def _parameters(items: list[str]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for item in items:
        name, sign, text = item.partition("=")
        if not sign or not name.strip():
            raise WrongUse(f"--param wants NAME=VALUE, not {item!r}")
        try:
            made[name.strip()] = json.loads(text)
        except ValueError:
            made[name.strip()] = text
        except RecursionError as error:
            raise WrongUse(f"--param: {name.strip()}: nested too deeply") from error
    return made


def _read_json(option: str, path: str) -> Any:
    try:
        return json.loads(Path(path).read_text("utf-8-sig"))
    except OSError as error:
        raise WrongUse(f"{option}: {path}: {error.strerror}") from error
    except ValueError as error:
        raise WrongUse(f"{option}: {path}: not JSON ({error})") from error
    except RecursionError as error:
        raise WrongUse(f"{option}: {path}: nested too deeply") from error


def _format(parameters: dict[str, Any], path: str | None) -> ResponseFormat | None:
    """The response format of `--schema`, or else of a parameter in the API's own form."""
    if path:
        return _schema(path)
    wanted = response_format_from_json(parameters.get("response_format"))
    if wanted is not None:
        del parameters["response_format"]
    return wanted


def _schema(path: str) -> ResponseFormat:
    """A bare JSON schema, or the API's `json_schema` object around one."""
    found = _read_json("--schema", path)
    if isinstance(found, dict) and found.get("type") == "json_schema":
        found = found.get("json_schema", found)
    if not isinstance(found, dict):
        raise WrongUse(f"--schema: {path}: not a JSON object")
    inner = found.get("schema")
    if isinstance(inner, dict) and isinstance(found.get("name"), str):
        strict = found.get("strict")
        return ResponseFormat(FormatKind.JSON_SCHEMA, found["name"], inner, strict)
    return ResponseFormat(FormatKind.JSON_SCHEMA, "answer", found, strict=None)


def _tools(path: str) -> tuple[ToolSpec, ...]:
    found = _read_json("--tools", path)
    made = []
    for item in found if isinstance(found, list) else [found]:
        function = item.get("function", item) if isinstance(item, dict) else None
        if not isinstance(function, dict) or not isinstance(function.get("name"), str):
            raise WrongUse(f"--tools: {path}: a tool without a function name")
        parameters = function.get("parameters") or {}
        if not isinstance(parameters, dict):
            raise WrongUse(f"--tools: {path}: {function['name']}: parameters are no JSON schema")
        made.append(
            ToolSpec(
                function["name"],
                str(function.get("description") or ""),
                parameters,
                function.get("strict"),
            )
        )
    return tuple(made)


def _tool_choice(text: str | None) -> Any:
    if text is None or text in ("auto", "none", "required"):
        return text
    if text.lstrip().startswith("{"):
        try:
            return json.loads(text)
        except ValueError as error:
            raise WrongUse(f"--tool-choice: not JSON ({error})") from error
        except RecursionError as error:
            raise WrongUse("--tool-choice: nested too deeply") from error
    return {"type": "function", "function": {"name": text}}
