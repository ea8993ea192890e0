"""What stands where in the view: actions, links, and places in text under a point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QTextDocument

from app.features.chat.transcript.actions import Action, Intent
from app.features.chat.transcript.addresses import address_of
from app.features.chat.transcript.box import Box, TextBox
from app.features.chat.transcript.column import Column
from app.features.chat.transcript.selection import Place
from app.kit.markdown.rich_fragment import fragments

if TYPE_CHECKING:
    from app.features.chat.transcript.column_view import ColumnView


@dataclass(frozen=True, slots=True)
class Spot:
    """An action in a box, and where it is seen (in the viewport).

    `char`: where a link begins in the box's text; -1 for what is no link in a text.
    """

    box: Box
    action: Action
    rect: QRect
    char: int = -1

    def is_same(self, other: Spot | None) -> bool:
        if other is None or self.box is not other.box:
            return False
        return (self.action, self.char) == (other.action, other.char)


class Sight:
    """Belongs to one view. Points are in its viewport."""

    def __init__(self, view: ColumnView, column: Column) -> None:
        self._view = view
        self._column = column

    def visible(self) -> list[tuple[Box, int]]:
        """The boxes that are seen, with their tops."""
        top, extent = self._view.verticalScrollBar().value(), self._view.viewport().height()
        return list(self._column.visible(top, extent))

    def spots(self, *, links: bool = False) -> list[Spot]:
        """All actions in view, in reading order; `links` in the text among them."""
        found: list[Spot] = []
        extent = self._view.viewport().rect()
        for box, y in self.visible():
            origin = QPoint(self._view.column_left, y)
            here = [Spot(box, p.action, p.rect.translated(origin)) for p in box.actions()]
            if links and isinstance(box, TextBox):
                here += _links_of(box, origin)
                here.sort(key=lambda spot: (spot.rect.top(), spot.rect.left()))
            found += [spot for spot in here if spot.rect.intersects(extent)]
        return found

    def spot_at(self, point: QPoint) -> Spot | None:
        return next((spot for spot in self.spots() if spot.rect.contains(point)), None)

    def where(self, spot: Spot) -> QRect | None:
        """Where a link is seen now; None for a spot that is none, or that is gone."""
        if spot.char < 0 or spot.box.item is None or not isinstance(spot.box, TextBox):
            return None
        y = self._column.top_of(spot.box) - self._view.verticalScrollBar().value()
        links = _links_of(spot.box, QPoint(self._view.column_left, y))
        return next((link.rect for link in links if link.is_same(spot)), None)

    def box_at(self, point: QPoint) -> tuple[Box, QPoint] | None:
        """The box at a height, and the point in it; outside, the nearest one."""
        best: tuple[Box, QPoint] | None = None
        for box, y in self.visible():
            inside = QPoint(point.x() - self._view.column_left, point.y() - y)
            if best is None or y - box.gap <= point.y():
                best = (box, inside)
        return best

    def text_place_at(self, point: QPoint) -> tuple[TextBox, int] | None:
        """The nearest place in a text: its box and character."""
        found = self.box_at(point)
        if found is None:
            return None
        box, inside = found
        if isinstance(box, TextBox):
            return box, box.length if inside.y() > box.height else box.hit(inside)
        other = self._column.preceding(box) or self._column.following(box)
        while other is not None and not isinstance(other, TextBox):
            other = self._column.preceding(other)
        return (other, other.length) if isinstance(other, TextBox) else None

    def char_at(self, point: QPoint) -> tuple[TextBox, int] | None:
        """The same, but the character under the point where it is over one."""
        found, here = self.text_place_at(point), self.box_at(point)
        if found is None or here is None or found[0] is not here[0]:
            return found
        return found[0], found[0].char_at(here[1])

    def place_at(self, point: QPoint) -> Place | None:
        """The nearest place as a place that lasts."""
        found = self.text_place_at(point)
        return place_in(*found) if found is not None else None

    def is_over_text(self, point: QPoint) -> bool:
        found = self.box_at(point)
        return (
            found is not None and isinstance(found[0], TextBox) and found[0].is_over_text(found[1])
        )

    def link_at(self, point: QPoint) -> str:
        """The address of the link under a point, or empty."""
        found = self.box_at(point)
        if found is None or not isinstance(found[0], TextBox):
            return ""
        return found[0].link_at(found[1])


def place_in(box: Box, char: int) -> Place:
    """A place in a box that is shown."""
    assert box.item is not None
    return Place(box.item.message.id, address_of(box), char)


def _links_of(box: TextBox, origin: QPoint) -> list[Spot]:
    """The links in a box's text; each with the area of its first line."""
    document = box.document()
    found: list[Spot] = []
    for address, start, end in links_in(document):
        begin, stop = box.rect_of(start), box.rect_of(end)
        right = stop.x() if stop.top() == begin.top() else begin.x() + begin.height() * 2
        area = QRect(begin.x(), begin.top(), max(4, right - begin.x()), begin.height())
        action = Action(Intent.LINK, address, payload=address)
        found.append(Spot(box, action, area.translated(origin), start))
    return found


def links_in(document: QTextDocument) -> list[tuple[str, int, int]]:
    """The links of a document: address, first character and the one behind the last."""
    found: list[tuple[str, int, int]] = []
    block = document.begin()
    while block.isValid():
        for fragment in fragments(block):
            address = fragment.charFormat().anchorHref()
            start, end = fragment.position(), fragment.position() + fragment.length()
            if address and found and found[-1][0] == address and found[-1][2] == start:
                found[-1] = (address, found[-1][1], end)
            elif address:
                found.append((address, start, end))
        block = block.next()
    return found
