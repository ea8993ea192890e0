"""Quick actions as values: kept in the settings, in the reader's language until they are edited."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.core.built_in_actions import BUILT_IN, default_actions, in_language, read_actions
from app.core.picture_action import (
    KEYS,
    MOST_ACTIONS,
    Asked,
    PictureAction,
    ResultKind,
    action_to_json,
    asked_from_json,
    asked_to_json,
    in_one_list,
)
from app.core.request import FormatKind, response_format_from_json
from app.core.settings import Settings, from_json, to_json
from app.demo.question import Question

OWN = PictureAction(
    "Receipt",
    "Total?",
    "some/model",
    {"temperature": 0, "response_format": {"type": "json_object"}},
    ResultKind.JSON,
    "Alt+7",
    "own",
)


def test_settings_keep_them_and_only_what_is_the_persons_own() -> None:
    first, *rest = default_actions()
    actions = (replace(first, model="m", key=""), OWN, *rest)
    settings = Settings(picture_actions=actions, drop_action="own")
    data = json.loads(json.dumps(to_json(settings)))
    assert data["picture_actions"][0] == {
        "id": "describe",
        "model": "m",
        "key": "",
        "built_in": True,
    }
    assert from_json(data) == settings
    assert from_json({}).picture_actions == default_actions()
    assert from_json({"picture_actions": []}).picture_actions == ()


@pytest.mark.parametrize(
    "odd",
    [
        7,
        "x",
        {},
        {"id": 3, "name": "n"},
        {"id": "x"},
        {"id": "x", "name": ["n"]},
        {"id": "from a later version", "built_in": True},
    ],
)
def test_odd_ones_in_the_file_are_left_out(odd: object) -> None:
    data = [odd, action_to_json(OWN)]
    assert read_actions(data) == (OWN,)
    assert read_actions(odd) is None


def test_a_file_with_odd_fields_gives_what_can_be_used() -> None:
    read = read_actions(
        [
            {"id": "a", "name": "A" * 999, "prompt": 5, "parameters": [1], "key": "Ctrl+Q"},
            {"id": "a", "name": "again"},
            {"id": "b", "name": "B", "result": "poem", "key": "Alt+1", "model": 2},
            {"id": "c", "name": "C", "key": "Alt+1"},
        ]
    )
    assert read == (
        PictureAction("A" * 60, id="a"),
        PictureAction("B", key="Alt+1", id="b"),
        PictureAction("C", id="c"),
    )
    many = (PictureAction(str(n), id=str(n)) for n in range(500))
    assert len(in_one_list(many)) == MOST_ACTIONS


def test_how_a_question_was_asked_comes_back() -> None:
    asked = OWN.asked()
    assert asked == Asked("own", "Receipt", "some/model", OWN.parameters, ResultKind.JSON)
    assert asked_from_json(json.loads(json.dumps(asked_to_json(asked)))) == asked
    assert asked_to_json(None) is None
    assert asked_from_json([]) is None
    assert asked_from_json({"action": 1, "result": "?", "parameters": 2}) == Asked("", "")


def test_built_in_ones_speak_the_readers_language_until_they_are_edited() -> None:
    kept = replace(default_actions()[2], model="m", key="Alt+9")
    english, chinese = in_language(kept, "en"), in_language(kept, "zh_CN")
    assert (english.name, chinese.name) == ("Table → Markdown", "表格 → Markdown")
    assert (english.model, english.key, english.result) == ("m", "Alt+9", ResultKind.TABLE)
    assert in_language(kept, "fr") == english
    edited = replace(english, prompt="My own words", built_in=False)
    assert in_language(edited, "zh_CN") == edited
    assert in_language(OWN, "zh_CN") is OWN


WORDS = {
    "en": {
        "layout": "layout",
        "nothing invented": "nvent",
        "unreadable spots marked": ("[?]", "[unclear]", "null for a value that cannot be read"),
        "indentation": "indentation",
    },
    "zh_CN": {
        "layout": ("版面", "布局"),
        "nothing invented": "编造",
        "unreadable spots marked": ("[?]", "[看不清]", "看不清的值写 null"),
        "indentation": "缩进",
    },
}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("action", default_actions(), ids=lambda action: action.id)
def test_each_prompt_asks_for_honesty_in_its_language(action: PictureAction, language: str) -> None:
    said = in_language(action, language)
    for what, words in WORDS[language].items():
        if (what, action.id) in {("indentation", "describe"), ("indentation", "table")}:
            continue  # neither holds code
        some = (words,) if isinstance(words, str) else words
        assert any(word in said.prompt for word in some), what
    has_chinese = any("\u4e00" <= letter <= "\u9fff" for letter in said.prompt)
    assert has_chinese is (language == "zh_CN")
    demo = Question(text=said.prompt)
    assert (demo.wish, demo.chinese) == (action.id, language == "zh_CN")


def test_what_each_answer_is_to_be() -> None:
    kinds = {a.id: in_language(a, "en").result for a in default_actions()}
    assert tuple(kinds) == tuple(BUILT_IN)
    others = {k: v for k, v in kinds.items() if k not in ("table", "fields")}
    assert set(others.values()) == {ResultKind.TEXT}
    assert (kinds["table"], kinds["fields"]) == (ResultKind.TABLE, ResultKind.JSON)
    assert [a.key for a in default_actions()] == list(KEYS[:6])
    for language in ("en", "zh_CN"):
        fields = in_language(default_actions()[3], language)
        wanted = response_format_from_json(fields.parameters["response_format"])
        assert wanted is not None
        assert (wanted.kind, wanted.name, wanted.strict) == (
            FormatKind.JSON_SCHEMA,
            "fields",
            False,
        )
