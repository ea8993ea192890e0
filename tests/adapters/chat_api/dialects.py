"""Chunks as services write them, and what is made of them, in few words."""

from __future__ import annotations

import json
from typing import Any

from app.core.message import MessageState
from tests.adapters.chat_api.streams import decode, meant


def chunk(delta: Any = None, finish: Any = None, **more: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}], **more}


def sse(*chunks: Any, done: bool = True) -> bytes:
    lines = [c if isinstance(c, str) else json.dumps(c) for c in chunks] + ["[DONE]"] * done
    return "".join(f"data: {line}\n\n" for line in lines).encode("utf-8", "surrogatepass")


def said(*chunks: Any, choice: int = 0, **options: Any) -> dict[str, Any]:
    return meant(decode([sse(*chunks)], **options), choice)


def text(*deltas: Any) -> list[tuple[str, str | None]]:
    parts: list[tuple[str, str | None]] = said(*map(chunk, deltas), chunk({}, "stop"))["parts"]
    return parts


def calls(*deltas: Any) -> list[tuple[str, str, str]]:
    made = said(*(chunk({"tool_calls": d}) for d in deltas), chunk({}, "tool_calls"))
    assert made["state"] is MessageState.COMPLETE
    found: list[tuple[str, str, str]] = made["calls"]
    return found


def call(
    arguments: Any = None, name: Any = None, id_: Any = None, index: Any = None
) -> dict[str, Any]:
    item = {"id": id_, "index": index, "function": {"name": name, "arguments": arguments}}
    return {key: value for key, value in item.items() if value is not None}
