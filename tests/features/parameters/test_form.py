"""The form as a whole: what is shown again, told in order, typed meanwhile, reached by keys."""

from __future__ import annotations

import json
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.adapters.chat_api.encode import encode
from app.core.message import Message, Role, TextPart
from app.core.request import ChatRequest
from app.features.parameters.values import ORDER
from tests.chinese import chinese, unfinished
from tests.features.parameters.forms import Filled, description


@pytest.fixture
def filled(qtbot: QtBot, qapp: QApplication) -> Filled:
    return Filled(qtbot, qapp)


def test_every_parameter_of_the_table_shows_again_what_was_set(
    filled: Filled, qtbot: QtBot, qapp: QApplication
) -> None:
    everything: dict[str, Any] = {
        "temperature": 0.7,
        "top_p": 0.9,
        "max_tokens": 100,
        "presence_penalty": 0.5,
        "frequency_penalty": -0.5,
        "stop": ["\n"],
        "response_format": {"type": "json_object"},
        "tools": [{"type": "function", "function": {"name": "f"}}],
        "tool_choice": {"type": "function", "function": {"name": "f"}},
        "parallel_tool_calls": True,
        "enable_thinking": False,
        "reasoning_effort": "made up",
        "thinking": {"type": "enabled", "budget_tokens": 5},
        "separate_reasoning": True,
        "seed": 1,
        "n": 2,
        "top_k": 3,
        "min_p": 0.1,
        "repetition_penalty": 1.1,
        "logit_bias": {"1": 2},
        "logprobs": True,
        "top_logprobs": 4,
        "stream_options": {"include_usage": False},
        "whatever": {"is": "extra"},
    }
    assert set(ORDER) - set(everything) == {"stream"}
    filled.form.show_values("Be brief.", everything)
    assert not filled.told
    assert not filled.prompts
    filled.enter("Temperature", "0.8")
    assert filled.now == {**everything, "temperature": 0.8}
    other = Filled(qtbot, qapp)
    shuffled = dict(reversed(everything.items()))
    other.form.show_values("Be brief.", shuffled)
    other.enter("Temperature", "0.8")
    assert other.sent == filled.sent


ODD: list[dict[str, Any]] = [
    {"temperature": "hot"},
    {"stop": "END"},
    {"stop": 5},
    {"response_format": "json"},
    {"response_format": {"type": "grammar"}},
    {"thinking": True},
    {"tool_choice": ["x"]},
    {"stream_options": 1},
    {"enable_thinking": 1},
    {"logit_bias": "x"},
]


@pytest.mark.parametrize("odd", ODD)
def test_what_was_set_elsewhere_in_another_shape_is_shown_and_stays(
    filled: Filled, odd: dict[str, Any]
) -> None:
    filled.form.show_values("", odd)
    filled.enter("Seed", "1")
    kept = {k: v for k, v in filled.now.items() if k != "seed"}
    assert json.dumps(kept) == json.dumps(odd)


def test_what_is_being_typed_stays_when_the_same_is_shown_again(filled: Filled) -> None:
    filled.enter("Temperature", "0.5")
    QTest.keyClicks(filled.line("Temperature"), "9")
    filled.write("Extra body", '{"half":')
    filled.form.show_values("", {"temperature": 0.5})
    assert filled.line("Temperature").text() == "0.59"
    assert filled.text("Extra body").toPlainText() == '{"half":'
    filled.form.show_anew("", {"temperature": 0.5})
    assert filled.line("Temperature").text() == "0.5"
    assert filled.text("Extra body").toPlainText() == ""
    assert filled.told == [{"temperature": 0.5}]


def test_reasoning_switches_are_told_apart_and_say_whose_they_are(filled: Filled) -> None:
    filled.form.set_model("deepseek/deepseek-v3.2")
    labels = [label.text() for label in filled.form.findChildren(type(filled.form._remembered))]
    assert "remembered for deepseek/deepseek-v3.2" in labels
    filled.enter("Temperature", "1")
    assert filled.switches == []
    filled.pick("Think", "on")
    filled.pick("Effort", "none")
    assert filled.switches[-1] == {"enable_thinking": True, "reasoning_effort": "none"}


def test_what_comes_back_while_others_are_told_waits_until_all_know(filled: Filled) -> None:
    form = filled.form
    form.parameters_changed.connect(lambda _p: form.show_values("", {"reasoning_effort": "low"}))
    form.reasoning_changed.connect(lambda _s: form.show_values("", {"reasoning_effort": "high"}))
    QTest.keyClick(filled.box("Effort"), Qt.Key.Key_Down)
    assert filled.told == [{"reasoning_effort": "none"}]
    assert filled.box("Effort").currentText() == "high"


def test_the_system_prompt_is_told_as_it_is_typed_and_not_when_it_is_shown(filled: Filled) -> None:
    filled.form.show_values("Be brief.", {})
    assert filled.prompts == []
    QTest.keyClicks(filled.text("System prompt"), "No")
    assert filled.prompts == ["NBe brief.", "NoBe brief."]


def test_every_field_has_a_name_and_says_what_it_does(filled: Filled) -> None:
    kinds = (QLineEdit, QComboBox, QPlainTextEdit)
    fields = [w for kind in kinds for w in filled.form.findChildren(kind)]
    assert len(fields) > 30
    for field in fields:
        assert field.accessibleName(), field
        assert field.accessibleDescription(), field.accessibleName()


def test_tab_goes_down_the_form(filled: Filled) -> None:
    filled.form.activateWindow()
    filled.form.focus_first()
    seen = []
    for _ in range(8):
        now = QApplication.focusWidget()
        assert now is not None
        seen.append(now.accessibleName())
        QTest.keyClick(now, Qt.Key.Key_Tab)
    first = ["System prompt", "Temperature", "Top P", "Max tokens", "Presence", "Frequency"]
    assert seen == [*first, "Stop sequences", "Format"]


def test_the_field_with_the_focus_is_explained(filled: Filled) -> None:
    words: list[str] = []
    filled.form.explained.connect(words.append)
    filled.form.activateWindow()
    filled.line("Temperature").setFocus()
    filled.box("Think").setFocus()
    assert words == [
        "0 is steady; higher is more varied.",
        "enable_thinking: whether the model thinks first.",
    ]


def test_two_requests_with_the_same_settings_begin_with_the_same_bytes(filled: Filled) -> None:
    """The prefix that a service caches: everything before the last message."""
    filled.enter("Seed", "7")
    filled.enter("Temperature", "0.2")
    filled.write("Extra body", '{"b": 1, "a": 2}')
    question = Message(Role.USER, (TextPart("One"),))
    reply = Message(Role.ASSISTANT, (TextPart("1"),))
    again = Message(Role.USER, (TextPart("Two"),))
    first = encode(ChatRequest("m", (question,), filled.now), {}).body
    reordered = dict(reversed(filled.now.items()))
    filled.form.show_anew("", reordered)
    filled.enter("Top P", "1")
    filled.enter("Top P", "")
    second = encode(ChatRequest("m", (question, reply, again), filled.now), {}).body
    assert second.startswith(first.removesuffix(b"]}"))


def test_it_speaks_chinese(qtbot: QtBot, qapp: QApplication) -> None:
    assert unfinished("parameters") == []
    filled = Filled(qtbot, qapp)
    with chinese("parameters"):
        qapp.processEvents()
        assert filled.line("温度").placeholderText() == "不发送"
        filled.enter("温度", "３")
        assert "范围为 0 到 2。" in description(filled.line("温度"))
    qapp.processEvents()
    assert filled.line("Temperature").placeholderText() == "not sent"
