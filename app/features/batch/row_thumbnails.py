"""Small pictures of a batch's files: those that are looked at, from where they are kept."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPixmap

from app.core.batch import BatchRow, RowState
from app.core.errors import PortholeError
from app.kit.tasks import TaskScope

KEPT = 400
AT_ONCE = 4
WIDTH, HEIGHT = 34, 24


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
        pixmap = QPixmap()
        keep, smooth = (
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        known: Any = None
        if data and pixmap.loadFromData(data):
            known = pixmap.scaled(WIDTH, HEIGHT, keep, smooth)
        self._known[place] = known
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        if known is not None:
            self.arrived.emit(place)
