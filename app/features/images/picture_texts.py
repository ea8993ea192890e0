"""The text in pictures, read on this computer: at once for who waits for it, else in idle time.

What was read is kept with the picture's bytes, so nothing is read twice; what was read in a
picture that is not sent yet stays in memory, as it may still be blacked out. In idle time the
pictures of messages are read one after another, if the person wants it, so that search finds
their words; that stops, its process with it, once an answer streams or somebody waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.errors import ReadingError, StorageError
from app.core.ports import HistoryStore, TextLine, TextReader
from app.kit.tasks import TaskScope

QUIET_MS = 10_000
"""How long nothing may have happened before pictures are read in idle time."""
UNSENT = 32
"""Of how many pictures that are not sent yet the words are held in memory."""
LOOKED_UP = 100
"""How many pictures at most are looked up at a time: those that cannot be read are among them."""


class PictureTexts(QObject):
    """`reader` is for who waits, `calm_reader` for idle time; both may be asked at any time.

    `wanted` and `busy` tell whether pictures are to be read in idle time at all, and right now.
    """

    came = Signal(str)  # blob of a picture whose words are kept now

    def __init__(
        self,
        *,
        store: HistoryStore,
        reader: TextReader,
        calm_reader: TextReader,
        wanted: Callable[[], bool],
        busy: Callable[[], bool],
        tasks: TaskScope,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._reader = reader
        self._calm_reader = calm_reader
        self._wanted = wanted
        self._busy = busy
        self._tasks = tasks
        self._task: asyncio.Task[Any] | None = None
        self._waiting = 0
        self._unreadable: set[str] = set()
        self._unsent: dict[str, Sequence[TextLine]] = {}
        self._keeping: asyncio.Task[Any] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET_MS)
        self._timer.timeout.connect(self._begin)

    @property
    def available(self) -> bool:
        """Whether pictures can be read here at all."""
        return self._reader.available

    @property
    def waits_or_reads(self) -> bool:
        """Whether pictures are read in idle time, or will be once it has been quiet."""
        return self._timer.isActive() or self._task is not None

    async def kept(self, blob: str) -> Sequence[TextLine] | None:
        """What is kept of a picture, without reading it. Raises StorageError."""
        here = self._unsent.get(blob)
        return await self._store.text_layer(blob) if here is None else here

    async def lines(self, blob: str) -> Sequence[TextLine]:
        """What stands in a picture: as it is kept, or read now. Raises ReadingError, StorageError.

        Cancelling ends the reading.
        """
        kept = await self.kept(blob)
        if kept is not None:
            return kept
        found = await self._read_first(lambda: self._store.blob(blob))
        await self._keep(blob, found)
        return found

    async def read(self, data: bytes) -> Sequence[TextLine]:
        """What stands in a picture that is not kept, nor are its words. Raises ReadingError.

        Cancelling ends the reading.
        """

        async def given() -> bytes:
            return data

        return await self._read_first(given)

    async def _read_first(self, get: Callable[[], Awaitable[bytes]]) -> Sequence[TextLine]:
        """Somebody waits for this one: nothing is read for anybody else meanwhile."""
        self._waiting += 1
        self.follow()
        try:
            return await self._reader.read(await get())
        finally:
            self._waiting -= 1
            self.follow()

    def follow(self) -> None:
        """Something began or ended, or what the person wants changed."""
        if self._unsent and self._keeping is None and not self._tasks.closed:
            self._keeping = self._tasks.start(self._keep_sent(), name="keep words of pictures")
            self._keeping.add_done_callback(self._kept_sent)
        if not self._may():
            self._timer.stop()
            if self._task is not None:
                self._task.cancel()
        elif self._task is None:
            self._timer.start()

    def _may(self) -> bool:
        return self._wanted() and self.available and not self._waiting and not self._busy()

    def _begin(self) -> None:
        if self._task is None and self._may() and not self._tasks.closed:
            self._task = self._tasks.start(self._read_all(), name="read pictures in idle time")
            self._task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._task = None
        if task.cancelled() and not self._tasks.closed:
            self.follow()  # what stopped it may be over already

    async def _read_all(self) -> None:
        while (blob := await self._next()) is not None:
            try:
                found = await self._calm_reader.read(await self._store.blob(blob))
                await self._keep(blob, found)
            except (ReadingError, StorageError):
                self._unreadable.add(blob)  # until the next start: it may have been the machine

    async def _keep(self, blob: str, found: Sequence[TextLine]) -> None:
        await self._store.put_text_layer(blob, found)
        if await self._store.text_layer(blob) is not None:
            self._unsent.pop(blob, None)
            self.came.emit(blob)
            return
        self._unsent[blob] = found
        for oldest in tuple(self._unsent)[:-UNSENT]:
            del self._unsent[oldest]

    async def _keep_sent(self) -> None:
        """Those that were sent meanwhile."""
        for blob, found in tuple(self._unsent.items()):
            try:
                await self._keep(blob, found)
            except StorageError:
                return

    def _kept_sent(self, _task: asyncio.Task[Any]) -> None:
        self._keeping = None

    async def _next(self) -> str | None:
        try:
            found = await self._store.unread_pictures(LOOKED_UP)
        except StorageError:
            return None
        return next((blob for blob in found if blob not in self._unreadable), None)
