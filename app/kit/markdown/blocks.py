"""Blocks: the pieces a Markdown text is laid out in, each small and independent of the others.

Lists and quotes are no blocks themselves: they are the frames that a paragraph, a table or code
stands in. So a list of a hundred items is a hundred blocks, and code in a list is a code block.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

BULLETS = ("•", "◦", "▪")
TASK_OPEN, TASK_DONE = "☐", "☑"
TABLE_ROWS = 20
"""Rows of a table that are laid out together."""


class Kind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CODE = "code"
    TABLE = "table"
    RULE = "rule"
    MATH = "math"
    PLAIN = "plain"
    """Text that is shown as it came: it was too much to parse."""


class Frame(StrEnum):
    LIST = "list"
    QUOTE = "quote"


class CodeText:
    """The lines of a code block. One that is still arriving grows in place."""

    def __init__(self, language: str, lines: list[str], *, closed: bool = True) -> None:
        self.language = language
        self.lines = lines
        self.partial = ""
        """The last line, as far as it came."""
        self.closed = closed

    @property
    def text(self) -> str:
        return "\n".join([*self.lines, self.partial] if self.partial else self.lines)


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a text. Equal blocks look equal: what is laid out of one serves the other.

    `source` is its Markdown as received. `frames` are the lists and quotes it stands in, outermost
    first; `marker` stands before it if it opens a list item. `level` is a heading's (1–6), and a
    table's number of rows that came before this block (a long table is several blocks).
    `widths` are characters, a column each.
    """

    kind: Kind
    source: str
    frames: tuple[Frame, ...] = ()
    marker: str = ""
    level: int = 0
    tokens: tuple[Token, ...] = field(default=(), compare=False, repr=False)
    code: CodeText | None = None
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of lines that can be parsed by itself: a top-level block or top-level list item.

    `next_number` is what the following item of the same ordered list would be called (with its
    delimiter), or empty.
    """

    first_line: int
    blocks: tuple[Block, ...]
    next_number: tuple[int, str] | None = None


def units(
    tokens: Sequence[Token], lines: Sequence[str], number: tuple[int, str] | None = None
) -> list[Unit]:
    """The units of a parsed text. `number` continues an ordered list that was cut off before."""
    made: list[Unit] = []
    at = 0
    while at < len(tokens):
        end = _end_of(tokens, at)
        token = tokens[at]
        if token.type in ("bullet_list_open", "ordered_list_open"):
            made.extend(_items(tokens[at:end], lines, number if not made else None))
        else:
            blocks = _Walk(lines).run(tokens[at:end])
            made.append(Unit(_map(token)[0], tuple(blocks)))
        at = end
    return made


def _items(
    tokens: Sequence[Token], lines: Sequence[str], number: tuple[int, str] | None
) -> list[Unit]:
    """A top-level list as one unit an item."""
    opening, made = tokens[0], []
    ordered = opening.type == "ordered_list_open"
    count = int(opening.attrGet("start") or 1) if ordered and opening.attrs else 1
    if ordered and number is not None and number[1] == opening.markup:
        count = number[0]
    at = 1
    while at < len(tokens) - 1:
        end = _end_of(tokens, at)
        walk = _Walk(lines)
        walk.enter_list(opening, count)
        blocks = walk.run(tokens[at:end])
        count += 1
        following = (count, opening.markup) if ordered else None
        made.append(Unit(_map(tokens[at])[0], tuple(blocks), following))
        at = end
    return made


def _end_of(tokens: Sequence[Token], at: int) -> int:
    """One past the token that closes the one at `at`."""
    depth = 0
    for place in range(at, len(tokens)):
        depth += tokens[place].nesting
        if depth <= 0:
            return place + 1
    return len(tokens)


def _map(token: Token) -> tuple[int, int]:
    return (token.map[0], token.map[1]) if token.map else (0, 0)


class _Walk:
    """Goes through the tokens of a unit and notes its blocks, with the frames they stand in."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._frames: list[Frame] = []
        self._lists: list[list[int | str]] = []
        self._marker = ""
        self._made: list[Block] = []

    def enter_list(self, token: Token, start: int | None = None) -> None:
        if token.type == "ordered_list_open":
            given = int(token.attrGet("start") or 1) if token.attrs else 1
            self._lists.append([given if start is None else start, token.markup])
        else:
            depth = sum(1 for known in self._lists if known[1] == "")
            self._lists.append([depth, ""])

    def run(self, tokens: Sequence[Token]) -> list[Block]:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            match token.type:
                case "bullet_list_open" | "ordered_list_open":
                    self.enter_list(token)
                case "bullet_list_close" | "ordered_list_close":
                    self._lists.pop()
                case "list_item_open":
                    self._open_item()
                case "list_item_close":
                    if self._marker:
                        self._add(Kind.PARAGRAPH, "", ())
                    self._frames.pop()
                case "blockquote_open":
                    self._frames.append(Frame.QUOTE)
                case "blockquote_close":
                    self._frames.pop()
                case "paragraph_open" | "heading_open":
                    self._words(token, tokens[at + 1])
                    at += 2
                case "fence" | "code_block":
                    self._code(token)
                case "hr":
                    self._add(Kind.RULE, self._source(token), ())
                case "math_block":
                    self._add(Kind.MATH, self._source(token), (token,))
                case "table_open":
                    end = _end_of(tokens, at)
                    self._table(token, tokens[at:end])
                    at = end - 1
            at += 1
        return self._made

    def _source(self, token: Token) -> str:
        first, end = _map(token)
        return "\n".join(self._lines[first:end]).rstrip("\n")

    def _add(self, kind: Kind, source: str, tokens: Sequence[Token], level: int = 0) -> None:
        marker, self._marker = self._marker, ""
        frames = tuple(self._frames)
        self._made.append(Block(kind, source, frames, marker, level, tuple(tokens)))

    def _open_item(self) -> None:
        count, delimiter = self._lists[-1]
        if delimiter:
            self._marker = f"{count}{delimiter}"
            self._lists[-1][0] = int(count) + 1
        else:
            self._marker = BULLETS[min(int(count), len(BULLETS) - 1)]
        self._frames.append(Frame.LIST)

    def _words(self, opening: Token, inline: Token) -> None:
        if self._marker and not self._marker[0].isdigit():
            self._take_task(inline)
        heading = opening.type == "heading_open"
        level = int(opening.tag[1]) if heading else 0
        kind = Kind.HEADING if heading else Kind.PARAGRAPH
        self._add(kind, self._source(opening), inline.children or (), level)

    def _take_task(self, inline: Token) -> None:
        """`[ ]` and `[x]` at the start of an item are its marker."""
        head = inline.content[:4].lower()
        first = inline.children[0] if inline.children else None
        if head in ("[ ] ", "[x] ") and first is not None and first.content[:4].lower() == head:
            self._marker = TASK_DONE if "x" in head else TASK_OPEN
            first.content = first.content[4:]

    def _code(self, token: Token) -> None:
        language = (token.info.split() or [""])[0]
        lines = token.content.removesuffix("\n").split("\n")
        marker, self._marker = self._marker, ""
        self._made.append(
            Block(
                Kind.CODE,
                self._source(token),
                tuple(self._frames),
                marker,
                code=CodeText(language, lines),
            )
        )

    def _table(self, opening: Token, tokens: Sequence[Token]) -> None:
        """A table, in pieces of `TABLE_ROWS` rows that share their columns' widths."""
        starts = [i for i, token in enumerate(tokens) if token.type == "tr_open"]
        rows = [tokens[i : _end_of(tokens, i)] for i in starts]
        widths = _widths(rows[: TABLE_ROWS + 1])
        first = _map(opening)[0]
        marker, self._marker = self._marker, ""
        for begin in range(0, max(1, len(rows) - 1), TABLE_ROWS):
            stop = 1 + min(begin + TABLE_ROWS, len(rows) - 1)
            part = rows[:stop] if begin == 0 else rows[1 + begin : stop]
            # Body row n stands in line n + 1: the delimiter row has a line and no row.
            lines = self._lines[first : first + stop + 1]
            source = "\n".join(lines if begin == 0 else lines[begin + 2 :])
            flat = tuple(token for row in part for token in row)
            self._made.append(
                Block(
                    Kind.TABLE,
                    source,
                    tuple(self._frames),
                    marker if begin == 0 else "",
                    begin,
                    flat,
                    widths=widths,
                )
            )


def _widths(rows: Sequence[Sequence[Token]]) -> tuple[int, ...]:
    """How many characters the widest cell of each column has, wide characters counted twice."""
    widest: list[int] = []
    for row in rows:
        cells = [token.content for token in row if token.type == "inline"]
        for column, text in enumerate(cells):
            wide = max(map(_wide, text.split("<br>")))
            if column == len(widest):
                widest.append(0)
            widest[column] = max(widest[column], wide)
    return tuple(widest)


def _wide(text: str) -> int:
    return len(text) + sum(1 for character in text if character > "\u2e7f")
