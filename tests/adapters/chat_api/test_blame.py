"""What services say when they refuse a part of a request, and what of it is really to blame."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.adapters.chat_api.blame import Asked, held_against
from app.adapters.chat_api.failures import from_error, from_response
from app.core.errors import FailureKind

EVERYTHING: dict[str, Any] = {
    "model": "m",
    "stream": True,
    "stream_options": {"include_usage": True},
    "max_tokens": 4096,
    "tools": [],
    "tool_choice": "auto",
    "parallel_tool_calls": True,
    "response_format": {"type": "json_schema"},
    "temperature": 0,
    "top_p": 1,
    "top_k": 5,
    "n": 2,
    "stop": ["x"],
    "seed": 1,
    "logprobs": True,
    "frequency_penalty": 1,
    "enable_thinking": True,
}
ALL = Asked(EVERYTHING, system=True, reasoning=True)
NOTHING = Asked({"model": "m", "stream": False})


def openai(message: str, param: str | None = None, code: str | None = None) -> dict[str, Any]:
    kind = "invalid_request_error"
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def vllm(message: str) -> dict[str, Any]:
    return {"object": "error", "message": message, "type": "BadRequestError", "code": 400}


def dashscope(message: str) -> dict[str, Any]:
    error = {"code": "invalid_parameter_error", "param": None, "message": message}
    return {"error": {**error, "type": "invalid_request_error"}, "request_id": "r"}


def jiekou(message: str) -> dict[str, Any]:
    return {"code": 400, "reason": "INVALID_REQUEST_BODY", "message": message, "metadata": {}}


def pydantic(*where: str | int) -> dict[str, Any]:
    return {"detail": [{"type": "extra_forbidden", "loc": list(where), "msg": "Extra inputs"}]}


CASES: list[tuple[Any, str]] = [
    # OpenAI and Azure
    (
        openai(
            "Unsupported parameter: 'max_tokens' is not supported with this model. "
            "Use 'max_completion_tokens' instead.",
            "max_tokens",
            "unsupported_parameter",
        ),
        "max_tokens",
    ),
    (
        openai(
            "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
            "messages[0].role",
            "unsupported_value",
        ),
        "system",
    ),
    (
        openai(
            "Unsupported value: 'temperature' does not support 0 with this model. "
            "Only the default (1) value is supported.",
            "temperature",
        ),
        "temperature",
    ),
    (
        openai(
            "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this "
            "model. Learn more about supported models at the Structured Outputs guide.",
        ),
        "response_format",
    ),
    (openai("Invalid schema for response_format 'x'", "response_format"), "response_format"),
    (openai("Unrecognized request argument supplied: enable_thinking"), "enable_thinking"),
    (openai("Unknown parameter: 'stream_options'.", "stream_options"), "stream_options"),
    (openai("Missing bound", "tools[0].function.parameters"), "tools"),
    (
        openai("This model's maximum context length is 4096 tokens. However, you asked for 9000."),
        "",
    ),
    (
        openai("This model is only supported in v1/responses and not in v1/chat/completions."),
        "",
    ),
    (
        openai(
            "This is not a chat model and thus not supported in the v1/chat/completions "
            "endpoint. Did you mean to use v1/completions?",
            "model",
        ),
        "",
    ),
    # DeepSeek
    (
        openai(
            "The reasoning_content is an intermediate result for display purposes only and will not"
            " be included in the context for inference. Please remove the reasoning_content from "
            "your message to reduce network traffic.",
        ),
        "reasoning_content",
    ),
    (openai("Missing `reasoning_content` field in the assistant message at message index 2."), ""),
    (openai("This response_format type is unavailable now"), "response_format"),
    (openai("Invalid max_tokens value, the valid range of max_tokens is [1, 8192]"), "max_tokens"),
    (openai("deepseek-reasoner does not support Function Calling"), "tools"),
    # Qwen on DashScope, 接口AI, in both languages
    (
        dashscope(
            "<400> InternalError.Algo.InvalidParameter: 'messages' must contain the word 'json' in "
            "some form, to use 'response_format' of type 'json_object'."
        ),
        "response_format",
    ),
    (
        dashscope("parameter.enable_thinking must be set to false for non-streaming calls"),
        "enable_thinking",
    ),
    (dashscope("Json mode response is not supported when enable_thinking is true"), "*"),
    (dashscope("Range of max_tokens should be [1, 2048]"), "max_tokens"),
    (dashscope("The tool call is not supported."), "tools"),
    (jiekou("model features structured outputs not support"), "response_format"),
    (jiekou("参数 top_k 不合法"), "top_k"),
    (jiekou("该模型不支持 system 角色"), "system"),
    (jiekou("当前模型不支持系统提示词"), "system"),
    (jiekou("该模型不支持结构化输出"), "response_format"),
    (jiekou("模型不支持函数调用"), "tools"),
    (jiekou("不支持的参数：seed"), "seed"),
    (jiekou("当前模型不支持思考模式"), "enable_thinking"),
    (jiekou("温度参数超出范围，不支持"), "temperature"),
    (jiekou("参数“n”只能为 1"), "n"),
    (jiekou("余额不足"), ""),
    # vLLM and llama.cpp
    (vllm("[{'type': 'extra_forbidden', 'loc': ('body', 'top_k'), 'msg': 'x'}]"), "top_k"),
    (
        vllm('"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser'),
        "tools",
    ),
    (vllm("System role not supported"), "system"),
    (
        vllm("Conversation roles must alternate user/assistant/user/assistant/..."),
        "system",
    ),
    (vllm("logprobs must be non-negative"), "logprobs"),
    (vllm("stop is not supported here"), "stop"),
    (vllm("n must be 1 when using greedy sampling, got 2."), "n"),
    (openai("Failed to parse grammar"), "response_format"),
    (openai("tools param requires --jinja flag"), "tools"),
    # Mistral and others that check with pydantic
    (
        {"object": "error", "message": pydantic("body", "seed"), "type": "invalid_request_error"},
        "seed",
    ),
    (pydantic("body", "frequency_penalty"), "frequency_penalty"),
    (pydantic("body", "messages", 1, "assistant", "reasoning_content"), "reasoning_content"),
    (pydantic("body", "messages", 0, "content"), ""),
    # Groq
    (openai("property 'top_k' is unsupported"), "top_k"),
    (
        openai(
            "'messages.2' : for 'role:assistant' the following must be satisfied"
            "[('messages.2' : property 'reasoning_content' is unsupported)]"
        ),
        "reasoning_content",
    ),
    (openai("`tool calling` is not supported with this model"), "tools"),
    # Gemini's compatible endpoint, Anthropic's, Ollama, MiniMax
    ([{"error": {"code": 400, "message": "Developer instruction is not enabled for m"}}], "system"),
    ([{"error": {"code": 400, "message": "Penalty is not enabled for m"}}], "frequency_penalty"),
    ([{"error": {"code": 400, "message": "Multiple candidates is not enabled"}}], "n"),
    (openai("`temperature` and `top_p` cannot both be specified for this model."), "temperature"),
    ({"error": "registry.ollama.ai/library/x does not support tools"}, "tools"),
    ({"error": '"qwen" does not support thinking'}, "enable_thinking"),
    ({"error": {"message": "maxTokens is too large"}}, "max_tokens"),
    ("stop sequences are not supported", "stop"),
    # Words in passing are no names.
    (openai("Please stop asking, the user has no tools left to seed."), ""),
]


@pytest.mark.parametrize(("body", "parameter"), CASES)
def test_a_refusal_blames_a_part_of_the_request(body: Any, parameter: str) -> None:
    refused = from_response(400, {}, json.dumps(body, ensure_ascii=False).encode(), "x")
    found = held_against(refused, ALL).parameter
    assert found == parameter if parameter != "*" else found in EVERYTHING
    # And never what was not sent.
    assert held_against(refused, NOTHING).parameter == ""


@pytest.mark.parametrize("name", sorted(set(EVERYTHING) - {"model"}))
@pytest.mark.parametrize(
    "words", ["Unsupported parameter: '%'", "参数 % 不支持", "% parameter is invalid", "`%`: no"]
)
def test_every_parameter_can_be_blamed_by_its_name(name: str, words: str) -> None:
    refused = from_response(400, {}, json.dumps(openai(words.replace("%", name))).encode())
    assert held_against(refused, Asked({name: True, "model": "m"})).parameter == name


def test_an_error_in_a_stream_blames_likewise() -> None:
    failed = from_error({"message": "no", "param": "seed", "code": 400})
    assert held_against(failed, ALL).parameter == "seed"
    assert held_against(failed, NOTHING).parameter == ""


@pytest.mark.parametrize(
    ("status", "message", "parameter", "kind"),
    [
        (404, "No endpoints found that support tool use.", "tools", FailureKind.BAD_REQUEST),
        (500, "System role not supported", "system", FailureKind.BAD_REQUEST),
        (404, "The model `m` does not exist", "", FailureKind.NOT_FOUND),
        (500, "Internal error", "", FailureKind.SERVER),
        (
            500,
            "1 validation error: {'loc': ('body', 'response_format', 'type'), "
            "'msg': \"Input should be 'text' or 'json_object'\"}",
            "response_format",
            FailureKind.BAD_REQUEST,
        ),
        (422, "seed: not permitted", "seed", FailureKind.BAD_REQUEST),
        (429, "temperature too high", "", FailureKind.RATE_LIMITED),
        (401, "seed is not allowed", "", FailureKind.AUTH),
    ],
)
def test_a_refusal_in_disguise(
    status: int, message: str, parameter: str, kind: FailureKind
) -> None:
    refused = from_response(status, {}, json.dumps(openai(message)).encode())
    told = held_against(refused, ALL)
    assert (told.parameter, told.kind) == (parameter, kind)


def test_only_streams_is_no_matter_of_a_parameter_that_could_go() -> None:
    refused = from_response(400, {}, b"'stream' must be true: this model only streams")
    assert held_against(refused, NOTHING).parameter == ""


@pytest.mark.parametrize(
    "words",
    [
        "image too large",
        "Request body too large for gpt-4o",
        "image exceeds 5 MB maximum: 6816724 bytes > 5242880 bytes",
        "At least one of the image dimensions exceed max allowed size: 8000 pixels",
        "Exceeded limit on max bytes per data-uri item : 10485760",
        "The image length and width do not meet the model restrictions.",
        "图片大小超过限制",
        "图片过大，请压缩后重试",
    ],
)
def test_pictures_that_are_too_large(words: str) -> None:
    refused = from_response(400, {}, json.dumps(openai(words), ensure_ascii=False).encode())
    assert held_against(refused, ALL).kind is FailureKind.TOO_LARGE


@pytest.mark.parametrize(
    "words", ["This model does not support image input", "max_tokens is too large", "too large n"]
)
def test_what_is_not_about_the_size_of_pictures(words: str) -> None:
    refused = from_response(400, {}, json.dumps(openai(words)).encode())
    assert refused.kind is FailureKind.BAD_REQUEST
