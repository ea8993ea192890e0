"""Copies what is selected, in slices: however much it is, the window goes on meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.message import Message, Role
from app.features.chat.transcript.addresses import BEHIND, FIRST, boxes_from
from app.features.chat.transcript.box import TextBox
from app.features.chat.transcript.column import Column
from app.features.chat.transcript.copied import Copied
from app.features.chat.transcript.message_item import MessageItem
from app.features.chat.transcript.selection import Place

FIRST_SLICE_S, SLICE_S = 0.012, 0.004
BATCH = 200
"""Messages whose words are loaded together."""
AS_IT_CAME = 3_000_000
"""Characters above which messages are copied as the Markdown they came as, without rich text."""

Step = tuple[str, ...] | None
"""Ids of messages whose words are needed to go on, or None: a little was done."""


class Copying(QObject):
    """Does one copy at a time; another one begun gives the first up.

    What is short is copied before `start` returns.
    """

    words_wanted = Signal(object)  # tuple of ids; `take_words` answers
    progressed = Signal(float)  # 0 to 1, while it takes more than one slice
    ended = Signal()

    def __init__(self, column: Column, parent: QObject) -> None:
        super().__init__(parent)
        self._column = column
        self._copied = Copied()
        self._steps: Iterator[Step] | None = None
        self._done: Callable[[Copied], None] = lambda _copied: None
        self._loaded: dict[str, Message] = {}
        self._asked: tuple[str, ...] = ()
        self._share = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(lambda: self._run(SLICE_S))

    @property
    def busy(self) -> bool:
        return self._steps is not None

    def start(self, ends: tuple[Place, Place], done: Callable[[Copied], None]) -> None:
        """Copy from one place to another; `done` gets it."""
        self.stop()
        self._copied, self._done = Copied(), done
        self._steps = self._walk(*ends)
        self._run(FIRST_SLICE_S)

    def at_once(self, ends: tuple[Place, Place], most: int) -> Copied | None:
        """The same within this call; None if it is more than `most` characters, or not loaded."""
        rows = self._column.rows
        begin, end = rows.place_of(ends[0].message), rows.place_of(ends[1].message)
        if begin is None or end is None:
            return None
        if begin < end and sum(map(rows.length_of, range(begin, end + 1))) > most:
            return None
        self.stop()
        self._copied = Copied()
        for step in self._walk(*ends):
            if step is not None or self._copied.size > most:
                return None
        return self._copied

    def stop(self) -> None:
        """Give it up."""
        self._timer.stop()
        self._loaded.clear()
        self._asked = ()
        if self._steps is not None:
            self._steps = None
            self.ended.emit()

    def take_words(self, asked: Sequence[str], messages: Sequence[Message]) -> None:
        """Words that were wanted; those that are not among them are not there."""
        if self._asked and tuple(asked) == self._asked:
            self._asked = ()
            self._loaded = {message.id: message for message in messages}
            self._timer.start()

    def _run(self, seconds: float) -> None:
        until = perf_counter() + seconds
        assert self._steps is not None
        for step in self._steps:
            if step:
                self._timer.stop()
                self._asked = step
                self.progressed.emit(self._share)
                self.words_wanted.emit(step)
                return
            if perf_counter() > until:
                self._timer.start()
                self.progressed.emit(self._share)
                return
        copied, done = self._copied, self._done
        self.stop()
        done(copied)

    def _walk(self, first: Place, last: Place) -> Iterator[Step]:
        rows = self._column.rows
        begin, end = rows.place_of(first.message), rows.place_of(last.message)
        if begin is None or end is None:
            return
        as_it_came = sum(map(rows.length_of, range(begin, end + 1))) > AS_IT_CAME
        for row in range(begin, end + 1):
            if not rows.is_shown(row):
                continue
            self._share = (row - begin) / (end - begin + 1)
            if self._words(row) is None:
                yield self._missing(row, end)
            message = self._words(row)
            if message is None:
                continue
            if as_it_came and row not in (begin, end):
                self._copied.add_source(message.text)
                yield None
                continue
            yield from self._message(row, message, first, last)
        yield from self._copied.gather()

    def _message(self, row: int, message: Message, first: Place, last: Place) -> Iterator[Step]:
        """The boxes of a message, as far as they are selected."""
        self._note_results(row)
        item, for_this = self._column.rows.with_words(row, message)
        item.make()
        begin = first.address if first.message == message.id else FIRST
        end = last.address if last.message == message.id else BEHIND
        alone = first.message == last.message and begin == end
        for address, box in boxes_from(item, begin, end):
            if isinstance(box, TextBox):
                start = first.char if address == begin and first.message == message.id else 0
                stop = last.char if address == end and last.message == message.id else None
                if start == 0 and (stop is None or stop >= box.length):
                    self._copied.add(box)
                elif stop is None or start < stop:
                    self._copied.add_span(box, start, box.length if stop is None else stop)
                if box.item is None:
                    box.surface.forget(box)
            elif not alone:
                self._copied.add(box)
            yield None
        if for_this:
            item.unmake()

    def _words(self, row: int) -> Message | None:
        rows = self._column.rows
        return rows.words_of(row) or self._loaded.get(rows.id_of(row))

    def _missing(self, row: int, end: int) -> tuple[str, ...]:
        """The next messages whose words are not there, with the results of their calls."""
        rows = self._column.rows
        found: list[str] = []
        while row <= end and len(found) < BATCH:
            if rows.role_of(row) is not Role.SYSTEM and rows.words_of(row) is None:
                found.append(rows.id_of(row))
            row += 1
        found += [rows.id_of(behind) for behind in rows.results_behind(row - 1)]
        return tuple(found)

    def _note_results(self, row: int) -> None:
        """What the tools gave back stands in the messages right behind their calls."""
        for behind in self._column.rows.results_behind(row):
            if (result := self._words(behind)) is not None:
                self._column.rows.note_results(result)


def text_of_item(item: MessageItem) -> str:
    """All that a message says, nothing folded away, as plain text."""
    copied = Copied()
    for _address, box in boxes_from(item, unfolded=True):
        copied.add(box)
    return copied.plain
