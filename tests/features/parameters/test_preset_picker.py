"""The preset picker: what it says, its menu, taking on, undo, saving under a name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from app.core.preset import Preset
from app.core.settings import Settings
from app.features.parameters.preset_picker import PresetPicker
from app.features.parameters.presets import Presets
from app.kit.notices import Notice, Notices
from app.kit.settings_holder import SettingsHolder
from app.kit.tasks import TaskScope
from tests.chinese import chinese
from tests.conftest import until
from tests.look import dressed

REVIEW = Preset("Code & review", "Be strict.", {"temperature": 0.2}, "review")
PLAIN = Preset("Plain", "", {"top_p": 0.5}, "plain")
Values = tuple[str, dict[str, Any]]


class Stage:
    """A picker joined to a conversation's values, as a page joins it."""

    def __init__(self, qapp: QApplication) -> None:
        theme, icons = dressed(qapp)
        self.holder = SettingsHolder(Settings(presets=(REVIEW, PLAIN)), save=lambda _s: None)
        self.presets = Presets(self.holder)
        self.notices = Notices()
        self.posted: list[Notice] = []
        self.notices.listen(self.posted.append)
        self.scope = TaskScope()
        self.picker = PresetPicker(
            presets=self.presets,
            notices=self.notices,
            tasks=self.scope,
            theme=theme,
            icons=icons,
        )
        self.values: Values = ("", {})
        self.picker.values_chosen.connect(self.take)
        self.picker.show()

    def take(self, system_prompt: str, parameters: dict[str, Any]) -> None:
        self.values = system_prompt, parameters
        self.picker.show_values(system_prompt, parameters)

    @contextmanager
    def menu(self) -> Iterator[dict[str, QAction]]:
        made: QMenu = self.picker.made_menu()
        yield {action.text(): action for action in made.actions() if action.text()}
        made.deleteLater()

    def choose(self, entry: str) -> None:
        with self.menu() as entries:
            entries[entry].trigger()


@pytest.fixture
def stage(qapp: QApplication) -> Iterator[Stage]:
    stage = Stage(qapp)
    yield stage
    if isValid(stage.picker):
        delete(stage.picker)


def test_it_says_which_preset_the_values_are(stage: Stage) -> None:
    assert stage.picker.shown == "Preset: none"
    stage.take("Be strict.", {"temperature": 0.2})
    assert stage.picker.shown == "Preset: Code & review"
    assert stage.picker.accessibleName() == "Preset: Code & review"
    stage.take("Be strict.", {"temperature": 0.3})
    assert stage.picker.shown == "Preset: Code & review · changed"
    stage.take("", {})
    assert stage.picker.shown == "Preset: none"
    stage.take("Mine.", {})
    assert stage.picker.shown == "Preset: none"


def test_a_preset_is_taken_on_whole(stage: Stage) -> None:
    stage.choose("Code && review")
    assert stage.values == ("Be strict.", {"temperature": 0.2})
    assert stage.posted == [], "nothing of the person's was lost"
    with stage.menu() as entries:
        assert entries["Code && review"].isChecked()
        assert not entries["None"].isChecked()
    stage.choose("Plain")
    assert stage.values == ("", {"top_p": 0.5})
    assert stage.posted == [], "what was there is a preset still"
    stage.choose("None")
    assert stage.values == ("", {})
    assert stage.picker.shown == "Preset: none"


def test_what_the_person_had_set_can_be_brought_back(stage: Stage) -> None:
    stage.choose("Plain")
    mine: Values = ("Mine.", {"top_p": 0.5, "seed": 7})
    stage.take(*mine)
    stage.choose("Code && review")
    notice = stage.posted[-1]
    assert notice.action == "Undo"
    assert notice.act is not None
    notice.act()
    assert stage.values == mine
    assert stage.picker.shown == "Preset: Plain · changed"


def test_undo_after_the_conversation_was_closed_does_nothing(stage: Stage) -> None:
    stage.take("Mine.", {})
    stage.choose("Plain")
    delete(stage.picker)
    undo = stage.posted[-1].act
    assert undo is not None
    undo()
    assert stage.values == ("", {"top_p": 0.5})


def test_a_changed_preset_can_take_the_changes(stage: Stage) -> None:
    stage.choose("Plain")
    with stage.menu() as entries:
        assert "Update “Plain”" not in entries
    stage.take("", {"top_p": 0.5, "seed": 7})
    stage.choose("Update “Plain”")
    assert stage.presets.get("plain") == Preset("Plain", "", {"top_p": 0.5, "seed": 7}, "plain")
    assert stage.picker.shown == "Preset: Plain"


def test_a_deleted_preset_leaves_the_values(stage: Stage) -> None:
    stage.choose("Plain")
    stage.presets.remove("plain")
    assert stage.picker.shown == "Preset: none"
    assert stage.values == ("", {"top_p": 0.5})


def test_nothing_is_not_saved_as_a_preset(stage: Stage) -> None:
    with stage.menu() as entries:
        assert not entries["Save as a preset…"].isEnabled()
    stage.take("Mine.", {})
    with stage.menu() as entries:
        assert entries["Save as a preset…"].isEnabled()


def test_managing_is_asked_for(stage: Stage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stage.picker.manage_requested):
        stage.choose("Manage presets…")


def test_the_down_key_opens_the_menu(stage: Stage, qapp: QApplication) -> None:
    QTest.keyClick(stage.picker, Qt.Key.Key_Down)
    menu = qapp.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.actions()[0].text() == "None"
    menu.close()


async def asked(stage: Stage) -> QDialog:
    stage.choose("Save as a preset…")
    await until(lambda: bool(stage.picker.findChildren(QDialog)))
    return stage.picker.findChildren(QDialog)[0]


async def test_values_are_saved_under_a_name(stage: Stage) -> None:
    stage.take("Mine.", {"seed": 7})
    dialog = await asked(stage)
    field = dialog.findChild(QLineEdit)
    assert field is not None
    field.setText("  Plain \n ")
    stage.take("Mine.", {"seed": 8})
    dialog.accept()
    await until(lambda: len(stage.presets.all) == 3)
    made = stage.presets.all[-1]
    assert (made.name, made.system_prompt, made.parameters) == ("Plain 2", "Mine.", {"seed": 7})
    assert stage.picker.shown == "Preset: Plain 2 · changed"
    await stage.scope.close()


async def test_no_name_saves_nothing(stage: Stage) -> None:
    stage.take("Mine.", {})
    dialog = await asked(stage)
    dialog.accept()
    await stage.scope.drain()
    assert stage.presets.all == (REVIEW, PLAIN)


def test_it_follows_the_language(stage: Stage) -> None:
    stage.choose("Code && review")
    stage.take("Be strict.", {"temperature": 0.3})
    with chinese("parameters"):
        QApplication.sendPostedEvents()
        assert stage.picker.accessibleName() == "预设：Code & review · 已改动"
