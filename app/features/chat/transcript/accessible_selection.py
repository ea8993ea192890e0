"""What is selected, as assistive tools are told of it and as they ask for it.

They count characters of a message's words (a `Passage`); the transcript counts those of each box.
"""

from __future__ import annotations

from bisect import bisect_right

from app.features.chat.transcript.accessible_text import Passage
from app.features.chat.transcript.box import TextBox
from app.features.chat.transcript.column import Column
from app.features.chat.transcript.selection import Place, Selection
from app.kit.markdown.formula_object import position_of, told_offset, units


def lead_of(box: TextBox) -> int:
    """How many characters stand before those of a box's document where it is read: a marker.

    Negative for a table, of which the document begins with a character that nobody reads.
    """
    return units(box.plain()) - told_offset(box.document(), box.length)


class AccessibleSelection:
    """Over one view's selection."""

    def __init__(self, column: Column, selection: Selection) -> None:
        self._column = column
        self._selection = selection

    def messages(self) -> frozenset[str]:
        """The messages in which it begins or ends."""
        ends = self._selection.ends()
        return frozenset(place.message for place in ends) if ends is not None else frozenset()

    def in_message(self, message_id: str, passage: Passage) -> tuple[int, int] | None:
        """What is selected of a message's words: first character, and behind the last."""
        ends, row = self._selection.ends(), self._column.rows.place_of(message_id)
        if ends is None or row is None or not passage.spans:
            return None
        first, last = ends
        if not self._selection.key(first)[0] <= row <= self._selection.key(last)[0]:
            return None
        start = _offset(passage, first) if first.message == message_id else 0
        end = _offset(passage, last) if last.message == message_id else units(passage.text)
        return (start, end) if start < end else None

    def take(self, message_id: str, passage: Passage, anchor: int, position: int) -> bool:
        """Select from one character of a message's words to another; False where none is known."""
        begun, led = (_place(message_id, passage, at) for at in (anchor, position))
        if begun is None or led is None:
            return False
        self._selection.begin(begun)
        self._selection.lead(led)
        return True


def _offset(passage: Passage, place: Place) -> int:
    """Where in a passage a place stands, or the first box behind it that is read."""
    for (start, box), address in zip(passage.spans, passage.addresses, strict=True):
        if address < place.address:
            continue
        if address > place.address or not isinstance(box, TextBox):
            return start
        return start + max(0, lead_of(box) + told_offset(box.document(), place.char))
    return units(passage.text)


def _place(message_id: str, passage: Passage, offset: int) -> Place | None:
    """The place at a character of a passage."""
    at = bisect_right(passage.spans, offset, key=lambda span: span[0]) - 1
    while at >= 0:
        start, box = passage.spans[at]
        if isinstance(box, TextBox):
            char = position_of(box.document(), max(0, offset - start - lead_of(box)))
            return Place(message_id, passage.addresses[at], min(char, box.length))
        at -= 1
    return None
