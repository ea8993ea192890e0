"""A conversation made into the API's messages: the same messages always give the same bytes.

Nothing in a message depends on what follows it, except that reasoning goes back only within the
tool loop it belongs to.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import islice, takewhile
from typing import Any

from app.adapters.chat_api.details import whole_details
from app.adapters.chat_api.surrogates import scrub, scrub_value
from app.core.message import (
    FilePart,
    ImagePart,
    Message,
    MessageState,
    Part,
    ReasoningPart,
    Role,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from app.core.picture_text import fenced, quoted_name, text_instead
from app.core.tool_text import BROKEN_OFF, for_model

Blobs = Mapping[str, bytes]

_ENDED_WHOLE = (MessageState.COMPLETE, MessageState.CUT_SHORT)


def messages(
    conversation: Sequence[Message],
    blobs: Blobs,
    *,
    words: str = "",
    system_as_user: bool = False,
    reasoning_back: bool = True,
    thinks: bool = False,
) -> list[dict[str, Any]]:
    """The messages as the service takes them, without empty replies and calls without results.

    `words` stand at the end of the system prompt. `system_as_user`: the prompt goes at the head of
    the first question. `thinks`: the model was told to think, even if none of it was shown so far.
    """
    prompt = system_prompt(conversation, words)
    opening = _opening(conversation)
    made: list[dict[str, Any]] = []
    if prompt and (not system_as_user or _first_question(conversation) is None):
        made.append({"role": "user" if system_as_user else "system", "content": prompt})
        prompt = ""
    turn = max((i for i, m in enumerate(conversation) if m.role is Role.USER), default=-1)
    for place, message in enumerate(conversation[opening:], opening):
        match message.role:
            case Role.SYSTEM:
                role = "user" if system_as_user else "system"
                made.append({"role": role, "content": _text(message)})
            case Role.USER:
                made.append({"role": "user", "content": _content(message, blobs, prompt)})
                prompt = ""
            case Role.ASSISTANT:
                thinks = thinks or any(isinstance(p, ReasoningPart) for p in message.parts)
                results = _results_after(conversation, place)
                back = reasoning_back and thinks and place > turn
                reply = _reply(message, results, with_reasoning=back)
                if reply is not None:
                    made.append(reply)
                    called = [call["id"] for call in reply.get("tool_calls", ())]
                    made += [_result(results[call_id]) for call_id in called]
                    made += _pictures_given(conversation, place, set(called), blobs)
            case Role.TOOL:
                continue  # stands behind the reply that made the call
    return made


def system_prompt(conversation: Sequence[Message], words: str = "") -> str:
    """What stands before the conversation: the prompts it opens with, then `words`."""
    said = [_text(message) for message in conversation[: _opening(conversation)]]
    return "\n\n".join(text for text in (*said, words) if text)


def _opening(conversation: Sequence[Message]) -> int:
    """How many prompts a conversation opens with."""
    others = (i for i, message in enumerate(conversation) if message.role is not Role.SYSTEM)
    return next(others, len(conversation))


def _first_question(conversation: Sequence[Message]) -> Message | None:
    return next((message for message in conversation if message.role is Role.USER), None)


def data_url(image: ImagePart, blobs: Blobs) -> str:
    """Where the service finds a picture: its address, or its bytes."""
    if image.url is not None:
        return scrub(image.url)
    data = base64.b64encode(blobs[image.blob or ""]).decode("ascii")
    return f"data:{image.media_type};base64,{data}"


def file_text(file: FilePart) -> str:
    """A text file as part of a question: its name, then its text in a fence it does not contain."""
    text = file.text.removesuffix("\n")
    return f"File {quoted_name(file.name)}:\n{fenced(text)}"


def _text(message: Message) -> str:
    """Files, words and what stands for pictures in their order, an empty line between them."""
    pieces = (_piece(part) for part in message.parts)
    return scrub("\n\n".join(piece for piece in pieces if piece))


def _piece(part: Part) -> str:
    match part:
        case TextPart():
            return part.text
        case FilePart():
            return file_text(part)
        case ImagePart(text_only=True):
            return text_instead(part)
        case _:
            return ""


def _content(message: Message, blobs: Blobs, before: str) -> str | list[dict[str, Any]]:
    """Pictures, then words; `before` stands at the head of these."""
    text = "\n\n".join(words for words in (before, _text(message)) if words)
    going = message.pictures_sent
    images = [image for image in going if image.url is not None or image.blob in blobs]
    if not images:
        return text
    parts = [_picture(image, blobs) for image in images]
    return [*parts, {"type": "text", "text": text}] if text else parts


def _picture(image: ImagePart, blobs: Blobs) -> dict[str, Any]:
    where = {"url": data_url(image, blobs), "detail": image.detail.value}
    return {"type": "image_url", "image_url": where}


def _reply(
    message: Message, results: Mapping[str, ToolResultPart], *, with_reasoning: bool
) -> dict[str, Any] | None:
    text = scrub(message.text)
    calls: list[ToolCallPart] = []
    if message.state in _ENDED_WHOLE:
        calls = [call for call in message.tool_calls if scrub(call.id) in results]
    if not text and not calls:
        return None
    made: dict[str, Any] = {"role": "assistant", "content": text or None}
    if calls and with_reasoning:
        # Models that think want it back until they have answered, even where it was empty.
        made["reasoning_content"] = scrub(message.reasoning)
        details = [
            detail
            for part in message.parts
            if isinstance(part, ReasoningPart)
            for detail in part.details
        ]
        if details:
            made["reasoning_details"] = scrub_value(whole_details(details))
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
    content = scrub(for_model(result))
    return {"role": "tool", "tool_call_id": scrub(result.call_id), "content": content}


def _results_after(conversation: Sequence[Message], place: int) -> dict[str, ToolResultPart]:
    """The results that follow a reply at once, by the id of their call.

    A call that was running when Porthole was ended has one, too: the model must not believe that
    it never began.
    """
    found: dict[str, ToolResultPart] = {}
    broken_off = False
    for message in _rounds_after(conversation, place):
        broken_off = broken_off or message.state is MessageState.INTERRUPTED
        for part in message.parts:
            if isinstance(part, ToolResultPart):
                found[scrub(part.call_id)] = part
    if broken_off:
        for call in conversation[place].tool_calls:
            lost = ToolResultPart(call.id, call.name, BROKEN_OFF, True)
            found.setdefault(scrub(call.id), lost)
    return found


def _rounds_after(conversation: Sequence[Message], place: int) -> Iterator[Message]:
    return takewhile(lambda m: m.role is Role.TOOL, islice(conversation, place + 1, None))


def _pictures_given(
    conversation: Sequence[Message], place: int, called: Set[str], blobs: Blobs
) -> list[dict[str, Any]]:
    """What tools gave to look at, as a question of its own: a tool's message holds text alone."""
    pictures: list[dict[str, Any]] = []
    for message in _rounds_after(conversation, place):
        call, number = None, 0
        for part in message.parts:
            if isinstance(part, ToolResultPart):
                call, number = part, 0
            if call is None or scrub(call.call_id) not in called:
                continue
            if isinstance(part, ImagePart) and (part.url is not None or part.blob in blobs):
                number += 1
                words = scrub(f"Picture {number} that {call.name} gave:")
                pictures += [{"type": "text", "text": words}, _picture(part, blobs)]
    return [{"role": "user", "content": pictures}] if pictures else []
