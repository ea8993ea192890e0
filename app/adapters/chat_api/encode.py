"""A request made into its body: the same conversation always gives the same bytes.

Services cache what a conversation begins with, and a changed byte costs money: keys stand in a
fixed order, messages come last, and nothing in a message depends on what follows it — except that
reasoning goes back only within the tool loop it belongs to.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.adapters.chat_api.surrogates import scrub, scrub_value
from app.core.message import (
    FilePart,
    ImagePart,
    Message,
    MessageState,
    ReasoningPart,
    Role,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from app.core.ports import BlobReader
from app.core.request import ChatRequest, FormatKind, ResponseFormat, ToolSpec

Blobs = Mapping[str, bytes]

_OURS = frozenset({"messages", "model", "stream"})
_ENDED_WHOLE = (MessageState.COMPLETE, MessageState.CUT_SHORT)


async def read_blobs(request: ChatRequest, read: BlobReader) -> dict[str, bytes]:
    """The bytes of all pictures that go along, by hash. Raises StorageError."""
    blobs: dict[str, bytes] = {}
    for message in request.messages:
        if message.role is Role.USER:
            for image in message.images:
                if image.blob is not None and image.url is None and image.blob not in blobs:
                    blobs[image.blob] = await read(image.blob)
    return blobs


def encode(request: ChatRequest, blobs: Blobs, always_max_tokens: int | None = None) -> bytes:
    """The body as JSON in UTF-8. Raises ValueError for a parameter that JSON cannot hold."""
    body = request_body(request, blobs, always_max_tokens)
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


def request_body(
    request: ChatRequest, blobs: Blobs, always_max_tokens: int | None = None
) -> dict[str, Any]:
    """The body as JSON values: only what was set, the messages last.

    `always_max_tokens` is sent where no limit was set, to services that require one.
    """
    body: dict[str, Any] = {"model": request.model, "stream": request.stream}
    if request.stream:
        body["stream_options"] = {"include_usage": True}
    parameters = scrub_value(dict(request.parameters))
    if always_max_tokens is not None and not {"max_tokens", "max_completion_tokens"} & set(
        parameters
    ):
        body["max_tokens"] = always_max_tokens
    if request.tools:
        body["tools"] = [_tool(tool) for tool in request.tools]
        if request.tool_choice is not None:
            body["tool_choice"] = request.tool_choice
    if request.response_format is not None:
        body["response_format"] = _format(request.response_format)
    body |= {name: value for name, value in parameters.items() if name not in _OURS}
    body["messages"] = messages(request.messages, blobs)
    return body


def messages(conversation: Sequence[Message], blobs: Blobs) -> list[dict[str, Any]]:
    """The messages as the service takes them, without empty replies and calls without results."""
    turn = max((i for i, m in enumerate(conversation) if m.role is Role.USER), default=-1)
    made: list[dict[str, Any]] = []
    thinks = False
    for place, message in enumerate(conversation):
        match message.role:
            case Role.SYSTEM:
                made.append({"role": "system", "content": _text(message)})
            case Role.USER:
                made.append({"role": "user", "content": _content(message, blobs)})
            case Role.ASSISTANT:
                thinks = thinks or any(isinstance(p, ReasoningPart) for p in message.parts)
                results = _results_after(conversation, place)
                reply = _reply(message, results, in_loop=place > turn, thinks=thinks)
                if reply is not None:
                    made.append(reply)
                    made += [_result(results[c["id"]]) for c in reply.get("tool_calls", ())]
            case Role.TOOL:
                continue  # stands behind the reply that made the call
    return made


def data_url(image: ImagePart, blobs: Blobs) -> str:
    """Where the service finds a picture: its address, or its bytes."""
    if image.url is not None:
        return scrub(image.url)
    data = base64.b64encode(blobs[image.blob or ""]).decode("ascii")
    return f"data:{image.media_type};base64,{data}"


def fenced(file: FilePart) -> str:
    """A text file as part of a question: its name, then its text in a fence it does not contain."""
    longest = max((len(run) for run in re.findall(r"`{3,}", file.text)), default=2)
    fence = "`" * (longest + 1)
    name = "".join(c if c.isprintable() and c != "`" else "_" for c in file.name)
    text = file.text.removesuffix("\n")
    return f"File `{name}`:\n{fence}\n{text}\n{fence}"


def _text(message: Message) -> str:
    """Files and words in their order, an empty line between them."""
    pieces = [
        fenced(part) if isinstance(part, FilePart) else part.text
        for part in message.parts
        if isinstance(part, (TextPart, FilePart))
    ]
    return scrub("\n\n".join(piece for piece in pieces if piece))


def _content(message: Message, blobs: Blobs) -> str | list[dict[str, Any]]:
    text = _text(message)
    images = [image for image in message.images if image.url is not None or image.blob in blobs]
    if not images:
        return text
    parts: list[dict[str, Any]] = [
        {
            "type": "image_url",
            "image_url": {"url": data_url(image, blobs), "detail": image.detail.value},
        }
        for image in images
    ]
    return [*parts, {"type": "text", "text": text}] if text else parts


def _reply(
    message: Message, results: Mapping[str, ToolResultPart], *, in_loop: bool, thinks: bool
) -> dict[str, Any] | None:
    text = scrub(message.text)
    calls: list[ToolCallPart] = []
    if message.state in _ENDED_WHOLE:
        calls = [call for call in message.tool_calls if scrub(call.id) in results]
    if not text and not calls:
        return None
    made: dict[str, Any] = {"role": "assistant", "content": text or None}
    if in_loop and calls and thinks:
        # Models that think want it back until they have answered, even where it was empty.
        made["reasoning_content"] = scrub(message.reasoning)
        details = [
            detail
            for part in message.parts
            if isinstance(part, ReasoningPart)
            for detail in part.details
        ]
        if details:
            made["reasoning_details"] = scrub_value(details)
    if calls:
        made["tool_calls"] = [_call(call) for call in calls]
    return made


def _call(call: ToolCallPart) -> dict[str, Any]:
    return {
        "id": scrub(call.id),
        "type": "function",
        "function": {"name": scrub(call.name), "arguments": _arguments(call.arguments)},
    }


def _arguments(text: str) -> str:
    """The arguments as received; broken ones are wrapped, as services refuse what is no JSON."""
    text = scrub(text)
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return json.dumps({"invalid_json": text}, ensure_ascii=False) if text.strip() else "{}"
    return text


def _result(result: ToolResultPart) -> dict[str, Any]:
    text = f"Error: {result.text}" if result.is_error else result.text
    return {"role": "tool", "tool_call_id": scrub(result.call_id), "content": scrub(text)}


def _results_after(conversation: Sequence[Message], place: int) -> dict[str, ToolResultPart]:
    """The results that follow a reply at once, by the id of their call."""
    found: dict[str, ToolResultPart] = {}
    for message in conversation[place + 1 :]:
        if message.role is not Role.TOOL:
            break
        for part in message.parts:
            if isinstance(part, ToolResultPart):
                found[scrub(part.call_id)] = part
    return found


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


def _format(wanted: ResponseFormat) -> dict[str, Any]:
    made: dict[str, Any] = {"type": wanted.kind.value}
    if wanted.kind is FormatKind.JSON_SCHEMA:
        schema: dict[str, Any] = {"name": wanted.name, "schema": dict(wanted.schema or {})}
        if wanted.strict is not None:
            schema["strict"] = wanted.strict
        made["json_schema"] = scrub_value(schema)
    return made
