"""Takes a region of the screen: hides what is ours, lets the person choose, and brings it back."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.core.desktop_ports import ScreenshotPortal
from app.core.errors import CaptureError, CaptureProblem
from app.features.capture.geometry import Box, Screen
from app.features.capture.grabber import ScreenGrabber, joined
from app.features.capture.overlay import Overlay
from app.features.capture.own_windows import OwnWindows
from app.kit.tasks import in_thread
from app.kit.theme import Theme

SETTLE_S = 0.05
"""How long other programs get to draw what our windows had covered."""


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """What was taken. `region` and `screens` say where, unless the desktop's portal took it."""

    image: QImage
    region: Box | None = None
    screens: tuple[Screen, ...] = ()


class Capture(QObject):
    """One at a time. `portal` is asked instead of `grabber` where it is given.

    `shown` is emitted once the overlay covers the screens.
    """

    shown = Signal(object)  # Overlay
    region_taken = Signal(object)  # Box

    def __init__(
        self,
        *,
        theme: Theme,
        grabber: ScreenGrabber,
        portal: ScreenshotPortal | None = None,
        last: Box | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.grabber = grabber
        self._portal = portal
        self._last = last
        self._busy = False

    @property
    def busy(self) -> bool:
        return self._busy

    async def take(self, *, again: bool = False) -> Shot | None:
        """Let the person choose; None if they leave, or choose already. Raises CaptureError.

        `again`: the region taken before, at once, where it is known and still on a screen.
        """
        if self._busy:
            return None
        self._busy = True
        ours = OwnWindows()
        try:
            if ours:
                await asyncio.sleep(SETTLE_S)
            if self._portal is not None:
                return await self._by_portal(self._portal)
            return await self._by_ourselves(again)
        except asyncio.CancelledError:
            ours.leave()  # the program ends
            raise
        finally:
            ours.bring_back()
            self._busy = False

    async def _by_portal(self, portal: ScreenshotPortal) -> Shot | None:
        data = await portal.screenshot()
        if data is None:
            return None
        image = await in_thread(QImage.fromData, data)
        if image.isNull():
            raise CaptureError(CaptureProblem.NO_PICTURE)
        return Shot(image)

    async def _by_ourselves(self, again: bool) -> Shot | None:
        grabbed = self.grabber.grab()
        screens = tuple(entry.screen for entry in grabbed)
        region = self._last if again else None
        image = joined(region, grabbed) if region is not None else QImage()
        if region is None or image.isNull():
            overlay = Overlay(grabbed, theme=self._theme, last=self._last)
            if (region := await self._chosen(overlay)) is None:
                return None
            image = joined(region, grabbed)
        self._last = region
        self.region_taken.emit(region)
        return Shot(image, region, screens)

    async def _chosen(self, overlay: Overlay) -> Box | None:
        answer: asyncio.Future[Box | None] = asyncio.get_running_loop().create_future()

        def settle(region: Box | None) -> None:
            if not answer.done():
                answer.set_result(region)

        overlay.taken.connect(settle)
        overlay.left.connect(lambda: settle(None))
        try:
            overlay.show()
            self.shown.emit(overlay)
            return await answer
        finally:
            overlay.close()
