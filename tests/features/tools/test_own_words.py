"""The words for Porthole's own tools: none is left without, in either language."""

from __future__ import annotations

import pytest

from app.core.tool import Effect, Tool
from app.features.tools.own_words import effect_words, own_words
from tests.adapters.tools.all_tools import every_tool
from tests.chinese import chinese


@pytest.mark.parametrize("tool", every_tool(), ids=lambda tool: tool.id)
def test_a_tool_has_a_title_and_a_sentence(tool: Tool, qapp: object) -> None:
    english = own_words(tool.id)
    assert english is not None
    assert english.sentence.endswith(".")
    with chinese("tools"):
        words = own_words(tool.id)
        asking = effect_words(tool.effect)
    assert words is not None
    assert words.title != english.title
    assert words.sentence.endswith("。")
    assert asking.endswith("。")


def test_others_tools_have_none() -> None:
    assert own_words("mine:clock") is None


@pytest.mark.parametrize("effect", Effect)
def test_what_asks_says_so(effect: Effect) -> None:
    asks = Tool("t", "t", "t", effect=effect).asks
    assert effect_words(effect).startswith("Asks" if asks else "Does not ask")
