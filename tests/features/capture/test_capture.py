"""Taking a region: our windows go and come back, whatever comes of it."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.errors import CaptureError, CaptureProblem
from app.core.settings import ThemeChoice
from app.features.capture.capture import Capture, Shot
from app.features.capture.geometry import Box
from app.features.capture.grabber import GrabbedScreen
from app.features.capture.overlay import Overlay
from app.kit.tasks import TaskScope
from app.kit.theme import Theme
from tests.conftest import until
from tests.features.capture.screens import ALL, FakeGrabber, color_at, drag, key


class World:
    """A capture, and who waits for it."""

    def __init__(self, capture: Capture) -> None:
        self.capture = capture
        self.scope = TaskScope()
        self.overlay: Overlay | None = None
        capture.shown.connect(self._shown)

    def _shown(self, overlay: Overlay) -> None:
        self.overlay = overlay

    async def begin(self, *, again: bool = False) -> asyncio.Task[Shot | None]:
        self.overlay = None
        task = self.scope.start(self.capture.take(again=again))
        await until(lambda: self.overlay is not None or task.done())
        return task

    @property
    def over(self) -> Overlay:
        assert self.overlay is not None
        return self.overlay


class NoScreens:
    def grab(self) -> list[GrabbedScreen]:
        raise CaptureError(CaptureProblem.NO_PICTURE)


class Portal:
    """Answers what it was given."""

    def __init__(self, answer: bytes | None) -> None:
        self._answer = answer

    async def screenshot(self) -> bytes | None:
        return self._answer


def world(last: Box | None = None, portal: Portal | None = None) -> World:
    theme = Theme(ThemeChoice.DARK)
    return World(Capture(theme=theme, grabber=FakeGrabber(), last=last, portal=portal))


async def test_what_is_taken_is_the_region_and_our_window_comes_back(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    there = world()
    task = await there.begin()
    assert not window.isVisible(), "it would be in the picture"
    drag(there.over.views[0], (50, 40), (150, 100))
    key(there.over.views[0], Qt.Key.Key_Return)
    shot = await task
    assert shot is not None
    assert (shot.image.width(), shot.image.height()) == (100, 60)
    assert shot.image.pixelColor(0, 0) == color_at(0, 50, 40)
    assert shot.region == Box(50, 40, 100, 60)
    assert shot.screens == ALL
    assert window.isVisible()
    assert window.windowOpacity() == 1


async def test_left_there_is_nothing_and_all_is_as_before(qtbot: QtBot) -> None:
    window, hidden = QWidget(), QWidget()
    qtbot.addWidget(window)
    qtbot.addWidget(hidden)
    window.show()
    there = world()
    task = await there.begin()
    key(there.over.views[0], Qt.Key.Key_Escape)
    assert await task is None
    assert window.isVisible()
    assert not hidden.isVisible()


async def test_again_takes_the_region_of_last_time_at_once(qtbot: QtBot) -> None:
    there = world()
    kept: list[Box] = []
    there.capture.region_taken.connect(kept.append)
    task = await there.begin()
    drag(there.over.views[0], (50, 40), (150, 100))
    key(there.over.views[0], Qt.Key.Key_Return)
    await task
    shot = await (await there.begin(again=True))
    assert there.overlay is None, "nothing is asked"
    assert shot is not None
    assert shot.region == Box(50, 40, 100, 60)
    assert kept == [Box(50, 40, 100, 60)] * 2


@pytest.mark.parametrize("last", [None, Box(9000, 0, 10, 10)])
async def test_again_asks_where_there_is_no_region_any_more(qtbot: QtBot, last: Box | None) -> None:
    there = world(last)
    task = await there.begin(again=True)
    key(there.over.views[0], Qt.Key.Key_Escape)
    assert await task is None


async def test_one_at_a_time(qtbot: QtBot) -> None:
    there = world()
    task = await there.begin()
    assert there.capture.busy
    assert await there.capture.take() is None
    key(there.over.views[0], Qt.Key.Key_Escape)
    await task
    assert not there.capture.busy


async def test_given_up_by_the_program_nothing_stays_on_the_screen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    there = world()
    await there.begin()
    await there.scope.close()
    assert not [w for w in QApplication.topLevelWidgets() if w.isVisible()]


async def test_without_a_picture_our_window_comes_back_and_it_is_said(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    capture = Capture(theme=Theme(ThemeChoice.DARK), grabber=NoScreens())
    with pytest.raises(CaptureError):
        await capture.take()
    assert window.isVisible()
    assert not capture.busy


async def test_a_portals_picture_is_taken_as_it_comes(qtbot: QtBot) -> None:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    shot = await world(portal=Portal(bytes(buffer.data().data()))).capture.take()
    assert shot is not None
    assert shot.image.pixelColor(3, 3) == Qt.GlobalColor.darkGreen
    assert shot.region is None
    assert await world(portal=Portal(None)).capture.take() is None
    with pytest.raises(CaptureError):
        await world(portal=Portal(b"no picture")).capture.take()
