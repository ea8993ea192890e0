"""Every parameter of the request's table is set by its field, within bounds, and told in order."""

from __future__ import annotations

import json
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import until
from tests.features.parameters.forms import Filled, description


@pytest.fixture
def filled(qtbot: QtBot, qapp: QApplication) -> Filled:
    return Filled(qtbot, qapp)


NUMBERS = {
    "Temperature": ("temperature", "0.7", 0.7, "2.01"),
    "Top P": ("top_p", "0.9", 0.9, "1.1"),
    "Max tokens": ("max_tokens", "2048", 2048, "0"),
    "Presence": ("presence_penalty", "-2", -2, "-2.1"),
    "Frequency": ("frequency_penalty", "1.5", 1.5, "3"),
    "Seed": ("seed", "-7", -7, str(2**63)),
    "Answers": ("n", "128", 128, "129"),
    "Top K": ("top_k", "1", 1, "0"),
    "Min P": ("min_p", "0.05", 0.05, "-0.1"),
    "Repetition": ("repetition_penalty", "1.1", 1.1, "2.5"),
    "Top logprobs": ("top_logprobs", "20", 20, "21"),
}


@pytest.mark.parametrize("title", NUMBERS)
def test_a_number_is_set_within_its_bounds_and_taken_back(filled: Filled, title: str) -> None:
    name, typed, value, beyond = NUMBERS[title]
    line = filled.line(title)
    assert (line.text(), line.placeholderText()) == ("", "not sent")
    filled.enter(title, typed)
    assert filled.told == [{name: value}]
    filled.enter(title, beyond)
    assert filled.told == [{name: value}]
    assert description(line).startswith("From ")
    assert f"Still sent: {line_text(value)}" in description(line)
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == line_text(value)
    assert "From " not in description(line)
    filled.enter(title, "")
    assert filled.told[1:] == [{}]


def line_text(value: float) -> str:
    return json.dumps(value)


@pytest.mark.parametrize("typed", ["abc", "nan", "inf", "1e999", "9" * 300, "1..2", "１。。２"])
def test_a_number_that_is_none_changes_nothing(filled: Filled, typed: str) -> None:
    filled.enter("Temperature", "0.5")
    filled.enter("Temperature", typed)
    assert filled.told == [{"temperature": 0.5}]
    assert "Still sent: 0.5" in description(filled.line("Temperature"))
    filled.enter("Temperature", "１.５")
    assert filled.now == {"temperature": 1.5}
    assert filled.line("Temperature").text() == "1.5"


def test_the_first_digit_of_a_number_is_not_the_number(filled: Filled) -> None:
    QTest.keyClicks(filled.line("Top K"), "12")
    QTest.keyClick(filled.line("Top K"), Qt.Key.Key_Return)
    assert filled.told == [{"top_k": 12}]


async def test_what_is_typed_counts_by_itself(qtbot: QtBot, qapp: QApplication) -> None:
    filled = Filled(qtbot, qapp)
    QTest.keyClicks(filled.line("Seed"), "42")
    await until(lambda: filled.told)
    assert filled.told == [{"seed": 42}]


def test_arrows_step_and_begin_at_what_is_usual(filled: Filled) -> None:
    line = filled.line("Temperature")
    QTest.keyClick(line, Qt.Key.Key_Up)
    QTest.keyClick(line, Qt.Key.Key_Up)
    assert filled.told == [{"temperature": 1}, {"temperature": 1.1}]
    for _ in range(20):
        QTest.keyClick(line, Qt.Key.Key_Up)
    assert filled.now == {"temperature": 2}


def test_a_slider_is_grey_until_set_and_goes_where_it_is_clicked(filled: Filled) -> None:
    slider = filled.slider("Temperature")
    assert slider.property("kind") == "unsent"
    end = QPoint(slider.width() - 1, slider.height() // 2)
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=end)
    assert filled.now == {"temperature": 2}
    assert filled.line("Temperature").text() == "2"
    assert slider.property("kind") == ""
    QTest.keyClick(slider, Qt.Key.Key_Left)
    assert filled.now == {"temperature": 1.95}
    QTest.keyClick(slider, Qt.Key.Key_Delete)
    assert filled.now == {}
    assert slider.property("kind") == "unsent"
    assert filled.slider("Presence").property("kind") == "unsent"
    filled.enter("Presence", "0")
    assert filled.slider("Presence").property("kind") == "two-ways"


def test_the_cross_takes_a_number_back(filled: Filled) -> None:
    filled.enter("Temperature", "1")
    (cross,) = filled.line("Temperature").actions()
    assert cross.isVisible()
    cross.trigger()
    assert filled.now == {}
    assert not cross.isVisible()


def test_a_service_that_always_gets_max_tokens_says_so(filled: Filled) -> None:
    filled.form.set_always_max_tokens(4096)
    line = filled.line("Max tokens")
    assert line.placeholderText() == "4096"
    assert "4096 unless you set another" in description(line)
    assert filled.told == []
    filled.form.set_always_max_tokens(None)
    assert line.placeholderText() == "not sent"


def test_stop_sequences_are_up_to_four_with_escapes(filled: Filled) -> None:
    for typed in ("END", r"\n\n", r"a\\n", r"a\\n", "###"):
        filled.enter("Stop sequences", typed)
    assert filled.now == {"stop": ["END", "\n\n", "a\\n", "###"]}
    assert not filled.line("Stop sequences").isEnabled()
    QTest.keyClick(filled.button(r"Remove the stop sequence \n\n"), Qt.Key.Key_Space)
    assert filled.now == {"stop": ["END", "a\\n", "###"]}
    assert filled.line("Stop sequences").isEnabled()


def test_the_same_stop_sequence_twice_is_said(filled: Filled) -> None:
    filled.enter("Stop sequences", "END")
    filled.enter("Stop sequences", "END")
    assert filled.told == [{"stop": ["END"]}]
    assert "already" in description(filled.line("Stop sequences"))


CHOICES = [
    ("Think", "on", {"enable_thinking": True}),
    ("Think", "off", {"enable_thinking": False}),
    *[("Effort", e, {"reasoning_effort": e}) for e in ("none", "minimal", "low", "xhigh")],
    ("Thinking", "enabled", {"thinking": {"type": "enabled"}}),
    ("Thinking", "disabled", {"thinking": {"type": "disabled"}}),
    ("Apart", "off", {"separate_reasoning": False}),
    ("Calls", "always (required)", {"tool_choice": "required"}),
    ("Several", "off", {"parallel_tool_calls": False}),
    ("Logprobs", "on", {"logprobs": True}),
    ("Stream", "off", {"stream": False}),
    ("Usage", "off", {"stream_options": {"include_usage": False}}),
    ("Format", "Text", {"response_format": {"type": "text"}}),
    ("Format", "JSON object", {"response_format": {"type": "json_object"}}),
]


@pytest.mark.parametrize(("title", "words", "value"), CHOICES)
def test_a_choice_is_set_by_keys_and_taken_back(
    filled: Filled, title: str, words: str, value: dict[str, Any]
) -> None:
    filled.pick(title, words)
    assert filled.now == value
    filled.pick(title, filled.box(title).itemText(0))
    assert filled.now == {}


def test_words_of_ones_own(filled: Filled) -> None:
    filled.pick("Effort", "Other…")
    assert filled.now == {}  # nothing is sent until there is a word
    filled.enter("Effort", "max")
    assert filled.now == {"reasoning_effort": "max"}
    filled.pick("Calls", "one function…")
    filled.enter("Calls", "get_weather")
    chosen = {"type": "function", "function": {"name": "get_weather"}}
    assert filled.now == {"tool_choice": chosen, "reasoning_effort": "max"}


def test_thinking_has_a_budget_while_it_is_on(filled: Filled) -> None:
    filled.pick("Thinking", "enabled")
    filled.enter("Budget", "2000")
    assert filled.now == {"thinking": {"type": "enabled", "budget_tokens": 2000}}
    filled.pick("Thinking", "disabled")
    assert filled.now == {"thinking": {"type": "disabled"}}


def test_usage_is_not_asked_for_where_nothing_streams(filled: Filled) -> None:
    filled.pick("Usage", "off")
    filled.pick("Stream", "off")
    assert filled.now == {"stream": False}
    assert not filled.box("Usage").isEnabled()


def test_a_schema_is_whole_from_the_first_moment_and_checked_as_it_is_typed(filled: Filled) -> None:
    filled.pick("Format", "JSON schema")
    made = filled.now["response_format"]
    assert made["type"] == "json_schema"
    assert set(made["json_schema"]) == {"name", "strict", "schema"}
    filled.enter("Name", "advice")
    filled.enter("Name", "no spaces, please")
    filled.pick("Strict", "not sent")
    filled.write("Schema", '{"type": "object"')
    assert "No valid JSON: line 1" in description(filled.text("Schema"))
    filled.write("Schema", "[1]")
    assert "A JSON object is meant here" in description(filled.text("Schema"))
    filled.write("Schema", "")
    assert "wants a schema" in description(filled.text("Schema"))
    filled.write("Schema", '{"type": "array"}')
    wanted = {"name": "advice", "schema": {"type": "array"}}
    assert filled.now == {"response_format": {"type": "json_schema", "json_schema": wanted}}
    filled.pick("Format", "Text")
    filled.pick("Format", "JSON schema")
    assert filled.now["response_format"]["json_schema"] == wanted


JSON_FIELDS = [
    ("Further tools", '[{"type": "function", "function": {"name": "f"}}]', "tools", "{}"),
    ("Further tools", "[]", "tools", '[{"type": "function", "function": {}}]'),
    ("Logit bias", '{"50256": -100}', "logit_bias", '{"50256": -101}'),
    ("Logit bias", '{"1": 0.5}', "logit_bias", '{"one": 1}'),
]


@pytest.mark.parametrize(("title", "text", "name", "wrong"), JSON_FIELDS)
def test_json_is_taken_when_it_is_right(
    filled: Filled, title: str, text: str, name: str, wrong: str
) -> None:
    filled.write(title, text)
    assert filled.told == [{name: json.loads(text)}]
    filled.write(title, wrong)
    filled.write(title, "nonsense")
    assert filled.told == [{name: json.loads(text)}]
    assert "still sent" in description(filled.text(title))
    assert filled.text(title).property("kind") == "mono-wrong"
    filled.write(title, "")
    assert filled.told[1:] == [{}]


def test_the_extra_body_holds_what_has_no_field(filled: Filled) -> None:
    filled.enter("Temperature", "1")
    filled.write("Extra body", '{"zeta": {"b": 1, "a": null}, "alpha": true}')
    assert filled.sent == '{"temperature": 1, "alpha": true, "zeta": {"b": 1, "a": null}}'
    told = len(filled.told)
    for wrong, words in (
        ('{"top_p": 1}', "“top_p” has a field of its own"),
        ('{"messages": []}', "“messages” is the conversation's own"),
        ('{"model": "x"}', "“model” is the conversation's own"),
        ("[1]", "A JSON object is meant here"),
        ('{"a": NaN}', "too large, or none at all"),
        ("{" + '"a":{' * 20, "No valid JSON"),
        ("[" * 5000 + "]" * 5000, "Nested too deeply"),
    ):
        filled.write("Extra body", wrong)
        assert words in description(filled.text("Extra body"))
    assert len(filled.told) == told
    filled.write("Extra body", "{}")
    assert filled.now == {"temperature": 1}


def test_a_paste_of_a_megabyte_is_left_out(filled: Filled) -> None:
    edit = filled.text("Extra body")
    filled.write("Extra body", '{"a": 1}')
    data = QMimeData()
    data.setText('{"a": "' + "x" * 1_000_000 + '"}')
    edit.insertFromMimeData(data)
    assert edit.toPlainText() == '{"a": 1}'
    assert "Too long" in description(edit)
    assert filled.told == [{"a": 1}]
