"""Where a box stands in its message: an address that outlives the box.

Boxes come and go: stretches of text are made to blocks, what is far from the view is let go and
made again. An address finds the box again, or what stands in its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from app.features.chat.transcript.box import Box
from app.features.chat.transcript.message_item import MessageItem
from app.features.chat.transcript.part_boxes import PartBoxes
from app.features.chat.transcript.text_parts import ChunkBox, WholeTextBoxes, unfolded_count

Address: TypeAlias = tuple[int, int, int]
"""Section, stretch of text in it, box in that; in reading order."""

TAIL = 1 << 20
"""The section below the parts, however many there are."""
FIRST: Address = (0, 0, 0)
BEHIND: Address = (TAIL + 1, 0, 0)
"""Below everything in a message."""


def address_of(box: Box) -> Address:
    """The address of a box that is shown."""
    item = box.item
    assert item is not None
    left, sections = box.index, item.sections
    number = 0
    while left >= len(sections[number].boxes):
        left -= len(sections[number].boxes)
        number += 1
    return (_section(number, len(sections)), *(box.origin or (0, left)))


def box_at(item: MessageItem, address: Address) -> Box | None:
    """The box at an address, or the nearest one; makes blocks of the text it stands in."""
    if not item.boxes:
        return None
    if address[0] > TAIL:
        return item.boxes[-1]
    sections = item.sections
    number = len(sections) - 1 if address[0] == TAIL else min(address[0], len(sections) - 1)
    part = sections[number]
    if not part.boxes:
        before = sum(len(section.boxes) for section in sections[:number])
        return item.boxes[min(before, len(item.boxes) - 1)]
    if isinstance(part, WholeTextBoxes):
        return _in_text(item, part, address)
    return part.boxes[min(address[2], len(part.boxes) - 1)]


def _in_text(item: MessageItem, part: WholeTextBoxes, address: Address) -> Box:
    """So many blocks behind the begin of a stretch, which may be in another one by now."""
    stretch, left = address[1:]
    place = 0
    while place < len(part.boxes):
        box = part.boxes[place]
        if box.origin is not None and box.origin[0] < stretch:
            place += 1
        elif isinstance(box, ChunkBox):
            item.expand(box)
        elif left < (count := unfolded_count((box,))):
            return box
        else:
            left -= count
            place += 1
    return part.boxes[-1] if part.boxes else item.boxes[-1]


def boxes_from(
    item: MessageItem,
    first: Address = FIRST,
    last: Address = BEHIND,
    *,
    unfolded: bool = False,
) -> Iterator[tuple[Address, Box]]:
    """The boxes of a message from one address to another, with their addresses.

    Text that nobody looked at is read without changing what is shown; such boxes belong to no
    message. `unfolded`: as if nothing were folded away.
    """
    sections = item.sections
    for number, part in enumerate(sections):
        section = _section(number, len(sections))
        if not first[0] <= section <= last[0]:
            continue
        for address, box in _boxes_of(part, section, first, last, unfolded=unfolded):
            if first <= address <= last:
                yield address, box


def _boxes_of(
    part: PartBoxes, section: int, first: Address, last: Address, *, unfolded: bool
) -> Iterator[tuple[Address, Box]]:
    for number, box in enumerate(part.unfolded_boxes() if unfolded else tuple(part.boxes)):
        stretch, place = box.origin or (0, number)
        if not isinstance(box, ChunkBox):
            yield (section, stretch, place), box
        elif first[:2] <= (section, stretch) <= last[:2]:
            for made in box.part.blocks_of(box, unfolded=unfolded):
                assert made.origin is not None
                yield (section, *made.origin), made


def _section(number: int, count: int) -> int:
    return TAIL if number == count - 1 else number
