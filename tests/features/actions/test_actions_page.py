"""The page of the quick actions: edit, order, delete with undo, pass on, and one for drops."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.core.action_file import read_action_file, write_action_file
from app.core.built_in_actions import BUILT_IN
from app.core.model_info import ModelInfo
from app.core.picture_action import PictureAction, ResultKind
from app.core.settings import Settings
from app.features.actions.action_editor import ActionEditor
from app.features.actions.action_list import ActionList
from app.features.actions.actions_page import ActionsPage
from app.features.actions.picture_actions import PictureActions
from app.features.models.model_picker import ModelPicker
from app.features.parameters.form import ParameterForm
from app.kit.notices import Notice, Notices
from app.kit.settings_holder import SettingsHolder
from tests.chinese import chinese
from tests.look import dressed

W = TypeVar("W", bound=QWidget)


class Stage:
    def __init__(self, qtbot: QtBot, qapp: QApplication, settings: Settings) -> None:
        theme, icons = dressed(qapp)
        self.language = "en"
        self.holder = SettingsHolder(settings, save=lambda _s: None)
        self.actions = PictureActions(self.holder, lambda: self.language)
        self.posted: list[Notice] = []
        notices = Notices()
        notices.listen(self.posted.append)
        self.page = ActionsPage(
            actions=self.actions,
            notices=notices,
            theme=theme,
            icons=icons,
            make_model_field=lambda: ModelPicker(theme=theme, icons=icons, wide=True),
            make_parameters=lambda: ParameterForm(
                theme=theme, icons=icons, explained=True, with_prompt=False
            ),
        )
        qtbot.addWidget(self.page)
        self.page.resize(720, 900)
        self.page.show()

    @property
    def rows(self) -> ActionList:
        return _one(self.page, ActionList)

    @property
    def listed(self) -> list[str]:
        return [self.rows.item(row).text() for row in range(self.rows.count())]

    @property
    def name(self) -> QLineEdit:
        return self.named(QLineEdit, "Name of the quick action")

    @property
    def prompt(self) -> QPlainTextEdit:
        return self.named(QPlainTextEdit, "Prompt")

    def box(self, name: str) -> QComboBox:
        return self.named(QComboBox, name)

    def choose(self, name: str, data: str) -> None:
        box = self.box(name)
        box.setCurrentIndex(box.findData(data))
        box.activated.emit(box.currentIndex())

    def click(self, name: str) -> None:
        QTest.mouseClick(self.page.button(name), Qt.MouseButton.LeftButton)

    def current(self) -> PictureAction:
        return self.actions.all[self.rows.currentRow()]

    def undo(self) -> None:
        act = self.posted[-1].act
        assert act is not None
        act()

    def named(self, kind: type[W], name: str) -> W:
        found = (w for w in self.page.findChildren(kind) if w.accessibleName() == name)
        return next(w for w in found if isinstance(w, kind))


def _one(page: QWidget, kind: type[W]) -> W:
    found = page.findChild(kind)
    assert isinstance(found, kind)
    return found


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication) -> Callable[..., Stage]:
    return lambda **changes: Stage(qtbot, qapp, Settings(**changes))


def test_all_fields_of_an_action_are_edited(make: Callable[..., Stage]) -> None:
    stage = make()
    assert stage.listed[0] == "Describe"
    assert stage.prompt.toPlainText() == stage.actions.all[0].prompt
    stage.name.setFocus()
    stage.name.selectAll()
    QTest.keyClicks(stage.name, "Look")
    stage.prompt.setPlainText("What is it?")
    stage.choose("Answer", "json")
    stage.choose("Key", "Alt+2")
    picker = _one(stage.page, ModelPicker)
    picker.model_chosen.emit("some/model")
    form = _one(stage.page, ParameterForm)
    form.parameters_changed.emit({"temperature": 0.2})
    made = stage.actions.all[0]
    assert (made.name, made.prompt) == ("Look", "What is it?")
    assert (made.result, made.key, made.model) == (ResultKind.JSON, "Alt+2", "some/model")
    assert made.parameters == {"temperature": 0.2}
    assert stage.actions.all[1].key == ""
    assert stage.listed[0] == "Look"
    assert stage.name.text() == "Look"
    # What is another action's is shown anew.
    stage.rows.setCurrentRow(3)
    assert stage.name.text() == "Fields → JSON"
    assert stage.box("Answer").currentData() == "json"
    assert picker.current == ""


def test_a_name_there_must_be(make: Callable[..., Stage]) -> None:
    stage = make()
    stage.name.setFocus()
    stage.name.selectAll()
    QTest.keyClick(stage.name, Qt.Key.Key_Backspace)
    stage.rows.setCurrentRow(1)
    assert stage.actions.all[0].name == "Describe"
    assert stage.name.text() == "Extract text"


def test_a_click_on_another_row_keeps_what_was_edited(make: Callable[..., Stage]) -> None:
    stage = make()
    rows = stage.rows

    def click(row: int) -> None:
        place = rows.visualItemRect(rows.item(row)).center()
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert [index.row() for index in rows.selectedIndexes()] == [rows.currentRow()] == [row]
        assert stage.name.text() == stage.actions.all[row].name

    before = [action.prompt for action in stage.actions.all]
    QTest.keyClicks(stage.prompt, "A ")
    click(2)
    assert stage.page.button("up").isEnabled()
    QTest.keyClicks(stage.name, "!")
    click(0)
    assert not stage.page.button("up").isEnabled()
    QTest.keyClicks(stage.name, "?")
    click(1)
    assert [a.prompt for a in stage.actions.all] == ["A " + before[0], *before[1:]]
    assert [a.name for a in stage.actions.all][:3] == [
        "Describe?",
        "Extract text",
        "Table → Markdown!",
    ]


def test_a_name_that_is_deleted_letter_by_letter_comes_back(
    make: Callable[..., Stage], qtbot: QtBot
) -> None:
    stage = make()
    stage.name.setFocus()
    QTest.keyClick(stage.name, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: stage.actions.all[0].name == "Describ")
    for _ in range(8):
        QTest.keyClick(stage.name, Qt.Key.Key_Backspace)
    assert stage.name.text() == ""
    stage.rows.setCurrentRow(1)
    assert stage.actions.all[0].name == "Describe"
    assert stage.actions.all[0].built_in is False


def test_words_come_back_in_the_readers_language(make: Callable[..., Stage]) -> None:
    stage = make()
    stage.prompt.setPlainText("Mine")
    stage.rows.setCurrentRow(1)
    stage.rows.setCurrentRow(0)
    assert stage.actions.is_edited("describe")
    stage.language = "zh_CN"
    words = "Use Porthole's own words again"
    next(b for b in stage.page.findChildren(QPushButton) if b.text() == words).click()
    assert stage.name.text() == "描述"
    stage.undo()
    assert stage.prompt.toPlainText() == "Mine"


def test_making_copying_moving_and_deleting_with_undo(
    make: Callable[..., Stage], qtbot: QtBot
) -> None:
    stage = make()
    with qtbot.waitActive(stage.page):
        stage.page.activateWindow()
    stage.click("new")
    assert stage.current().name == "New quick action"
    stage.click("copy")
    assert stage.current().name == "New quick action 2"
    stage.click("up")
    assert stage.listed[6:] == ["New quick action 2", "New quick action"]
    stage.rows.setFocus()
    QTest.keyClick(stage.rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert stage.listed[5] == "New quick action 2"
    QTest.keyClick(stage.rows, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(stage.rows, Qt.Key.Key_Delete)
    assert stage.listed == [a.name for a in stage.actions.all]
    assert len(stage.listed) == 7
    assert "“New quick action 2”" in stage.posted[-1].text
    stage.undo()
    assert stage.listed[6] == "New quick action 2"


def test_dragging_a_row_changes_the_order(make: Callable[..., Stage], qtbot: QtBot) -> None:
    stage = make()
    stage.rows.setCurrentRow(4)
    none = QModelIndex()
    assert stage.rows.model().moveRow(none, 4, none, 0)
    qtbot.waitUntil(lambda: stage.actions.all[0].id == "translate")
    assert [a.id for a in stage.actions.all[1:]] == [a for a in BUILT_IN if a != "translate"]
    assert stage.listed[0] == "Translate"
    assert stage.current().id == "translate"


def test_one_may_be_asked_by_itself(make: Callable[..., Stage]) -> None:
    stage = make()
    box = _one(stage.page, QCheckBox)
    assert not box.isChecked()
    stage.rows.setCurrentRow(1)
    box.click()
    assert stage.holder.value.drop_action == "extract"
    said = stage.rows.item(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Extract text on a drop · Alt+2"
    stage.rows.setCurrentRow(2)
    assert not box.isChecked()
    box.click()
    assert stage.holder.value.drop_action == "table"
    box.click()
    assert stage.holder.value.drop_action == ""


def test_built_in_ones_that_were_deleted_are_brought_back(make: Callable[..., Stage]) -> None:
    stage = make()
    assert not stage.page.button("bring_back").isVisible()
    for _ in BUILT_IN:
        stage.click("delete")
    assert stage.listed == []
    assert not stage.page.button("export").isEnabled()
    assert not stage.page.button("delete").isEnabled()
    stage.click("bring_back")
    assert len(stage.listed) == len(BUILT_IN)
    assert not stage.page.button("bring_back").isVisible()


def test_files_go_out_and_come_in(make: Callable[..., Stage]) -> None:
    stage = make()
    saved: list[bytes] = []
    stage.page.export_requested.connect(lambda data: saved.append(bytes(data)))
    stage.prompt.setPlainText("Mine")
    stage.click("export")
    assert read_action_file(saved[0])[0].prompt == "Mine"
    stage.page.take_file(saved[0])
    assert len(stage.listed) == 6
    assert stage.posted[-1].action == ""
    stage.page.take_file(write_action_file([PictureAction("A", "a"), PictureAction("B")]))
    assert stage.listed[6:] == ["A", "B"]
    assert stage.current().name == "A"
    assert stage.posted[-1].text == "2 quick actions were added."
    stage.undo()
    assert len(stage.listed) == 6
    stage.page.take_file(write_action_file([stage.actions.all[1], PictureAction("C")]))
    assert stage.posted[-1].text == "One quick action was added. Left out as already here: 1."


def hostile(**changes: Any) -> bytes:
    action = {"name": "x", **changes}
    good = {"name": "<img src=x>", "prompt": "p"}
    data = {"format": "porthole-quick-actions", "version": 1, "actions": [good, action]}
    return json.dumps(data).encode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n", "The file is not JSON, or holds what JSON cannot."),
        (b"[" * 100_000, "The file is not JSON"),
        (b" " * 2_000_001, "The file is larger than 2 MB."),
        (b"{}", "The file holds no quick actions of Porthole."),
        (b'{"format":"porthole-quick-actions","version":9}', "another version"),
        (b'{"format":"porthole-quick-actions","version":1,"actions":[]}', "There are no quick"),
        (hostile(name=""), "Quick action 2 has no name of up to 60 characters."),
        (hostile(prompt="x" * 20_001), "Quick action 2 has no prompt of up to 20,000 characters."),
        (hostile(model=[]), "The model of quick action 2"),
        (hostile(parameters={"messages": []}), "The parameters of quick action 2"),
        (
            b'{"format":"porthole-quick-actions","version":1,"actions":['
            + b",".join([b'{"name":"n"}'] * 101)
            + b"]}",
            "There are more than 100 quick actions in the file.",
        ),
    ],
)
def test_a_hostile_file_changes_nothing_and_is_explained(
    make: Callable[..., Stage], data: bytes, words: str
) -> None:
    stage = make()
    before = stage.holder.value
    stage.page.take_file(data)
    assert stage.holder.value == before
    assert words in stage.posted[-1].text
    assert "Nothing was imported" in stage.posted[-1].text
    assert "%" not in stage.posted[-1].text


def test_models_and_language(make: Callable[..., Stage]) -> None:
    stage = make()
    stage.page.set_models([ModelInfo("a/b")])
    wanted: list[bool] = []
    stage.page.models_wanted.connect(lambda: wanted.append(True))
    _one(stage.page, ModelPicker).opened.emit()
    assert wanted == [True]
    stage.language = "zh_CN"
    with chinese("actions"):
        for widget in (stage.page, _one(stage.page, ActionEditor)):
            QApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
        assert stage.page.title() == "快捷操作"
        assert stage.listed[0] == "描述"
        assert stage.named(QPlainTextEdit, "提示词").toPlainText().startswith("请用中文描述")


def test_narrow_it_stands_in_one_column(make: Callable[..., Stage], qtbot: QtBot) -> None:
    stage = make()

    def left() -> int:
        return stage.name.mapTo(stage.page, stage.name.rect().topLeft()).x()

    qtbot.waitUntil(lambda: left() > 200)
    stage.page.resize(400, 900)
    qtbot.waitUntil(lambda: left() < 20)
    assert stage.rows.width() > 300
