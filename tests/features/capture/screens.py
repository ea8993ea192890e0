"""Screens that are not there: fake geometries, each pixel of a colour that says where it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.features.capture.geometry import Point, Screen
from app.features.capture.grabber import GrabbedScreen

SMALL = Screen(0, 0, 400, 300, 400, 300)
FINE = Screen(400, 0, 320, 240, 400, 300)  # 1.25×
LEFT = Screen(-267, -50, 267, 200, 400, 300)  # 1.5×, its size rounded
DOUBLE = Screen(800, 0, 200, 150, 400, 300)  # 2×, a gap before it
ALL = (SMALL, FINE, LEFT, DOUBLE)


def color_at(screen: int, x: int, y: int) -> QColor:
    """Which colour a pixel has: screen, column and row can be told from it."""
    return QColor(50 * screen + 20, x * 255 // 400, y * 255 // 300)


@cache
def _image(number: int, width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    for y in range(height):
        for x in range(width):
            image.setPixelColor(x, y, color_at(number, x, y))
    return image


def grabbed(screens: Sequence[Screen] = ALL) -> list[GrabbedScreen]:
    pictures = [_image(n, s.pixel_width, s.pixel_height) for n, s in enumerate(ALL)]
    return [GrabbedScreen(s, QPixmap.fromImage(pictures[ALL.index(s)])) for s in screens]


class FakeGrabber:
    """Gives those screens, and counts how often."""

    def __init__(self, screens: Sequence[Screen] = ALL) -> None:
        self.grabbed = grabbed(screens)
        self.times = 0

    def grab(self) -> list[GrabbedScreen]:
        self.times += 1
        return self.grabbed


def key(
    widget: QWidget, which: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(widget, which, held)


def drag(widget: QWidget, *points: Point) -> None:
    """Press, move and let go; points are in logical coordinates of the desktop.

    Sent one by one: QTest's moves handle other events meanwhile, tasks among them.
    """
    kind, left = QEvent.Type, Qt.MouseButton.LeftButton
    _send(widget, kind.MouseButtonPress, points[0], left)
    for point in points[1:]:
        _send(widget, kind.MouseMove, point, Qt.MouseButton.NoButton)
    _send(widget, kind.MouseButtonRelease, points[-1], left)


def _send(widget: QWidget, kind: QEvent.Type, point: Point, button: Qt.MouseButton) -> None:
    at = QPointF(*point)
    inside = at - QPointF(widget.geometry().topLeft())
    released = kind is QEvent.Type.MouseButtonRelease
    held = Qt.MouseButton.NoButton if released else Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QMouseEvent(kind, inside, at, button, held, none))
