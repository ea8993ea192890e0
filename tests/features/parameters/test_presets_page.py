"""The presets page: make, name, order, copy, delete with undo, edit by the form."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.core.preset import Preset
from app.core.settings import Settings
from app.features.parameters.form import ParameterForm
from app.features.parameters.presets import Presets
from app.features.parameters.presets_page import PresetsPage
from app.kit.notices import Notice, Notices
from app.kit.settings_holder import SettingsHolder
from tests.look import dressed

REVIEW = Preset("Review", "Be strict.", {"temperature": 0.2}, "review")
PLAIN = Preset("Plain", "", {"top_p": 0.5}, "plain")


class Stage:
    def __init__(self, qtbot: QtBot, qapp: QApplication, *presets: Preset) -> None:
        theme, icons = dressed(qapp)
        holder = SettingsHolder(Settings(presets=presets), save=lambda _s: None)
        self.presets = Presets(holder)
        self.posted: list[Notice] = []
        notices = Notices()
        notices.listen(self.posted.append)
        self.page = PresetsPage(presets=self.presets, notices=notices, theme=theme, icons=icons)
        qtbot.addWidget(self.page)
        self.page.resize(700, 900)
        self.page.show()

    @property
    def listed(self) -> list[str]:
        rows = self.list
        return [rows.item(row).text() for row in range(rows.count())]

    @property
    def list(self) -> QListWidget:
        found = self.page.findChild(QListWidget)
        assert isinstance(found, QListWidget)
        return found

    @property
    def name(self) -> QLineEdit:
        edits = self.page.findChildren(QLineEdit)
        return next(e for e in edits if e.accessibleName() == "Name of the preset")

    @property
    def prompt(self) -> QPlainTextEdit:
        edits = self.page.findChildren(QPlainTextEdit)
        return next(e for e in edits if e.accessibleName() == "System prompt")

    @property
    def form(self) -> ParameterForm:
        found = self.page.findChild(ParameterForm)
        assert isinstance(found, ParameterForm)
        return found

    def click(self, text: str) -> None:
        button = next(b for b in self.page.findChildren(QPushButton) if b.text() == text)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def enabled(self, text: str) -> bool:
        return next(b for b in self.page.findChildren(QPushButton) if b.text() == text).isEnabled()


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication) -> Callable[..., Stage]:
    return lambda *presets: Stage(qtbot, qapp, *presets)


def test_without_presets_it_says_so_and_makes_one(make: Callable[..., Stage]) -> None:
    stage = make()
    assert not stage.list.isVisible()
    assert not stage.enabled("Delete")
    stage.click("New preset")
    assert [p.name for p in stage.presets.all] == ["New preset"]
    assert stage.listed == ["New preset"]
    assert stage.name.text() == "New preset"
    QTest.keyClicks(stage.name, "Short answers")
    stage.page.hide()
    assert stage.presets.all[0].name == "Short answers"
    assert stage.listed == ["Short answers"]


def test_what_is_edited_is_kept_before_another_is_shown(make: Callable[..., Stage]) -> None:
    stage = make(REVIEW, PLAIN)
    assert stage.prompt.toPlainText() == "Be strict."
    stage.prompt.setPlainText("Be kind.")
    stage.list.setCurrentRow(1)
    assert stage.prompt.toPlainText() == ""
    assert stage.name.text() == "Plain"
    assert stage.presets.all == (
        Preset("Review", "Be kind.", {"temperature": 0.2}, "review"),
        PLAIN,
    )


def test_parameters_are_set_by_the_form(make: Callable[..., Stage], qtbot: QtBot) -> None:
    stage = make(REVIEW)
    stage.form.parameters_changed.emit({"temperature": 0.2, "seed": 7})
    qtbot.waitUntil(lambda: stage.presets.all[0].parameters == {"temperature": 0.2, "seed": 7})
    assert stage.presets.all[0].system_prompt == "Be strict."


def test_a_preset_needs_a_name(make: Callable[..., Stage]) -> None:
    stage = make(REVIEW)
    stage.name.selectAll()
    QTest.keyClick(stage.name, Qt.Key.Key_Delete)
    assert stage.name.property("kind") == "wrong"
    stage.page.hide()
    assert stage.presets.all[0].name == "Review"


def test_presets_are_ordered_copied_and_deleted(make: Callable[..., Stage]) -> None:
    stage = make(REVIEW, PLAIN)
    assert not stage.enabled("Move up")
    stage.click("Move down")
    assert stage.listed == ["Plain", "Review"]
    assert stage.list.currentRow() == 1, "what was moved stays chosen"
    assert not stage.enabled("Move down")
    stage.click("Duplicate")
    assert stage.listed == ["Plain", "Review", "Review 2"]
    assert stage.name.text() == "Review 2"
    stage.click("Delete")
    assert stage.listed == ["Plain", "Review"]
    undo = stage.posted[-1]
    assert undo.text == "The preset “Review 2” was deleted."
    assert undo.act is not None
    undo.act()
    assert stage.listed == ["Plain", "Review", "Review 2"]


def test_keys_order_and_delete_in_the_list(make: Callable[..., Stage], qtbot: QtBot) -> None:
    stage = make(REVIEW, PLAIN)
    with qtbot.waitActive(stage.page):
        stage.page.activateWindow()
    stage.list.setFocus()
    QTest.keyClick(stage.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert stage.listed == ["Plain", "Review"]
    QTest.keyClick(stage.list, Qt.Key.Key_Delete)
    assert stage.listed == ["Plain"]
    assert stage.name.text() == "Plain"


def test_what_is_changed_elsewhere_is_shown(make: Callable[..., Stage]) -> None:
    stage = make(REVIEW)
    stage.presets.change("review", name="Strict", system_prompt="Be very strict.")
    assert stage.listed == ["Strict"]
    assert stage.name.text() == "Strict"
    assert stage.prompt.toPlainText() == "Be very strict."
    stage.presets.remove("review")
    assert not stage.name.isVisible()


def test_a_narrow_page_puts_the_form_below(make: Callable[..., Stage], qapp: QApplication) -> None:
    stage = make(REVIEW)
    qapp.sendPostedEvents()
    assert stage.name.mapTo(stage.page, stage.name.rect().topLeft()).x() > stage.list.width()
    stage.page.resize(400, 900)
    QTest.qWait(0)
    assert stage.name.mapTo(stage.page, stage.name.rect().topLeft()).x() == 0


def test_a_click_on_another_row_keeps_what_was_edited(make: Callable[..., Stage]) -> None:
    stage = make(REVIEW, PLAIN)
    rows = stage.list

    def click(row: int) -> None:
        place = rows.visualItemRect(rows.item(row)).center()
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert [index.row() for index in rows.selectedIndexes()] == [rows.currentRow()] == [row]
        assert stage.name.text() == stage.presets.all[row].name

    QTest.keyClicks(stage.prompt, "A ")
    click(1)
    assert stage.enabled("Move up")
    assert not stage.enabled("Move down")
    QTest.keyClicks(stage.prompt, "B ")
    click(0)
    QTest.keyClicks(stage.name, "!")
    click(1)
    assert [p.system_prompt for p in stage.presets.all] == ["A Be strict.", "B "]
    assert [p.name for p in stage.presets.all] == ["Review!", "Plain"]


def test_a_name_that_is_deleted_letter_by_letter_comes_back(
    make: Callable[..., Stage], qtbot: QtBot
) -> None:
    stage = make(REVIEW, PLAIN)
    stage.name.setFocus()
    QTest.keyClick(stage.name, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: stage.presets.all[0].name == "Revie")
    for _ in range(6):
        QTest.keyClick(stage.name, Qt.Key.Key_Backspace)
    assert stage.name.text() == ""
    stage.list.setCurrentRow(1)
    assert stage.presets.all[0].name == "Review"
