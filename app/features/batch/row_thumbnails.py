"""Small pictures of a batch's files: those that are looked at, from where they are kept."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from PySide6.QtCore import QObject, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPainterPath, QPixmap

from app.core.batch import BatchRow, RowState
from app.core.errors import PortholeError
from app.kit.tasks import TaskScope

KEPT = 400
AT_ONCE = 4
WIDTH, HEIGHT, RADIUS = 34, 24, 4


def rounded(picture: QPixmap | None, color: str = "") -> QPixmap:
    """A picture in the list's size, or where there is none a field of `color`."""
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    made = QPixmap(round(WIDTH * ratio), round(HEIGHT * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    place = QRectF(0, 0, WIDTH, HEIGHT)
    path = QPainterPath()
    path.addRoundedRect(place, RADIUS, RADIUS)
    painter = QPainter(made)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    painter.setClipPath(path)
    if picture is None:
        painter.fillPath(path, QColor(color))
    else:
        # All of the field is filled; what a long picture has beyond it is cut off.
        source = QRectF(picture.rect())
        scale = min(source.width() / WIDTH, source.height() / HEIGHT)
        middle = source.center()
        source.setSize(QSizeF(WIDTH * scale, HEIGHT * scale))
        source.moveCenter(middle)
        painter.drawPixmap(place, picture, source)
    painter.end()
    return made


class RowThumbnails(QObject):
    """`read` gives a row's small PNG by its place, empty where there is none yet."""

    arrived = Signal(int)  # BatchRow.place

    def __init__(
        self, read: Callable[[int], Awaitable[bytes]], scope: TaskScope, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._scope = scope
        self._known: OrderedDict[int, QPixmap | None] = OrderedDict()
        self._loading: set[int] = set()
        self._slots = asyncio.Semaphore(AT_ONCE)

    def of(self, row: BatchRow) -> QPixmap | None:
        """The picture if it is there; else None, and it is looked for."""
        place = row.place
        if place in self._known:
            self._known.move_to_end(place)
            return self._known[place]
        untouched = row.state is RowState.WAITING and not row.asked
        if not untouched and place not in self._loading and not self._scope.closed:
            self._loading.add(place)
            self._scope.start(self._load(place), name="row thumbnail")
        return None

    def forget(self, place: int) -> None:
        """It may have one by now."""
        if self._known.get(place) is None:
            self._known.pop(place, None)

    async def _load(self, place: int) -> None:
        try:
            async with self._slots:
                data = await self._read(place)
        except PortholeError:
            data = b""  # without a picture the row says all the same
        finally:
            self._loading.discard(place)
        picture = QPixmap()
        known = rounded(picture) if data and picture.loadFromData(data) else None
        self._known[place] = known
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        if known is not None:
            self.arrived.emit(place)
