"""A model is found by typing, taken by Enter or click, and may be one that no list names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.core.model_info import Capability, ModelInfo
from app.features.models.describe import facts, tags, tokens_text
from app.features.models.model_picker import ModelPicker
from app.features.models.model_popup import ModelPopup
from app.features.models.model_rows import RowRole
from tests.chinese import chinese, unfinished
from tests.look import dressed

DEEPSEEK = ModelInfo(
    "deepseek/deepseek-v3.2",
    context_size=163_840,
    input_price=0.27,
    output_price=0.4,
    capabilities=frozenset({Capability.REASONING, Capability.TOOLS}),
)
QWEN = ModelInfo(
    "qwen/qwen2-vl-72b-instruct",
    context_size=32_768,
    capabilities=frozenset({Capability.VISION}),
)
OLD = ModelInfo("old/model", retired=True, context_size=4096)
PLAIN = ModelInfo("plain-model")


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


def parts(window: QWidget) -> tuple[ModelPopup, QLineEdit, QListView]:
    (popup,) = window.findChildren(ModelPopup)
    (field,) = popup.findChildren(QLineEdit)
    (view,) = popup.findChildren(QListView)
    return popup, field, view


def shown(view: QListView) -> list[str]:
    model = view.model()
    return [model.index(row, 0).data(RowRole.ID) for row in range(model.rowCount())]


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


def test_only_what_the_catalogue_says_is_shown(qapp: QApplication) -> None:
    assert tags(DEEPSEEK) == ("tools", "reasoning")
    assert facts(DEEPSEEK) == "160K · $0.27 in · $0.4 out / 1M"
    assert facts(QWEN) == "32K · price unknown"
    assert facts(OLD) == "4K · retired"
    assert (tags(PLAIN), facts(PLAIN)) == ((), "")
    assert [tokens_text(n) for n in (512, 128_000, 131_072, 1_000_000, 1_048_576, 200_000)] == [
        "512",
        "128K",
        "128K",
        "1M",
        "1M",
        "200K",
    ]


def test_it_speaks_chinese_live(window: QWidget, picker: ModelPicker) -> None:
    picker.open_list()
    popup, field, _ = parts(window)
    with chinese("models"):
        QApplication.sendPostedEvents()
        assert "筛选" in field.placeholderText()
        assert "工具" in picker.accessibleName()
    assert unfinished("models") == []
    popup.close_up()
