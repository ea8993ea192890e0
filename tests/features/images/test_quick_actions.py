"""Ready-made questions: one click, in the reader's language, honest about what cannot be done."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.demo.question import Question
from app.features.images.quick_actions import ACTIONS, QuickAction, QuickActions
from tests.chinese import chinese

TITLES = [
    "Describe",
    "Extract text",
    "Table → Markdown",
    "Fields → JSON",
    "Translate",
    "Explain error",
]


def test_a_click_gives_the_prompt_and_the_id(qtbot: QtBot) -> None:
    actions = QuickActions()
    qtbot.addWidget(actions)
    assert [actions.button(a.id).text() for a in ACTIONS] == TITLES
    prompts: list[str] = []
    ids: list[str] = []
    actions.chosen.connect(prompts.append)
    actions.picked.connect(ids.append)
    actions.button("extract").click()
    assert ids == ["extract"]
    assert prompts == [actions.prompt("extract")]
    assert "indentation" in actions.prompt("extract")


def test_titles_and_prompts_follow_the_language(qtbot: QtBot) -> None:
    actions = QuickActions()
    qtbot.addWidget(actions)
    english = actions.prompt("table")
    with chinese("images"):
        QApplication.sendEvent(actions, QEvent(QEvent.Type.LanguageChange))
        assert actions.button("extract").text() == "提取文字"
        assert "Markdown 表格" in actions.prompt("table")
        assert all(actions.prompt(a.id) != english for a in ACTIONS)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_the_demo_knows_what_each_asks(
    qapp: QApplication, action: QuickAction, language: str
) -> None:
    """Without a key the demo answers these; one that it takes for another gets a wrong answer."""
    with chinese("images") if language == "zh_CN" else nullcontext():
        question = Question(text=action.prompt())
    assert question.wish == action.id
    assert question.chinese is (language == "zh_CN")
