"""What stands in a message besides its words, as assistive tools are told: a value for each piece.

Reasoning, tool calls, links, pictures, and all that can be clicked, in reading order. Told of what
is laid out near the view: a message far from it has its words and its actions, and no pieces.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QTextCursor

from app.features.chat.transcript import accessible_words, words
from app.features.chat.transcript.actions import Action, Intent, Placed
from app.features.chat.transcript.box import Box, TextBox, tidy
from app.features.chat.transcript.code_box import CodeBox
from app.features.chat.transcript.footer import FooterBox, NoticeBox
from app.features.chat.transcript.message_item import MessageItem
from app.features.chat.transcript.part_boxes import PartBoxes
from app.features.chat.transcript.reasoning_parts import ReasoningBoxes
from app.features.chat.transcript.sight import Spot, links_in
from app.features.chat.transcript.tool_parts import ToolCallBoxes
from app.features.chat.transcript.wait_box import NoteBox, WaitBox

Key = tuple[str, str, int]
"""What it is, of what, and which of those that are alike: the same for as long as it is there."""
Kind = QAccessible.Role


@dataclass(frozen=True, slots=True)
class Piece:
    """`rect` is where it stands in `box`. `unfolded` is None for what does not fold.

    `said` is text of its own, longer than a name. `char` is where a link in a text begins.
    """

    key: Key
    role: Kind
    name: str
    box: Box
    rect: QRect
    about: str = ""
    value: str = ""
    action: Action | None = None
    unfolded: bool | None = None
    said: str = ""
    char: int = -1

    def is_at(self, spot: Spot) -> bool:
        """Whether it is what is clicked there, and no card that holds it."""
        if self.box is not spot.box or self.role == Kind.Grouping:
            return False
        return self.char == spot.char if spot.char >= 0 else self.action == spot.action


def pieces_of(item: MessageItem, near: Callable[[Box], bool]) -> dict[Key, Piece]:
    """The pieces of a message. `near`: whether a box is near enough to the view to be told of."""
    gathered = _Gathered(item)
    for part in item.sections:
        for number, box in enumerate(tuple(part.boxes)):
            if box.exact and near(box):
                gathered.box(part, box, number)
    return gathered.made


class _Gathered:
    """The pieces of one message, as they are found."""

    def __init__(self, item: MessageItem) -> None:
        self.made: dict[Key, Piece] = {}
        self._item = item
        self._count: Counter[tuple[str, str]] = Counter()

    def box(self, part: PartBoxes, box: Box, number: int) -> None:
        """What stands in a box, the box `number` of its part."""
        self._words(part, box, number)
        about = self._place(part, box)
        for spot in box.actions():
            self._action(part, box, spot, about)
        if isinstance(box, TextBox):
            for address, text, rect, char in _links(box):
                action = Action(Intent.LINK, text, payload=address)
                key, told = self._key("link", address), (address, address)
                self._add(Piece(key, Kind.Link, text, box, rect, *told, action, char=char))
        if isinstance(box, FooterBox) and (figures := words.figures(self._item.message)):
            self._static(box, "figures", " · ".join(figures))

    def _words(self, part: PartBoxes, box: Box, number: int) -> None:
        if isinstance(part, ReasoningBoxes) and number == 1:
            name, key = accessible_words.reasoning(), self._key("reasoning", "")
            whole = self._whole(box)
            self._add(Piece(key, Kind.Paragraph, name, box, whole, said=part.text))
        elif isinstance(part, ToolCallBoxes) and box is part.card:
            self._tool(part, box)
        elif isinstance(box, NoticeBox | NoteBox | WaitBox):
            self._static(box, type(box).__name__, box.source())

    def _tool(self, part: ToolCallBoxes, box: Box) -> None:
        name = part.card.plain().split("\n", 1)[0]
        actions = [spot.action for spot in box.actions()]
        fold = next((action for action in actions if action.intent is Intent.TOGGLE), None)
        self._add(
            Piece(
                self._key("tool", part.call_id),
                *(Kind.Grouping, name, box, self._whole(box)),
                action=fold,
                unfolded=None if fold is None else not part.card.is_folded,
                said=part.copy_text(),
            )
        )

    def _action(self, part: PartBoxes, box: Box, spot: Placed, about: str) -> None:
        action, unfolded = spot.action, None
        role, name, value = Kind.Button, action.label, ""
        if action.intent is Intent.LINK:
            role, about, value = Kind.Link, action.payload, action.payload
        elif action.intent is Intent.IMAGE:
            role, name, about = Kind.Graphic, name or accessible_words.picture(), ""
        elif action.intent is Intent.TOGGLE and isinstance(part, ReasoningBoxes):
            unfolded, about = part.unfolded, ""
        elif action.intent is Intent.TOGGLE and isinstance(part, ToolCallBoxes):
            unfolded = not part.card.is_folded
        elif action.intent is Intent.FOLD and isinstance(box, CodeBox):
            unfolded = not box.card.folded
        key = self._key(str(action.intent), action.payload)
        self._add(Piece(key, role, name, box, spot.rect, about, value, action, unfolded))

    def _static(self, box: Box, kind: str, text: str) -> None:
        self._add(Piece(self._key(kind, ""), Kind.StaticText, text, box, self._whole(box)))

    def _add(self, piece: Piece) -> None:
        self.made[piece.key] = piece

    def _key(self, kind: str, of: str) -> Key:
        number = self._count[kind, of]
        self._count[kind, of] += 1
        return kind, of, number

    def _whole(self, box: Box) -> QRect:
        return QRect(0, 0, self._item.width, box.height)

    def _place(self, part: PartBoxes, box: Box) -> str:
        """What an action belongs to: many are called Copy."""
        if isinstance(part, ReasoningBoxes):
            return accessible_words.reasoning()
        if isinstance(part, ToolCallBoxes):
            return part.card.name
        if isinstance(box, CodeBox):
            return accessible_words.code(box.language)
        return accessible_words.who(self._item.message.role, self._item.message.model)


def _links(box: TextBox) -> Iterator[tuple[str, str, QRect, int]]:
    """The links in a text: address, words, place, and where they begin."""
    document = box.document()
    for address, begin, end in links_in(document):
        cursor = QTextCursor(document)
        cursor.setPosition(begin)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        first, last = box.rect_of(begin), box.rect_of(end)
        rect = QRect(first.topLeft(), last.bottomRight())
        if first.y() != last.y():
            # Over several lines: from edge to edge.
            edges = [box.rect_of(char).x() for char in range(begin, end)]
            rect = QRect(min(edges), first.y(), max(edges) - min(edges), rect.height())
        yield address, tidy(cursor.selectedText()), rect, begin
