"""A request made into its body: the same conversation always gives the same bytes.

Services cache what a conversation begins with, and a changed byte costs money: keys stand in a
fixed order, the messages last. What the model's dialect does not take is left out or said
otherwise, from the first message on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.adapters.chat_api.blame import Asked
from app.adapters.chat_api.formats import FIELD as FORMAT
from app.adapters.chat_api.formats import format_field, format_words
from app.adapters.chat_api.messages import Blobs, messages, system_prompt
from app.adapters.chat_api.surrogates import scrub_value
from app.core.errors import Failure, FailureKind, ServiceError, StorageError
from app.core.message import Role
from app.core.ports import BlobReader
from app.core.request import ChatRequest, Dialect, ToolSpec

_NOT_PARAMETERS = frozenset({"messages", "model"})
_OF_STREAMS = frozenset({"stream", "stream_options"})
_OF_TOOLS = frozenset({"tools", "tool_choice", "parallel_tool_calls"})
_LIMITS = ("max_tokens", "max_completion_tokens")
_NOT_JSON = (ValueError, TypeError, RecursionError)
_OFF = (None, False, "", "none", "off", "disabled", "false")


@dataclass(frozen=True, slots=True)
class Encoded:
    """A body, and what of it is shown as the request that was sent."""

    body: bytes
    head: Mapping[str, Any]
    """The body's JSON object; in place of `messages` how they were written, if not as usual."""
    system_prompt: str
    asked: Asked
    """What a refusal may blame."""


async def read_blobs(request: ChatRequest, read: BlobReader) -> dict[str, bytes]:
    """The bytes of all pictures that go along, by hash. Raises ServiceError (NOT_SENT)."""
    blobs: dict[str, bytes] = {}
    for message in request.messages:
        if message.role is Role.USER:
            for image in message.pictures_sent:
                if image.blob is not None and image.url is None and image.blob not in blobs:
                    try:
                        blobs[image.blob] = await read(image.blob)
                    except StorageError as error:
                        raise ServiceError(_not_sent(image.name, "image")) from error
    return blobs


def encode(request: ChatRequest, blobs: Blobs, always_max_tokens: int | None = None) -> Encoded:
    """The body as JSON in UTF-8. Raises ServiceError (NOT_SENT) for what JSON cannot hold."""
    body = request_body(request, blobs, always_max_tokens)
    try:
        data = _json(body)
    except _NOT_JSON:
        raise ServiceError(_unfit(body)) from None
    said = body.pop("messages")
    how: dict[str, Any] = _how_written(request.dialect)
    if request.instead:
        how["instead"] = {message: list(words) for message, words in request.instead.items()}
    if how:
        body["messages"] = how
    prompt = system_prompt(request.messages, format_words(request))
    system = any(message["role"] == "system" for message in said)
    reasoning = any("reasoning_content" in message for message in said)
    return Encoded(data, body, prompt, Asked(body, system, reasoning))


def _how_written(dialect: Dialect) -> dict[str, Any]:
    """The arguments of `messages` that a dialect gives it, where they are not as usual."""
    how = {} if dialect.reasoning_back else {"reasoning_back": False}
    return how | {"system_as_user": True} if dialect.system_as_user else how


def request_body(
    request: ChatRequest, blobs: Blobs, always_max_tokens: int | None = None
) -> dict[str, Any]:
    """The body as JSON values: only what was set and the model takes, the messages last.

    `always_max_tokens`, or the model's own maximum if that is less, is sent where no limit was
    set, to services that require one.
    """
    head = _head(request, always_max_tokens)
    dialect = request.dialect
    return {
        **head,
        "messages": messages(
            request.messages,
            blobs,
            words=format_words(request),
            system_as_user=dialect.system_as_user,
            reasoning_back=dialect.reasoning_back,
            thinks=told_to_think(head),
        ),
    }


def _head(request: ChatRequest, always_max_tokens: int | None) -> dict[str, Any]:
    given = scrub_value(dict(request.parameters))
    given = {name: value for name, value in given.items() if name not in _NOT_PARAMETERS}
    streams = given.pop("stream", True) is not False and request.stream
    head: dict[str, Any] = {"model": request.model, "stream": streams}
    if streams:
        head["stream_options"] = {"include_usage": True}
    if always_max_tokens is not None and not any(name in given for name in _LIMITS):
        head["max_tokens"] = min(always_max_tokens, request.most_tokens or always_max_tokens)
    if request.tools:
        head["tools"] = [_tool(tool) for tool in request.tools]
        if request.tool_choice is not None:
            head["tool_choice"] = request.tool_choice
    given["tools"] = _all_tools(head.get("tools"), given.get("tools"))
    if not given["tools"]:
        del given["tools"]
    if (wanted := format_field(request)) is not None:
        head[FORMAT] = wanted
    given.pop(FORMAT, None)
    return _taken(request, head | given)


def _taken(request: ChatRequest, head: dict[str, Any]) -> dict[str, Any]:
    """What of it the model takes, by the names it takes it."""
    dialect = request.dialect
    without = dialect.without - {"model"}
    if "stream" in without:
        without |= _OF_STREAMS
    if "tools" in without:
        without |= _OF_TOOLS
    kept = {name: value for name, value in head.items() if name not in without}
    if dialect.max_completion_tokens and not all(name in kept for name in _LIMITS):
        old, new = _LIMITS
        kept = {new if name == old else name: value for name, value in kept.items()}
    return {name: value for name, value in kept.items() if name not in without}


def told_to_think(head: Mapping[str, Any]) -> bool:
    """Whether a parameter that is sent turns thinking on."""
    thinking = head.get("thinking")
    if isinstance(thinking, Mapping):
        thinking = thinking.get("type")
    said = (head.get("enable_thinking"), head.get("reasoning_effort"), thinking)
    return any(value not in _OFF for value in said)


def _all_tools(ours: Any, given: Any) -> Any:
    """Our tools, then those that were given as they stand, none twice."""
    if not ours or not isinstance(given, list):
        return given or ours
    names = {tool["function"]["name"] for tool in ours}
    return [*ours, *(tool for tool in given if _name(tool) not in names)]


def _name(tool: Any) -> Any:
    function = tool.get("function") if isinstance(tool, Mapping) else None
    return function.get("name") if isinstance(function, Mapping) else None


def _json(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


def _unfit(body: Mapping[str, Any]) -> Failure:
    """Which parameter it is that is no JSON value, and why."""
    for name, value in body.items():
        try:
            _json(value)
        except _NOT_JSON as error:
            return _not_sent(f"{name}: {error}", name)
    return _not_sent("", "")


def _not_sent(words: str, parameter: str) -> Failure:
    return Failure(FailureKind.NOT_SENT, message=words, parameter=parameter)


def _tool(tool: ToolSpec) -> dict[str, Any]:
    function: dict[str, Any] = {"name": tool.name}
    if tool.description:
        function["description"] = tool.description
    if tool.parameters:
        function["parameters"] = dict(tool.parameters)
    if tool.strict is not None:
        function["strict"] = tool.strict
    made: dict[str, Any] = scrub_value({"type": "function", "function": function})
    return made
