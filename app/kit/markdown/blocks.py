"""Blocks: the pieces a Markdown text is laid out in, each small and independent of the others.

Lists and quotes are no blocks themselves: they are the frames that a paragraph, a table or code
stands in. So a list of a hundred items is a hundred blocks, and code in a list is a code block.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

BULLETS = ("•", "◦", "▪")
TASK_OPEN, TASK_DONE = "☐", "☑"
TABLE_ROWS = 20
TABLE_CELLS = 240
"""Rows of a table that are laid out together, fewer where they would be more cells than that."""


class Kind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CODE = "code"
    TABLE = "table"
    RULE = "rule"
    MATH = "math"
    NOTE = "note"
    """A paragraph of a footnote; the first token of its first one tells the note's name."""
    PLAIN = "plain"
    """Text that is shown as it came: it was too much to parse."""
    NOTICE = "notice"
    """Says that what follows is shown as it came."""


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
class Context:
    """What a text stands in that was cut off before it.

    `head` are lines that open the same lists again, or the table's head and delimiter row; they are
    parsed before the text and not shown. `rows` are those of the table that came before, and
    `widths` its columns, or else `sample` its first lines, which tell them. `lead` stands for the
    indent of a line that was cut in two.
    """

    head: str = ""
    rows: int = 0
    widths: tuple[int, ...] = ()
    sample: str = ""
    lead: str = ""

    @property
    def lines(self) -> int:
        return self.head.count("\n") + 1 if self.head else 0

    def before(self, text: str) -> str:
        """The text with the head before it."""
        return f"{self.head}\n{self.lead}{text}" if self.head else text


NOTHING = Context()


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of lines that can be parsed by itself: a top-level block or top-level list item.

    `next_number` is what the following item of the same ordered list would be called (with its
    delimiter), or empty.
    """

    first_line: int
    blocks: tuple[Block, ...]
    next_number: tuple[int, str] | None = None
