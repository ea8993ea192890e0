"""From the parser's tokens to blocks: lists and quotes are frames, long tables several pieces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.kit.markdown.blocks import (
    BULLETS,
    NOTHING,
    TABLE_CELLS,
    TABLE_ROWS,
    TASK_DONE,
    TASK_OPEN,
    Block,
    CodeText,
    Context,
    Frame,
    Kind,
    Unit,
)
from app.kit.markdown.budget import PLAIN

if TYPE_CHECKING:
    from markdown_it.token import Token

_BR = re.compile(r"<br\s*/?>", re.IGNORECASE)


def units(
    tokens: Sequence[Token],
    lines: Sequence[str],
    number: tuple[int, str] | None = None,
    context: Context = NOTHING,
) -> list[Unit]:
    """The units of a parsed text, and `lines` are its lines; both begin with the context's head.

    `number` continues an ordered list that was cut off before.
    """
    made: list[Unit] = []
    at = 0
    while at < len(tokens):
        end = _end_of(tokens, at)
        token = tokens[at]
        if token.type in ("bullet_list_open", "ordered_list_open"):
            made.extend(_items(tokens[at:end], lines, None if made else number, context))
        else:
            blocks = _Walk(lines, context).run(tokens[at:end])
            made.append(Unit(_map(token)[0], tuple(blocks)))
        at = end
    head = context.lines
    if context.rows and made and made[0].blocks and made[0].blocks[0].kind is Kind.NOTICE:
        # The rows above it said so.
        made[0] = replace(made[0], blocks=made[0].blocks[1:])
    return [
        Unit(max(0, unit.first_line - head), unit.blocks, unit.next_number)
        for unit in made
        if unit.blocks or unit.first_line >= head
    ]


def _items(
    tokens: Sequence[Token],
    lines: Sequence[str],
    number: tuple[int, str] | None,
    context: Context,
) -> list[Unit]:
    """A top-level list as one unit an item."""
    opening, made = tokens[0], []
    ordered = opening.type == "ordered_list_open"
    count = _start(opening)
    if ordered and number is not None and number[1] == opening.markup:
        count = number[0]
    at = 1
    while at < len(tokens) - 1:
        end = _end_of(tokens, at)
        walk = _Walk(lines, context)
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


def _start(opening: Token) -> int:
    """The number of an ordered list's first item."""
    given = opening.attrGet("start")
    return 1 if given is None else int(given)


def _map(token: Token) -> tuple[int, int]:
    return (token.map[0], token.map[1]) if token.map else (0, 0)


class _Walk:
    """Goes through the tokens of a unit and notes its blocks, with the frames they stand in."""

    def __init__(self, lines: Sequence[str], context: Context = NOTHING) -> None:
        self._lines = lines
        self._context = context
        self._note = ""
        self._in_note = False
        self._frames: list[Frame] = []
        self._lists: list[list[int | str]] = []
        self._marker = ""
        self._made: list[Block] = []

    def enter_list(self, token: Token, start: int | None = None) -> None:
        if token.type == "ordered_list_open":
            self._lists.append([_start(token) if start is None else start, token.markup])
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
                        self._add(Kind.PARAGRAPH, None, ())
                    self._frames.pop()
                case "footnote_open":
                    self._open_note(token)
                case "footnote_close":
                    if self._note:
                        self._add(Kind.NOTE, None, ())
                    self._in_note = False
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
                    self._add(Kind.RULE, token, ())
                case "math_block":
                    self._add(Kind.MATH, token, (token,))
                case "table_open":
                    end = _end_of(tokens, at)
                    self._table(token, tokens[at:end])
                    at = end - 1
            at += 1
        return self._made

    def _source(self, token: Token) -> str:
        first, end = _map(token)
        return "\n".join(self._lines[first:end]).rstrip("\n")

    def _add(
        self,
        kind: Kind,
        at: Token | None,
        tokens: Sequence[Token],
        level: int = 0,
        code: CodeText | None = None,
    ) -> None:
        """Note a block that stands where a token does; of the context's head nothing is noted."""
        marker, self._marker = self._marker, ""
        note, self._note = self._note, ""
        if at is not None and self._is_head(at):
            return
        if note and kind in (Kind.PARAGRAPH, Kind.NOTE):
            kind, tokens = Kind.NOTE, (_note_name(note), *tokens)
        elif self._in_note and kind is Kind.PARAGRAPH:
            kind = Kind.NOTE
        elif note:
            name = (_note_name(note),)
            self._made.append(Block(Kind.NOTE, f"[^{note}]:", tuple(self._frames), tokens=name))
        source = "" if at is None else self._source(at)
        frames = tuple(self._frames)
        self._made.append(Block(kind, source, frames, marker, level, tuple(tokens), code))

    def _is_head(self, token: Token) -> bool:
        return _map(token)[0] < self._context.lines

    def _open_note(self, token: Token) -> None:
        self._note = token.info
        self._in_note = True

    def _open_item(self) -> None:
        count, delimiter = self._lists[-1]
        if delimiter:
            self._marker = f"{count}{delimiter}"
            self._lists[-1][0] = int(count) + 1
        else:
            self._marker = BULLETS[min(int(count), len(BULLETS) - 1)]
        self._frames.append(Frame.LIST)

    def _words(self, opening: Token, inline: Token) -> None:
        heading = opening.type == "heading_open"
        level = int(opening.tag[1]) if heading else 0
        if inline.meta.get(PLAIN):
            is_told = bool(self._made) and self._made[-1].kind is Kind.PLAIN
            if not is_told and not self._is_head(opening):
                self._made.append(Block(Kind.NOTICE, "", tuple(self._frames)))
            self._add(Kind.PLAIN, opening, inline.children or ())
            return
        if self._marker:
            self._take_task(inline)
        kind = Kind.HEADING if heading else Kind.PARAGRAPH
        self._add(kind, opening, inline.children or (), level)

    def _take_task(self, inline: Token) -> None:
        """`[ ]` and `[x]` at the start of an item are its marker, or stand behind its number."""
        head = inline.content[:4].lower()
        first = inline.children[0] if inline.children else None
        if head not in ("[ ] ", "[x] ") or first is None or first.content[:4].lower() != head:
            return
        box = TASK_DONE if "x" in head else TASK_OPEN
        if self._marker[0].isdigit():
            first.content = f"{box} {first.content[4:]}"
        else:
            self._marker = box
            first.content = first.content[4:]

    def _code(self, token: Token) -> None:
        language = language_of(token.info)
        lines = token.content.removesuffix("\n").split("\n")
        self._add(Kind.CODE, token, (), code=CodeText(language, lines))

    def _table(self, opening: Token, tokens: Sequence[Token]) -> None:
        """A table, in pieces of some rows that share their columns' widths."""
        starts = [i for i, token in enumerate(tokens) if token.type == "tr_open"]
        rows = [tokens[i : _end_of(tokens, i)] for i in starts]
        columns = sum(token.type == "inline" for token in rows[0])
        step = max(1, min(TABLE_ROWS, TABLE_CELLS // max(1, columns)))
        first = _map(opening)[0]
        goes_on = first < self._context.lines
        known = self._context.rows if goes_on else 0
        widths = self._context.widths if goes_on and self._context.widths else ()
        widths = widths or _widths(rows[: step + 1])
        marker, self._marker = self._marker, ""
        if any(token.meta.get(PLAIN) for token in tokens):
            self._made.append(Block(Kind.NOTICE, "", tuple(self._frames)))
        for begin in range(0, max(0 if goes_on else 1, len(rows) - 1), step):
            stop = 1 + min(begin + step, len(rows) - 1)
            has_head = begin == 0 and not goes_on
            part = rows[:stop] if has_head else rows[1 + begin : stop]
            # Body row n stands in line n + 1: the delimiter row has a line and no row.
            lines = self._lines[first : first + stop + 1]
            source = "\n".join(lines if has_head else lines[begin + 2 :])
            flat = tuple(token for row in part for token in row)
            self._made.append(
                Block(
                    Kind.TABLE,
                    source,
                    tuple(self._frames),
                    marker if has_head else "",
                    known + begin,
                    flat,
                    widths=widths,
                )
            )


def _note_name(name: str) -> Token:
    from markdown_it.token import Token

    return Token("footnote_name", "", 0, content=name)


def language_of(info: str) -> str:
    """The language that a fence's first line names."""
    if "\\" in info or "&" in info:
        from markdown_it.common.utils import unescapeAll

        info = unescapeAll(info)
    return (info.split() or [""])[0]


def _widths(rows: Sequence[Sequence[Token]]) -> tuple[int, ...]:
    """How many characters the widest cell of each column has, wide characters counted twice."""
    widest: list[int] = []
    for row in rows:
        cells = [_shown(token) for token in row if token.type == "inline"]
        for column, text in enumerate(cells):
            wide = max(map(_wide, _BR.split(text)))
            if column == len(widest):
                widest.append(0)
            widest[column] = max(widest[column], wide)
    return tuple(widest)


def _shown(inline: Token) -> str:
    """What of a cell is read: without stars, and without the addresses behind its links."""
    children = inline.children
    return inline.content if children is None else "".join(child.content for child in children)


def _wide(text: str) -> int:
    return len(text) + sum(1 for character in text if character > "\u2e7f")
