"""A window takes what is dropped anywhere on it, and shows that it would."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.kit.widgets.drop_target import DropTarget
from tests.look import dressed

COPY, LEFT, NONE = (
    Qt.DropAction.CopyAction,
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
)


def enter(window: QWidget, mime: QMimeData) -> QDragEnterEvent:
    event = QDragEnterEvent(QPoint(50, 50), COPY, mime, LEFT, NONE)
    event.ignore()
    QApplication.sendEvent(window, event)
    return event


def drop(window: QWidget, mime: QMimeData) -> QDropEvent:
    event = QDropEvent(QPointF(50, 50), COPY, mime, LEFT, NONE)
    event.ignore()
    QApplication.sendEvent(window, event)
    return event


def veil_of(window: QWidget) -> QWidget:
    return next(
        child
        for child in window.findChildren(QWidget)
        if child.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    )


def test_a_drag_is_shown_and_a_drop_taken(qtbot: QtBot, qapp: QApplication) -> None:
    theme, _ = dressed(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(QPushButton("in the way"))
    target = DropTarget(window, theme=theme)
    texts: list[str] = []
    target.dropped.connect(lambda mime: texts.append(mime.text()))
    window.resize(300, 200)
    with qtbot.waitExposed(window):
        window.show()
    veil = veil_of(window)
    plain = window.grab().toImage()
    mime = QMimeData()
    mime.setText("dropped")

    assert enter(window, mime).isAccepted()
    assert veil.isVisible()
    assert veil.geometry() == window.rect()
    assert window.grab().toImage() != plain
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not veil.isVisible()

    enter(window, mime)
    assert drop(window, mime).isAccepted()
    assert not veil.isVisible()
    assert texts == ["dropped"]


def test_what_is_not_for_us_is_left_alone(qtbot: QtBot, qapp: QApplication) -> None:
    theme, _ = dressed(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    target = DropTarget(window, theme=theme)
    taken: list[object] = []
    target.dropped.connect(taken.append)
    mime = QMimeData()
    mime.setData("application/x-something", b"inner")
    assert not enter(window, mime).isAccepted()
    assert not drop(window, mime).isAccepted()
    assert taken == []
    assert not veil_of(window).isVisibleTo(window)
