"""A form under test, and its fields as a person finds them: by their names."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.features.parameters.fold import Fold
from app.features.parameters.form import ParameterForm
from app.features.parameters.value_slider import ValueSlider
from tests.look import dressed

Named = TypeVar("Named", bound=QWidget)


class Filled:
    """A form that is shown, with all its folds open, and what it told."""

    def __init__(self, qtbot: QtBot, app: Any, **options: Any) -> None:
        theme, icons = dressed(app)
        self.form = ParameterForm(theme=theme, icons=icons, **options)
        qtbot.addWidget(self.form)
        self.told: list[dict[str, Any]] = []
        self.switches: list[dict[str, Any]] = []
        self.prompts: list[str] = []
        self.form.parameters_changed.connect(self.told.append)
        self.form.reasoning_changed.connect(self.switches.append)
        self.form.system_prompt_changed.connect(self.prompts.append)
        self.form.resize(320, 1600)
        self.form.show()
        for fold in self.form.findChildren(Fold):
            fold.open()

    @property
    def now(self) -> dict[str, Any]:
        """What was told last."""
        return self.told[-1] if self.told else {}

    @property
    def sent(self) -> str:
        """The same as bytes would be."""
        return json.dumps(self.now)

    def line(self, name: str) -> QLineEdit:
        return self._named(QLineEdit, name)

    def box(self, name: str) -> QComboBox:
        return self._named(QComboBox, name)

    def text(self, name: str) -> QPlainTextEdit:
        return self._named(QPlainTextEdit, name)

    def slider(self, name: str) -> ValueSlider:
        return self._named(ValueSlider, name)

    def button(self, name: str) -> QPushButton:
        return self._named(QPushButton, name)

    def enter(self, name: str, text: str) -> None:
        """Type over what stands in a field, and press Enter."""
        line = self.line(name)
        line.selectAll()
        QTest.keyClick(line, Qt.Key.Key_Delete)
        if text.isascii():
            QTest.keyClicks(line, text)
        else:  # as an input method does
            composed = QInputMethodEvent()
            composed.setCommitString(text)
            QApplication.sendEvent(line, composed)
        QTest.keyClick(line, Qt.Key.Key_Return)

    def pick(self, name: str, words: str) -> None:
        """Choose in a box by keys."""
        box = self.box(name)
        row = box.findText(words)
        assert row >= 0, (words, [box.itemText(i) for i in range(box.count())])
        step = Qt.Key.Key_Down if row > box.currentIndex() else Qt.Key.Key_Up
        while box.currentIndex() != row:
            before = box.currentIndex()
            QTest.keyClick(box, step)
            assert box.currentIndex() != before

    def write(self, name: str, text: str) -> None:
        """Put a text into a box for JSON, as a paste does."""
        self.text(name).setPlainText(text)

    def _named(self, kind: type[Named], name: str) -> Named:
        found = [w for w in self.form.findChildren(kind) if w.accessibleName() == name]
        shown = [w for w in found if not w.isHidden()]
        assert len(shown) == 1, (name, found)
        return shown[0]


def description(widget: QWidget) -> str:
    return widget.accessibleDescription()
