"""The row of quick actions: one click, in the reader's language, and none out of reach."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from app.core.picture_action import PictureAction
from app.features.images.quick_actions import MOST_HINTS, QuickActions
from tests.chinese import chinese
from tests.features.images.actions import SomeActions
from tests.look import dressed

TITLES = [
    "Describe",
    "Extract text",
    "Table → Markdown",
    "Fields → JSON",
    "Translate",
    "Explain error",
]


def row(
    qtbot: QtBot, source: SomeActions, width: int = 900, *, centred: bool = False
) -> QuickActions:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    dressed(app)
    actions = QuickActions(source, centred=centred)
    qtbot.addWidget(actions)
    actions.resize(width, 40)
    actions.show()
    return actions


def in_sight(actions: QuickActions) -> list[str]:
    return [a.name for a in actions.actions_shown if actions.button(a.id).isVisible()]


def in_menu(actions: QuickActions) -> list[str]:
    menu = actions.more_button.menu()
    menu.aboutToShow.emit()
    return [a.text().partition("\t")[0] for a in menu.actions() if a.text()]


def test_a_click_gives_the_action_and_its_id(qtbot: QtBot) -> None:
    actions = row(qtbot, SomeActions())
    assert in_sight(actions) == TITLES
    assert not actions.more_button.isVisible()
    chosen: list[PictureAction] = []
    ids: list[str] = []
    actions.chosen.connect(chosen.append)
    actions.picked.connect(ids.append)
    actions.button("extract").click()
    assert (ids, [a.id for a in chosen]) == (["extract"], ["extract"])
    assert "indentation" in chosen[0].prompt
    assert actions.action("gone") is None


def test_what_a_click_sends_is_told_before(qtbot: QtBot) -> None:
    told = PictureAction("A & B", "<b>Look</b>\nwell", "some/model", key="Alt+3", id="a")
    source = SomeActions([told])
    actions = row(qtbot, source)
    chip = actions.button("a")
    assert (chip.text(), chip.accessibleName()) == ("A && B", "A & B")
    for tip in (chip.toolTip(), chip.accessibleDescription()):
        assert "Alt+3" in tip
        assert "some/model" in tip
    assert "&lt;b&gt;Look&lt;/b&gt;<br>well" in chip.toolTip()
    assert "dropped" not in chip.toolTip()
    source.ask_on_drop("a")
    assert "dropped picture" in chip.toolTip()
    assert chip.property("kind") == "chip-default"


def test_what_has_no_room_is_in_the_menu(qtbot: QtBot) -> None:
    actions = row(qtbot, SomeActions())
    for width in (420, 260, 160, 900):
        actions.resize(width, 40)
        shown = in_sight(actions)
        assert shown == TITLES[: len(shown)]
        assert shown
        assert in_menu(actions) == [*TITLES[len(shown) :], "Edit quick actions…"]
        assert actions.more_button.isVisible() is (len(shown) < len(TITLES))
        if width > 200:
            chips = [c for c in actions.findChildren(QPushButton) if c.isVisible()]
            assert all(chip.geometry().right() < width for chip in chips)
        assert actions.heightForWidth(width) < 40
    assert shown == TITLES


def test_the_menu_asks_and_leads_to_where_they_are_edited(qtbot: QtBot) -> None:
    actions = row(qtbot, SomeActions(), 260)
    in_menu(actions)
    chosen: list[PictureAction] = []
    wanted: list[str] = []
    actions.chosen.connect(chosen.append)
    actions.manage_requested.connect(lambda: wanted.append("menu"))
    *others, last = [a for a in actions.more_button.menu().actions() if a.text()]
    others[-1].trigger()
    last.trigger()
    assert [a.id for a in chosen] == ["explain"]
    middle = actions.rect().center()
    reason = QContextMenuEvent.Reason.Keyboard
    event = QContextMenuEvent(reason, middle, actions.mapToGlobal(middle))
    QApplication.sendEvent(actions, event)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    popup.actions()[0].trigger()
    popup.close()
    assert wanted == ["menu", "menu"]


def test_chips_follow_the_settings_and_the_language(qtbot: QtBot) -> None:
    source = SomeActions()
    actions = row(qtbot, source)
    describe = actions.button("describe")
    source.language = "zh_CN"
    with chinese("images"):
        QApplication.sendEvent(actions, QEvent(QEvent.Type.LanguageChange))
        assert actions.button("extract").text() == "提取文字"
        assert "按键" in actions.button("extract").toolTip()
        assert actions.more_button.text() == "更多"
    source.put([PictureAction("New", id="new")])
    assert in_sight(actions) == ["New"]
    assert actions.button("new") is describe
    source.put([])
    assert in_sight(actions) == []


def test_an_empty_conversation_shows_the_first_ones_in_rows(qtbot: QtBot) -> None:
    many = [PictureAction(f"Action {n}", id=str(n)) for n in range(30)]
    actions = row(qtbot, SomeActions(many), 300, centred=True)
    assert in_sight(actions) == [a.name for a in many[:MOST_HINTS]]
    assert actions.heightForWidth(300) > 60
