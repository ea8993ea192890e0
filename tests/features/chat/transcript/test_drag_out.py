"""Dragging out of the transcript: what goes along, and that everything else goes on meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEvent,
    QEventLoop,
    QIODevice,
    QMimeData,
    QPoint,
    QPointF,
    Qt,
    QTimer,
)
from PySide6.QtGui import QDrag, QGuiApplication, QImage, QImageWriter, QMouseEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.events import TextDelta
from app.core.message import ImagePart
from app.features.chat.transcript.actions import Intent
from app.features.chat.transcript.drag_out import media_type, picture_name
from app.kit.tasks import TaskScope
from tests.features.chat.transcript.conftest import Screen
from tests.features.chat.transcript.messages import answer, streaming, user

LEFT = Qt.MouseButton.LeftButton


class Dragged:
    """What was dragged out, and how often; the drag itself is over at once."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.html: list[str] = []
        self.markdown: list[str] = []
        self.kinds: list[list[str]] = []

    def take(self, data: QMimeData) -> None:
        self.text.append(data.text())
        self.html.append(data.html())
        self.markdown.append(data.data("text/markdown").toStdString())
        self.kinds.append(data.formats())


@pytest.fixture
def dragged(monkeypatch: pytest.MonkeyPatch) -> Dragged:
    made = Dragged()

    def take(drag: QDrag, *_actions: object) -> Qt.DropAction:
        made.take(drag.mimeData())
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", take)
    return made


def move(screen: Screen, to: QPoint) -> None:
    viewport = screen.view.viewport()
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(to),
        viewport.mapToGlobal(QPointF(to)),
        Qt.MouseButton.NoButton,
        LEFT,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(viewport, event)


def drag_from(screen: Screen, at: QPoint) -> None:
    QTest.mousePress(screen.view.viewport(), LEFT, pos=at)
    move(screen, at + QPoint(3, 0))
    move(screen, at + QPoint(40, 10))


def test_what_is_selected_is_dragged_in_all_forms(screen: Screen, dragged: Dragged) -> None:
    screen.view.show_messages([answer("some **bold** words")])
    screen.view.select_all()
    at = QPoint(screen.view.column_left + 20, screen.y_of("some") + 8)
    drag_from(screen, at)
    assert dragged.text == ["some bold words"]
    assert dragged.markdown == ["some **bold** words"]
    assert dragged.html == ["<p>some <b>bold</b> words</p>"]
    assert screen.view.has_selection, "a drag does not let go of it"
    QTest.mouseRelease(screen.view.viewport(), LEFT, pos=at)
    assert screen.view.has_selection


def test_too_much_is_not_dragged_but_said(screen: Screen, dragged: Dragged) -> None:
    screen.view.show_messages([answer("a word or two " * 4000)])
    screen.view.select_all()
    screen.frames()
    at = QPoint(screen.view.column_left + 20, 300)
    drag_from(screen, at)
    assert dragged.text == []
    assert "Copy it instead" in screen.view.status


def test_a_press_outside_the_selection_drags_nothing(screen: Screen, dragged: Dragged) -> None:
    screen.view.show_messages([answer("first\n\nsecond")])
    viewport = screen.view.viewport()
    at = QPoint(screen.view.column_left + 10, screen.y_of("first") + 8)
    QTest.mouseDClick(viewport, LEFT, pos=at)
    QTest.mouseRelease(viewport, LEFT, pos=at)
    drag_from(screen, QPoint(at.x(), screen.y_of("second") + 8))
    assert dragged.text == []


def png() -> bytes:
    image = QImage(8, 6, QImage.Format.Format_RGB32)
    image.fill(0)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())


def test_a_picture_is_dragged_as_the_bytes_that_are_kept(screen: Screen, dragged: Dragged) -> None:
    part = ImagePart("shot.png", blob="b1", width=200, height=100)
    screen.pixmaps["b1"] = QPixmap(20, 10)
    data = png()
    screen.view.blob_wanted.connect(
        lambda blob: screen.view.take_blob(blob, data, QImage.fromData(data))
    )
    screen.view.show_messages([user("look", part)])
    drag_from(screen, screen.rect_of(Intent.IMAGE).center())
    assert dragged.text == ["shot.png"]
    assert "image/png" in dragged.kinds[0]


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"\x89PNG..", "image/png"), (b"\xff\xd8..", "image/jpeg"), (b"RIFF1234WEBP", "image/webp")],
)
def test_a_picture_is_known_by_its_bytes(data: bytes, kind: str) -> None:
    assert media_type(data) == kind
    assert media_type(b"<svg") == ""


def test_a_file_name_fits_to_the_bytes() -> None:
    assert picture_name("shot.heic", b"\xff\xd8") == "shot.jpg"
    assert picture_name("../a:b.png", b"\x89PNG") == "_a_b.png"
    assert picture_name("", b"") == "picture.png"


async def test_a_stream_goes_on_while_something_is_dragged(
    make_screen: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Qt drags in a loop of its own: tasks go on in it, and after it."""
    loop = QEventLoop()
    if QGuiApplication.platformName() == "offscreen":
        # There a drag is over at once; this is what it does where there is a screen.
        monkeypatch.setattr(QDrag, "exec", lambda _drag, *_actions: loop.exec())
    screen = make_screen()
    message = streaming()
    screen.view.show_messages([answer("some words to drag"), message])
    screen.view.grow(message.id, TextDelta("begun"))
    screen.view._selection.select_all()
    came = 0
    seen: list[int] = []

    async def stream() -> None:
        nonlocal came
        for _ in range(400):
            await asyncio.sleep(0.001)
            came += 1
            screen.view.grow(message.id, TextDelta(" more"))

    at = QPoint(screen.view.column_left + 20, screen.y_of("some words") + 8)

    def begin() -> None:
        QTest.mousePress(screen.view.viewport(), LEFT, pos=at)
        move(screen, at + QPoint(40, 10))
        seen.append(came)

    def let_go() -> None:
        """Let go of the button once enough came while it was dragged."""
        if came < 60:
            QTimer.singleShot(5, let_go)
            return
        seen.append(came)
        loop.quit()
        QTest.mouseRelease(screen.view.windowHandle(), LEFT, pos=at)

    scope = TaskScope()
    running = scope.start(stream())
    QTimer.singleShot(20, let_go)
    QTimer.singleShot(0, begin)
    await running
    assert came == 400
    during, after = seen
    assert after >= during >= 60, "it came while the drag went on"
    screen.view.close()
