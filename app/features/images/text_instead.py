"""Sends the text of a picture in its place: read on this machine, while nothing can be sent."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.core.errors import PortholeError
from app.core.picture_text import as_text_only
from app.core.ports import TextLine
from app.features.images.attached import Attached
from app.features.images.goes import Goes
from app.kit.tasks import TaskScope

ReadText = Callable[[str], Awaitable[Sequence[TextLine]]]
"""Gives what stands in a picture, by its blob. Raises PortholeError."""


class TextInstead(QObject):
    """`refused` says in words why a picture goes after all."""

    changed = Signal()
    refused = Signal(str)

    def __init__(
        self,
        read_text: ReadText | None,
        *,
        scope: TaskScope,
        describe: Callable[[PortholeError], str],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._read_text = read_text
        self._scope = scope
        self._describe = describe

    @property
    def available(self) -> bool:
        """Whether pictures can be read here."""
        return self._read_text is not None

    def begin(self, item: Attached) -> None:
        """From now on the picture does not go, whatever becomes of the reading."""
        item.goes = Goes.TEXT
        item.show(tuple(replace(part, text_only=True, text=None) for part in item.pictures))
        if self._read_text is not None:
            reading = self._read(item, self._read_text)
            item.reading = self._scope.start(reading, name="read picture")

    def send_picture(self, item: Attached) -> None:
        """The picture itself goes."""
        self.stop(item)
        item.goes = Goes.PICTURE
        item.show(tuple(replace(part, text_only=False, text=None) for part in item.pictures))

    def stop(self, item: Attached) -> None:
        """Nobody wants the text any more."""
        reading, item.reading = item.reading, None
        if reading is not None and reading is not asyncio.current_task():
            reading.cancel()

    async def _read(self, item: Attached, read_text: ReadText) -> None:
        """Cancelled, it touches nothing: the chip is gone, or the person wants the picture sent."""
        try:
            lines = [await read_text(picture.blob or "") for picture in item.pictures]
        except PortholeError as error:
            self.send_picture(item)
            self.refused.emit(self._describe(error))
            self.changed.emit()
            return
        item.reading = None
        if any(lines):
            pairs = zip(item.pictures, lines, strict=True)
            item.show(tuple(as_text_only(picture, found) for picture, found in pairs))
        else:
            self.send_picture(item)
            words = self.tr("No text was found in %1. It would be sent as a picture.")
            self.refused.emit(words.replace("%1", item.name))
        self.changed.emit()
