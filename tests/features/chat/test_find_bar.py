"""The find bar: what it asks for, what it says, and where the focus goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.core.settings import ThemeChoice
from app.features.chat.find_bar import FindBar
from app.kit.icons import Icons
from app.kit.theme import Theme

ICONS = Path(__file__).parents[3] / "resources" / "icons"


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[FindBar]:
    host = QWidget()
    made = FindBar(theme=Theme(ThemeChoice.LIGHT), icons=Icons(ICONS))
    other = QLineEdit()
    column = QVBoxLayout(host)
    column.addWidget(made)
    column.addWidget(other)
    qtbot.addWidget(host)
    host.show()
    qtbot.waitExposed(host)
    other.setFocus()
    yield made
    host.close()


def field(bar: FindBar) -> QLineEdit:
    found = bar.findChild(QLineEdit)
    assert isinstance(found, QLineEdit)
    return found


def test_what_is_typed_is_asked_for_at_once(bar: FindBar) -> None:
    asked: list[tuple[str, bool]] = []
    bar.query_changed.connect(lambda words, case: asked.append((words, case)))
    bar.open_bar()
    QTest.keyClicks(field(bar), "ab")
    bar._case.click()
    assert asked == [("", False), ("a", False), ("ab", False), ("ab", True)]


def test_enter_goes_on_and_with_shift_back(bar: FindBar) -> None:
    steps: list[int] = []
    bar.step_requested.connect(steps.append)
    bar.open_bar("words")
    bar.show_found(1, 3, complete=True, more=False)
    QTest.keyClick(field(bar), Qt.Key.Key_Return)
    QTest.keyClick(field(bar), Qt.Key.Key_Enter, Qt.KeyboardModifier.ShiftModifier)
    bar._forth.click()
    bar._back.click()
    assert steps == [1, -1, 1, -1]


def test_escape_closes_and_gives_the_focus_back(bar: FindBar) -> None:
    before = QApplication.focusWidget()
    bar.open_bar()
    assert QApplication.focusWidget() is field(bar)
    QTest.keyClick(field(bar), Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert QApplication.focusWidget() is before
    bar.open_bar()
    bar._forth.setFocus()
    bar.show_found(1, 2, complete=True, more=False)
    QTest.keyClick(bar._case, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_opened_again_it_looks_for_the_same(bar: FindBar) -> None:
    bar.open_bar("words")
    bar.close_bar()
    asked: list[str] = []
    bar.query_changed.connect(lambda words, _case: asked.append(words))
    bar.open_bar()
    assert asked == ["words"]
    assert field(bar).selectedText() == "words"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ((3, 27, True, False), "3 of 27"),
        ((1, 1204, True, False), "1 of 1,204"),
        ((1, 40, False, False), "40 so far…"),
        ((1, 5000, False, True), "More than 5,000"),
        ((0, 0, False, False), "Searching…"),
        ((0, 0, True, False), "Not found"),
    ],
)
def test_it_says_what_was_found(
    bar: FindBar, found: tuple[int, int, bool, bool], said: str
) -> None:
    bar.open_bar("words")
    number, total, complete, more = found
    bar.show_found(number, total, complete=complete, more=more)
    assert bar.result == said
    assert bar._count.accessibleName() == said
    assert bar._forth.isEnabled() == (total > 0)
    field(bar).clear()
    bar.show_found(0, 0, complete=True, more=False)
    assert bar.result == ""


def test_everything_in_it_has_a_name(bar: FindBar) -> None:
    for widget in (field(bar), bar._back, bar._forth, bar._case, bar._close):
        assert widget.accessibleName()
