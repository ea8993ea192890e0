"""What is selected: from a character in one box to a character in another, across messages.

Places name a box, not a document, so a selection outlives the documents it was made in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QMimeData

from app.features.chat.transcript.box import Box, TextBox
from app.features.chat.transcript.column import Column

MARKDOWN = "text/markdown"


@dataclass(frozen=True, slots=True)
class Place:
    """A place between two characters of a box."""

    box: Box
    char: int

    @property
    def key(self) -> tuple[int, int, int]:
        assert self.box.item is not None
        return self.box.item.index, self.box.index, self.char

    @property
    def is_gone(self) -> bool:
        return self.box.item is None


class Selection:
    """Between the place where it was begun and the one where it was led."""

    def __init__(self, column: Column) -> None:
        self._column = column
        self._begun: tuple[Place, Place] | None = None
        self._led: Place | None = None

    def clear(self) -> None:
        self._begun = self._led = None

    def begin(self, start: Place, end: Place | None = None) -> None:
        """Begin at a place, or with a word or paragraph that stays selected."""
        self._begun = (start, end or start)
        self._led = end or start

    def lead(self, place: Place) -> None:
        self._led = place

    def ends(self) -> tuple[Place, Place] | None:
        """First and last place, in reading order; None where nothing is selected."""
        if self._begun is None or self._led is None:
            return None
        places = (*self._begun, self._led)
        if any(place.is_gone for place in places):
            self.clear()
            return None
        first, last = min(places, key=_key), max(places, key=_key)
        return None if first.key == last.key else (first, last)

    def moved(self, box: Box, where: Callable[[int], int]) -> None:
        """A box's characters are elsewhere now."""

        def follow(place: Place) -> Place:
            return Place(box, where(place.char)) if place.box is box else place

        if self._begun is not None and self._led is not None:
            self._begun = (follow(self._begun[0]), follow(self._begun[1]))
            self._led = follow(self._led)

    def is_in(self, box: Box) -> bool:
        """Whether it begins or ends in a box."""
        places = (*(self._begun or ()), self._led)
        return any(place is not None and place.box is box for place in places)

    def is_begun(self) -> bool:
        return self._begun is not None

    def range_in(self, box: Box) -> tuple[int, int] | None:
        """Which characters of a box are selected."""
        ends = self.ends()
        if ends is None or not isinstance(box, TextBox):
            return None
        first, last = ends
        here = (box.item.index, box.index) if box.item is not None else (-1, -1)
        if not first.key[:2] <= here <= last.key[:2]:
            return None
        start = first.char if box is first.box else 0
        end = last.char if box is last.box else box.length
        return (start, end) if start < end else None

    def select_all(self) -> None:
        first, last = self._column.first(), self._column.last()
        if first is not None and last is not None:
            end = last.length if isinstance(last, TextBox) else 1
            self.begin(Place(first, 0), Place(last, end))

    def mime(self) -> QMimeData | None:
        """Plain text, and Markdown of what is selected whole."""
        ends = self.ends()
        if ends is None:
            return None
        plain = _Join()
        markdown = _Join()
        edges = (ends[0].box, ends[1].box)
        for box in self._column.from_to(*edges):
            if isinstance(box, TextBox) and box not in edges:
                plain.add(box.plain(), tight=box.joins_tight)
                markdown.add(box.markdown(), tight=box.joins_tight)
            elif isinstance(box, TextBox):
                self._add_edge(box, plain, markdown)
            elif box.plain() and ends[0].box is not ends[1].box:
                plain.add(box.plain(), tight=False)
        data = QMimeData()
        data.setText(plain.text())
        data.setData(MARKDOWN, markdown.text().encode())
        return data

    def _add_edge(self, box: TextBox, plain: _Join, markdown: _Join) -> None:
        span = self.range_in(box)
        if span is None:
            return
        whole = span == (0, box.length)
        text = box.plain(*span)
        plain.add(text, tight=box.joins_tight)
        markdown.add(box.markdown() if whole else text, tight=box.joins_tight)


def _key(place: Place) -> tuple[int, int, int]:
    return place.key


class _Join:
    """Blocks as one text: an empty line between them, none between the items of a list."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._after_tight = True

    def add(self, text: str, *, tight: bool) -> None:
        if self._pieces:
            self._pieces.append("\n" if tight and self._after_tight else "\n\n")
        self._pieces.append(text)
        self._after_tight = tight

    def text(self) -> str:
        return "".join(self._pieces)


def joined(boxes: list[Box]) -> str:
    """The plain text of boxes, as a selection of all of them would give it."""
    made = _Join()
    for box in boxes:
        text = box.plain()
        if text:
            made.add(text, tight=isinstance(box, TextBox) and box.joins_tight)
    return made.text()
