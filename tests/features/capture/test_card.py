"""The answer card by itself, and the mark around what it is about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.features.capture.card import AnswerCard
from app.features.capture.geometry import Box
from app.features.capture.region_mark import FRAME, RegionMark
from app.kit.theme import DARK
from tests.chinese import chinese
from tests.look import dressed


@pytest.fixture
def card(qapp: QApplication, qtbot: QtBot) -> Iterator[AnswerCard]:
    theme, icons = dressed(qapp)
    made = AnswerCard(theme=theme, icons=icons, actions=QPushButton("Describe"), answer=QLabel())
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.stand(40, 30)
    yield made
    made.close()


def test_it_stands_where_it_is_put_and_takes_a_question(card: AnswerCard, qtbot: QtBot) -> None:
    assert card.pos() == QPoint(40, 30)
    QTest.keyClicks(card.question, "What is it?")
    with qtbot.waitSignal(card.question_asked) as heard:
        QTest.keyClick(card.question, Qt.Key.Key_Return)
    assert heard.args == ["What is it?"]


def test_nothing_is_asked_of_an_empty_line_or_while_it_answers(card: AnswerCard) -> None:
    asked: list[str] = []
    card.question_asked.connect(asked.append)
    QTest.keyClick(card.question, Qt.Key.Key_Return)
    card.question.setText("Why?")
    card.set_busy(busy=True)
    QTest.keyClick(card.question, Qt.Key.Key_Return)
    assert not asked
    card.set_busy(busy=False)
    QTest.keyClick(card.question, Qt.Key.Key_Return)
    assert asked == ["Why?"]


def test_escape_closes_it_once(card: AnswerCard) -> None:
    closed: list[bool] = []
    card.closed.connect(lambda: closed.append(True))
    QTest.keyClick(card.question, Qt.Key.Key_Escape)
    card.close()
    assert closed == [True]
    assert not card.isVisible()


def test_it_grows_for_the_answer_and_stays_in_its_room(card: AnswerCard) -> None:
    small = card.height()
    card.show_answer()
    assert card.height() > small
    card.say("Something went wrong, and here is why that was so, at some length.")
    assert card.problem
    assert card.width() == card.room.width()
    assert card.height() <= card.room.height()


def test_buttons_are_there_when_they_can_do_something(card: AnswerCard, qtbot: QtBot) -> None:
    table, copy, _open, stop = card.buttons
    assert not table.isVisible()
    assert not copy.isEnabled()
    assert not stop.isVisible()
    card.set_busy(busy=True)
    assert stop.isVisible()
    card.set_busy(busy=False)
    card.set_answer(text=True, table=True)
    for button, signal in (
        (table, card.table_requested),
        (copy, card.copy_requested),
        (_open, card.open_requested),
    ):
        with qtbot.waitSignal(signal):
            button.click()


def test_it_speaks_chinese_live(card: AnswerCard) -> None:
    with chinese("capture"):
        QApplication.sendPostedEvents()
        assert card.buttons[2].text() == "作为对话打开"


def test_the_mark_lies_around_the_region_and_lets_everything_through(
    qapp: QApplication, qtbot: QtBot
) -> None:
    theme, _icons = dressed(qapp)
    mark = RegionMark(Box(100, 80, 200, 60), "200 × 60", theme=theme)
    qtbot.addWidget(mark)
    place = mark.geometry()
    assert (place.x(), place.y()) == (100 - FRAME, 80 - FRAME)
    assert not mark.mask().contains(QPoint(FRAME + 1, FRAME + 1)), "the region stays to be seen"
    assert mark.mask().contains(QPoint(1, 20))
    assert mark.windowFlags() & Qt.WindowType.WindowTransparentForInput
    assert mark.grab().toImage().pixelColor(1, 20) == QColor(DARK.accent)
