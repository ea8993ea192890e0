"""A window with a model picker in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.features.models.model_picker import ModelPicker
from tests.features.models.popup_parts import DEEPSEEK, OLD, PLAIN, QWEN
from tests.look import dressed


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[QWidget]:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(900, 600)
    holder.show()
    yield holder
    holder.close()


@pytest.fixture
def picker(window: QWidget, qapp: QApplication) -> ModelPicker:
    theme, icons = dressed(qapp)
    made = ModelPicker(window, theme=theme, icons=icons)
    made.set_models([OLD, DEEPSEEK, QWEN, PLAIN])
    made.set_current(DEEPSEEK.id)
    made.move(10, 10)
    made.show()
    return made
