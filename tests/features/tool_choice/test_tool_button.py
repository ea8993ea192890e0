"""The button and its card: found by typing, switched by mouse and keys, closed by Esc."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.core.settings import Settings
from app.core.tool import Grant, Tool
from app.features.tool_choice.tool_button import ToolButton
from app.features.tool_choice.tool_list import MOST_ROWS, ToolList
from app.features.tool_choice.tool_popup import ToolPopup
from app.features.tool_choice.tool_rows import Calls
from app.kit.widgets.plain_label import PlainLabel
from app.kit.widgets.switch import Switch
from tests.features.tool_choice.world import CLOCK, READ, SHELL, WRITE, World
from tests.look import dressed

LEFT = Qt.MouseButton.LeftButton


class Bench(QWidget):
    """A window with the button at its foot."""

    def __init__(self, app: QApplication, world: World) -> None:
        super().__init__()
        theme, _icons = dressed(app)
        self.button = ToolButton(world.choosing, theme=theme)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self.button)
        self.resize(700, 600)
        self.show()

    @property
    def card(self) -> ToolPopup:
        assert self.button.popup is not None
        return self.button.popup

    def said(self) -> str:
        """All that the card says."""
        labels = self.card.findChildren(PlainLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())

    def link(self, text: str) -> QPushButton:
        (found,) = [b for b in self.card.findChildren(QPushButton) if b.text() == text]
        return found


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def bench(qapp: QApplication, world: World) -> Iterator[Bench]:
    made = Bench(qapp, world)
    yield made
    made.close()
    made.deleteLater()


def test_the_button_says_how_many_are_on(bench: Bench, world: World) -> None:
    assert bench.button.text() == "Tools"
    world.choosing.switch((READ.id, CLOCK.id), True)
    assert bench.button.text() == "Tools 2"
    assert bench.button.accessibleName() == "Tools: 2 on"


def test_a_tool_is_switched_by_mouse_and_by_keys(bench: Bench, world: World) -> None:
    QTest.mouseClick(bench.button, LEFT)
    row = bench.card.tools.rows[READ.id]
    QTest.mouseClick(row.switch, LEFT)
    assert world.on() == (READ.id,)
    QTest.mouseClick(row, LEFT)
    assert world.on() == (), "a click on its words switches, too"
    row.switch.setFocus()
    QTest.keyClick(row.switch, Qt.Key.Key_Space)
    assert world.on() == (READ.id,)
    assert row is bench.card.tools.rows[READ.id], "the focus stays where it is"
    assert "asks first" in row.switch.accessibleName()


def test_a_group_is_switched_at_once_but_for_what_runs_commands(bench: Bench, world: World) -> None:
    bench.button.open()
    names = {s.accessibleName(): s for s in _switches(bench.card.tools)}
    QTest.mouseClick(names["All of mcp:files"], LEFT)
    assert world.on() == (READ.id, WRITE.id)
    QTest.mouseClick(names["All of mcp:files"], LEFT)
    assert world.on() == ()
    assert not names["All of own"].isVisible(), "one tool and one that runs commands"
    world.choosing.switch((SHELL.id,), True)
    assert bench.card.tools.rows[SHELL.id].switch.isChecked()


def test_typing_finds_and_esc_closes(bench: Bench) -> None:
    bench.button.open()
    (field,) = bench.card.findChildren(QLineEdit)
    QTest.keyClicks(field, "writes")
    assert list(bench.card.tools.rows) == [WRITE.id]
    QTest.keyClicks(field, "zzz")
    assert "No tool is called that." in bench.said()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not bench.card.isVisible()
    bench.button.open()
    assert len(bench.card.tools.rows) == 4


def test_a_click_elsewhere_closes_and_a_second_one_on_the_button(bench: Bench) -> None:
    QTest.mouseClick(bench.button, LEFT)
    QTest.mouseClick(bench, LEFT, pos=bench.rect().topRight() - bench.rect().topLeft())
    assert not bench.card.isVisible()
    QTest.mouseClick(bench.button, LEFT)
    assert bench.card.isVisible()
    QTest.mouseClick(bench.button, LEFT)
    assert not bench.card.isVisible()


def test_tab_goes_round_within_the_card(bench: Bench) -> None:
    bench.button.open()
    seen = []
    for _ in range(20):
        QTest.keyClick(bench.card, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused.accessibleName())
        assert bench.card.isAncestorOf(focused)
    assert "Find tools" in seen
    assert any(name.startswith("read") for name in seen)


def test_a_model_that_calls_no_tools_is_said_to_and_blocks_nothing(
    bench: Bench, world: World
) -> None:
    hint = "This model is not listed as one that calls tools."
    world.calls = Calls.UNLISTED
    bench.button.open()
    assert hint not in bench.said()
    QTest.mouseClick(bench.card.tools.rows[READ.id].switch, LEFT)
    assert hint in bench.said()
    assert world.on() == (READ.id,)
    world.calls = Calls.REFUSED
    world.choosing.refresh()
    assert "This model refused tools: they are left out for it." in bench.said()
    QTest.mouseClick(bench.link("Send them again"), LEFT)
    assert world.calls is Calls.UNKNOWN
    assert "refused" not in bench.said()


def test_new_conversations_take_the_same(bench: Bench, world: World) -> None:
    bench.button.open()
    world.choosing.switch((READ.id,), True)
    assert "1 on. They add about" in bench.said()
    QTest.mouseClick(bench.link("Use for new conversations, too"), LEFT)
    assert world.settings.value.tools_on == (READ.id,)
    assert not bench.link("New conversations use these").isEnabled()


def test_a_leave_is_withdrawn_there(bench: Bench, world: World) -> None:
    world.settings.replace(tool_grants=(Grant(READ.id, READ.fingerprint),))
    bench.button.open()
    assert "Always allowed" in bench.said()
    (withdraw,) = [
        b for b in bench.card.findChildren(QPushButton) if b.isVisible() and "With" in b.text()
    ]
    QTest.mouseClick(withdraw, LEFT)
    assert world.settings.value.tool_grants == ()
    assert "Always allowed" not in bench.said()


def test_thousands_of_tools_are_found_by_typing(qapp: QApplication) -> None:
    many = [Tool(f"mcp:m:{i}", f"tool {i}", "mcp:m", "Does it") for i in range(5000)]
    world = World(*many, settings=Settings(tools_on=("mcp:m:4999",)))
    theme, _icons = dressed(qapp)
    shown = ToolList(world.choosing, theme=theme)
    assert len(shown.rows) == MOST_ROWS
    assert "mcp:m:4999" in shown.rows, "what is on is seen first"
    shown.set_filter("tool 4321")
    assert list(shown.rows) == ["mcp:m:4321"]
    shown.deleteLater()


def test_markup_in_a_title_is_words(bench: Bench, world: World) -> None:
    world.tools.put(replace(READ, title="<img src=x>", description="<b>bold</b>"))
    bench.button.open()
    assert "<img src=x>" in bench.said()
    assert "&lt;b&gt;" in bench.card.tools.rows[READ.id].toolTip()


def _switches(tools: ToolList) -> list[QWidget]:
    return list(tools.findChildren(Switch))
