"""The text that goes, shown as it is: a long one in parts, none of which holds up the window."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.features.images.text_preview import PART, TextPreview, part_ends
from tests.chinese import chinese
from tests.look import dressed


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def preview(parent: QWidget, text: str) -> TextPreview:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme, _icons = dressed(app)
    made = TextPreview("long.log", text, theme=theme, parent=parent, of_file=True)
    made.open()
    return made


@pytest.mark.parametrize(
    "text",
    ["", "a\n", "x" * (3 * PART + 1), ("word " * 20 + "\n") * 9_000, "\n" * (2 * PART)],
    ids=["nothing", "short", "one line", "lines", "line ends"],
)
def test_parts_are_all_of_it_and_no_line_is_cut_that_need_not_be(text: str) -> None:
    ends = part_ends(text)
    parts = [text[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]
    assert "".join(parts) == text
    assert all(len(part) <= PART for part in parts)
    if "\n" in text:
        assert all(part.endswith("\n") for part in parts if part)


def test_a_short_text_is_shown_whole(parent: QWidget) -> None:
    shown = preview(parent, "a\r\nb")
    assert shown.text == "a\r\nb"
    assert not shown.later_button.isVisible()


def test_a_long_text_is_looked_through_part_by_part(parent: QWidget) -> None:
    text = ("word " * 20 + "\n") * 6_000
    shown = preview(parent, text)
    seen = shown.text
    while shown.later_button.isEnabled():
        shown.later_button.click()
        seen += shown.text
    assert seen == text
    buttons = {button.text(): button for button in shown.findChildren(QPushButton)}
    buttons["Copy all"].click()
    assert QGuiApplication.clipboard().text() == text


def test_in_chinese(parent: QWidget) -> None:
    with chinese("images"):
        shown = preview(parent, "x" * (2 * PART))
        buttons = [button.text() for button in shown.findChildren(QPushButton)]
    assert "复制全部" in buttons
