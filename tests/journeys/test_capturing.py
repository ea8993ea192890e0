"""A region of the screen, from a key to the chip that goes with the next message."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton

from app.adapters.portal.hot_keys import PortalHotKeys
from app.core.message import ImagePart
from app.core.wish import Start, Wish
from app.features.capture.grabber import GrabbedScreen
from app.features.capture.overlay import Overlay
from tests.adapters.portal.stand_in import StandIn, private_bus, what_is_missing
from tests.conftest import until
from tests.features.capture.screens import SMALL, FakeGrabber, drag, key
from tests.journeys.world import Porthole, porthole


def screens_of(window: Porthole) -> list[Overlay]:
    """Have it see a screen that is not there; the overlays that were shown since."""
    capture = window.program.incoming.capturing.capture
    capture.grabber = FakeGrabber((SMALL,))
    shown: list[Overlay] = []
    capture.shown.connect(shown.append)
    return shown


async def chip(window: Porthole) -> ImagePart:
    await until(lambda: window.page.draft().parts)
    (part,) = window.page.draft().parts
    assert isinstance(part, ImagePart)
    return part


async def test_the_button_takes_a_region_into_the_message(data_dir: Path) -> None:
    async with porthole(data_dir, demo=True) as window:
        shown = screens_of(window)
        (button,) = (b for b in window.page.findChildren(QToolButton) if b.text() == "Capture")
        button.click()
        await until(lambda: shown)
        assert not window.program.window.isVisible()
        drag(shown[0].views[0], (50, 40), (150, 100))
        key(shown[0].views[0], Qt.Key.Key_Return)
        part = await chip(window)
        assert (part.width, part.height) == (100, 60)
        assert part.name.startswith("Screenshot 2")
        assert window.program.window.isVisible()
        assert window.program.settings.value.capture_region == "50 40 100 60"


async def test_the_same_region_again_by_a_key(data_dir: Path) -> None:
    async with porthole(data_dir, demo=True) as window:
        shown = screens_of(window)
        window.shortcut("Ctrl+Shift+S")
        await until(lambda: shown)
        drag(shown[0].views[0], (50, 40), (150, 100))
        key(shown[0].views[0], Qt.Key.Key_Escape)
        await until(lambda: window.program.window.isVisible())
        assert not window.page.draft().parts
        window.shortcut("Ctrl+Shift+S")
        await until(lambda: len(shown) == 2)
        key(shown[1].views[0], Qt.Key.Key_Return)
        assert (await chip(window)).width == SMALL.width
        window.shortcut("Ctrl+Alt+S")
        await until(lambda: len(window.page.draft().parts) == 2)
        assert len(shown) == 2, "nothing was asked"


async def test_a_start_that_is_for_a_picture_takes_one(data_dir: Path) -> None:
    async with porthole(data_dir, demo=True) as window:
        shown = screens_of(window)
        window.program.incoming.take(Start(wish=Wish.CAPTURE))
        await until(lambda: shown)
        key(shown[0].views[0], Qt.Key.Key_Return)
        assert (await chip(window)).height == SMALL.height


async def test_a_picture_that_cannot_be_had_is_said(data_dir: Path) -> None:
    async with porthole(data_dir, demo=True) as window:
        window.program.incoming.capturing.capture.grabber = NoScreens()
        window.shortcut("Ctrl+Shift+S")
        await until(lambda: window.notice)
        assert "no picture of the screen" in window.notice
        assert window.program.window.isVisible()


class NoScreens:
    def grab(self) -> list[GrabbedScreen]:
        from app.core.errors import CaptureError, CaptureProblem

        raise CaptureError(CaptureProblem.NO_PICTURE)


async def test_closed_meanwhile_nothing_is_left(data_dir: Path) -> None:
    async with porthole(data_dir, demo=True) as window:
        shown = screens_of(window)
        window.shortcut("Ctrl+Shift+S")
        await until(lambda: shown)
    assert not [w for w in QApplication.topLevelWidgets() if w.isVisible()]


@pytest.mark.skipif(bool(what_is_missing()), reason=what_is_missing())
async def test_a_key_of_the_desktop_begins_it_whatever_is_in_front(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.incoming.portal_here", PortalHotKeys)
    with private_bus(str(tmp_path)) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        portal = StandIn(address)
        try:
            async with porthole(data_dir, demo=True) as window:
                shown = screens_of(window)
                hot_keys = window.program.incoming.hot_keys
                hot_keys.set_up()
                await until(lambda: hot_keys.keys)
                window.program.window.showMinimized()
                portal.press("capture")
                portal.press("capture")
                await until(lambda: shown)
                key(shown[0].views[0], Qt.Key.Key_Return)
                assert (await chip(window)).height == SMALL.height
                assert len(shown) == 1, "pressed twice it asks once"
        finally:
            portal.close()
