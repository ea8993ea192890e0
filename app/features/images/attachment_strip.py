"""What goes with a message, as a strip of chips: taken in, prepared, kept in order, removed.

Pictures are decoded and re-encoded by the codec and kept in the store at once: what a chip stands
for is, byte for byte, what is sent. At most two are prepared at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.documents import DocumentReader
from app.core.errors import PortholeError
from app.core.message import Detail, FilePart, ImagePart, Part
from app.core.picture import Edits, Preparation, Scaling
from app.core.picture_address import name_of
from app.core.ports import BlobReader, ImageCodec
from app.core.text_encodings import Encoding
from app.features.images.attached import Attached, Reader
from app.features.images.chip import Chip
from app.features.images.dropped import (
    dropped_paths,
    given,
    not_here,
    picture_address,
    picture_reader,
)
from app.features.images.goes import Goes
from app.features.images.in_turn import InTurn
from app.features.images.linked import AddressQuestion, Linked
from app.features.images.originals import SameFile, how_made, original
from app.features.images.picture_anew import picture_anew
from app.features.images.preparing import AttachedParts, PagesToPickError, Preparing, grouped
from app.features.images.text_anew import text_anew
from app.features.images.text_instead import ReadText, TextInstead
from app.features.images.thumbnails import Thumbnails
from app.kit.icons import Icons
from app.kit.tasks import TaskScope
from app.kit.theme import Theme
from app.kit.widgets.flow_area import FlowArea

AT_ONCE = 2
MOST_HEIGHT = 150
"""Pixels: about three rows of chips; more of them scroll."""


class AttachmentStrip(QWidget):
    """Hidden while empty. `refused` says in words why something was not taken."""

    changed = Signal()
    refused = Signal(str)
    picture_activated = Signal(object)  # Attached
    text_activated = Signal(str, str)  # name, what goes in place of the picture
    file_activated = Signal(str, str)  # name, the text that goes
    pages_found = Signal(object)  # Pages, of which a person has to pick

    def __init__(
        self,
        *,
        theme: Theme,
        icons: Icons,
        codec: ImageCodec,
        put_blob: Callable[[bytes], Awaitable[str]],
        drop_blob: Callable[[str], Coroutine[Any, Any, None]],
        read_blob: BlobReader,
        thumbnails: Thumbnails,
        describe: Callable[[PortholeError], str],
        on_fault: Callable[[BaseException], None],
        price: Callable[[], float | None] = lambda: None,
        read_text: ReadText | None = None,
        documents: DocumentReader | None = None,
        linked: Linked | None = None,
    ) -> None:
        """`price`: what the model that would be asked costs, USD per million tokens.

        `read_text`: what stands in a picture, by its blob; None where none can be read.
        `linked`: how addresses of pictures are taken; None where they are text.
        """
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._preparing = Preparing(codec, put_blob, thumbnails, documents)
        self._read_blob = read_blob
        self._drop_blob = drop_blob
        self._thumbnails = thumbnails
        self._describe = describe
        self._price = price
        self._linked = linked
        self._question = AddressQuestion(begin=self._begin)
        self._scope = TaskScope(on_fault)
        self._text = TextInstead(read_text, scope=self._scope, describe=describe, parent=self)
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._items: list[Attached] = []
        self._turns = InTurn(self)
        self._area = FlowArea(gap=8, most_height=MOST_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._question)
        column.addWidget(self._area)
        self._question.answered.connect(self.changed)
        self._text.changed.connect(self.changed)
        self._text.refused.connect(self.refused)
        thumbnails.arrived.connect(self._thumbnail_arrived)
        # The chips go with the strip: whatever is still being prepared has nowhere to be shown.
        self.destroyed.connect(self._scope.cancel)
        self.hide()

    @property
    def widget(self) -> QWidget:
        return self

    @property
    def busy(self) -> bool:
        return self._turns.waiting or any(item.busy for item in self._items)

    def chips(self) -> tuple[Chip, ...]:
        return tuple(item.chip for item in self._items)

    def attached(self) -> tuple[Attached, ...]:
        return tuple(self._items)

    def parts(self) -> tuple[Part, ...]:
        """What is ready, in the order in which it came."""
        return tuple(part for item in self._items for part in item.parts)

    def set_parts(self, parts: Sequence[Part]) -> None:
        """Show these in place of what is there; what was still being prepared is given up."""
        if tuple(parts) == self.parts() and not self.busy:
            return
        self._turns.clear()
        for item in tuple(self._items):
            self._drop(item)
        shown = [part for part in parts if isinstance(part, ImagePart | FilePart)]
        for group in grouped(shown):
            item = self._add(group[0].name, group)
            item.how = how_made(group)
            item.show(group)
            self._show_picture(item)
            if any(picture.text_only for picture in item.pictures):
                item.goes = Goes.TEXT
                if any(picture.text is None for picture in item.pictures):
                    self._text.begin(item)  # Porthole ended while it was read
        self.changed.emit()

    def let_go(self, parts: Sequence[Part]) -> None:
        """Remove these, which were sent; what came since stays."""
        rest = list(parts)
        for item in tuple(self._items):
            if item.parts and all(part in rest for part in item.parts):
                for part in item.parts:
                    rest.remove(part)
                self._drop(item)
        self.changed.emit()

    def add_paths(self, paths: Sequence[str]) -> None:
        """Take files from the disk."""
        for path in paths:
            name = path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1] or path
            self._start(name, SameFile(name, partial(self._preparing.read_file, path)))

    def add_bytes(self, data: bytes, name: str) -> None:
        """Take a picture or a text that is there as bytes."""
        self._start(name, given(data))

    def add_reader(self, name: str, read: Reader) -> None:
        """Take a picture or a text whose bytes come when they are asked for."""
        self._start(name, read)

    def add_text(self, name: str, text: str) -> None:
        self._turns.add(lambda: self._add_ready(name, FilePart(name, text)))

    def add_mime(self, mime: QMimeData) -> bool:
        """Take what was dropped or pasted; False if it holds neither picture nor file."""
        if paths := dropped_paths(mime):
            self.add_paths(paths)
            return True
        if (read := picture_reader(mime)) is not None:
            self._start(self.tr("Pasted picture.png"), read)
            return True
        if self._linked is not None and (address := picture_address(mime)):
            self._turns.add(partial(self._add_address, address, self._linked))
            return True
        if elsewhere := not_here(mime):
            self.refused.emit(elsewhere)
        return bool(elsewhere)

    def refresh_prices(self) -> None:
        """Another model would be asked, or its price became known."""
        price = self._price()
        for item in self._items:
            item.chip.show_price(price)

    async def original(self, item: Attached) -> bytes:
        """All of a picture, upright, before any edit: what is edited. Raises PortholeError."""
        data = await original(item, item.pictures, self._read_blob)
        item.reader = given(data)  # edits are of these bytes, whatever becomes of the file
        return await self._preparing.upright(data, item.name)

    def set_edits(self, item: Attached, edits: Edits) -> None:
        """Make a picture anew with these edits in place of those it has."""
        if edits != item.edits:
            self._start_again(item, item.how, edits)

    def set_encoding(self, item: Attached, encoding: Encoding) -> None:
        """Read a text file anew, as a person says that it is encoded."""
        make = text_anew(item, encoding, self._preparing, self._say_why)
        if item in self._items and make is not None:
            item.show(())
            item.task = self._scope.start(self._prepare(item, make), name="read text anew")
            self.changed.emit()

    def set_scaling(self, item: Attached, scaling: Scaling) -> None:
        """Make a picture anew: sharp, made to fit, or cut into tiles."""
        if scaling is not item.how.scaling:
            self._start_again(item, Preparation(scaling), item.edits)

    def way_to_read(self) -> Callable[[], None] | None:
        """Makes only the text of all pictures go; None where there is none to be read here."""
        sent = [item for item in self._items if item.blob and item.goes is Goes.PICTURE]
        return self._read_here if self._text.available and sent else None

    def _read_here(self) -> None:
        for item in tuple(self._items):
            self.set_goes(item, Goes.TEXT)

    def set_goes(self, item: Attached, goes: Goes) -> None:
        """Send a picture, or only its text: until this is read, nothing can be sent."""
        if item not in self._items or not item.blob or goes is item.goes:
            return
        if goes is Goes.TEXT:
            self._text.begin(item)
        else:
            self._text.send_picture(item)
        self.changed.emit()

    async def close_scope(self) -> None:
        """Give up what is being prepared."""
        self._turns.clear()
        await self._scope.close()

    # Within

    def _start(self, name: str, read: Reader) -> None:
        """In its turn: a chip takes its time, and there may be many."""

        def start() -> None:
            self._begin(self._add(name, ()), read)
            self.changed.emit()

        self._turns.add(start)

    def _add_ready(self, name: str, part: FilePart) -> None:
        self._add(name, (part,))
        self.changed.emit()

    def _add_address(self, address: str, linked: Linked) -> None:
        self._question.take(self._add(name_of(address), ()), address, linked)
        self.changed.emit()

    def _begin(self, item: Attached, read: Reader) -> None:
        item.reader = read

        async def make() -> AttachedParts:
            made = await self._preparing.attached(await read(), item.name)
            item.encoding = made.encoding
            return made.parts

        item.task = self._scope.start(self._prepare(item, make), name="prepare attachment")

    def _start_again(self, item: Attached, how: Preparation, edits: Edits) -> None:
        if item not in self._items or not item.pictures:
            return
        self._text.stop(item)
        make = picture_anew(
            item,
            how,
            edits,
            preparing=self._preparing,
            read_blob=self._read_blob,
            forget=self._forget,
            refuse=self._say_why,
        )
        item.task = self._scope.start(self._prepare(item, make), name="prepare picture anew")
        self.changed.emit()

    def _try_again(self, item: Attached) -> None:
        if item in self._items and item.make is not None:
            item.chip.show_parts((), item.how.scaling)
            item.task = self._scope.start(self._prepare(item, item.make), name="try again")
            self.changed.emit()

    async def _prepare(self, item: Attached, make: Callable[[], Awaitable[AttachedParts]]) -> None:
        """Make the parts an item waits for. Cancelled, it touches nothing: the chip is gone."""
        async with self._slots:
            try:
                parts = await make()
            except PagesToPickError as found:
                self._drop(item)
                self.changed.emit()
                self.pages_found.emit(found.pages)
                return
            except PortholeError as error:
                if item.before:  # neither goes what it was, nor is it lost: a person decides
                    item.chip.show_trouble(self._describe(error))
                else:
                    self._drop(item)
                    self._say_why(error)
                self.changed.emit()
                return
            except Exception:
                self._drop(item)
                self.changed.emit()
                raise
        item.show(parts)
        self._show_picture(item)
        if item.goes is Goes.TEXT and item.pictures:
            self._text.begin(item)
        self.changed.emit()

    def _say_why(self, error: PortholeError) -> None:
        self.refused.emit(self._describe(error))

    # Chips

    def _add(self, name: str, parts: AttachedParts) -> Attached:
        chip = Chip(name, parts, theme=self._theme, icons=self._icons)
        chip.show_price(self._price())
        chip.set_readable(self._text.available)
        item = Attached(name, chip, parts)
        self._items.append(item)
        self._area.add(chip)
        chip.remove_requested.connect(lambda: self._remove(item))
        chip.detail_chosen.connect(lambda detail: self._set_detail(item, detail))
        chip.scaling_chosen.connect(lambda scaling: self.set_scaling(item, scaling))
        chip.goes_chosen.connect(lambda goes: self.set_goes(item, goes))
        chip.encoding_chosen.connect(lambda encoding: self.set_encoding(item, encoding))
        chip.again_requested.connect(lambda: self._try_again(item))
        chip.activated.connect(lambda: self._activate(item))
        chip.show()
        self.show()
        return item

    def _drop(self, item: Attached) -> None:
        """Take an item out; one that is still being prepared is given up."""
        if item not in self._items:
            return
        self._items.remove(item)
        self._text.stop(item)
        if item.task is not None and item.task is not asyncio.current_task():
            item.task.cancel()
        self._area.remove(item.chip)
        item.chip.hide()
        item.chip.deleteLater()
        self.setVisible(bool(self._items))
        self._question.forget(item)

    def _forget(self, parts: Sequence[Part]) -> None:
        """What is neither sent nor shown any more does not stay on the disk."""
        for part in parts:
            if isinstance(part, ImagePart) and part.blob and not self._scope.closed:
                self._scope.start(self._drop_blob(part.blob), name="drop picture")

    def _remove(self, item: Attached) -> None:
        self._forget(item.parts or item.before)
        self._drop(item)
        self.changed.emit()

    def _set_detail(self, item: Attached, detail: Detail) -> None:
        if item.pictures and item.pictures[0].detail is not detail:
            item.show(tuple(replace(part, detail=detail) for part in item.pictures))
            self.changed.emit()

    def _activate(self, item: Attached) -> None:
        if item.blob and item.goes is Goes.PICTURE:
            self.picture_activated.emit(item)
        elif not item.busy:
            went = self.text_activated if item.pictures else self.file_activated
            went.emit(item.name, item.words)

    def _show_picture(self, item: Attached) -> None:
        if not item.blob or item.blob == item.pictured:
            return
        pixmap = self._thumbnails.pixmap(item.blob)
        if pixmap is not None:
            item.pictured = item.blob
            item.chip.show_picture(pixmap)

    def _thumbnail_arrived(self, blob: str) -> None:
        for item in self._items:
            if item.blob == blob:
                self._show_picture(item)
