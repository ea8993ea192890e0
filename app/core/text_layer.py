"""Words over a picture: where each of them stands, what a stretch of them says, where some are.

A reading knows the box of a line, not of each word in it: within a line the words share the box by
the usual widths of their characters, so a word's sides are near and not exact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.core.find_text import folded, spans
from app.core.ports import TextLine
from app.core.reading_order import PADDING, Row, regions, regions_text

NEAR = 0.5
"""A point so far from a word, in heights of its line, is on it."""
DOWN = 4.0
"""How much farther the next line is than the next word, at the same distance."""
WORD = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\uffef]+|\S")
"""What is selected at once: a word, or one character where none are spaced."""
MARKS = frozenset("，。、；：？！“”‘’（）《》【】…—·,.;:?!\"'()[]{}<>")
WIDTHS = {
    **dict.fromkeys("iljtfrI.,:;'|!()[]`", 0.6),
    **dict.fromkeys(" ", 0.7),
    **dict.fromkeys("mwMW@%", 1.5),
}


@dataclass(frozen=True, slots=True)
class Word:
    """`row` counts the rows in reading order; `start` and `end` are its place in that piece."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    row: int
    piece: int
    start: int
    end: int

    def distance(self, x: float, y: float) -> tuple[float, float]:
        """How far a point is from its box: across and down."""
        return max(self.left - x, x - self.right, 0.0), max(self.top - y, y - self.bottom, 0.0)


class TextLayer:
    """The words of a picture in reading order; stretches are (first, last), both within."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self._regions = regions(lines)
        self._pieces = [p for part in self._regions for row in part for p in row]
        self.words = tuple(_words(self._regions))
        self._first: dict[int, int] = {}
        for at, word in enumerate(self.words):
            self._first.setdefault(word.row, at)

    def at(self, x: float, y: float) -> int | None:
        """The word at a point, or hardly beside it."""
        found = self.nearest(x, y)
        if found is None:
            return None
        word = self.words[found]
        across, down = word.distance(x, y)
        reach = NEAR * (word.bottom - word.top)
        return found if across <= reach and down <= reach / 2 else None

    def nearest(self, x: float, y: float) -> int | None:
        """The word that a point is nearest to; on the same line rather than on another."""
        if not self.words:
            return None

        def far(at: int) -> float:
            across, down = self.words[at].distance(x, y)
            return across + DOWN * down

        return min(range(len(self.words)), key=far)

    def word_around(self, at: int) -> tuple[int, int]:
        """The word as a reader sees it: what is written without spaces runs to the next mark."""
        first = last = at
        if self.words[at].text in MARKS:
            return first, last
        while first > 0 and self._run_on(first - 1, first):
            first -= 1
        while last + 1 < len(self.words) and self._run_on(last, last + 1):
            last += 1
        return first, last

    def row_around(self, at: int) -> tuple[int, int]:
        """The line of a word, as far as its column goes."""
        row = self.words[at].row
        first = last = self._first[row]
        while last + 1 < len(self.words) and self.words[last + 1].row == row:
            last += 1
        return first, last

    def beside(self, at: int, down: int) -> int:
        """The word above or below another: so many lines on, as near as there is one."""
        word = self.words[at]
        row = min(max(word.row + down, 0), self.words[-1].row)
        middle = (word.left + word.right) / 2
        first, last = self.row_around(self._first[row])
        return min(
            range(first, last + 1),
            key=lambda i: abs((self.words[i].left + self.words[i].right) / 2 - middle),
        )

    def text(self, first: int, last: int) -> str:
        """What a stretch says, with its rows, paragraphs, gaps and indentation."""
        taken: dict[int, tuple[Word, Word]] = {}
        for word in self.words[first : last + 1]:
            begin, _ = taken.get(word.piece, (word, word))
            taken[word.piece] = (begin, word)
        number, parts = -1, []
        for part in self._regions:
            rows: list[Row] = []
            for row in part:
                kept = []
                for piece in row:
                    number += 1
                    if number in taken:
                        kept.append(_part_of(piece, *taken[number]))
                rows += [tuple(kept)] if kept else []
            parts += [rows] if rows else []
        text = regions_text(parts)
        begun_within = bool(self.words) and self._first[self.words[first].row] < first
        return text.lstrip() if begun_within else text

    def whole_text(self) -> str:
        """All that was read."""
        return regions_text(self._regions)

    def find(self, query: str) -> tuple[tuple[int, int], ...]:
        """The stretches that hold what is looked for, in reading order; each within a line."""
        wanted = folded(query.strip())
        found = []
        for row in self._first if wanted else ():
            first, last = self.row_around(self._first[row])
            text, starts = "", []
            for at in range(first, last + 1):
                if at > first and not self._touch(at - 1, at):
                    text += " "
                starts.append(len(text))
                text += self.words[at].text
            for start, end in spans(text, wanted):
                within = [
                    first + i
                    for i, begin in enumerate(starts)
                    if begin < end and begin + len(self.words[first + i].text) > start
                ]
                found += [(within[0], within[-1])] if within else []
        return tuple(found)

    def _run_on(self, one: int, other: int) -> bool:
        return self._touch(one, other) and not MARKS & {
            self.words[one].text,
            self.words[other].text,
        }

    def _touch(self, one: int, other: int) -> bool:
        """Whether no space stands between two words that follow each other."""
        before, after = self.words[one], self.words[other]
        return before.piece == after.piece and before.end == after.start


def _words(parts: Sequence[Sequence[Row]]) -> list[Word]:
    words: list[Word] = []
    piece_number, row_number = 0, 0
    for part in parts:
        for row in part:
            for piece in row:
                words += _words_of(piece, row_number, piece_number)
                piece_number += 1
            row_number += 1
    return words


def _words_of(piece: TextLine, row: int, number: int) -> list[Word]:
    text = piece.text
    ends = [0.0]
    for char in text:
        ends.append(ends[-1] + _width(char))
    pad = _pad(piece)
    unit = (piece.right - piece.left - 2 * pad) / (ends[-1] or 1)
    begin = piece.left + pad
    return [
        Word(
            found.group(),
            begin + ends[found.start()] * unit,
            piece.top,
            begin + ends[found.end()] * unit,
            piece.bottom,
            row,
            number,
            found.start(),
            found.end(),
        )
        for found in WORD.finditer(text)
    ]


def _part_of(piece: TextLine, first: Word, last: Word) -> TextLine:
    pad = _pad(piece)
    return replace(
        piece,
        text=piece.text[first.start : last.end],
        left=first.left - pad,
        right=last.right + pad,
    )


def _pad(piece: TextLine) -> float:
    return min(PADDING * (piece.bottom - piece.top), piece.right - piece.left) / 2


def _width(char: str) -> float:
    if "\u2e80" <= char <= "\uffef":
        return 2.0
    return WIDTHS.get(char, 1.2 if char.isupper() else 1.0)
