"""The empty conversation: a click picks files, a chip picks them for its question."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from pytestqt.qtbot import QtBot

from app.core.built_in_actions import BUILT_IN
from app.features.chat.first_run import DropZone
from app.features.images.quick_actions import QuickActions
from tests.chinese import chinese
from tests.features.images.actions import SomeActions
from tests.look import dressed


def shown(qtbot: QtBot, app: QApplication, width: int) -> tuple[DropZone, QuickActions, QFrame]:
    dressed(app)
    hints = QuickActions(SomeActions(), centred=True)
    zone = DropZone(hints=hints)
    qtbot.addWidget(zone)
    zone.resize(width, 500)
    with qtbot.waitExposed(zone):
        zone.show()
    card = next(f for f in zone.findChildren(QFrame) if f.property("kind") == "drop")
    return zone, hints, card


def test_clicks_on_the_card_and_its_chips(qtbot: QtBot, qapp: QApplication) -> None:
    zone, hints, card = shown(qtbot, qapp, 800)
    asked: list[str] = []
    zone.files_requested.connect(lambda: asked.append("files"))
    zone.action_requested.connect(asked.append)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mouseClick(zone, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    QTest.mouseClick(card, Qt.MouseButton.RightButton, pos=QPoint(20, 20))
    hints.button("extract").click()
    assert asked == ["files", "extract"]


def test_all_chips_are_in_sight_however_narrow(qtbot: QtBot, qapp: QApplication) -> None:
    for width in (900, 400):
        _, hints, card = shown(qtbot, qapp, width)
        for action in BUILT_IN:
            chip: QWidget = hints.button(action)
            corner = chip.mapTo(card, chip.rect().bottomRight())
            assert card.rect().contains(corner), (width, action)


def test_it_speaks_chinese(qtbot: QtBot, qapp: QApplication) -> None:
    zone, _, card = shown(qtbot, qapp, 800)
    with chinese("chat"):
        QApplication.sendEvent(zone, QEvent(QEvent.Type.LanguageChange))
        assert card.accessibleName() == "把截图拖到窗口任意位置"
