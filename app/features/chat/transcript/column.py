"""All messages one below the other: where each box stands, and what is laid out to fill the view.

Only what is seen is laid out. Everything else is an estimate, and when an estimate turns out wrong
the scroll value moves with it: what is on the screen stays where it is (`settle`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.core.message import Message
from app.features.chat.shown_branch import ShownBranch
from app.features.chat.transcript.addresses import Address, box_at
from app.features.chat.transcript.box import Box, TextBox
from app.features.chat.transcript.message_item import MessageItem
from app.features.chat.transcript.rows import Rows
from app.features.chat.transcript.surface import Surface
from app.features.chat.transcript.text_parts import ChunkBox

PAD_TOP, PAD_BOTTOM = 4, 24


@dataclass(slots=True)
class Hold:
    """A box that stays where it is: its top is `offset` pixels below the top of the view.

    With `char` it is that character's line that stays (the box may be laid out anew). `item` and
    `place` find a neighbour where the box itself is gone.
    """

    box: Box
    offset: int
    item: MessageItem
    place: int
    char: int | None = None


class Column:
    """The messages shown, in order. Pure geometry: it neither paints nor scrolls."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._rows = Rows(surface)

    @property
    def rows(self) -> Rows:
        """The messages by their place."""
        return self._rows

    # Messages

    def show(self, shown: ShownBranch) -> None:
        """Replace everything."""
        self._surface.release_all()
        self._rows.show(shown)

    def append(self, message: Message) -> MessageItem:
        return self._rows.append(message)

    def update(self, message: Message) -> None:
        """The message changed, or its words are there now."""
        self._rows.put(message)

    def get(self, message_id: str) -> MessageItem | None:
        return self._rows.find(message_id)

    def made(self) -> Iterator[MessageItem]:
        """The messages that are or were near the view, in no order."""
        return self._rows.made()

    def streaming(self) -> Iterator[MessageItem]:
        return self._rows.streaming()

    def box_at(self, message_id: str, address: Address) -> Box | None:
        """The box at an address of a message, made if it was not there."""
        item = self._rows.find(message_id)
        if item is None or not item.is_shown:
            return None
        self._make(item)
        box = box_at(item, address)
        self.item_changed(item)
        return box

    def item_changed(self, item: MessageItem) -> None:
        if self._rows.is_current(item):
            self._rows.heights.set(item.index, item.height)

    def take_wanted(self) -> tuple[str, ...]:
        """The ids of messages whose words are missed, each told once."""
        return self._rows.take_wanted()

    def let_go(self, keep: Iterable[MessageItem]) -> None:
        """Drop what was far from the view for long."""
        self._rows.let_go(keep)

    # Geometry

    @property
    def width(self) -> int:
        return self._rows.width

    @property
    def total(self) -> int:
        return PAD_TOP + self._rows.heights.total + PAD_BOTTOM

    def set_width(self, width: int) -> None:
        """Take a new width; estimates until things are seen."""
        self._rows.set_width(width)

    def restyle(self) -> None:
        self._rows.restyle()

    def top_of_item(self, item: MessageItem) -> int:
        return PAD_TOP + self._rows.heights.before(item.index)

    def top_of(self, box: Box) -> int:
        assert box.item is not None
        return self.top_of_item(box.item) + box.item.top_of(box)

    def lay_out(self, box: Box) -> None:
        """Make a box's height exact, and count with it."""
        item = box.item
        assert item is not None
        if not box.exact:
            box.lay_out(self._rows.width)
            item.measured(box)
            self.item_changed(item)

    def at(self, y: int) -> Box | None:
        """The box that covers `y` (with the gap above it)."""
        shown = self._shown_item(self._rows.heights.at(y - PAD_TOP), 1)
        shown = shown or self._shown_item(len(self._rows) - 1, -1)
        if shown is None:
            return None
        self._make(shown)
        inside = y - self.top_of_item(shown) - (shown.height - shown.heights.total)
        return self._blocks_of(shown.boxes[shown.heights.at(inside)], first=True)

    def _shown_item(self, index: int, step: int) -> MessageItem | None:
        """The first item from `index` on that has something to show."""
        while 0 <= index < len(self._rows):
            if self._rows.is_shown(index):
                item = self._rows[index]
                self._make(item)
                if item.boxes:
                    return item
            index += step
        return None

    def _make(self, item: MessageItem) -> None:
        if not item.made and item.is_shown:
            item.make()
            self.item_changed(item)

    def _blocks_of(self, box: Box, *, first: bool) -> Box | None:
        """The box itself, or the first or last block of the stretch of text that it stands for."""
        while isinstance(box, ChunkBox):
            item, index = box.item, box.index
            assert item is not None
            before = len(item.boxes)
            item.expand(box)
            self.item_changed(item)
            made = len(item.boxes) - before + 1
            if not made:
                # An empty stretch: its neighbour stands for it.
                if index < len(item.boxes):
                    box = item.boxes[index]
                    continue
                return item.boxes[-1] if item.boxes else None
            box = item.boxes[index if first else index + made - 1]
        return box

    def following(self, box: Box) -> Box | None:
        """The next box below."""
        item = box.item
        assert item is not None
        if box.index + 1 < len(item.boxes):
            return self._blocks_of(item.boxes[box.index + 1], first=True)
        following = self._shown_item(item.index + 1, 1)
        return self._blocks_of(following.boxes[0], first=True) if following else None

    def preceding(self, box: Box) -> Box | None:
        """The next box above."""
        item = box.item
        assert item is not None
        if box.index > 0:
            return self._blocks_of(item.boxes[box.index - 1], first=False)
        preceding = self._shown_item(item.index - 1, -1)
        return self._blocks_of(preceding.boxes[-1], first=False) if preceding else None

    def first(self) -> Box | None:
        item = self._shown_item(0, 1)
        return self._blocks_of(item.boxes[0], first=True) if item else None

    def last(self) -> Box | None:
        item = self._shown_item(len(self._rows) - 1, -1)
        return self._blocks_of(item.boxes[-1], first=False) if item else None

    def arriving_end(self) -> TextBox | None:
        """The last text of a message that arrives at the very end; None where none does."""
        item = next((i for i in self.streaming() if i.index == len(self._rows) - 1), None)
        texts = [box for box in item.boxes if isinstance(box, TextBox)] if item is not None else []
        return texts[-1] if texts else None

    def all(self) -> Iterator[Box]:
        """Every box, top to bottom; makes blocks of everything."""
        box = self.first()
        while box is not None:
            yield box
            box = self.following(box)

    # Holding still

    def hold_at(self, top: int, kept: Hold | None = None) -> Hold | None:
        """Hold what is at the top of a view that begins at `top`: its first whole line.

        `kept` was held before: if its character stands in that line it stays the one that is held,
        or each new width would hold the begin of a line that stands a little further above.
        """
        box = self.at(top)
        if box is None or box.item is None:
            return None
        offset = self.top_of(box) - top
        hold = Hold(box, offset, box.item, box.index)
        if offset < 0 and box.exact and isinstance(box, TextBox):
            hold.char = box.first_char_from(-offset)
            line = box.top_of(hold.char)
            hold.offset = offset + line
            below = self.following(box) if hold.offset < 0 else None
            if below is not None and below.item is not None:
                # Of this one only the last line is still in view, in part.
                return Hold(below, self.top_of(below) - top, below.item, below.index)
            if kept is not None and kept.box is box and kept.char is not None:
                hold.char = kept.char if box.top_of(kept.char) == line else hold.char
        return hold

    def hold_end(self, extent: int) -> Hold | None:
        """Hold the transcript's end at the end of a view `extent` pixels high."""
        box = self.last()
        if box is None or box.item is None:
            return None
        self.lay_out(box)
        return Hold(box, extent - PAD_BOTTOM - box.height, box.item, box.index)

    def settle(self, hold: Hold, extent: int) -> int:
        """Lay out what a view of `extent` pixels shows with `hold` in its place; its top."""
        box = self._still_there(hold)
        if box is None:
            return 0
        if box.item is not None:
            self._rows.freshen(box.item)
        self.lay_out(box)
        offset = hold.offset
        if hold.char is not None and box is hold.box and isinstance(box, TextBox):
            offset -= box.top_of(hold.char)
        bottom, below = offset + box.height, self.following(box)
        while bottom < extent and below is not None:
            self.lay_out(below)
            bottom = self.top_of(below) - self.top_of(box) + offset + below.height
            below = self.following(below)
        above: Box | None = box
        while above is not None and self.top_of(above) - self.top_of(box) + offset > 0:
            above = self.preceding(above)
            if above is not None:
                self.lay_out(above)
        return self.top_of(box) - offset

    def _still_there(self, hold: Hold) -> Box | None:
        """The held box, or what stands where it stood."""
        if hold.box.item is not None:
            return self._blocks_of(hold.box, first=True)
        again = self._rows.find(hold.item.message.id)
        if again is not None:
            self._make(again)
        if again is not None and again.boxes:
            place = min(hold.place, len(again.boxes) - 1)
            return self._blocks_of(again.boxes[place], first=True)
        return self.last()

    def visible(self, top: int, extent: int) -> Iterator[tuple[Box, int]]:
        """The laid-out boxes within a view, each with its top below the view's top."""
        box = self.at(top)
        before: Box | None = None
        y = 0
        while box is not None:
            self.lay_out(box)
            if before is not None and before.item is box.item:
                y += before.height + box.gap
            else:
                y = self.top_of(box) - top
            if y - box.gap >= extent:
                return
            yield box, y
            before, box = box, self.following(box)
