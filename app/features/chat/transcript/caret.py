"""Where the keyboard leads a selection: by characters, words, lines and pages, from box to box."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor

from app.features.chat.transcript.addresses import BEHIND, FIRST
from app.features.chat.transcript.box import Box, TextBox
from app.features.chat.transcript.column import Column
from app.features.chat.transcript.selection import Place
from app.features.chat.transcript.sight import place_in

Key = QKeySequence.StandardKey
Operation = QTextCursor.MoveOperation


class Move(Enum):
    """A step that a key asks for."""

    LEFT = Key.SelectPreviousChar
    RIGHT = Key.SelectNextChar
    WORD_LEFT = Key.SelectPreviousWord
    WORD_RIGHT = Key.SelectNextWord
    UP = Key.SelectPreviousLine
    DOWN = Key.SelectNextLine
    PAGE_UP = Key.SelectPreviousPage
    PAGE_DOWN = Key.SelectNextPage
    LINE_START = Key.SelectStartOfLine
    LINE_END = Key.SelectEndOfLine
    START = Key.SelectStartOfDocument
    END = Key.SelectEndOfDocument


def move_of(event: QKeyEvent) -> Move | None:
    """The step that a key asks for, if it asks for one."""
    return next((move for move in Move if event.matches(move.value)), None)


_WITHIN = {
    Move.LEFT: Operation.Left,
    Move.RIGHT: Operation.Right,
    Move.WORD_LEFT: Operation.WordLeft,
    Move.WORD_RIGHT: Operation.WordRight,
    Move.LINE_START: Operation.StartOfLine,
    Move.LINE_END: Operation.EndOfLine,
}
_BACK = (Move.LEFT, Move.WORD_LEFT, Move.UP, Move.PAGE_UP)
_STAYS = (Move.LINE_START, Move.LINE_END)


class Caret:
    """Belongs to one view. Going up and down keeps to a column of its own."""

    def __init__(self, column: Column) -> None:
        self._column = column
        self._x: int | None = None

    def forget_column(self) -> None:
        """The next step up or down starts from where it stands."""
        self._x = None

    def step(self, place: Place, move: Move, page: int) -> Place | None:
        """One step from a place; None where there is no further to go."""
        if move in (Move.START, Move.END):
            return self._end(last=move is Move.END)
        box = self._column.box_at(place.message, place.address)
        char = place.char
        if not isinstance(box, TextBox):
            box = self._text_box(box, back=move in _BACK) if box is not None else None
            char = box.length if box is not None and move in _BACK else 0
        if box is None:
            return None
        self._column.lay_out(box)
        char = min(char, box.length)
        if move in _WITHIN:
            self._x = None
            return self._within(box, char, move)
        rect = box.rect_of(char)
        if self._x is None:
            self._x = rect.x()
        if move is Move.UP:
            return self._at_height(box, rect.top() - 1, back=True)
        if move is Move.DOWN:
            return self._at_height(box, rect.bottom() + 2, back=False)
        far = -page if move is Move.PAGE_UP else page
        return self._at_height(box, rect.center().y() + far, back=far < 0)

    def _end(self, *, last: bool) -> Place | None:
        rows = self._column.rows
        if not len(rows):
            return None
        row = len(rows) - 1 if last else 0
        return Place(rows.id_of(row), BEHIND if last else FIRST, 0)

    def _within(self, box: TextBox, char: int, move: Move) -> Place | None:
        cursor = QTextCursor(box.document())
        cursor.setPosition(char)
        cursor.movePosition(_WITHIN[move])
        if cursor.position() != char or move in _STAYS:
            return place_in(box, cursor.position())
        other = self._beside(box, back=move in _BACK)
        if other is None:
            return None
        return place_in(other, other.length if move in _BACK else 0)

    def _at_height(self, box: TextBox, y: int, *, back: bool) -> Place:
        """The place in the kept column at a height below a box's top, in it or beyond."""
        here: TextBox = box
        while True:
            lines = here.rect_of(0).top(), here.rect_of(here.length).bottom()
            past = y < lines[0] if back else y > lines[1]
            other = self._beside(here, back=back) if past else None
            if other is None:
                assert self._x is not None
                inside = min(max(y, lines[0] + 1), lines[1] - 1)
                return place_in(here, here.hit(QPoint(self._x, inside)))
            y += self._column.top_of(here) - self._column.top_of(other)
            edge = other.rect_of(other.length).bottom() if back else other.rect_of(0).top()
            # What lies between two texts is stepped over.
            y = min(y, edge - 1) if back else max(y, edge + 1)
            here = other

    def _beside(self, box: Box, *, back: bool) -> TextBox | None:
        beside = self._column.preceding(box) if back else self._column.following(box)
        return self._text_box(beside, back=back) if beside is not None else None

    def _text_box(self, box: Box, *, back: bool) -> TextBox | None:
        """The box itself, or the next one with text."""
        here: Box | None = box
        while here is not None and not isinstance(here, TextBox):
            here = self._column.preceding(here) if back else self._column.following(here)
        if here is not None:
            self._column.lay_out(here)
        return here
