"""A message in the transcript: its parts' boxes one below the other, made when it is looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.core.events import StreamEvent
from app.core.message import Message, MessageState, Role
from app.features.chat.transcript.around import head_boxes, tail_boxes
from app.features.chat.transcript.box import Box
from app.features.chat.transcript.heights import HeightIndex
from app.features.chat.transcript.part_boxes import PartBoxes, nowhere
from app.features.chat.transcript.part_kinds import PartPlace
from app.features.chat.transcript.results import Results
from app.features.chat.transcript.space_box import SpaceBox
from app.features.chat.transcript.surface import Surface
from app.features.chat.transcript.text_parts import ChunkBox
from app.features.chat.transcript.wait_box import WaitBox
from app.features.chat.transcript.waiting import Wait, wait_of

MESSAGE_GAP = 12
"""Added above a message, to the gap that its first box has anyway."""


class AroundBoxes(PartBoxes):
    """What stands above the parts, or below them."""


class MessageItem:
    """One message. `index` is its place in the transcript.

    `heights` holds each box with the gap above it. Before the boxes are made `guess` stands for
    the whole message. `absent`: its words are not there yet, and an empty space keeps their place.
    """

    def __init__(
        self,
        surface: Surface,
        message: Message,
        *,
        version: tuple[int, int] = (1, 1),
        results: Results,
        absent: bool = False,
    ) -> None:
        self.surface = surface
        self.message = message
        self.version = version
        self.index = 0
        self.boxes: list[Box] = []
        self.heights = HeightIndex()
        self.made = False
        self._results = results
        self._parts: list[PartBoxes] = []
        self._head = AroundBoxes(surface, nowhere)
        self._tail = AroundBoxes(surface, nowhere)
        streams = message.state is MessageState.STREAMING
        self.wait: Wait | None = wait_of(message, surface.clock()) if streams else None
        self._told_format = ""
        self.guess = 0
        self._absent = absent
        self._width = 0
        self._changed = False

    # Geometry

    @property
    def is_shown(self) -> bool:
        """Tool results stand in the card of their call; system messages in the inspector."""
        return self.message.role in (Role.USER, Role.ASSISTANT)

    @property
    def height(self) -> int:
        if not self.is_shown:
            return 0
        return MESSAGE_GAP + self.heights.total if self.made else self.guess

    @property
    def width(self) -> int:
        return self._width

    @property
    def absent(self) -> bool:
        """Whether its words are not there yet."""
        return self._absent

    def set_width(self, width: int) -> None:
        """Take a new width: everything becomes an estimate again."""
        self._width = width
        if not self.made:
            return
        for box in self.boxes:
            box.exact = False
            box.estimate(width)
        self.heights = HeightIndex(box.outer for box in self.boxes)

    def restyle(self) -> None:
        """Fonts, colours or the language changed."""
        for box in self.boxes:
            box.release()
        if self.made:
            for part in self._parts:
                part.retell()
            self._tell_message()
            self._rebuild_head()
            self._rebuild_tail()
        self.set_width(self._width)

    def top_of(self, box: Box) -> int:
        """Where a box begins, its gap not counted, below the message's top."""
        return MESSAGE_GAP + self.heights.before(box.index) + box.gap

    def measured(self, box: Box) -> None:
        """A box was laid out: its height may differ now."""
        self.heights.set(box.index, box.outer)

    def make(self) -> None:
        """Make the boxes, once."""
        if self.made or not self.is_shown:
            return
        self.made = True
        if self._absent:
            self.boxes = [SpaceBox(self.surface, self.guess - MESSAGE_GAP)]
            self._adopt(0)
            self.set_width(self._width)
            return
        self._parts = self.surface.kinds.parts_of(
            self.surface, self._splice, self.message, self._results
        )
        self._told_format = self._plainer_format
        self._head = AroundBoxes(self.surface, self._splice)
        self._tail = AroundBoxes(self.surface, self._splice)
        self._head.boxes = head_boxes(self.surface, self._told_format)
        self._tail.boxes = self._tail_boxes()
        self._relist()
        self._tell_message()

    def expand(self, box: ChunkBox) -> None:
        """Make blocks of a stretch of text."""
        box.part.expand(box)

    @property
    def sections(self) -> tuple[PartBoxes, ...]:
        """What stands above the parts, the parts, and what stands below them."""
        return (self._head, *self._parts, self._tail)

    def _relist(self) -> None:
        self.boxes = [box for part in self.sections for box in part.boxes]
        self._adopt(0)
        self.set_width(self._width)

    def _adopt(self, start: int) -> None:
        for place in range(start, len(self.boxes)):
            box = self.boxes[place]
            box.index = place
            box.follow(self.boxes[place - 1] if place else None)
            box.item = self

    def _splice(self, part: PartBoxes, at: int, removed: int, boxes: Sequence[Box]) -> None:
        """A part's boxes changed; `part.boxes` has them already."""
        self._changed = True
        if not self.made or part not in self.sections or not (removed or boxes):
            return
        start = at
        for other in self.sections:
            if other is part:
                break
            start += len(other.boxes)
        gone = self.boxes[start : start + removed]
        self.boxes[start : start + removed] = boxes
        for box in gone:
            box.item = None
            self.surface.forget(box)
        self._adopt(start)
        for box in boxes:
            box.estimate(self._width)
        self.heights.splice(start, start + removed, [box.outer for box in boxes])
        below = start + len(boxes)
        if below < len(self.boxes):
            self.measured(self.boxes[below])

    # Parts

    def _tail_boxes(self) -> list[Box]:
        return tail_boxes(self.surface, self.message, self.version, self.wait, self._results)

    def _rebuild_tail(self) -> None:
        self._tail.change(0, len(self._tail.boxes), self._tail_boxes())

    @property
    def _plainer_format(self) -> str:
        """The response format that was asked for instead of a richer one."""
        return self.wait.fell_back if self.wait is not None else self.message.fell_back

    def _rebuild_head(self) -> None:
        self._told_format = self._plainer_format
        self._head.change(0, len(self._head.boxes), head_boxes(self.surface, self._told_format))

    def _tell_message(self) -> None:
        """Tell the parts what the message is now."""
        alike = Counter(map(type, self._parts))
        before: Counter[type] = Counter()
        for part in self._parts:
            kind = type(part)
            part.tell_message(self.message, before[kind], alike[kind])
            before[kind] += 1

    def part_of(self, box: Box) -> PartBoxes | None:
        return next((part for part in self._parts if box in part.boxes), None)

    def fold_changed(self) -> None:
        for part in self._parts:
            part.fold_changed()

    def result_changed(self) -> None:
        """A tool gave something back: show it in its card."""
        for part in self._parts:
            part.results_changed(self._results)
        if self.made:
            self._rebuild_tail()

    def shows_blob(self, blob: str) -> bool:
        message = self.message
        given = (p for call in message.tool_calls for p in self._results.pictures(call.id))
        return any(image.blob == blob for image in (*message.images, *given))

    # Growing

    def grow(self, event: StreamEvent) -> None:
        """Take a delta in; nothing is laid out before `flush`."""
        self.make()
        if self.wait is not None:
            self.wait.came(self.surface.clock())
        for part in reversed(self._parts):
            if part.take(event, last=part is self._parts[-1]):
                return
        place = PartPlace(self.surface, self._splice, self._results, arrives=True, last=True)
        begun = self.surface.kinds.begun_by(event, place)
        if begun is not None:
            self._begin(begun)
            begun.take(event, last=True)

    def hear(self, event: StreamEvent) -> None:
        """Take in what else is known of the reply while it is waited for."""
        if self.wait is not None:
            self.wait.hear(event, self.surface.clock())

    def _tell_wait(self) -> None:
        """Say anew what is waited for, and how long by now."""
        if not self.made or self.wait is None:
            return
        if self.wait.fell_back != self._told_format:
            self._rebuild_head()
        line = self.wait.line(self.surface.clock())
        shown = self._tail.boxes[0] if self._tail.boxes else None
        if line is not None and isinstance(shown, WaitBox):
            if shown.tell(line):
                self._tail.change(0, 0, ())
        elif line is not None or shown is not None:
            self._rebuild_tail()

    def flush(self) -> bool:
        """Show what was taken in; whether anything changed."""
        self._changed = False
        for part in self._parts:
            part.flush()
        self._tell_wait()
        return self._changed

    @property
    def is_behind(self) -> bool:
        """Whether more has arrived than the last flush could show."""
        return any(part.is_behind for part in self._parts)

    @property
    def is_counting(self) -> bool:
        """Whether seconds are counted in one of its parts."""
        return any(part.is_counting for part in self._parts)

    def _begin(self, part: PartBoxes) -> None:
        """Add a part; the one before it is whole."""
        self._end_last()
        self._parts.append(part)
        boxes = list(part.boxes)
        self._splice(part, 0, 0, boxes)

    def _end_last(self) -> None:
        if self._parts:
            self._parts[-1].end()

    # Changing as a whole

    def update(self, message: Message, version: tuple[int, int]) -> None:
        """The message changed. Parts that show what it says already are kept as they are."""
        before, self.message, self.version = self.message, message, version
        if message.state is not MessageState.STREAMING:
            self.wait = None
        if self._absent:
            self._absent = False
            if self.made:
                self._remake()
            return
        if not self.made:
            self.set_width(self._width)
            return
        if message.state is MessageState.STREAMING and before.state is MessageState.STREAMING:
            if not self._shows(message):
                self._remake()
            return
        if message.role is Role.ASSISTANT and self._shows(message):
            self._finish_parts()
        else:
            self._remake()
            return
        if self._told_format != self._plainer_format:
            self._rebuild_head()
        self._rebuild_tail()
        self._tell_message()

    def _shows(self, message: Message) -> bool:
        """Whether the boxes show this message's parts, each to its end."""
        if len(self._parts) != len(message.parts):
            return False
        pairs = zip(self._parts, message.parts, strict=True)
        return all(shown.shows(part) for shown, part in pairs)

    def _finish_parts(self) -> None:
        self._end_last()
        for shown, part in zip(tuple(self._parts), self.message.parts, strict=True):
            settled = shown.settled(part)
            if settled is not shown:
                self._replace(shown, settled)

    def _replace(self, old: PartBoxes, new: PartBoxes) -> None:
        place = self._parts.index(old)
        boxes = list(new.boxes)
        removed = len(old.boxes)
        self._splice(old, 0, removed, boxes)
        self._parts[place] = new

    def unmake(self) -> None:
        """Let go of the boxes; the message may be made again."""
        for box in self.boxes:
            box.item = None
            self.surface.forget(box)
        for part in self.sections:
            part.let_go()
        self.made = False
        self.boxes = []
        self._parts = []

    def _remake(self) -> None:
        self.unmake()
        self.make()
