"""Finds words in the whole conversation, in slices, and leads from one place to the next.

What is found is what is read, folded or not: messages that are there are searched box by box,
stretches of text only where their source has what tells of the query. Of messages whose words are
on the disk the store names those that may hold it, and these are loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.message import Message, Role
from app.features.chat.transcript.addresses import Address, address_of
from app.features.chat.transcript.box import Box, TextBox
from app.features.chat.transcript.column import Column
from app.features.chat.transcript.found import Found, Match
from app.features.chat.transcript.searching import Searching, Spans

if TYPE_CHECKING:
    from app.features.chat.transcript.selecting_view import SelectingView

SLICE_S = 0.004
BATCH = 100
MOST = 5000
"""Places after which it stops until the reader goes beyond them."""
GROWN_MS = 300
"""How often a message that grows is searched again."""
MARGIN = 64


class Finding(QObject):
    """Belongs to one view."""

    changed = Signal()
    words_wanted = Signal(object)  # tuple of ids; `take_words` answers
    candidates_wanted = Signal(str)  # the query; `take_candidates` answers

    def __init__(self, view: SelectingView, column: Column) -> None:
        super().__init__(view)
        self._view = view
        self._column = column
        self._searching = Searching("", match_case=False)
        self._found = Found()
        self._current: Match | None = None
        self._anchor = Match(0, (0, 0, 0), 0)
        self._steps: Iterator[None] | None = None
        self._limit = MOST
        self._waits_for: object = None
        self._candidates: frozenset[str] | None = None
        self._loaded: dict[str, Message] = {}
        self._grown: dict[str, None] = {}
        self._goes = False
        self._beyond = False
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._run)
        self._growth = QTimer(self)
        self._growth.setSingleShot(True)
        self._growth.setInterval(GROWN_MS)
        self._growth.timeout.connect(self._search_grown)

    # What is asked for

    @property
    def active(self) -> bool:
        return bool(self._searching.query)

    @property
    def total(self) -> int:
        """How many places are known."""
        return self._found.total

    @property
    def number(self) -> int:
        """Which of them was gone to, from 1; 0: none."""
        return self._found.number_of(self._current) if self._current is not None else 0

    @property
    def complete(self) -> bool:
        """Whether all of the conversation was searched."""
        return self._steps is None

    @property
    def rests(self) -> bool:
        """Whether it stopped for now, as so many places are known."""
        return self._steps is not None and self._found.total >= self._limit

    def look_for(self, query: str, *, match_case: bool = False) -> None:
        """Find these words; go to the first place from where the reader is."""
        before = self._searching
        searching = before.another(query, match_case=match_case)
        if searching.same_as(before):
            return
        narrower = self.complete and before.query and searching.within(before)
        known = self._found.rows() if narrower else None
        if before.query and self._current is not None:
            self._anchor = self._current._replace(number=0)
        elif not before.query:
            self._anchor = self._place_read()
        self._searching = searching
        self._current = None
        self._begin(known)
        self._goes = True

    def stop(self) -> None:
        """Find nothing any more."""
        self.look_for("")

    def step(self, by: int) -> None:
        """To the next place, or the one before; round the ends."""
        if self._current is None:
            self._current = self._found.following(self._anchor, itself=True) or self._found.first()
        elif by > 0:
            following = self._found.following(self._current)
            if following is None and self.rests:
                # More than was looked for so far: look on, and go there when it is found.
                self._limit += MOST
                self._beyond = True
                self._go_on()
                return
            self._current = following or self._found.first()
        else:
            self._current = self._found.preceding(self._current) or self._found.last()
        self._go()

    def take_candidates(self, query: str, ids: Iterable[str]) -> None:
        """The messages on the disk that may hold the query."""
        if self._waits_for == query:
            self._candidates = frozenset(ids)
            self._go_on()

    def take_words(self, asked: Sequence[str], messages: Sequence[Message]) -> None:
        """Words that were wanted."""
        if self._waits_for == tuple(asked):
            self._loaded = {message.id: message for message in messages}
            self._go_on()

    # What happens to the conversation

    def start_again(self) -> None:
        """Another branch is shown."""
        if self.active:
            self._anchor, self._current = Match(0, (0, 0, 0), 0), None
            self._begin(None)

    def message_changed(self, message_id: str) -> None:
        """A message is new, or says something else or more."""
        if self.active:
            self._grown[message_id] = None
            if not self._growth.isActive():
                self._growth.start()

    def words_arrived(self) -> None:
        """Words that the view missed are there: what was gone to may be seen now."""
        if self._goes:
            self._go()

    # What is seen of it

    def ranges_in(self, box: TextBox) -> tuple[Spans, tuple[int, int] | None]:
        """What is found in a box that is shown, and which of it was gone to."""
        spans = self._searching.spans_in(box)
        current = self._current
        if current is None or box.item is None or box.item.index != current.row or not spans:
            return spans, None
        if address_of(box) != current.address:
            return spans, None
        number = min(current.number, len(spans) - 1)
        return spans[:number] + spans[number + 1 :], spans[number]

    # Within

    def _place_read(self) -> Match:
        for box, y in self._view.seen():
            if box.item is not None and y >= 0:
                return Match(box.item.index, address_of(box), 0)
        return Match(0, (0, 0, 0), 0)

    def _begin(self, known: Sequence[int] | None) -> None:
        """Search everything, or only the messages in which more was found."""
        self._timer.stop()
        self._found = Found()
        self._limit = MOST
        self._waits_for, self._candidates = None, None
        self._loaded.clear()
        self._grown.clear()
        self._goes = self._beyond = False
        self._steps = self._search(known) if self.active else None
        if self.active:
            self._timer.start()
        self.changed.emit()

    def _go_on(self) -> None:
        self._waits_for = None
        self._timer.start()

    def _run(self) -> None:
        until = perf_counter() + SLICE_S
        assert self._steps is not None
        for _ in self._steps:
            if self._waits_for is not None or self._found.total >= self._limit:
                self._timer.stop()
                break
            if perf_counter() > until:
                break
        else:
            self._steps = None
            self._timer.stop()
            self._loaded.clear()
        self._go_to_first()
        self._go_beyond()
        self.changed.emit()

    def _search(self, known: Sequence[int] | None) -> Iterator[None]:
        rows = self._column.rows
        count = len(rows)
        start = min(self._anchor.row, count)
        order: Iterable[int] = (*range(start, count), *range(start))
        if known is not None:
            order = sorted(known, key=lambda row: (row < start, row))
        unknown: list[int] = []
        for row in order:
            message = rows.words_of(row) if rows.is_shown(row) else None
            if message is not None:
                yield from self._search_message(row, message)
            elif rows.is_shown(row):
                unknown.append(row)
            if row % 64 == 0:
                yield
        if unknown and known is None:
            self._waits_for = self._searching.query
            self.candidates_wanted.emit(self._searching.query)
            yield
            unknown = self._may_hold(unknown)
        for at in range(0, len(unknown), BATCH):
            yield from self._search_unknown(unknown[at : at + BATCH])

    def _may_hold(self, unknown: Sequence[int]) -> list[int]:
        """Those that the store named, themselves or by the result of a call of theirs."""
        named = self._candidates or frozenset()
        rows = self._column.rows
        found: list[int] = []
        for row in unknown:
            ids = (rows.id_of(row), *(rows.id_of(behind) for behind in rows.results_behind(row)))
            if not named.isdisjoint(ids):
                found.append(row)
        return found

    def _search_unknown(self, batch: Sequence[int]) -> Iterator[None]:
        rows = self._column.rows
        behind = [place for row in batch for place in rows.results_behind(row)]
        asked = tuple(rows.id_of(row) for row in (*batch, *behind))
        self._waits_for = asked
        self.words_wanted.emit(asked)
        yield
        for row in behind:
            if (result := self._loaded.get(rows.id_of(row))) is not None:
                rows.note_results(result)
        for row in batch:
            message = rows.words_of(row) or self._loaded.get(rows.id_of(row))
            if message is not None:
                yield from self._search_message(row, message)

    def _search_message(self, row: int, message: Message) -> Iterator[None]:
        """Look through a message."""
        rows = self._column.rows
        if not self._searching.may_be_in(message):
            self._found.put(row, ())
            yield
            return
        if message.role is Role.ASSISTANT and message.tool_calls:
            for behind in rows.results_behind(row):
                if (result := rows.words_of(behind)) is not None:
                    rows.note_results(result)
        item, for_this = rows.with_words(row, message)
        item.make()
        hits: list[tuple[Address, int]] = []
        for address, number in self._searching.hits_in(item):
            if number:
                hits.append((address, number))
            yield
        self._found.put(row, hits)
        if for_this:
            item.unmake()
        yield

    def _search_grown(self) -> None:
        """Search messages again that grew; a search of all meets them anyway."""
        rows = self._column.rows
        grown = [rows.place_of(key) for key in self._grown]
        self._grown.clear()
        work = [row for row in grown if row is not None and rows.is_shown(row)]
        before, self._steps = self._steps, self._search_rows(work, self._steps)
        if before is None or self._timer.isActive():
            self._timer.start()

    def _search_rows(self, work: Sequence[int], rest: Iterator[None] | None) -> Iterator[None]:
        for row in work:
            message = self._column.rows.words_of(row)
            if message is not None:
                yield from self._search_message(row, message)
        if rest is not None:
            yield from rest

    # Going there

    def _go_to_first(self) -> None:
        """The first place from where the reader was, as soon as one is known."""
        if self._current is not None or not self._goes:
            return
        first = self._found.following(self._anchor, itself=True)
        if first is None and (self.complete or self.rests):
            first = self._found.first()
        if first is not None:
            self._current = first
            self._go()

    def _go_beyond(self) -> None:
        """The place behind the last one that was known, once there is one, or else the first."""
        if not self._beyond or self._current is None:
            return
        following = self._found.following(self._current)
        if following is not None or self.complete:
            self._beyond = False
            self._current = following or self._found.first()
            self._go()

    def _go(self) -> None:
        """Show the place; loads and unfolds what it stands in."""
        match = self._current
        self._goes = False
        self.changed.emit()
        if match is None:
            return
        message = self._column.rows.id_of(match.row)
        item = self._column.get(message)
        if item is None:
            return
        if item.absent:
            self._goes = True
            self._view.go_to_message(message)
            return
        box = self._box_of(message, match)
        if box is None:
            self._view.unfold(item, match.address)
            box = self._box_of(message, match)
        if box is not None:
            spans = self._searching.spans_in(box)
            char = spans[min(match.number, len(spans) - 1)][0] if spans else 0
            self._view.go_to_char(box, char, margin=MARGIN)

    def _box_of(self, message: str, match: Match) -> TextBox | None:
        """The box that shows the place; None where it is folded away."""
        box: Box | None = self._column.box_at(message, match.address)
        if not isinstance(box, TextBox) or address_of(box) != match.address:
            return None
        return box if match.number < len(self._searching.spans_in(box)) else None
