"""A service that does all that the guide says, on loopback: what the walk is tried on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.faults.rude_server import Asked, Wire, chunk, head
from tests.live.pretend_answers import of_the_screenshot

MODELS: list[dict[str, Any]] = [
    {
        "id": name,
        "title": name,
        "context_size": 64000,
        "max_output_tokens": 8000,
        "input_token_price_per_m": price,
        "output_token_price_per_m": price * 2,
        "features": features,
        "endpoints": ["chat/completions"],
        "input_modalities": ["text", *more],
        "output_modalities": ["text"],
        "model_type": "chat",
        "status": status,
    }
    for name, price, features, more, status in (
        ("cheap/plain", 100, [], [], 1),
        ("deepseek/deepseek-v3.2", 2000, ["function-calling", "reasoning"], [], 1),
        ("qwen/qwen2-vl-72b-instruct", 4000, ["structured-outputs"], ["image"], 1),
        ("cheap/gone", 10, ["function-calling"], [], 4),
    )
]
RATES = ("X-RateLimit-Limit-Requests: 30", "X-RateLimit-Remaining-Requests: 29")
MOST_BYTES = 1024 * 1024
_KNOWN = frozenset(
    {"model", "messages", "stream", "stream_options", "max_tokens", "temperature", "top_p", "stop"}
    | {"presence_penalty", "frequency_penalty", "seed", "n", "top_k", "min_p", "logit_bias"}
    | {"repetition_penalty", "logprobs", "top_logprobs", "tools", "tool_choice"}
    | {"parallel_tool_calls", "response_format", "enable_thinking", "thinking"}
    | {"reasoning_effort", "separate_reasoning"}
)


class PretendService:
    """Serves connections of a RudeServer; `prefixes` is what it has cached."""

    def __init__(self, key: str) -> None:
        self._key = key
        self.prefixes: set[str] = set()

    def __call__(self, wire: Wire) -> None:
        while True:
            asked = wire.request()
            if asked.method == "GET":
                _send(wire, 200, {"data": MODELS})
            elif asked.headers.get("authorization") != f"Bearer {self._key}":
                _refuse(wire, 403, "INVALID_API_KEY", "this key is not known")
            elif len(asked.body) > MOST_BYTES:
                _refuse(wire, 413, "TOO_LARGE", "the request is too large")
            else:
                self._complete(wire, asked)

    def _complete(self, wire: Wire, asked: Asked) -> None:
        wanted = asked.json
        model = next((m for m in MODELS if m["id"] == wanted["model"]), None)
        if model is None:
            return _refuse(wire, 404, "MODEL_NOT_FOUND", "there is no such model")
        for name in set(wanted) - _KNOWN:
            return _refuse(wire, 400, "INVALID_REQUEST_BODY", f"{name} is not known")
        if not isinstance(wanted.get("temperature", 0), (int, float)):
            words = "Invalid type for 'temperature': expected a number"
            return _refuse(wire, 400, "INVALID_REQUEST_BODY", words, param="temperature")
        if not wanted["messages"]:
            return _refuse(wire, 400, "INVALID_REQUEST_BODY", "messages are missing")
        if "response_format" in wanted and "structured-outputs" not in model["features"]:
            words = "response_format is not supported by this model"
            return _refuse(wire, 400, "INVALID_REQUEST_BODY", words, param="response_format")
        choices = [_choice(wanted, model, index) for index in range(wanted.get("n") or 1)]
        usage = self._usage(wanted, choices)
        if not wanted["stream"]:
            return _send(wire, 200, {"model": model["id"], "choices": choices, "usage": usage})
        events = [json.dumps(event) for event in _events(model["id"], choices)]
        events += [json.dumps({"model": model["id"], "choices": [], "usage": usage}), "[DONE]"]
        body = "".join(f"data: {event}\n\n" for event in events).encode()
        begin = head(headers=("Transfer-Encoding: chunked", "X-Request-Id: req-1", *RATES))
        return wire.send(begin + chunk(body) + chunk(b""))

    def _usage(self, wanted: Mapping[str, Any], choices: list[dict[str, Any]]) -> dict[str, Any]:
        first = json.dumps(wanted["messages"][0])
        cached = 1024 if first in self.prefixes and len(first) > 4000 else 0
        self.prefixes.add(first)
        thought = sum(20 for c in choices if c["message"].get("reasoning_content"))
        return {
            "prompt_tokens": len(json.dumps(wanted["messages"])) // 4,
            "completion_tokens": 10 * len(choices) + thought,
            "prompt_tokens_details": {"cached_tokens": cached},
            "completion_tokens_details": {"reasoning_tokens": thought},
        }


def _choice(wanted: Mapping[str, Any], model: Mapping[str, Any], index: int) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": _words(wanted)}
    finish = "stop"
    if "reasoning" in model["features"] and _thinks(wanted):
        message["reasoning_content"] = "let me see"
    if names := _called(wanted):
        finish, message["content"] = "tool_calls", None
        message["tool_calls"] = [
            {
                "id": f"call_{place}",
                "index": place,
                "type": "function",
                "function": {"name": name, "arguments": '{"city": "Paris"}'},
            }
            for place, name in enumerate(names)
        ]
    elif wanted.get("max_tokens", 99) < 5:
        finish, message["content"] = "length", "1 2"
    choice: dict[str, Any] = {"index": index, "message": message, "finish_reason": finish}
    if wanted.get("logprobs"):
        choice["logprobs"] = {"content": [{"token": "yes", "logprob": -0.1}]}
    return choice


def _words(wanted: Mapping[str, Any]) -> str:
    last = wanted["messages"][-1]
    content = json.dumps(last["content"])
    if last["role"] == "tool":
        return f"The tool says: {last['content']}"
    if "image_url" in content:
        asked = " ".join(part.get("text", "") for part in last["content"])
        return of_the_screenshot(asked.strip()) or "It is red."
    if "JSON object" in content:
        return '{"name": "Ada", "age": 36}'
    if "Count" in content:
        counted = " ".join("123456789")
        return counted.split((wanted.get("stop") or ["x"])[0])[0]
    return "yes"


def _thinks(wanted: Mapping[str, Any]) -> bool:
    off = wanted.get("enable_thinking") is False
    return not off and (wanted.get("thinking") or {}).get("type") != "disabled"


def _called(wanted: Mapping[str, Any]) -> list[str]:
    names = [tool["function"]["name"] for tool in wanted.get("tools", ())]
    choice = wanted.get("tool_choice", "auto")
    if wanted["messages"][-1]["role"] == "tool" or choice == "none":
        return []
    if isinstance(choice, dict):
        return [choice["function"]["name"]]
    return names if wanted.get("parallel_tool_calls") else names[:1]


def _events(model: str, choices: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for choice in choices:
        delta = {name: value for name, value in choice["message"].items() if value is not None}
        kept = {name: choice[name] for name in choice if name not in ("message", "finish_reason")}
        for piece in _pieces(delta):
            yield {"model": model, "choices": [{**kept, "delta": piece, "finish_reason": None}]}
        yield {
            "model": model,
            "choices": [{**kept, "delta": {}, "finish_reason": choice["finish_reason"]}],
        }


def _pieces(delta: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name, value in delta.items():
        if name in ("content", "reasoning_content"):
            yield from ({name: word} for word in re.findall(r"\S+\s*|\s+", value))
        else:
            yield {name: value}


def _refuse(wire: Wire, status: int, reason: str, message: str, **more: str) -> None:
    _send(wire, status, {"code": status, "reason": reason, "message": message, **more})


def _send(wire: Wire, status: int, value: Any) -> None:
    body = json.dumps(value).encode()
    length = f"Content-Length: {len(body)}"
    wire.send(head(f"{status} X", "application/json", (length, "X-Request-Id: req-1")) + body)
