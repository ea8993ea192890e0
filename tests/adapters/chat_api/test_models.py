"""The catalogue: any field may be missing, null or odd, and what is said is understood."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from app.adapters.chat_api import models
from app.adapters.chat_api.failures import retry_after
from app.adapters.chat_api.models import model_list
from app.core.model_info import Capability, ModelInfo


def test_a_full_entry() -> None:
    [info] = model_list(
        {
            "data": [
                {
                    "id": "qwen/qwen2-vl-72b-instruct",
                    "title": "qwen2",
                    "display_name": "Qwen2 VL",
                    "description": "sees",
                    "context_size": 32768,
                    "max_output_tokens": 4096,
                    "input_token_price_per_m": 4500,
                    "output_token_price_per_m": 0,
                    "features": ["function-calling", "structured-outputs", "reasoning", "new"],
                    "endpoints": ["/v1/chat/completions"],
                    "input_modalities": ["text", "image"],
                    "status": 1,
                }
            ]
        }
    ) or [ModelInfo("none")]
    assert info == ModelInfo(
        "qwen/qwen2-vl-72b-instruct",
        "Qwen2 VL",
        "sees",
        32768,
        4096,
        0.45,
        None,
        frozenset(Capability),
        ("/v1/chat/completions",),
    )


def test_bare_odd_and_retired_entries() -> None:
    odd = {
        "id": "odd",
        "context_size": "8192",
        "max_output_tokens": None,
        "input_token_price_per_m": "free",
        "output_token_price_per_m": True,
        "features": None,
        "input_modalities": "image",
        "endpoints": [None, "/v1/responses"],
        "status": "4",
        "title": 7,
    }
    found = model_list(
        {"data": [{"id": "bare"}, odd, {"id": "bare"}, None, {}, {"id": ""}, "text"]}
    )
    assert found == [
        ModelInfo("bare"),
        ModelInfo("odd", context_size=8192, endpoints=("/v1/responses",), retired=True),
        ModelInfo("text"),
    ]
    [blind] = model_list([{"id": "a", "features": [], "input_modalities": ["text"]}]) or []
    assert blind.capabilities == frozenset()


TODAY = datetime.date(2026, 11, 23)
VISION, TOOLS, REASONING, JSON = (
    *(Capability.VISION, Capability.TOOLS),
    *(Capability.REASONING, Capability.JSON),
)


def one(body: Any) -> ModelInfo:
    [info] = model_list(body, TODAY) or []
    return info


def test_the_guides_other_fields() -> None:
    entry = {
        "id": "baidu/ernie-x",
        "title": "ernie-x",
        "display_name": None,
        "endpoints": ["/v1/responses"],
        "output_modalities": ["text"],
        "model_type": "chat",
        "features": ["serverless"],
        "pricing": {"prompt": {"price_per_m": 2690}, "completion": {"price_per_m": 0}},
    }
    info = one({"data": [entry]})
    assert (info.title, info.model_type, info.output_modalities) == ("ernie-x", "chat", ("text",))
    assert (info.endpoints, info.elsewhere) == (("/v1/responses",), ("/v1/responses",))
    assert (info.input_price, info.output_price) == (0.269, None)
    assert info.speaks is True
    assert info.capabilities == frozenset()


def test_openrouters_list() -> None:
    entry = {
        "id": "google/gemini-2.5-pro",
        "name": "Google: Gemini 2.5 Pro",
        "context_length": 1048576,
        "architecture": {"input_modalities": ["image", "text"], "output_modalities": ["text"]},
        "pricing": {"prompt": "0.00000125", "completion": "0.00001", "request": "0", "image": "0"},
        "top_provider": {"max_completion_tokens": 65536, "is_moderated": False},
        "supported_parameters": ["tools", "include_reasoning", "response_format", "seed"],
        "expiration_date": None,
    }
    assert one({"data": [entry]}) == ModelInfo(
        "google/gemini-2.5-pro",
        "Google: Gemini 2.5 Pro",
        context_size=1048576,
        max_output_tokens=65536,
        input_price=1.25,
        output_price=10.0,
        capabilities=frozenset(Capability),
        output_modalities=("text",),
    )
    assert one([{**entry, "expiration_date": "2026-11-22"}]).retired
    assert not one([{**entry, "expiration_date": "2026-11-23"}]).retired


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (  # OpenAI and DeepSeek
            {"object": "list", "data": [{"id": "gpt-9", "object": "model", "owned_by": "openai"}]},
            ModelInfo("gpt-9", provider="openai"),
        ),
        (  # Together: the list alone
            [
                {
                    "id": "moonshotai/Kimi",
                    "type": "chat",
                    "display_name": "Kimi",
                    "organization": "Moonshot",
                    "context_length": 2048,
                }
            ],
            ModelInfo(
                "moonshotai/Kimi", "Kimi", context_size=2048, provider="Moonshot", model_type="chat"
            ),
        ),
        (  # Mistral
            {
                "data": [
                    {
                        "id": "pixtral-12b",
                        "name": "pixtral-12b",
                        "owned_by": "mistralai",
                        "capabilities": {
                            "completion_chat": True,
                            "function_calling": True,
                            "vision": True,
                            "reasoning": False,
                        },
                        "max_context_length": 131072,
                        "deprecation": "2026-03-30T12:00:00Z",
                    }
                ]
            },
            ModelInfo(
                "pixtral-12b",
                context_size=131072,
                capabilities=frozenset({VISION, TOOLS}),
                retired=True,
                provider="mistralai",
            ),
        ),
        (  # Groq
            {
                "data": [
                    {
                        "id": "gemma2-9b-it",
                        "active": False,
                        "context_window": 8192,
                        "max_completion_tokens": 4096,
                        "owned_by": "Google",
                        "public_apps": None,
                    }
                ]
            },
            ModelInfo(
                "gemma2-9b-it",
                context_size=8192,
                max_output_tokens=4096,
                retired=True,
                provider="Google",
            ),
        ),
        (  # vLLM
            {"data": [{"id": "qwen", "owned_by": "vllm", "max_model_len": 40960, "root": "/m"}]},
            ModelInfo("qwen", context_size=40960, provider="vllm"),
        ),
        (  # llama.cpp: both lists
            {
                "models": [{"name": "a.gguf", "model": "a.gguf", "capabilities": ["multimodal"]}],
                "object": "list",
                "data": [{"id": "a.gguf", "owned_by": "llamacpp", "meta": {"n_ctx_train": 32768}}],
            },
            ModelInfo(
                "a.gguf",
                context_size=32768,
                capabilities=frozenset({VISION}),
                provider="llamacpp",
            ),
        ),
        (  # LM Studio's own list
            {
                "data": [
                    {
                        "id": "qwen2-vl-7b",
                        "type": "vlm",
                        "publisher": "mlx",
                        "state": "not-loaded",
                        "max_context_length": 32768,
                        "capabilities": ["tool_use"],
                    }
                ]
            },
            ModelInfo(
                "qwen2-vl-7b",
                context_size=32768,
                capabilities=frozenset({VISION, TOOLS}),
                provider="mlx",
                model_type="vlm",
            ),
        ),
        (  # Ollama's own list
            {"models": [{"name": "llama3:latest", "model": "llama3:latest", "size": 4}]},
            ModelInfo("llama3:latest"),
        ),
        (  # Ollama's OpenAI form
            {"object": "list", "data": [{"id": "llama3:latest", "owned_by": "library"}]},
            ModelInfo("llama3:latest"),
        ),
        (  # Gemini
            {
                "data": [
                    {
                        "id": "models/gemini-2.5-flash",
                        "owned_by": "google",
                        "display_name": "Gemini 2.5 Flash",
                    }
                ]
            },
            ModelInfo("models/gemini-2.5-flash", "Gemini 2.5 Flash", provider="google"),
        ),
        (  # Moonshot and Fireworks
            {
                "data": [
                    {
                        "id": "kimi-k2",
                        "context_length": 262144,
                        "supports_image_in": True,
                        "supports_reasoning": True,
                        "supports_tools": False,
                    }
                ]
            },
            ModelInfo("kimi-k2", context_size=262144, capabilities=frozenset({VISION, REASONING})),
        ),
        (  # GitHub Copilot
            {
                "data": [
                    {
                        "id": "gpt-5",
                        "name": "GPT-5",
                        "vendor": "Azure OpenAI",
                        "capabilities": {
                            "limits": {
                                "max_context_window_tokens": 128000,
                                "max_output_tokens": 64000,
                            },
                            "supports": {"tool_calls": True, "vision": True, "streaming": True},
                        },
                        "supported_endpoints": ["/responses"],
                    }
                ]
            },
            ModelInfo(
                "gpt-5",
                "GPT-5",
                context_size=128000,
                max_output_tokens=64000,
                capabilities=frozenset({VISION, TOOLS}),
                endpoints=("/responses",),
                provider="Azure OpenAI",
            ),
        ),
    ],
    ids=lambda value: value.id if isinstance(value, ModelInfo) else "",
)
def test_other_services_lists(body: Any, expected: ModelInfo) -> None:
    assert one(body) == expected


def test_what_does_not_answer_in_text() -> None:
    assert one([{"id": "a", "type": "embedding"}]).speaks is False
    assert one([{"id": "a", "output_modalities": ["image"]}]).speaks is False
    assert one([{"id": "a", "architecture": {"modality": "text+image->text"}}]).speaks is True
    assert one([{"id": "a"}]).speaks is None


def test_names_that_cannot_be_shown_are_left_out() -> None:
    assert model_list([{"id": "a\nb"}, {"id": "x" * 301}, {"id": " two  words "}]) == [
        ModelInfo("two  words")
    ]
    assert one([{"id": "a", "title": "two\n lines\ud83d"}]).title == "two lines\ufffd"


def test_an_endless_list_is_read_only_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "MOST_MODELS", 3)
    found = model_list({"data": [{"id": f"m{n}"} for n in range(9)]})
    assert found is not None
    assert [model.id for model in found] == ["m0", "m1", "m2"]


def test_what_is_no_list() -> None:
    assert model_list({"data": None}) is None
    assert model_list("x") is None
    assert model_list({"data": []}) == []


def test_waits_are_read_in_every_form() -> None:
    assert retry_after({"retry-after": "1.5"}) == 1.5
    assert retry_after({"retry-after-ms": "250", "retry-after": "9"}) == 0.25
    assert retry_after({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}) == 0
    later = retry_after({"retry-after": "Wed, 21 Oct 2099 07:28:00 GMT"})
    assert later is not None
    assert later > 1e9
    assert retry_after({"retry-after": "soon"}) is None
    assert retry_after({}) is None
