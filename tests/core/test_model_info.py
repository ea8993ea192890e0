"""A model's record is kept whole, read however odd it is, and understood the same either way."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from app.core.model_info import Capability, ModelInfo, model_from_json, model_to_json

FULL = ModelInfo(
    *("a", "b", "c", 5, 6, 0.0, 2.5, frozenset({Capability.VISION, Capability.JSON})),
    *(("/v1/responses",), True, "acme", "chat", ("text",)),
)


@pytest.mark.parametrize(
    "endpoint",
    [
        "/v1/chat/completions",
        "chat/completions",
        "chat_completions",
        "openai",
        "/openai/v1/chat/completions",
    ],
)
def test_chat_completions_under_any_name(endpoint: str) -> None:
    assert ModelInfo("a", endpoints=("/v1/responses", endpoint)).elsewhere == ()


@pytest.mark.parametrize(
    "model", [FULL, ModelInfo("bare"), ModelInfo("blind", capabilities=frozenset())]
)
def test_a_model_is_kept_and_read_again(model: ModelInfo) -> None:
    assert model_from_json(model_to_json(model)) == model


def test_what_is_unknown_is_not_written() -> None:
    assert model_to_json(ModelInfo("a", input_price=0.0)) == {"id": "a", "input_price": 0.0}


@pytest.mark.parametrize("value", [True, -1, 10**30, float("nan"), {}, [None], None])
def test_an_odd_record_is_read_as_far_as_it_goes(value: Any) -> None:
    odd = {f.name: value for f in fields(ModelInfo) if f.name not in ("capabilities", "retired")}
    assert model_from_json({**odd, "id": "a", "retired": 1, "capabilities": "all"}) == ModelInfo(
        "a"
    )


@pytest.mark.parametrize("value", [None, "a", [], {}, {"id": 3}, {"id": ""}])
def test_a_record_without_a_name_is_none(value: Any) -> None:
    assert model_from_json(value) is None
