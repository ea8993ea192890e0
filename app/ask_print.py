"""How `ask` and `models` print: the answer as it comes, one JSON object, or a sentence."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.core.errors import Failure, FailureKind, ServiceError
from app.core.events import (
    Failed,
    FellBack,
    ReasoningDelta,
    StreamEvent,
    TextDelta,
    Waiting,
)
from app.core.message import Message, Role, ToolCallPart
from app.core.model_info import ModelInfo
from app.core.reply import ReplyBuilder
from app.core.request import FormatKind
from app.kit import error_text


def result(builders: list[ReplyBuilder], failure: Failure | None) -> dict[str, Any]:
    """The one object that `--json` prints."""
    first = builders[0]
    made = {
        **_choice(first),
        "complete": failure is None and all(b.complete for b in builders),
        "usage": dict(first.usage.raw) if first.usage else None,
        "model": first.model,
        "error": None
        if failure is None
        else {
            "kind": failure.kind.value,
            "status": failure.status,
            "message": failure.message or error_text.failure_sentence(failure),
            "request_id": failure.request_id or first.request_id or None,
        },
    }
    if first.fell_back:
        made["fell_back"] = first.fell_back
    if len(builders) > 1:
        made["choices"] = [{"index": b.choice, **_choice(b)} for b in builders]
    return made


def wrong_use(message: str) -> dict[str, Any]:
    """What `--json` prints where nothing could be asked."""
    made = result([ReplyBuilder()], None)
    error = {"kind": "wrong_use", "status": None, "message": message, "request_id": None}
    return {**made, "complete": False, "error": error}


def calls_in(builder: ReplyBuilder) -> tuple[ToolCallPart, ...]:
    return tuple(part for part in builder.parts() if isinstance(part, ToolCallPart))


def _choice(builder: ReplyBuilder) -> dict[str, Any]:
    message = builder.finish(Message(Role.ASSISTANT, ()))
    return {
        "content": message.text,
        "reasoning": message.reasoning,
        "tool_calls": [
            {"id": call.id, "name": call.name, "arguments": call.arguments}
            for call in message.tool_calls
        ],
        "finish_reason": builder.finish_reason,
    }


def words_for(error: ServiceError) -> str:
    """The failure's sentence; where a key is missing, how to give one without a window."""
    text = error_text.sentence(error)
    if error.failure.kind is FailureKind.NO_KEY:
        hint = QCoreApplication.translate(
            "Ask",
            "Without the window: set JIEKOU_API_KEY, or PORTHOLE_API_KEY with --base-url; "
            "or try --demo.",
        )
        return f"{text}\n{hint}"
    return text


def cut_sentence(finish_reason: str | None) -> str:
    if finish_reason == "length":
        return QCoreApplication.translate("Ask", "The answer was cut at max tokens.")
    return QCoreApplication.translate("Ask", "The answer may be cut short: its end was never said.")


def printer(as_json: bool) -> Callable[[StreamEvent], None]:
    """Shows the first choice as it comes: the answer on stdout, the reasoning on stderr."""
    thinking = False

    def show(event: StreamEvent) -> None:
        nonlocal thinking
        if isinstance(event, ReasoningDelta) and event.choice == 0:
            thinking = True
            print(event.text, end="", file=sys.stderr, flush=True)
        elif isinstance(event, TextDelta) and event.choice == 0:
            if thinking:
                print(file=sys.stderr)
                thinking = False
            print(event.text, end="", flush=True)
        elif isinstance(event, Failed) and thinking:
            print(file=sys.stderr)

    return (lambda _event: None) if as_json else show


def announcing(show: Callable[[StreamEvent], None]) -> Callable[[StreamEvent], None]:
    """Says on stderr, before it leaves, that a further request is sent, and why."""

    def announce(event: StreamEvent) -> None:
        if isinstance(event, Waiting):
            text = QCoreApplication.translate("Ask", "Trying again in %1 s.")
            seconds = str(max(1, round(event.seconds)))
            complain(f"{error_text.failure_sentence(event.failure)} {text.replace('%1', seconds)}")
        elif isinstance(event, FellBack):
            complain(_plainer_words(event.format))
        show(event)

    return announce


def _plainer_words(asked: FormatKind) -> str:
    if asked is FormatKind.JSON_OBJECT:
        return QCoreApplication.translate(
            "Ask", "The model refused this response format: asking again for a JSON object."
        )
    return QCoreApplication.translate(
        "Ask", "The model refused this response format: asking again with the schema in the prompt."
    )


def model_entry(info: ModelInfo) -> dict[str, Any]:
    return {
        "id": info.id,
        "title": info.title,
        "context_size": info.context_size,
        "max_output_tokens": info.max_output_tokens,
        "input_price_per_million_usd": info.input_price,
        "output_price_per_million_usd": info.output_price,
        "capabilities": None if info.capabilities is None else sorted(info.capabilities),
        "retired": info.retired,
    }


def print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False))


def complain(text: str) -> None:
    print(f"porthole: {text}", file=sys.stderr)
