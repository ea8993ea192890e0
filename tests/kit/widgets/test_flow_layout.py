"""Widgets wrap into rows; hidden ones leave no gap."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.kit.widgets.flow_layout import FlowLayout


def boxes(host: QWidget, *sizes: tuple[int, int]) -> list[QWidget]:
    layout = FlowLayout(gap=10)
    layout.setContentsMargins(0, 0, 0, 0)
    host.setLayout(layout)
    made = []
    for width, height in sizes:
        box = QWidget()
        box.setFixedSize(width, height)
        layout.addWidget(box)
        made.append(box)
    return made


def test_it_wraps_centres_and_measures_itself(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    first, second, third = boxes(host, (100, 20), (100, 30), (100, 20))
    host.resize(215, 200)
    host.show()
    QApplication.sendPostedEvents()
    assert first.pos().toTuple() == (0, 5)
    assert second.pos().toTuple() == (110, 0)
    assert third.pos().toTuple() == (0, 40)
    layout = host.layout()
    assert layout is not None
    assert layout.heightForWidth(215) == 60
    assert layout.heightForWidth(320) == 30
    assert layout.heightForWidth(50) == 90
    assert layout.minimumSize().toTuple() == (100, 30)
    second.hide()
    QApplication.sendPostedEvents()
    assert third.pos().toTuple() == (110, 0)


def test_an_empty_one_has_no_height(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    boxes(host)
    layout = host.layout()
    assert layout is not None
    assert layout.heightForWidth(100) == 0


def test_each_change_is_measured_once_however_often_qt_asks(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    boxes(host, *[(100, 20)] * 20)
    counted = Counted()
    layout = host.layout()
    assert layout is not None
    layout.addWidget(counted)
    host.resize(500, 300)
    host.show()
    QApplication.sendPostedEvents()
    asked = counted.asked
    for width in (500, 400, 300):
        layout.heightForWidth(width)
        layout.sizeHint()
        layout.minimumSize()
    assert counted.asked == asked
    counted.updateGeometry()
    layout.heightForWidth(500)
    layout.heightForWidth(400)
    assert counted.asked == asked + 1


class Counted(QWidget):
    """Counts how often it is asked for its size."""

    asked = 0

    def sizeHint(self) -> QSize:
        self.asked += 1
        return QSize(50, 20)
