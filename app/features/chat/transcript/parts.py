"""The parts of a message, each as the boxes it is shown as, and how those change as it grows.

A part tells its owner about every change through `splice(at, removed, boxes)`: which of its boxes
went, and what stands in their place. Boxes that need not change are not touched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import monotonic

from app.core.message import (
    Message,
    MessageState,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from app.core.settings import ReasoningFold
from app.features.chat.transcript import words
from app.features.chat.transcript.box import Box, estimated_height
from app.features.chat.transcript.code_box import CodeBox
from app.features.chat.transcript.notice_box import NoticeBox
from app.features.chat.transcript.reasoning import ReasoningHead, ReasoningPane, reasoning_box
from app.features.chat.transcript.surface import Surface
from app.features.chat.transcript.text_boxes import BlockBox, RuleBox
from app.features.chat.transcript.tool_card import ToolCard
from app.kit.markdown.blocks import Block, Kind
from app.kit.markdown.reading import plain_blocks
from app.kit.markdown.split import Chunk
from app.kit.markdown.stream import BlockStream
from app.kit.markdown.whole import WholeText

Splice = Callable[["PartBoxes", int, int, Sequence[Box]], None]


class ChunkBox(Box):
    """A stretch of text that nobody has looked at yet: an estimate, until it is made to blocks."""

    def __init__(self, surface: Surface, part: WholeTextBoxes, chunk: Chunk, number: int) -> None:
        super().__init__(surface)
        self.part = part
        self.chunk = chunk
        self.number = number
        self.origin = (number, 0)

    def estimate(self, width: int) -> None:
        self.height = estimated_height(self.chunk.text, width, self.surface.look.line())


class PartBoxes:
    """A part as boxes, first to last."""

    def __init__(self, surface: Surface, splice: Splice) -> None:
        self.surface = surface
        self.boxes: list[Box] = []
        self._splice = splice

    def change(self, at: int, removed: int, boxes: Sequence[Box]) -> None:
        self.boxes[at : at + removed] = boxes
        self._splice(self, at, removed, boxes)

    def expand(self, box: Box) -> None:
        """Make blocks of a `ChunkBox` of this part."""

    def unfolded_boxes(self) -> Sequence[Box]:
        """The boxes that there would be with nothing folded away."""
        return tuple(self.boxes)

    def unfold(self) -> None:
        """Show what is folded away."""

    def retell(self) -> None:
        """The language changed: say again what was said in words of our own."""

    def copy_text(self) -> str:
        """What its own Copy copies."""
        return ""


BlocksBox = BlockBox | CodeBox | NoticeBox | RuleBox


def block_box(surface: Surface, block: Block) -> BlocksBox:
    if block.kind is Kind.CODE:
        return CodeBox(surface, block)
    if block.kind is Kind.RULE:
        return RuleBox(surface, block)
    if block.kind is Kind.NOTICE:
        return NoticeBox(surface, block)
    return BlockBox(surface, block)


class WholeTextBoxes(PartBoxes):
    """Markdown that is whole: parsed where it is looked at."""

    def __init__(self, surface: Surface, splice: Splice, text: str) -> None:
        super().__init__(surface, splice)
        self.text = text
        self._whole = WholeText(text, surface.parser)
        chunks = enumerate(self._whole.chunks)
        self.boxes = [ChunkBox(surface, self, chunk, number) for number, chunk in chunks]

    def expand(self, box: Box) -> None:
        assert isinstance(box, ChunkBox)
        self.change(self.boxes.index(box), 1, self.blocks_of(box))

    def blocks_of(self, box: ChunkBox) -> list[Box]:
        """The blocks of a stretch of this text."""
        made: list[Box] = []
        for block in self._whole.blocks(box.chunk):
            made.append(block_box(self.surface, block))
            made[-1].origin = (box.number, len(made) - 1)
        return made


class LiveTextBoxes(PartBoxes):
    """Markdown that arrives: frozen boxes stay as they are, the open ones are redone."""

    def __init__(self, surface: Surface, splice: Splice) -> None:
        super().__init__(surface, splice)
        self._stream = BlockStream(surface.parser)
        self._pieces: list[str] = []
        self._frozen = 0
        self._dirty = False

    @property
    def text(self) -> str:
        joined = "".join(self._pieces)
        self._pieces = [joined]
        return joined

    @property
    def has_references(self) -> bool:
        return self._stream.must_be_read_again

    @property
    def is_behind(self) -> bool:
        """Whether more has arrived than a flush could show."""
        return self._dirty

    def feed(self, text: str) -> None:
        self._pieces.append(text)
        self._stream.feed(text)
        self._dirty = True

    def flush(self) -> None:
        """Show what was fed since the last time."""
        if self._dirty:
            update = self._stream.update()
            self._dirty = update.behind
            self._show(update.frozen, update.open)

    def finish(self) -> None:
        """The text is whole."""
        self._dirty = False
        self._show(self._stream.finish().frozen, [])

    def _show(self, frozen: Sequence[Block], live: Sequence[Block]) -> None:
        """Put these blocks where the open ones were; a box that can take its block stays."""
        blocks = [*frozen, *live]
        begin = self._frozen
        self._frozen += len(frozen)
        kept = 0
        for box, block in zip(self.boxes[begin:], blocks, strict=False):
            assert isinstance(box, BlocksBox)
            if not box.accept(block):
                break
            kept += 1
        made = [block_box(self.surface, block) for block in blocks[kept:]]
        at = begin + kept
        self.change(at, len(self.boxes) - at, made)


class ReasoningBoxes(PartBoxes):
    """Reasoning: a head, and below it what is shown of the text.

    `live` while it arrives. The fold setting decides until the person does.
    """

    def __init__(
        self,
        surface: Surface,
        splice: Splice,
        text: str,
        *,
        live: bool,
        seconds: float | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(surface, splice)
        self._pieces = [text] if text else []
        self._live = live
        self._seconds = seconds
        self._tokens = ""
        self._clock = clock
        self._begun = clock()
        self._chosen: bool | None = None
        self._head = ReasoningHead(surface)
        self.boxes = [self._head, *self._body()]
        self._tell()

    @property
    def text(self) -> str:
        joined = "".join(self._pieces)
        self._pieces = [joined]
        return joined

    @property
    def live(self) -> bool:
        return self._live

    @property
    def unfolded(self) -> bool:
        if self._chosen is not None:
            return self._chosen
        if self._live:
            return self.surface.fold is not ReasoningFold.FOLDED
        return self.surface.fold is ReasoningFold.OPEN

    def feed(self, text: str) -> None:
        self._pieces.append(text)

    def flush(self) -> None:
        """Show what was fed since the last time, and the time that passed."""
        self._tell()
        pane = self.boxes[1] if len(self.boxes) > 1 else None
        if isinstance(pane, ReasoningPane):
            pane.show_end(self.text)
        elif self._live and self.unfolded:
            self.change(1, len(self.boxes) - 1, self._body())
            return
        self.change(0, 0, ())

    def end(self, seconds: float | None = None) -> None:
        """No more comes: fold, as the setting says."""
        if seconds is not None:
            self._seconds = seconds
        if self._live:
            self._live = False
            if self._seconds is None:
                self._seconds = self._clock() - self._begun
            self._rebuild()
        else:
            self._tell()

    def set_tokens(self, tokens: str) -> None:
        """Say behind the head how many tokens it was."""
        self._tokens = tokens
        self._tell()

    def retell(self) -> None:
        self._tell()

    def toggle(self) -> None:
        self._chosen = not self.unfolded
        self._rebuild()

    def fold_changed(self) -> None:
        self._rebuild()

    def unfolded_boxes(self) -> Sequence[Box]:
        if self._live or self.unfolded:
            return tuple(self.boxes)
        return (self._head, *self._whole_body())

    def unfold(self) -> None:
        if not self.unfolded:
            self.toggle()

    def _rebuild(self) -> None:
        self._tell()
        self.change(1, len(self.boxes) - 1, self._body())

    def _body(self) -> list[Box]:
        if not self.unfolded or not self._pieces:
            return []
        if self._live:
            pane = ReasoningPane(self.surface)
            pane.show_end(self.text)
            return [pane]
        return self._whole_body()

    def _whole_body(self) -> list[Box]:
        return [reasoning_box(self.surface, b.source) for b in plain_blocks(self.text.rstrip())]

    def _tell(self) -> None:
        elapsed = self._clock() - self._begun
        title = words.thinking(elapsed) if self._live else words.thought(self._seconds)
        self._head.tell(title, tokens=self._tokens, unfolded=self.unfolded, live=self._live)

    def copy_text(self) -> str:
        return self.text


class ToolCallBoxes(PartBoxes):
    """A tool call as its card."""

    def __init__(
        self, surface: Surface, splice: Splice, call: ToolCallPart, *, live: bool, index: int = -1
    ) -> None:
        super().__init__(surface, splice)
        self.index = index
        self._call = call
        self._live = live
        self.card = ToolCard(surface, call, live=live)
        self.boxes = [self.card]
        self._arguments = [call.arguments]

    @property
    def call_id(self) -> str:
        return self._call.id

    @property
    def arguments(self) -> str:
        return "".join(self._arguments)

    def feed(self, name: str, call_id: str, arguments: str, *, replace: bool) -> None:
        if replace:
            self._arguments.clear()
        self._arguments.append(arguments)
        self._call = ToolCallPart(call_id or self._call.id, name or self._call.name, "")

    def flush(self) -> None:
        call = ToolCallPart(self._call.id, self._call.name, "".join(self._arguments))
        if call != self.card.call:
            self.card.show_call(call, live=True)
            self.change(0, 0, ())

    def end(self) -> None:
        call = ToolCallPart(self._call.id, self._call.name, "".join(self._arguments))
        self.card.show_call(call, live=False)
        self.change(0, 0, ())

    def show_result(self, result: ToolResultPart | None) -> None:
        self.card.show_result(result)
        self.change(0, 0, ())

    def toggle(self) -> None:
        self.card.toggle()
        self.change(0, 0, ())

    def unfold(self) -> None:
        if self.card.is_folded:
            self.toggle()

    def copy_text(self) -> str:
        return self.card.copy_text()


def assistant_parts(
    surface: Surface, splice: Splice, message: Message, results: Mapping[str, ToolResultPart]
) -> list[PartBoxes]:
    """A reply's parts; the last one may still grow while it streams. `results` by call id."""
    live = message.state is MessageState.STREAMING
    made: list[PartBoxes] = []
    for place, part in enumerate(message.parts):
        last = live and place == len(message.parts) - 1
        match part:
            case ReasoningPart():
                seconds = None if last else part.seconds
                made.append(ReasoningBoxes(surface, splice, part.text, live=last, seconds=seconds))
            case TextPart() if last:
                text = LiveTextBoxes(surface, splice)
                text.feed(part.text)
                text.flush()
                made.append(text)
            case TextPart():
                made.append(WholeTextBoxes(surface, splice, part.text))
            case ToolCallPart():
                index = sum(isinstance(known, ToolCallBoxes) for known in made)
                call = ToolCallBoxes(surface, splice, part, live=live, index=index)
                call.show_result(results.get(part.id))
                made.append(call)
    return made


def shows(parts: Sequence[PartBoxes], message: Message) -> bool:
    """Whether the boxes show this message's parts (each to its end)."""
    return len(parts) == len(message.parts) and all(map(_same, parts, message.parts))


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
