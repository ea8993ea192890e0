"""Text parts: Markdown that is whole, parsed where it is looked at, and Markdown that arrives."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.events import StreamEvent, TextDelta
from app.core.message import Part, TextPart
from app.features.chat.transcript.actions import Action, Intent
from app.features.chat.transcript.box import Box, estimated_height
from app.features.chat.transcript.code_box import CodeBox
from app.features.chat.transcript.code_card import CodeCard
from app.features.chat.transcript.notice_box import NoticeBox
from app.features.chat.transcript.part_boxes import Change, PartBoxes, Splice
from app.features.chat.transcript.part_kinds import PartKind, PartPlace
from app.features.chat.transcript.surface import Surface
from app.features.chat.transcript.text_boxes import BlockBox, RuleBox
from app.kit.markdown.blocks import Block, Kind
from app.kit.markdown.split import Chunk
from app.kit.markdown.stream import BlockStream
from app.kit.markdown.whole import WholeText

BlocksBox = BlockBox | CodeBox | NoticeBox | RuleBox
WordsBox = BlockBox | NoticeBox | RuleBox


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


def block_boxes(surface: Surface, block: Block, *, folds: bool = False) -> Sequence[BlocksBox]:
    """The boxes of a block: one, but for long code; very long code may be folded."""
    if block.kind is Kind.CODE:
        return tuple(CodeCard(surface, block, CodeBox, folds=folds).boxes)
    if block.kind is Kind.RULE:
        return (RuleBox(surface, block),)
    if block.kind is Kind.NOTICE:
        return (NoticeBox(surface, block),)
    return (BlockBox(surface, block),)


def unfolded_count(boxes: Sequence[Box]) -> int:
    """How many boxes there were with nothing folded away."""
    first = boxes[0]
    return first.card.count if isinstance(first, CodeBox) and first.card.folded else len(boxes)


class TextBoxes(PartBoxes):
    """Text with blocks of code in it, which wrap, fold, and are copied and saved each alone."""

    def change_for(self, box: Box, action: Action) -> Change | None:
        if not isinstance(box, CodeBox):
            return None
        if action.intent is Intent.WRAP:
            return box, lambda: self.wrap_code(box.card)
        return (box, lambda: self.fold_code(box.card)) if action.intent is Intent.FOLD else None

    def wrap_code(self, card: CodeCard) -> None:
        """Wrap the long lines of a block of code, or no longer."""
        at, count = self.boxes.index(card.boxes[0]), len(card.boxes)
        card.set_wrap(not card.wraps)
        self.change(at, count, card.boxes)

    def fold_code(self, card: CodeCard) -> None:
        """Show all of a block of code, or its first lines only."""
        at, count = self.boxes.index(card.boxes[0]), len(card.boxes)
        card.set_folded(not card.folded)
        self.change(at, count, card.boxes)

    def copied(self, box: Box) -> str:
        return box.copied_text if isinstance(box, CodeBox) else self.copy_text()

    def saved(self, box: Box) -> tuple[str, str] | None:
        return (box.whole_text, box.language) if isinstance(box, CodeBox) else None


class WholeTextBoxes(TextBoxes):
    """Markdown that is whole: parsed where it is looked at."""

    def __init__(self, surface: Surface, splice: Splice, text: str) -> None:
        super().__init__(surface, splice)
        self.text = text
        self._whole = WholeText(text, surface.parser)
        chunks = enumerate(self._whole.chunks)
        self.boxes = [ChunkBox(surface, self, chunk, number) for number, chunk in chunks]

    def shows(self, part: Part) -> bool:
        return isinstance(part, TextPart) and self.text == part.text

    def expand(self, box: Box) -> None:
        assert isinstance(box, ChunkBox)
        self.change(self.boxes.index(box), 1, self.blocks_of(box))

    def blocks_of(self, box: ChunkBox, *, unfolded: bool = False) -> list[Box]:
        """The blocks of a stretch of this text; long code is folded, or not."""
        made: list[Box] = []
        number = 0
        for block in self._whole.blocks(box.chunk):
            boxes = block_boxes(self.surface, block, folds=not unfolded)
            for place, one in enumerate(boxes):
                one.origin = (box.number, number + place)
            made.extend(boxes)
            number += unfolded_count(boxes)
        return made

    def unfolded_boxes(self) -> Sequence[Box]:
        made: list[Box] = []
        for box in self.boxes:
            if isinstance(box, CodeBox) and box.card.folded:
                made.extend(box.card.unfolded())
            else:
                made.append(box)
        return made

    def unfold(self) -> None:
        for box in tuple(self.boxes):
            if isinstance(box, CodeBox) and box.card.folded:
                self.fold_code(box.card)


class LiveTextBoxes(TextBoxes):
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
    def is_behind(self) -> bool:
        return self._dirty

    def take(self, event: StreamEvent, *, last: bool) -> bool:
        if not (isinstance(event, TextDelta) and last):
            return False
        self.feed(event.text)
        return True

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

    def end(self) -> None:
        """The text is whole."""
        self._dirty = False
        self._show(self._stream.finish().frozen, [])

    def settled(self, part: Part) -> PartBoxes:
        if not self._stream.must_be_read_again:
            return self
        # What was defined late changes what was shown before: read it once more, whole.
        assert isinstance(part, TextPart)
        return WholeTextBoxes(self.surface, self._splice, part.text)

    def shows(self, part: Part) -> bool:
        return isinstance(part, TextPart) and self.text == part.text

    def _show(self, frozen: Sequence[Block], live: Sequence[Block]) -> None:
        """Put these blocks where the open ones were; boxes that can take their block stay."""
        before = self.boxes[self._frozen :]
        now: list[Box] = []
        at, settled = 0, 0
        same = True
        for number, block in enumerate((*frozen, *live)):
            taken = _taken(before, at, block) if same else ()
            same = bool(taken)
            at += len(taken)
            now.extend(_same_card(taken) if taken else block_boxes(self.surface, block))
            settled = len(now) if number < len(frozen) else settled
        kept = 0
        while kept < min(len(now), len(before)) and now[kept] is before[kept]:
            kept += 1
        begin = self._frozen + kept
        self._frozen += settled
        self.change(begin, len(self.boxes) - begin, now[kept:])


class TextKind(PartKind):
    """Words. Those of the latest part of a message that arrives may go on."""

    part = TextPart
    delta = TextDelta

    def show(self, part: TextPart, place: PartPlace) -> PartBoxes:
        if not place.last:
            return WholeTextBoxes(place.surface, place.splice, part.text)
        text = LiveTextBoxes(place.surface, place.splice)
        text.feed(part.text)
        text.flush()
        return text

    def begin(self, event: TextDelta, place: PartPlace) -> PartBoxes | None:
        return LiveTextBoxes(place.surface, place.splice)


def _taken(boxes: Sequence[Box], at: int, block: Block) -> Sequence[Box]:
    """The boxes from `at` on that stood for an earlier version of a block, and show it now."""
    box = boxes[at] if at < len(boxes) else None
    if isinstance(box, CodeBox):
        count = len(box.card.boxes)
        return boxes[at : at + count] if box.card.accept(block) else ()
    return (box,) if isinstance(box, WordsBox) and box.accept(block) else ()


def _same_card(boxes: Sequence[Box]) -> Sequence[Box]:
    """The same boxes; where they are code, all those that it takes now."""
    first = boxes[0]
    return tuple(first.card.boxes) if isinstance(first, CodeBox) else boxes
