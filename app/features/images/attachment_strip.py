"""What goes with a message, as a strip of chips: taken in, prepared, kept in order, removed.

Pictures are decoded and re-encoded by the codec and kept in the store at once: what a chip stands
for is, byte for byte, what is sent. At most two are prepared at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.errors import ImageError, ImageProblem, PortholeError
from app.core.message import Detail, FilePart, ImagePart, Part
from app.core.ports import ImageCodec
from app.core.text_file import sniff_text
from app.features.images.chip import Chip
from app.features.images.dropped import dropped_paths, picture_reader
from app.features.images.thumbnails import Thumbnails
from app.kit.icons import Icons
from app.kit.tasks import TaskScope, in_thread
from app.kit.theme import Theme
from app.kit.widgets.flow_area import FlowArea

AT_ONCE = 2
MOST_HEIGHT = 150
"""Pixels: about three rows of chips; more of them scroll."""

Reader = Callable[[], Awaitable[bytes]]


@dataclass(slots=True, eq=False)
class _Item:
    chip: Chip
    part: ImagePart | FilePart | None = None
    task: asyncio.Task[Any] | None = None


class AttachmentStrip(QWidget):
    """Hidden while empty. `refused` says in words why something was not taken."""

    changed = Signal()
    refused = Signal(str)
    image_activated = Signal(str)  # blob

    def __init__(
        self,
        *,
        theme: Theme,
        icons: Icons,
        codec: ImageCodec,
        put_blob: Callable[[bytes], Awaitable[str]],
        thumbnails: Thumbnails,
        describe: Callable[[PortholeError], str],
        on_fault: Callable[[BaseException], None],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._codec = codec
        self._put_blob = put_blob
        self._thumbnails = thumbnails
        self._describe = describe
        self._scope = TaskScope(on_fault)
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._items: list[_Item] = []
        self._area = FlowArea(gap=8, most_height=MOST_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        thumbnails.arrived.connect(self._thumbnail_arrived)
        # The chips go with the strip: whatever is still being prepared has nowhere to be shown.
        self.destroyed.connect(self._scope.cancel)
        self.hide()

    @property
    def widget(self) -> QWidget:
        return self

    @property
    def busy(self) -> bool:
        return any(item.part is None for item in self._items)

    def chips(self) -> tuple[Chip, ...]:
        return tuple(item.chip for item in self._items)

    def parts(self) -> tuple[Part, ...]:
        """What is ready, in the order in which it came."""
        return tuple(item.part for item in self._items if item.part is not None)

    def set_parts(self, parts: Sequence[Part]) -> None:
        """Show these in place of what is there; what was still being prepared is given up."""
        if tuple(parts) == self.parts() and not self.busy:
            return
        for item in tuple(self._items):
            self._drop(item)
        for part in parts:
            if isinstance(part, ImagePart | FilePart):
                self._show_picture(self._add(part.name, part))
        self.changed.emit()

    def let_go(self, parts: Sequence[Part]) -> None:
        """Remove these, which were sent; what came since stays."""
        rest = list(parts)
        for item in tuple(self._items):
            if item.part is not None and item.part in rest:
                rest.remove(item.part)
                self._drop(item)
        self.changed.emit()

    def add_paths(self, paths: Sequence[str]) -> None:
        """Take files from the disk."""
        for path in paths:
            name = path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1] or path

            async def read(path: str = path) -> bytes:
                return (await self._codec.read_file(path))[1]

            self._start(name, read)

    def add_bytes(self, data: bytes, name: str) -> None:
        """Take a picture or a text that is there as bytes."""

        async def read() -> bytes:
            return data

        self._start(name, read)

    def add_text(self, name: str, text: str) -> None:
        self._add(name, FilePart(name, text))
        self.changed.emit()

    def add_mime(self, mime: QMimeData) -> bool:
        """Take what was dropped or pasted; False if it holds neither picture nor file."""
        if paths := dropped_paths(mime):
            self.add_paths(paths)
            return True
        if (read := picture_reader(mime)) is not None:
            self._start(self.tr("Pasted picture.png"), read)
            return True
        return False

    async def close_scope(self) -> None:
        """Give up what is being prepared."""
        await self._scope.close()

    # Within

    def _start(self, name: str, read: Reader) -> None:
        item = self._add(name, None)
        item.task = self._scope.start(self._prepare(item, name, read), name="prepare attachment")
        self.changed.emit()

    async def _prepare(self, item: _Item, name: str, read: Reader) -> None:
        """Make the part an item waits for. Cancelled, it touches nothing: the chip is gone."""
        async with self._slots:
            try:
                part = await self._made(name, await read())
            except PortholeError as error:
                self._drop(item)
                self.refused.emit(self._describe(error))
                self.changed.emit()
                return
            except Exception:
                self._drop(item)
                self.changed.emit()
                raise
        item.part = part
        item.chip.show_part(part)
        self._show_picture(item)
        self.changed.emit()

    async def _made(self, name: str, data: bytes) -> ImagePart | FilePart:
        try:
            ready = await self._codec.prepare(data, name)
        except ImageError as error:
            if error.problem is not ImageProblem.NOT_SUPPORTED:
                raise
            text = await in_thread(sniff_text, data)
            if text is None:
                raise
            return FilePart(name, text)
        blob = await self._put_blob(ready.data)
        self._thumbnails.put(blob, ready.thumbnail)
        return ImagePart(
            name=name,
            media_type=ready.media_type,
            blob=blob,
            width=ready.width,
            height=ready.height,
            original_width=ready.original_width,
            original_height=ready.original_height,
        )

    def _add(self, name: str, part: ImagePart | FilePart | None) -> _Item:
        chip = Chip(name, part, theme=self._theme, icons=self._icons)
        item = _Item(chip, part)
        self._items.append(item)
        self._area.add(chip)
        chip.remove_requested.connect(lambda: self._remove(item))
        chip.detail_chosen.connect(lambda detail: self._set_detail(item, detail))
        chip.activated.connect(lambda: self._activate(item))
        chip.show()
        self.show()
        return item

    def _drop(self, item: _Item) -> None:
        """Take an item out; one that is still being prepared is given up."""
        if item not in self._items:
            return
        self._items.remove(item)
        if item.task is not None and item.task is not asyncio.current_task():
            item.task.cancel()
        self._area.remove(item.chip)
        item.chip.hide()
        item.chip.deleteLater()
        self.setVisible(bool(self._items))

    def _remove(self, item: _Item) -> None:
        self._drop(item)
        self.changed.emit()

    def _set_detail(self, item: _Item, detail: Detail) -> None:
        if isinstance(item.part, ImagePart) and item.part.detail is not detail:
            item.part = replace(item.part, detail=detail)
            item.chip.show_part(item.part)
            self.changed.emit()

    def _activate(self, item: _Item) -> None:
        if isinstance(item.part, ImagePart) and item.part.blob:
            self.image_activated.emit(item.part.blob)

    def _show_picture(self, item: _Item) -> None:
        if isinstance(item.part, ImagePart) and item.part.blob:
            item.chip.show_picture(self._thumbnails.pixmap(item.part.blob))

    def _thumbnail_arrived(self, blob: str) -> None:
        for item in self._items:
            if isinstance(item.part, ImagePart) and item.part.blob == blob:
                self._show_picture(item)
