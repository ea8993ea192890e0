"""The inspector shows a conversation, makes its form when it is opened, and hands on changes."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QScrollArea
from pytestqt.qtbot import QtBot

from app.core.conversation import ConversationInfo
from app.features.parameters.form import ParameterForm
from app.features.parameters.inspector import WIDTH, Inspector
from tests.look import dressed


@pytest.fixture
def inspector(qtbot: QtBot, qapp: QApplication) -> Inspector:
    theme, icons = dressed(qapp)
    made = Inspector(theme=theme, icons=icons)
    qtbot.addWidget(made)
    return made


def line(inspector: Inspector, name: str) -> QLineEdit:
    (found,) = [e for e in inspector.findChildren(QLineEdit) if e.accessibleName() == name]
    return found


def test_the_form_is_made_when_it_is_shown(inspector: Inspector) -> None:
    inspector.show_info(ConversationInfo(system_prompt="Be brief.", parameters={"seed": 7}))
    inspector.set_model("m")
    inspector.set_always_max_tokens(4096)
    assert not inspector.findChildren(ParameterForm)
    inspector.show()
    (form,) = inspector.findChildren(ParameterForm)
    assert line(inspector, "Seed").text() == "7"
    assert line(inspector, "Max tokens").placeholderText() == "4096"
    prompts = [e for e in form.findChildren(QPlainTextEdit) if e.toPlainText() == "Be brief."]
    assert len(prompts) == 1
    inspector.hide()
    inspector.show()
    assert inspector.findChildren(ParameterForm) == [form]


def test_what_the_person_sets_is_handed_on(inspector: Inspector) -> None:
    told: list[Any] = []
    inspector.parameters_changed.connect(told.append)
    inspector.reasoning_changed.connect(told.append)
    inspector.show()
    seed = line(inspector, "Seed")
    QTest.keyClicks(seed, "5")
    QTest.keyClick(seed, Qt.Key.Key_Return)
    assert told == [{"seed": 5}]
    inspector.show_info(ConversationInfo(parameters={"seed": 6}))
    assert seed.text() == "6"
    assert told == [{"seed": 5}]


def test_nothing_is_wider_than_the_column(inspector: Inspector, qapp: QApplication) -> None:
    inspector.show()
    (area,) = inspector.findChildren(QScrollArea)
    qapp.processEvents()
    assert inspector.width() == WIDTH
    inside = area.widget()
    assert inside is not None
    assert inside.minimumSizeHint().width() <= area.viewport().width()
