"""The words of the picture in the viewer: looked up, read on request, in step with its edits.

They are never the model's: they were read on this computer, and the bar says so. What edits cover
or cut off is neither shown nor copied, from the moment of the edit on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Qt
from PySide6.QtGui import QImage, QImageWriter, QKeyEvent, QKeySequence, QTransform
from shiboken6 import isValid

from app.core.errors import PortholeError
from app.core.picture import Edits
from app.core.ports import TextLine
from app.core.text_layer import TextLayer
from app.features.images.picture_source import PictureSource
from app.features.images.read_bar import ReadBar
from app.features.images.read_place import WasRead
from app.kit.icons import Icons
from app.kit.tasks import in_thread
from app.kit.theme import Theme
from app.kit.widgets.picture_text import PictureText
from app.kit.widgets.picture_view import PictureView

HEARD = 4000
"""Characters of the words that a screen reader is given with the picture."""


class ViewerText(QObject):
    """`bar` belongs under the picture. Without a `source` there is nothing to read, and no bar."""

    def __init__(
        self,
        view: PictureView,
        *,
        source: PictureSource | None,
        original: tuple[int, int],
        theme: Theme,
        icons: Icons,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._source = source
        self._original = original
        self.bar = ReadBar(theme=theme, icons=icons)
        self.bar.setVisible(source is not None)
        self.words = PictureText(view, theme=theme)
        self._read: WasRead | None = None
        self._shown = QImage()
        self._edits = Edits()
        self._sent = True
        self._task: asyncio.Task[Any] | None = None
        self._reading = False
        self._places: tuple[tuple[int, int], ...] = ()
        self._place = -1
        self._query = ""
        self.bar.read_requested.connect(self.read)
        self.bar.cancelled.connect(self.cancel)
        self.bar.copy_requested.connect(self.words.copy)
        self.bar.query_changed.connect(self._seek)
        self.bar.step_requested.connect(self.step)
        self.bar.find_closed.connect(self._end_finding)
        self.words.selection_changed.connect(
            lambda: self.bar.show_selected(self.words.selection is not None)
        )

    def show_picture(self, shown: QImage, edits: Edits, *, sent: bool) -> None:
        """From now on this is looked at, which `edits` made; `sent`: it is what is kept."""
        self._shown, self._edits, self._sent = shown, edits, sent
        self._lay()

    def look_up(self) -> None:
        """Show the words at once where they are kept."""
        source = self._source
        if source is None or not source.blob or source.scope.closed:
            return
        self._begin(self._take_kept(source, self._here()))

    def read(self) -> None:
        """Read the picture as it is shown; nothing happens while that is being done."""
        source = self._source
        if source is None or source.scope.closed:
            return
        if self._reading:
            return
        self.cancel()
        self._reading = True
        self.bar.show_reading()
        self._begin(self._take_read(source, self._here(), self._shown, kept=self._sent))

    def cancel(self) -> None:
        """Nobody waits for the words any more."""
        task, self._task, self._reading = self._task, None, False
        if task is not None:
            task.cancel()
            self._lay()

    def key(self, event: QKeyEvent) -> bool:
        """Take a key that selects, copies or finds; whether it was one."""
        if event.matches(QKeySequence.StandardKey.Find) and self._source is not None:
            self.bar.open_find()
        elif event.matches(QKeySequence.StandardKey.FindNext):
            self.step(1)
        elif event.matches(QKeySequence.StandardKey.FindPrevious):
            self.step(-1)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.words.key(event)
        else:
            return self.words.key(event)
        return True

    def step(self, step: int) -> None:
        """To the next place that was found, or the one before."""
        if self._places:
            self._place = (self._place + step) % len(self._places)
            self.words.select(self._places[self._place])
        self.bar.show_found(self._place + 1, len(self._places))

    # Within

    def _begin(self, work: Any) -> None:
        assert self._source is not None
        self._task = self._source.scope.start(work, name="words of a picture")

    def _here(self) -> WasRead:
        """What is shown, with nothing read of it."""
        return WasRead((), self._shown.width(), self._shown.height(), self._edits)

    async def _take_kept(self, source: PictureSource, here: WasRead) -> None:
        try:
            lines = await source.texts.kept(source.blob)
        except PortholeError:
            return  # as if it had not been read: it can be read anew
        if lines is not None:
            self._take(here, lines)

    async def _take_read(
        self, source: PictureSource, here: WasRead, shown: QImage, *, kept: bool
    ) -> None:
        """`kept`: what is read are the bytes that are kept, and so are its words."""
        try:
            if kept and source.blob:
                lines = await source.texts.lines(source.blob)
            else:
                lines = await source.texts.read(await in_thread(_as_png, shown))
        except PortholeError as error:
            if isValid(self):
                self._task, self._reading = None, False
                self._lay()
                self.bar.show_unread(source.describe(error))
            return
        self._take(here, lines)

    def _take(self, here: WasRead, lines: Sequence[TextLine]) -> None:
        if isValid(self):
            self._task, self._reading = None, False
            self._read = WasRead(tuple(lines), here.width, here.height, here.edits)
            self._lay()

    def _lay(self) -> None:
        """The words that are left, where they stand now."""
        read = self._read
        left = [] if read is None else read.lines_left(self._original, self._edits)
        moved = read is not None and not self._sent
        place = read.place(self._original, self._edits) if read and moved else QTransform()
        self.words.show_layer(TextLayer(left), place)
        if not self._reading:
            self._tell_bar(read, len(left))
        heard = self.words.layer.whole_text()[:HEARD]
        said = self.tr("Text read on this computer: %1").replace("%1", heard) if heard else ""
        self._view.setAccessibleDescription(said)
        self._find()

    def _tell_bar(self, read: WasRead | None, left: int) -> None:
        if read is None:
            self.bar.show_unread()
        else:
            fewer = left < len(read.lines)
            self.bar.show_read(left, fewer=fewer, again=self._edits != read.edits)

    def _seek(self, query: str) -> None:
        self._query = query
        self._find()
        if self._places:
            self.words.select(self._places[0])

    def _find(self) -> None:
        self._places = self.words.layer.find(self._query)
        self._place = 0 if self._places else -1
        self.words.mark(self._places)
        self.bar.show_found(self._place + 1, len(self._places))

    def _end_finding(self) -> None:
        self._query = ""
        self._find()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)


def _as_png(image: QImage) -> bytes:
    """Its pixels, as the reader takes them."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
