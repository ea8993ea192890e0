"""A window takes what is dropped anywhere on it, and shows that it would."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.kit.widgets.drop_target import DropTarget
from tests.look import dressed

COPY, LEFT, NONE = (
    Qt.DropAction.CopyAction,
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
)


def enter(window: QObject, mime: QMimeData) -> QDragEnterEvent:
    event = QDragEnterEvent(QPoint(50, 50), COPY, mime, LEFT, NONE)
    event.ignore()
    QApplication.sendEvent(window, event)
    return event


def drop(window: QObject, mime: QMimeData) -> QDropEvent:
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
    entered: list[None] = []
    target.dropped.connect(lambda mime: texts.append(mime.text()))
    target.entered.connect(lambda: entered.append(None))
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
    assert len(entered) == 1

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


def files() -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/somewhere/a.png")])
    return mime


def pixels() -> QMimeData:
    mime = QMimeData()
    mime.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    return mime


def words() -> QMimeData:
    mime = QMimeData()
    mime.setText("words")
    return mime


@pytest.mark.parametrize(
    ("make", "taken", "written"), [(files, 1, ""), (pixels, 1, ""), (words, 0, "words")]
)
@pytest.mark.parametrize("shown_before", [False, True])
def test_files_and_pictures_go_past_a_field_and_text_into_it(
    qtbot: QtBot,
    qapp: QApplication,
    make: Callable[[], QMimeData],
    taken: int,
    written: str,
    shown_before: bool,
) -> None:
    theme, _ = dressed(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    field = QPlainTextEdit()
    QVBoxLayout(window).addWidget(field)
    window.resize(300, 200)
    if shown_before:
        window.show()
    target = DropTarget(window, theme=theme)
    dropped: list[object] = []
    target.dropped.connect(dropped.append)
    with qtbot.waitExposed(window):
        window.show()
    # As the desktop does it: to the native window, which hands on what nobody takes before.
    native, mime = window.windowHandle(), make()
    assert enter(native, mime).isAccepted()
    assert veil_of(window).isVisible() is bool(taken)
    assert drop(native, mime).isAccepted()
    assert not veil_of(window).isVisible()
    assert (len(dropped), field.toPlainText()) == (taken, written)

    enter(native, mime)
    QApplication.sendEvent(native, QDragLeaveEvent())
    assert not veil_of(window).isVisible()


@pytest.mark.parametrize("kind", ["image/png", "image/webp", "text/html"])
def test_pictures_are_taken_however_a_browser_hands_them_out(
    qtbot: QtBot, qapp: QApplication, kind: str
) -> None:
    theme, _ = dressed(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    target = DropTarget(window, theme=theme)
    taken: list[QMimeData] = []
    target.dropped.connect(taken.append)
    mime = QMimeData()
    mime.setData(kind, b'<img src="data:image/png;base64,AAAA">')
    assert enter(window, mime).isAccepted()
    assert drop(window, mime).isAccepted()
    assert len(taken) == 1
