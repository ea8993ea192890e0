"""A message in the transcript: its parts' boxes one below the other, made when it is looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.core.events import ReasoningDelta, StreamEvent, TextDelta, ToolCallDelta
from app.core.message import (
    FilePart,
    ImagePart,
    Message,
    MessageState,
    ReasoningPart,
    Role,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from app.features.chat.transcript.box import Box, estimated_height
from app.features.chat.transcript.footer import FooterBox, NoticeBox, needs_footer, needs_notice
from app.features.chat.transcript.heights import HeightIndex
from app.features.chat.transcript.parts import (
    ChunkBox,
    LiveTextBoxes,
    PartBoxes,
    ReasoningBoxes,
    ToolCallBoxes,
    WholeTextBoxes,
)
from app.features.chat.transcript.surface import Surface
from app.features.chat.transcript.user_parts import UserBoxes

MESSAGE_GAP = 12
"""Added above a message, to the gap that its first box has anyway."""


class TailBoxes(PartBoxes):
    """What stands below the parts: how the reply ended, and the footer."""


class MessageItem:
    """One message. `index` is its place in the transcript.

    `heights` holds each box with the gap above it. Before the boxes are made `guess` stands for
    all of them.
    """

    def __init__(
        self,
        surface: Surface,
        message: Message,
        *,
        version: tuple[int, int] = (1, 1),
        results: Mapping[str, ToolResultPart],
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
        self._tail = TailBoxes(surface, self._splice)
        self._guess = 0
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
        return MESSAGE_GAP + (self.heights.total if self.made else self._guess)

    @property
    def width(self) -> int:
        return self._width

    def set_width(self, width: int) -> None:
        """Take a new width: everything becomes an estimate again."""
        self._width = width
        if not self.made:
            text = "\n".join(p.text for p in self.message.parts if isinstance(p, TextPart))
            line = self.surface.look.line()
            pictures = 160 if self.message.images else 0
            self._guess = estimated_height(text, max(width, 100), line) + 60 + pictures
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
        if self.message.role is Role.USER:
            self._parts = [UserBoxes(self.surface, self._splice, self.message)]
        else:
            self._parts = self._assistant_parts()
        self._tail = TailBoxes(self.surface, self._splice)
        self._tail.boxes = self._tail_boxes()
        self._relist()
        self._tell_tokens()

    def expand(self, box: ChunkBox) -> None:
        """Make blocks of a stretch of text."""
        box.part.expand(box)

    def _relist(self) -> None:
        self.boxes = [box for part in (*self._parts, self._tail) for box in part.boxes]
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
        if not self.made or part not in (*self._parts, self._tail) or not (removed or boxes):
            return
        start = at
        for other in (*self._parts, self._tail):
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

    def _assistant_parts(self) -> list[PartBoxes]:
        live = self.message.state is MessageState.STREAMING
        made: list[PartBoxes] = []
        for place, part in enumerate(self.message.parts):
            last = live and place == len(self.message.parts) - 1
            match part:
                case ReasoningPart():
                    seconds = None if last else part.seconds
                    made.append(
                        ReasoningBoxes(
                            self.surface, self._splice, part.text, live=last, seconds=seconds
                        )
                    )
                case TextPart() if last:
                    text = LiveTextBoxes(self.surface, self._splice)
                    text.feed(part.text)
                    text.flush()
                    made.append(text)
                case TextPart():
                    made.append(WholeTextBoxes(self.surface, self._splice, part.text))
                case ToolCallPart():
                    index = sum(isinstance(known, ToolCallBoxes) for known in made)
                    call = ToolCallBoxes(self.surface, self._splice, part, live=live, index=index)
                    call.show_result(self._results.get(part.id))
                    made.append(call)
                case ImagePart() | FilePart() | ToolResultPart():
                    pass
        return made

    def _tail_boxes(self) -> list[Box]:
        if self.message.state is MessageState.STREAMING:
            return []
        made: list[Box] = []
        if needs_notice(self.message):
            made.append(NoticeBox(self.surface, self.message))
        if self._wants_footer():
            made.append(FooterBox(self.surface, self.message, self.version))
        return made

    def _wants_footer(self) -> bool:
        """A reply that only called tools, and goes on below, has none."""
        calls = self.message.tool_calls
        if not needs_footer(self.message, self.version):
            return False
        return not (calls and not self.message.text and all(c.id in self._results for c in calls))

    def _rebuild_tail(self) -> None:
        boxes = self._tail_boxes()
        self._tail.change(0, len(self._tail.boxes), boxes)

    def _tell_tokens(self) -> None:
        usage = self.message.usage
        thoughts = [part for part in self._parts if isinstance(part, ReasoningBoxes)]
        if usage is not None and len(thoughts) == 1:
            thoughts[0].set_tokens(usage.reasoning_tokens)

    def part_of(self, box: Box) -> PartBoxes | None:
        return next((part for part in self._parts if box in part.boxes), None)

    def fold_changed(self) -> None:
        for part in self._parts:
            if isinstance(part, ReasoningBoxes):
                part.fold_changed()

    def result_changed(self) -> None:
        """A tool gave something back: show it in its card."""
        for part in self._parts:
            if isinstance(part, ToolCallBoxes):
                part.show_result(self._results.get(part.call_id))
        if self.made:
            self._rebuild_tail()

    def shows_blob(self, blob: str) -> bool:
        return any(image.blob == blob for image in self.message.images)

    # Growing

    def grow(self, event: StreamEvent) -> None:
        """Take a delta in; nothing is laid out before `flush`."""
        self.make()
        match event:
            case TextDelta():
                self._live_text().feed(event.text)
            case ReasoningDelta():
                if event.text:
                    self._live_reasoning().feed(event.text)
            case ToolCallDelta():
                self._call_at(event).feed(
                    event.name, event.id, event.arguments, replace=event.replace
                )

    def flush(self) -> bool:
        """Show what was taken in; whether anything changed."""
        self._changed = False
        if self._parts:
            for part in self._parts:
                if isinstance(part, ToolCallBoxes) and part is not self._parts[-1]:
                    part.flush()
            last = self._parts[-1]
            if isinstance(last, LiveTextBoxes | ReasoningBoxes | ToolCallBoxes):
                last.flush()
        return self._changed

    @property
    def is_thinking(self) -> bool:
        last = self._parts[-1] if self._parts else None
        return isinstance(last, ReasoningBoxes) and last.live

    def _begin(self, part: PartBoxes) -> None:
        """Add a part; the one before it is whole."""
        self._end_last()
        self._parts.append(part)
        boxes = list(part.boxes)
        self._splice(part, 0, 0, boxes)

    def _end_last(self) -> None:
        last = self._parts[-1] if self._parts else None
        if isinstance(last, LiveTextBoxes):
            last.finish()
        elif isinstance(last, ReasoningBoxes):
            last.end()

    def _live_text(self) -> LiveTextBoxes:
        last = self._parts[-1] if self._parts else None
        if not isinstance(last, LiveTextBoxes):
            last = LiveTextBoxes(self.surface, self._splice)
            self._begin(last)
        return last

    def _live_reasoning(self) -> ReasoningBoxes:
        last = self._parts[-1] if self._parts else None
        if not (isinstance(last, ReasoningBoxes) and last.live):
            last = ReasoningBoxes(self.surface, self._splice, "", live=True)
            self._begin(last)
        return last

    def _call_at(self, event: ToolCallDelta) -> ToolCallBoxes:
        for part in self._parts:
            if isinstance(part, ToolCallBoxes) and part.index == event.index:
                return part
        call = ToolCallPart(event.id, event.name, "")
        made = ToolCallBoxes(self.surface, self._splice, call, live=True, index=event.index)
        self._begin(made)
        return made

    # Changing as a whole

    def update(self, message: Message, version: tuple[int, int]) -> None:
        """The message changed. Parts that show what it says already are kept as they are."""
        before, self.message, self.version = self.message, message, version
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
        self._rebuild_tail()
        self._tell_tokens()

    def _finish_parts(self) -> None:
        self._end_last()
        for shown, part in zip(self._parts, self.message.parts, strict=True):
            if isinstance(shown, LiveTextBoxes) and shown.has_references:
                # What was defined late changes what was shown before: read it once more, whole.
                assert isinstance(part, TextPart)
                self._replace(shown, WholeTextBoxes(self.surface, self._splice, part.text))
            elif isinstance(shown, ReasoningBoxes) and isinstance(part, ReasoningPart):
                shown.end(part.seconds)
            elif isinstance(shown, ToolCallBoxes):
                shown.end()

    def _replace(self, old: PartBoxes, new: PartBoxes) -> None:
        place = self._parts.index(old)
        boxes = list(new.boxes)
        removed = len(old.boxes)
        self._splice(old, 0, removed, boxes)
        self._parts[place] = new

    def _shows(self, message: Message) -> bool:
        """Whether the boxes show this message's parts (each to its end)."""
        if len(self._parts) != len(message.parts):
            return False
        return all(map(_same, self._parts, message.parts))

    def _remake(self) -> None:
        for box in self.boxes:
            box.item = None
            self.surface.forget(box)
        self.made = False
        self.boxes = []
        self.make()


def _same(shown: PartBoxes, part: object) -> bool:
    match shown, part:
        case LiveTextBoxes(), TextPart():
            return shown.text == part.text
        case ReasoningBoxes(), ReasoningPart():
            return shown.text == part.text
        case ToolCallBoxes(), ToolCallPart():
            return shown.call_id == part.id and shown.arguments == part.arguments
        case WholeTextBoxes(), TextPart():
            return shown.text == part.text
    return False
