"""A model is found by typing, taken by Enter or click, and may be one that no list names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QPushButton,
    QWidget,
)

from app.core.model_info import ModelInfo
from app.features.models.model_picker import ModelPicker
from app.features.models.model_rows import RowRole
from tests.chinese import chinese, unfinished
from tests.features.models.popup_parts import DEEPSEEK, OLD, PLAIN, QWEN, parts, shown


def test_typing_filters_and_enter_takes(window: QWidget, picker: ModelPicker) -> None:
    chosen: list[str] = []
    picker.model_chosen.connect(chosen.append)
    QTest.mouseClick(picker, Qt.MouseButton.LeftButton)
    popup, field, view = parts(window)
    assert popup.isVisible()
    assert shown(view) == [DEEPSEEK.id, QWEN.id, PLAIN.id, OLD.id]
    assert view.currentIndex().data(RowRole.ID) == DEEPSEEK.id
    QTest.keyClicks(field, "VL qwen")
    assert shown(view) == [QWEN.id]
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert chosen == [QWEN.id]
    assert picker.current == QWEN.id
    assert not popup.isVisible()


def test_arrows_choose_and_go_round(window: QWidget, picker: ModelPicker) -> None:
    chosen: list[str] = []
    picker.model_chosen.connect(chosen.append)
    QTest.keyClick(picker, Qt.Key.Key_Down)
    _, field, _view = parts(window)
    QTest.keyClick(field, Qt.Key.Key_Up)
    QTest.keyClick(field, Qt.Key.Key_Up)
    QTest.keyClick(field, Qt.Key.Key_Enter)
    assert chosen == [PLAIN.id]


def test_a_model_that_no_list_names_can_be_typed(window: QWidget, picker: ModelPicker) -> None:
    chosen: list[str] = []
    picker.model_chosen.connect(chosen.append)
    picker.open_list()
    _, field, view = parts(window)
    QTest.keyClicks(field, "acme/new-1")
    assert view.currentIndex().data(RowRole.TYPED)
    assert "not in the list" in view.currentIndex().data()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert chosen == ["acme/new-1"]
    picker.open_list()
    QTest.keyClicks(field, PLAIN.id)
    assert shown(view) == [PLAIN.id]


@pytest.mark.parametrize("way", ["escape", "elsewhere"])
def test_it_closes_without_choosing(window: QWidget, picker: ModelPicker, way: str) -> None:
    chosen: list[str] = []
    picker.model_chosen.connect(chosen.append)
    picker.open_list()
    popup, field, _ = parts(window)
    if way == "escape":
        QTest.keyClick(field, Qt.Key.Key_Escape)
    else:
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=window.rect().bottomRight())
    assert not popup.isVisible()
    assert chosen == []
    assert picker.current == DEEPSEEK.id


def test_chips_keep_only_what_the_catalogue_lists(window: QWidget, picker: ModelPicker) -> None:
    picker.open_list()
    popup, _, view = parts(window)
    chips = {chip.text(): chip for chip in popup.findChildren(QPushButton)}
    QTest.mouseClick(chips["vision"], Qt.MouseButton.LeftButton)
    assert shown(view) == [QWEN.id]
    QTest.mouseClick(chips["tools"], Qt.MouseButton.LeftButton)
    assert shown(view) == []


def test_a_list_that_arrives_later_keeps_what_was_typed(
    window: QWidget, picker: ModelPicker
) -> None:
    asked: list[bool] = []
    picker.opened.connect(lambda: asked.append(True))
    picker.set_models([], refreshing=True)
    picker.open_list()
    _, field, view = parts(window)
    assert asked == [True]
    QTest.keyClicks(field, "qwen")
    picker.set_models([DEEPSEEK, QWEN])
    assert field.text() == "qwen"
    assert shown(view) == [QWEN.id, "qwen"]


def test_the_list_stays_within_a_small_window(window: QWidget, picker: ModelPicker) -> None:
    window.resize(430, 300)
    picker.move(200, 220)
    picker.open_list()
    popup, _, _ = parts(window)
    assert window.rect().contains(popup.geometry())


def test_titles_and_providers_are_searched(window: QWidget, picker: ModelPicker) -> None:
    kimi = ModelInfo("k2", title="Kimi K2", provider="Moonshot")
    picker.set_models([DEEPSEEK, kimi])
    picker.open_list()
    _, field, view = parts(window)
    for typed in ("kimi", "moonSHOT k2"):
        field.setText(typed)
        assert shown(view)[0] == kimi.id


def test_a_strangers_words_are_no_markup(window: QWidget, picker: ModelPicker) -> None:
    picker.set_models([ModelInfo("a", title="<img src=x>", description="one & two")])
    picker.set_current("a")
    picker.open_list()
    _, _, view = parts(window)
    tip = view.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "<qt>&lt;img src=x&gt;<br>one &amp; two</qt>"
    assert "&lt;img" in picker.toolTip()


def test_the_button_warns_of_the_model_in_use(picker: ModelPicker) -> None:
    picker.set_models([OLD, replace(DEEPSEEK, endpoints=("/v1/responses",))])
    assert "only /v1/responses" in picker.accessibleName()
    assert "only serves /v1/responses" in picker.toolTip()
    picker.set_current(OLD.id)
    assert "retired" in picker.accessibleName()


def test_it_speaks_chinese_live(window: QWidget, picker: ModelPicker) -> None:
    picker.open_list()
    popup, field, _ = parts(window)
    with chinese("models"):
        QApplication.sendPostedEvents()
        assert "筛选" in field.placeholderText()
        assert "工具" in picker.accessibleName()
    assert unfinished("models") == []
    popup.close_up()
