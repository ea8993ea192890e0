"""Pictures of the screens as they are now, and a region of them joined to one picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPixmap

from app.core.errors import CaptureError, CaptureProblem
from app.features.capture.geometry import Box, Pixels, Screen, plan


@dataclass(frozen=True, slots=True, eq=False)
class GrabbedScreen:
    """A screen, and what was on it."""

    screen: Screen
    picture: QPixmap


class ScreenGrabber(Protocol):
    def grab(self) -> Sequence[GrabbedScreen]:
        """All screens, at once. Raises CaptureError."""
        ...


class QtScreenGrabber:
    """Through Qt: on X11, Windows and macOS. Wayland gives nobody a picture unasked."""

    def grab(self) -> Sequence[GrabbedScreen]:
        grabbed = []
        for screen in QGuiApplication.screens():
            picture, place = screen.grabWindow(0), screen.geometry()
            if picture.isNull() or place.isEmpty():
                raise CaptureError(CaptureProblem.NO_PICTURE)
            picture.setDevicePixelRatio(1)
            where = (place.x(), place.y(), place.width(), place.height())
            grabbed.append(
                GrabbedScreen(Screen(*where, picture.width(), picture.height()), picture)
            )
        if not grabbed:
            raise CaptureError(CaptureProblem.NO_PICTURE)
        return grabbed


def joined(region: Box, grabbed: Sequence[GrabbedScreen]) -> QImage:
    """The picture of a region, every pixel of its screens as it was; null beside all of them."""
    made = plan(region, [entry.screen for entry in grabbed])
    if not made.pieces:
        return QImage()
    if len(made.pieces) == 1:
        (piece,) = made.pieces
        return grabbed[piece.screen].picture.copy(_rect(piece.source)).toImage()
    image = QImage(made.width, made.height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for piece in made.pieces:
        picture = grabbed[piece.screen].picture
        painter.drawPixmap(_rect(piece.target), picture, _rect(piece.source))
    painter.end()
    return image


def _rect(pixels: Pixels) -> QRect:
    return QRect(pixels.x, pixels.y, pixels.width, pixels.height)
