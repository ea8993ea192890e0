"""What is shown of a model is what its catalogue says, and nothing that it does not say."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.core.model_info import Capability, ModelInfo
from app.features.models.describe import (
    endpoint_note,
    explanation,
    facts,
    marks,
    price_text,
    retired_note,
    short_facts,
    tags,
    text_note,
    tokens_text,
)
from app.features.models.list_state import ListState, state_words
from tests.chinese import chinese

FULL = ModelInfo(
    *("deepseek/deepseek-v3.2", "DeepSeek V3.2", "Thinks.", 163_840, 65_536, 0.27, 0.4),
    frozenset({Capability.REASONING, Capability.TOOLS}),
    provider="deepseek",
)
RESPONSES = ModelInfo("a", endpoints=("/v1/responses", "batch"))
NOW = 1e9


def test_facts_on_one_line(qapp: QApplication) -> None:
    assert tags(FULL) == ("tools", "reasoning")
    assert facts(FULL) == "160K · $0.27 in · $0.4 out / 1M"
    assert short_facts(FULL) == "$0.27 / $0.4"
    assert facts(ModelInfo("a", context_size=32_768)) == "32K · price unknown"
    assert facts(ModelInfo("a", retired=True, context_size=4096)) == "4K · retired"
    assert (tags(ModelInfo("a")), facts(ModelInfo("a"))) == ((), "")


def test_free_is_said_and_unknown_is_never_nothing(qapp: QApplication) -> None:
    assert facts(ModelInfo("a", input_price=0.0, output_price=0.0)) == "free"
    half = ModelInfo("a", context_size=1000, input_price=0.0)
    assert facts(half) == "1K · price unknown"
    assert short_facts(half) == "price unknown"
    assert facts(ModelInfo("a", input_price=0.0, output_price=2)) == "$0 in · $2 out / 1M"


@pytest.mark.parametrize(
    ("price", "words"),
    [(2.0, "$2"), (0.5, "$0.5"), (0.075, "$0.075"), (1e-5, "< $0.0001"), (150, "$150")],
)
def test_prices(price: float, words: str) -> None:
    assert price_text(price) == words


def test_context_sizes() -> None:
    sizes = (512, 128_000, 131_072, 1_000_000, 1_048_576, 200_000)
    assert [tokens_text(n) for n in sizes] == ["512", "128K", "128K", "1M", "1M", "200K"]


def test_what_cannot_be_talked_with_says_so(qapp: QApplication) -> None:
    note = "The catalogue says that this model only serves /v1/responses, batch."
    assert endpoint_note(RESPONSES) == note
    assert marks(RESPONSES) == ("only /v1/responses",)
    assert endpoint_note(FULL) == endpoint_note(ModelInfo("a")) == ""
    picture = ModelInfo("a", output_modalities=("image",))
    assert text_note(picture).endswith("does not answer in text.")
    assert marks(picture) == ("not for chat",)
    assert marks(FULL) == ()
    assert (
        retired_note(ModelInfo("a", retired=True)) == "The catalogue lists this model as retired."
    )
    assert (retired_note(FULL), text_note(FULL)) == ("", "")


def test_all_that_is_worth_knowing(qapp: QApplication) -> None:
    assert explanation(FULL).split("\n") == [
        *("DeepSeek V3.2 · deepseek", "Answers of up to 64K tokens", "Thinks.")
    ]
    assert endpoint_note(RESPONSES) in explanation(RESPONSES)
    assert explanation(ModelInfo("a")) == ""


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (0, "list from just now"),
        (59, "list from just now"),
        (60, "list from 1 minute ago"),
        (299, "list from 4 minutes ago"),
        (3600, "list from 1 hour ago"),
        (86_399, "list from 23 hours ago"),
        (86_400, "list from yesterday"),
        (30 * 86_400, "list from 30 days ago"),
        (-1, "list from earlier"),
        (-1e8, "list from earlier"),
    ],
)
def test_the_age_of_a_list(qapp: QApplication, age: float, words: str) -> None:
    assert state_words(ListState((FULL,), loaded_at=NOW - age), NOW) == words


def test_what_becomes_of_a_list(qapp: QApplication) -> None:
    assert state_words(ListState(), NOW) == ""
    assert state_words(ListState(refreshing=True), NOW) == "loading the list"
    failed = "the list could not be loaded: No route."
    assert state_words(ListState(problem="No route."), NOW) == failed
    kept = ListState((FULL,), loaded_at=NOW - 240, problem="No route.")
    assert state_words(kept, NOW) == "list from 4 minutes ago, could not be refreshed: No route."
    again = ListState((FULL,), True, None, "No route.")
    assert state_words(again, NOW) == "list from earlier, refreshing"


def test_in_chinese(qapp: QApplication) -> None:
    with chinese("models"):
        assert facts(FULL) == "160K · 输入 $0.27 · 输出 $0.4 / 百万"
        assert endpoint_note(RESPONSES) == "模型目录称此模型只提供 /v1/responses, batch。"
        kept = ListState((FULL,), True, NOW - 240)
        assert state_words(kept, NOW) == "列表来自 4 分钟前，正在刷新"
