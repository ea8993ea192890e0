"""The catalogue: any field may be missing, null or odd, and what is said is understood."""

from __future__ import annotations

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
