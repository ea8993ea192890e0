"""Pictures of the screen, joined to the rest: a region goes into the conversation in front."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QDateTime, QIODevice, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage

from app.core.desktop_ports import ScreenshotPortal
from app.core.errors import CaptureError
from app.core.wish import Wish
from app.features.capture.capture import Capture
from app.features.capture.geometry import Box, from_text, to_text
from app.features.capture.grabber import QtScreenGrabber, ScreenGrabber
from app.kit.settings_holder import SettingsHolder
from app.kit.tasks import TaskScope, in_thread
from app.kit.theme import Theme

QUICK = 88
"""How PNG is written: hardly compressed, as the picture is prepared anew before it is sent."""


class Capturing(QObject):
    """Takes regions as they are wished for.

    `picture_taken` carries a region for the conversation in front, as PNG, and its name.
    `question_wished` carries the `Shot` that is to be asked about. `ended` follows either, and a
    region that was not taken after all.
    """

    picture_taken = Signal(object, str)  # bytes, name
    question_wished = Signal(object)  # Shot
    ended = Signal()

    def __init__(
        self,
        *,
        theme: Theme,
        settings: SettingsHolder,
        report: Callable[[BaseException], None],
        scope: TaskScope,
        grabber: ScreenGrabber | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._report = report
        self._scope = scope
        self.capture = Capture(
            theme=theme,
            grabber=grabber or QtScreenGrabber(),
            portal=None if grabber is not None else portal_needed(),
            last=from_text(settings.value.capture_region),
            parent=self,
        )
        self.capture.region_taken.connect(self._remember)

    def begin(self, wish: Wish = Wish.CAPTURE, *, again: bool = False) -> None:
        """Take a region for the conversation in front, or to be asked about at once.

        `again`: the region of last time, without asking, if there is one.
        """
        if not self._scope.closed:
            self._scope.start(self._take(wish, again), name="capture")

    async def _take(self, wish: Wish, again: bool) -> None:
        if self.capture.busy:
            return
        try:
            shot = await self.capture.take(again=again)
            if shot is not None and wish is Wish.ASK:
                self.question_wished.emit(shot)
            elif shot is not None:
                self.picture_taken.emit(await in_thread(png, shot.image), self.name())
        except CaptureError as error:
            self._report(error)
        finally:
            self.ended.emit()

    def name(self) -> str:
        """What a picture taken now is called."""
        now = QDateTime.currentDateTime().toString("yyyy-MM-dd HH.mm.ss")
        return self.tr("Screenshot %1.png").replace("%1", now)

    def _remember(self, region: Box) -> None:
        self._settings.replace(capture_region=to_text(region))


def png(image: QImage) -> bytes:
    """A picture as a file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", QUICK)  # type: ignore[call-overload]  # the stub knows paths only
    return bytes(buffer.data().data())


def portal_needed() -> ScreenshotPortal | None:
    """The desktop's portal where programs see nothing of the screen by themselves: on Wayland."""
    if not sys.platform.startswith("linux") or QGuiApplication.platformName() == "offscreen":
        return None
    wayland = QGuiApplication.platformName().startswith("wayland")
    if not wayland and os.environ.get("XDG_SESSION_TYPE") != "wayland":
        return None
    from app.adapters.portal.screenshot import PortalScreenshots

    return PortalScreenshots()
