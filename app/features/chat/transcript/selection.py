"""What is selected: from a character in one box to a character in another, across messages.

Places name a message and an address in it, so that a selection outlives the documents, and the
boxes, that it was made in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.features.chat.transcript.addresses import BEHIND, FIRST, Address, address_of
from app.features.chat.transcript.box import Box, TextBox
from app.features.chat.transcript.column import Column


@dataclass(frozen=True, slots=True)
class Place:
    """A place between two characters of a box."""

    message: str
    address: Address
    char: int


Key = tuple[int, int, int, int, int]
"""Row, address, character: in reading order."""


class Selection:
    """Between the place where it was begun and the one where it was led."""

    def __init__(self, column: Column) -> None:
        self._column = column
        self._begun: tuple[Place, Place] | None = None
        self._led: Place | None = None
        self.changed: Callable[[], None] = lambda: None

    def clear(self) -> None:
        self._begun = self._led = None
        self.changed()

    def begin(self, start: Place, end: Place | None = None) -> None:
        """Begin at a place, or with a word or paragraph that stays selected."""
        self._begun = (start, end or start)
        self._led = end or start
        self.changed()

    def lead(self, place: Place) -> None:
        self._led = place
        self.changed()

    @property
    def led(self) -> Place | None:
        """Where it was led last: there the keyboard goes on."""
        return self._led

    def is_begun(self) -> bool:
        return self._begun is not None

    def _places(self) -> tuple[Place, ...]:
        return (*self._begun, self._led) if self._begun is not None and self._led else ()

    def key(self, place: Place) -> Key:
        """Where a place stands; row -1 for one whose message is not shown any more."""
        row = self._column.rows.place_of(place.message)
        return (-1 if row is None else row, *place.address, place.char)

    def ends(self) -> tuple[Place, Place] | None:
        """First and last place, in reading order; None where nothing is selected."""
        keyed = [(self.key(place), place) for place in self._places()]
        if any(key[0] < 0 for key, _place in keyed):
            self.clear()
            return None
        if not keyed:
            return None
        first, last = min(keyed, key=_first), max(keyed, key=_first)
        return None if first[0] == last[0] else (first[1], last[1])

    def messages(self) -> frozenset[str]:
        """The messages it begins or ends in."""
        return frozenset(place.message for place in self._places())

    def holds(self, place: Place) -> bool:
        """Whether a place is within what is selected."""
        ends = self.ends()
        return ends is not None and self.key(ends[0]) <= self.key(place) <= self.key(ends[1])

    def is_before(self, place: Place) -> bool:
        """Whether a place stands before where it was begun."""
        return self._begun is not None and self.key(place) < self.key(self._begun[0])

    def range_in(self, box: Box) -> tuple[int, int] | None:
        """Which characters of a box that is shown are selected."""
        ends = self.ends()
        if ends is None or box.item is None or not isinstance(box, TextBox):
            return None
        first, last = self.key(ends[0]), self.key(ends[1])
        here = (box.item.index, *address_of(box))
        if not first[:4] <= here <= last[:4]:
            return None
        start = first[4] if here == first[:4] else 0
        end = last[4] if here == last[:4] else box.length
        return (start, end) if start < end else None

    def is_in(self, box: Box) -> bool:
        """Whether it begins or ends in a box that is shown."""
        return any(self._names(place, box) for place in self._places())

    def is_led_in(self, box: Box) -> bool:
        """Whether it was led into a box that is shown."""
        return self._led is not None and self._names(self._led, box)

    def moved(self, box: Box, where: Callable[[int], int]) -> None:
        """A box's characters are elsewhere now."""

        def follow(place: Place) -> Place:
            return replace(place, char=where(place.char)) if self._names(place, box) else place

        self._follow(follow)

    def message_changed(self, message_id: str) -> None:
        """A message was laid out in other boxes: the places in it are told anew."""

        def follow(place: Place) -> Place:
            if place.message != message_id or place.address >= BEHIND:
                return place
            box = self._column.box_at(message_id, place.address)
            return place if box is None else replace(place, address=address_of(box))

        self._follow(follow)

    def _names(self, place: Place, box: Box) -> bool:
        item = box.item
        shown = item is not None and place.message == item.message.id
        return shown and place.address == address_of(box)

    def _follow(self, follow: Callable[[Place], Place]) -> None:
        if self._begun is not None and self._led is not None:
            self._begun = (follow(self._begun[0]), follow(self._begun[1]))
            self._led = follow(self._led)

    def select_all(self) -> None:
        """All that is said, whether or not it was ever looked at."""
        rows = self._column.rows
        if not len(rows):
            return
        last = self._column.arriving_end()
        end = Place(rows.id_of(len(rows) - 1), BEHIND, 0)
        if last is not None and last.item is not None:
            # What arrives later was not selected.
            end = Place(last.item.message.id, address_of(last), last.length)
        self.begin(Place(rows.id_of(0), FIRST, 0), end)


def _first(keyed: tuple[Key, Place]) -> Key:
    return keyed[0]
