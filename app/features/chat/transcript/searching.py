"""A query, and where it is found: in a message that need not be shown, and in a box that is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from weakref import WeakKeyDictionary

from PySide6.QtGui import QTextDocument

from app.core.find_text import bare, folded, may_hold, spans, telling_runs
from app.core.message import Message, MessageState, ReasoningPart, TextPart
from app.features.chat.transcript.addresses import TAIL, Address
from app.features.chat.transcript.box import Box, TextBox
from app.features.chat.transcript.message_item import MessageItem
from app.features.chat.transcript.text_boxes import BlockBox
from app.features.chat.transcript.text_parts import ChunkBox
from app.kit.markdown.formula_object import OBJECT, formula_places, position_of, units

Spans = tuple[tuple[int, int], ...]
"""Places in a document, each from its first character to the one behind its last."""

KEPT = 3_000_000
"""Characters of text and sources that are kept as they are compared, for the next query."""
AT_ONCE = 20_000
"""Characters of a source that are looked at in one step."""


class ReadTexts:
    """What texts say, folded, for one query after the other; what nobody asked for long goes."""

    def __init__(self) -> None:
        self._texts: OrderedDict[tuple[str, int, bool], tuple[str, ...]] = OrderedDict()
        self._size = 0

    def of(self, box: ChunkBox, *, match_case: bool) -> tuple[str, ...]:
        """The text of each block of a stretch."""
        key = (box.part.text, box.number, match_case)
        if (known := self._known(key)) is not None:
            return known
        blocks = box.part.blocks_of(box, unfolded=True)
        return self._keep(key, [folded(b.searched(), match_case=match_case) for b in blocks])

    def bare(self, source: str) -> str:
        """A source as `may_hold` takes it."""
        key = (source, -1, False)
        return (self._known(key) or self._keep(key, [bare(source)]))[0]

    def _known(self, key: tuple[str, int, bool]) -> tuple[str, ...] | None:
        known = self._texts.get(key)
        if known is not None:
            self._texts.move_to_end(key)
        return known

    def _keep(self, key: tuple[str, int, bool], texts: Sequence[str]) -> tuple[str, ...]:
        made = self._texts[key] = tuple(texts)
        self._size += sum(map(len, made))
        while self._size > KEPT and len(self._texts) > 1:
            self._size -= sum(map(len, self._texts.popitem(last=False)[1]))
        return made


class Searching:
    """One query. `texts` outlives it."""

    def __init__(self, query: str, *, match_case: bool, texts: ReadTexts | None = None) -> None:
        self.query = query
        self._match_case = match_case
        self._wanted = folded(query, match_case=match_case)
        self._runs = telling_runs(query)
        self._texts = texts or ReadTexts()
        self._spans: WeakKeyDictionary[Box, tuple[tuple[int, int], Spans]] = WeakKeyDictionary()
        self._counts: WeakKeyDictionary[Box, tuple[object, int]] = WeakKeyDictionary()

    def same_as(self, other: Searching) -> bool:
        return (self.query, self._match_case) == (other.query, other._match_case)

    def within(self, other: Searching) -> bool:
        """Whether everything that this finds is in a message in which the other found something."""
        if other._match_case and not self._match_case:
            return False
        wider = other._wanted
        return wider in folded(self.query, match_case=other._match_case)

    def another(self, query: str, *, match_case: bool) -> Searching:
        """Another query, with the texts that were read for this one."""
        return Searching(query, match_case=match_case, texts=self._texts)

    # In a message

    def may_be_in(self, message: Message) -> bool:
        """Whether a message need be looked through: its source has what tells of the query."""
        if message.state is MessageState.STREAMING or message.tool_calls:
            return True  # what is shown may be more, or written in another way
        texts = [p.text for p in message.parts if isinstance(p, TextPart | ReasoningPart)]
        if sum(map(len, texts)) > AT_ONCE:
            return True  # its stretches are looked at, one by one
        return may_hold(self._texts.bare("\n".join(texts)), self._runs)

    def hits_in(self, item: MessageItem) -> Iterator[tuple[Address, int]]:
        """How often it is found in each box, with nothing folded away; in small steps."""
        sections = item.sections
        for number, part in enumerate(sections[:-1]):
            for place, box in enumerate(part.unfolded_boxes()):
                section = min(number, TAIL)
                if isinstance(box, ChunkBox):
                    yield from self._in_stretch(section, box)
                elif isinstance(box, TextBox):
                    yield (section, *(box.origin or (0, place))), self._count_in(box)

    def _in_stretch(self, section: int, box: ChunkBox) -> Iterator[tuple[Address, int]]:
        address = (section, box.number, 0)
        if not may_hold(self._texts.bare(box.chunk.text), self._runs):
            yield address, 0
            return
        for place, text in enumerate(self._texts.of(box, match_case=self._match_case)):
            yield (section, box.number, place), text.count(self._wanted)

    def _count_in(self, box: TextBox) -> int:
        """Boxes that stay as they are while a message grows are searched once."""
        if not isinstance(box, BlockBox):
            return self._count(box.searched())
        known = self._counts.get(box)
        if known is None or known[0] is not box.block:
            known = self._counts[box] = (box.block, self._count(box.searched()))
        return known[1]

    def _count(self, text: str) -> int:
        return folded(text, match_case=self._match_case).count(self._wanted) if text else 0

    # In a document

    def spans_in(self, box: TextBox) -> Spans:
        """Where it stands in the document of a box that is shown."""
        if not self._wanted:
            return ()
        document = box.document()
        state = (document.revision(), document.characterCount())
        known = self._spans.get(box)
        if known is None or known[0] != state:
            known = self._spans[box] = (state, self._find(document))
        return known[1]

    def _find(self, document: QTextDocument) -> Spans:
        raw = document.toRawText()
        formulas = formula_places(document) if OBJECT in raw else []
        told = _told(raw, formulas)
        found: list[tuple[int, int]] = []
        at = seen = 0
        for start, end in spans(told, self._wanted, match_case=self._match_case):
            # Documents count UTF-16 units.
            at += units(told[seen:start])
            found.append((at, at + units(told[start:end])))
            seen = start
        if not formulas:
            return tuple(found)
        return tuple(_shown(document, *span) for span in found)


def _told(raw: str, formulas: list[tuple[int, str]]) -> str:
    """A document's text with the LaTeX of its formulas in the place of their pictures."""
    if not formulas:
        return raw
    sources = dict(formulas)
    pieces: list[str] = []
    at = 0
    for char in raw:
        pieces.append(sources.get(at, char) if char == OBJECT else char)
        at += units(char)
    return "".join(pieces)


def _shown(document: QTextDocument, start: int, end: int) -> tuple[int, int]:
    """A place in the told text as one in the document; within a formula, all of its picture."""
    first, last = position_of(document, start), position_of(document, end)
    return first, max(last, first + 1)
