"""The answers to what assistive tools ask about messages: who, what, where, and how it stands.

By the messages' ids, and without making anything that is not near the view.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtGui import QAccessible, QWindow

from app.core.message import Message, MessageState
from app.features.chat.transcript import accessible_words
from app.features.chat.transcript.accessible_pieces import Key, Piece, pieces_of
from app.features.chat.transcript.accessible_selection import AccessibleSelection
from app.features.chat.transcript.accessible_text import MISSING, Passage, Reader, said_in
from app.features.chat.transcript.actions import PADDING, Action, Intent
from app.features.chat.transcript.addresses import BEHIND
from app.features.chat.transcript.box import Box
from app.features.chat.transcript.column import PAD_TOP, Column
from app.features.chat.transcript.message_item import MESSAGE_GAP, MessageItem
from app.features.chat.transcript.reasoning_parts import ReasoningBoxes
from app.features.chat.transcript.selection import Selection
from app.features.chat.transcript.surface import Surface

if TYPE_CHECKING:
    from app.features.chat.transcript.column_view import ColumnView

KEPT_PASSAGES = 4
REREAD_S = 1.0
"""How often a message that still arrives is read anew."""
NEAR = 2
"""Screens above and below the view whose links and actions are told of."""


@dataclass(slots=True)
class Read:
    """A message's words, and what they were read from: the message, so many boxes, that time."""

    message: Message
    boxes: int
    at: float
    passage: Passage


class Answers:
    """Over one view's column."""

    def __init__(
        self, view: ColumnView, column: Column, surface: Surface, selection: Selection
    ) -> None:
        self._view = view
        self._column = column
        self._surface = surface
        self.selection = AccessibleSelection(column, selection)
        self._places = array("L")
        self._places_of = (-1, -1)
        self._change = 0
        self._pieces: dict[str, dict[Key, Piece]] = {}
        self._passages: OrderedDict[str, Read] = OrderedDict()
        self.asked: set[str] = set()
        """Messages whose words somebody asked for before they were there."""
        self.reader = Reader(view.viewport(), surface)
        # What was found is good until Qt is back in its loop: there things move.
        self._moment = QTimer(view)
        self._moment.setSingleShot(True)
        self._moment.timeout.connect(self._pieces.clear)

    def forget(self, message_id: str | None = None) -> None:
        """A message changed, or what is shown did."""
        if message_id is not None:
            self._pieces.pop(message_id, None)
            self._passages.pop(message_id, None)
            return
        self._change += 1
        self._pieces.clear()
        self._passages.clear()
        self.asked.clear()

    # Which messages there are

    def places(self) -> array[int]:
        """The rows that are shown, in order."""
        rows = self._column.rows
        now = (len(rows), self._change)
        if now != self._places_of:
            self._places, self._places_of = rows.shown_places(), now
        return self._places

    def place_of(self, message_id: str) -> int | None:
        return self._column.rows.place_of(message_id)

    def _place(self, message_id: str) -> int:
        place = self.place_of(message_id)
        assert place is not None
        return place

    def index_of(self, message_id: str) -> int:
        """Which message it is among those shown; -1 for none."""
        place, places = self.place_of(message_id), self.places()
        index = -1 if place is None else bisect_left(places, place)
        return index if 0 <= index < len(places) and places[index] == place else -1

    def id_at(self, index: int) -> str:
        return self._column.rows.id_of(self.places()[index])

    def window(self) -> QWindow | None:
        return self._view.window().windowHandle()

    # Words

    def who(self, message_id: str) -> str:
        rows, place = self._column.rows, self._place(message_id)
        message = rows.words_of(place)
        return accessible_words.who(rows.role_of(place), message.model if message else "")

    def standing(self, message_id: str) -> str:
        message = self._column.rows.words_of(self._place(message_id))
        return accessible_words.standing(self._surface, message) if message is not None else ""

    def passage(self, message_id: str) -> Passage:
        """What a message says; asks for its words where they are not there."""
        place = self._place(message_id)
        message = self._column.rows.words_of(place)
        if message is None:
            self.asked.add(message_id)
            self._column.rows.miss(place)
            self._view.words_missed.emit(self._column.take_wanted())
            return Passage(MISSING)
        item = self.made(message_id)
        boxes, now = len(item.boxes) if item is not None else -1, self._surface.clock()
        read = self._passages.get(message_id)
        if read is not None and read.message is message:
            streams = message.state is MessageState.STREAMING
            if now - read.at < REREAD_S if streams else read.boxes == boxes:
                return read.passage
        read = self._passages[message_id] = Read(message, boxes, now, self._read(place, message))
        self._passages.move_to_end(message_id)
        if len(self._passages) > KEPT_PASSAGES:
            self._passages.popitem(last=False)
        return read.passage

    def _read(self, place: int, message: Message) -> Passage:
        item, for_this = self._column.rows.with_words(place, message)
        item.make()
        passage = said_in(item)
        if for_this:
            item.unmake()
        return passage

    def text_address(self, message_id: str, passage: Passage) -> int:
        """A C++ text interface that reads a passage of a message."""
        begin = PAD_TOP + self._column.rows.heights.before(self._place(message_id))

        def seen(box: Box) -> int | None:
            top = self._column.top_of(box)
            shown = top < self._top + self._extent and top + box.height > self._top
            return top - begin if shown else None

        corner = QPoint(self._view.column_left, begin - self._top)
        selected = self.selection.in_message(message_id, passage)
        return self.reader.pointer_to(passage, corner, seen, selected)

    # Pieces

    def with_boxes(self, message_id: str) -> MessageItem | None:
        """A message's item, its boxes made if they were not; None where its words are missing."""
        self._column.box_at(message_id, BEHIND)
        return self.made(message_id)

    def made(self, message_id: str) -> MessageItem | None:
        """A message's item, if it has boxes."""
        for item in self._column.made():
            if item.message.id == message_id:
                return item if item.made and not item.absent else None
        return None

    def pieces(self, message_id: str) -> dict[Key, Piece]:
        """What stands in a message near the view."""
        found = self._pieces.get(message_id)
        if found is None:
            item = self.made(message_id)
            found = pieces_of(item, self._is_near) if item is not None else {}
            self._pieces[message_id] = found
            self._moment.start()
        return found

    def _is_near(self, box: Box) -> bool:
        top, reach = self._column.top_of(box) - self._top, NEAR * self._extent
        return -reach < top + box.height and top < reach + self._extent

    # What can be done

    def ways(self, message_id: str) -> dict[str, Action]:
        """What can be done with a message, by name: as its foot offers it."""
        rows, place = self._column.rows, self._place(message_id)
        message = rows.words_of(place)
        if message is None:
            return {}
        item, for_this = rows.with_words(place, message)
        item.make()
        found = {str(action.intent): action for _box, action in foot_of(item)}
        for part in item.sections:
            if isinstance(part, ReasoningBoxes):
                label = accessible_words.reasoning_action(unfolded=part.unfolded)
                found.setdefault(str(Intent.TOGGLE), Action(Intent.TOGGLE, label))
        if for_this:
            item.unmake()
        return found

    # Where

    @property
    def _top(self) -> int:
        return self._view.verticalScrollBar().value()

    @property
    def _extent(self) -> int:
        return self._view.viewport().height()

    def rect_of_message(self, message_id: str) -> QRect:
        """On the screen; a guess for one that was never near the view."""
        place, heights = self._place(message_id), self._column.rows.heights
        y = PAD_TOP + heights.before(place) + MESSAGE_GAP - self._top
        size = self._column.width, max(1, heights[place] - MESSAGE_GAP)
        rect = QRect(self._view.column_left, y, *size)
        return self._on_screen(rect.adjusted(-PADDING, 0, PADDING, 0))

    def rect_of_piece(self, piece: Piece) -> QRect:
        if piece.box.item is None:
            return QRect()
        y = self._column.top_of(piece.box) - self._top
        return self._on_screen(piece.rect.translated(self._view.column_left, y))

    def _on_screen(self, rect: QRect) -> QRect:
        return QRect(self._view.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def message_at(self, x: int, y: int) -> str | None:
        """The id of the message at a point of the screen."""
        here = self._view.viewport().mapFromGlobal(QPoint(x, y))
        if not self._view.viewport().rect().contains(here) or not self.places():
            return None
        place = self._column.rows.heights.at(here.y() + self._top - PAD_TOP)
        message_id = self._column.rows.id_of(place)
        return message_id if self.rect_of_message(message_id).contains(x, y) else None

    # How it stands

    def state_of_message(self, message_id: str) -> QAccessible.State:
        message = self._column.rows.words_of(self._place(message_id))
        state = self._state(self.rect_of_message(message_id))
        state.focusable = state.readOnly = state.multiLine = state.selectableText = 1
        state.busy = message is not None and message.state is MessageState.STREAMING
        return state

    def state_of_piece(self, piece: Piece) -> QAccessible.State:
        state = self._state(self.rect_of_piece(piece))
        state.focusable = piece.action is not None
        state.linked = piece.role == QAccessible.Role.Link
        state.readOnly = bool(piece.said)
        if piece.unfolded is not None:
            state.expandable = 1
            state.expanded, state.collapsed = piece.unfolded, not piece.unfolded
        return state

    def _state(self, rect: QRect) -> QAccessible.State:
        state = QAccessible.State()
        state.invisible = not self._view.isVisible()
        state.offscreen = not self._on_screen(self._view.viewport().rect()).intersects(rect)
        return state


def foot_of(item: MessageItem) -> list[tuple[Box, Action]]:
    """What stands below a message to be clicked, laid out if it was not."""
    found: list[tuple[Box, Action]] = []
    for box in item.sections[-1].boxes:
        if not box.exact:
            box.lay_out(item.width)
        found.extend((box, placed.action) for placed in box.actions())
    return found
