"""Markdown as it arrives: what is settled is parsed once and never again, only the tail is redone.

A unit (top-level block or list item) is frozen once a later one owns a complete line: nothing that
comes can change it then. What is too long to wait for that is cut within (`outline`). An open fence
is not parsed at all, its lines are appended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.kit.markdown.blocks import NOTHING, Block, Context, Kind, Unit
from app.kit.markdown.fence import Fence, open_fence
from app.kit.markdown.footnote_rules import ARRIVING, NOTES
from app.kit.markdown.outline import cut, few_lines
from app.kit.markdown.parser import MarkdownParser
from app.kit.markdown.reading import parse_units, plain_blocks
from app.kit.markdown.tail import visible

TAIL = 2500
WINDOW = 4000
"""Characters: an open end longer than the one is cut, and never more than the other is parsed."""

SLICE = 20_000
"""Units of the parser's work after which an update ends, though more has arrived."""


@dataclass(frozen=True, slots=True)
class Update:
    """What an update changed: blocks that are now final, and those that may still change.

    `behind` where more has arrived than could be read in one go: ask again in a moment.
    """

    frozen: list[Block] = field(default_factory=list)
    open: list[Block] = field(default_factory=list)
    behind: bool = False


class BlockStream:
    """Takes a text piece by piece and tells its blocks."""

    def __init__(self, parser: MarkdownParser) -> None:
        self._parser = parser
        self._env: dict[str, Any] = {ARRIVING: set()}
        self._tail = ""
        self._held = ""
        self._pieces: list[str] = []
        self._fence: Fence | None = None
        self._number: tuple[int, str] | None = None
        self._context = NOTHING
        self._told_plain = False
        self._gave_up = False
        self._is_too_long = False

    @property
    def must_be_read_again(self) -> bool:
        """Whether what came later says more of earlier blocks: definitions of links and notes."""
        unknown = self._env[ARRIVING] - self._env.get(NOTES, set())
        return bool(self._env.get("references")) or bool(unknown) or self._gave_up

    def feed(self, text: str) -> None:
        self._pieces.append(text)

    def update(self) -> Update:
        """Take in what was fed. The open blocks replace all that were open before."""
        self._take_in()
        frozen: list[Block] = []
        enough = self._parser.work + SLICE
        while True:
            if self._fence is not None and not self._grow_fence(frozen):
                return Update(frozen, [self._fence.block])
            if self._parser.work > enough:
                return Update(frozen, behind=True)
            window = self._window()
            if self._is_too_long:
                self._cut(window, frozen)
                continue
            is_end = len(window) == len(self._tail)
            found = self._parse(visible(window) if is_end else window)
            if self._freeze_settled(found, window, frozen) or self._open_fence(found, frozen):
                continue
            open_now = self._told([b for unit in found for b in unit.blocks])
            self._is_too_long = len(window) > TAIL or not is_end
            if not self._is_too_long or self._parser.work > enough:
                return Update(frozen, open_now, behind=self._is_too_long)

    def finish(self) -> Update:
        """The text is whole: everything that was open is final, read as it stands."""
        if self._held:
            self.feed("\n")
        update = self.update()
        frozen = update.frozen
        if update.behind:
            # Far more came at once than can be read in one go.
            self._gave_up = True
            frozen.extend(plain_blocks(self._tail))
        elif self._fence is not None:
            self._fence.end(self._tail)
            self._end_fence(frozen)
        else:
            for unit in self._parse(self._tail) if self._tail.strip() else ():
                frozen.extend(self._told(unit.blocks))
        self._tail = ""
        return Update(frozen)

    def _take_in(self) -> None:
        arrived = "".join(self._pieces)
        self._pieces.clear()
        if self._held or "\r" in arrived:
            # The other half of a line's end may come with the next piece.
            arrived = self._held + arrived
            self._held = "\r" if arrived.endswith("\r") else ""
            arrived = arrived.removesuffix("\r").replace("\r\n", "\n").replace("\r", "\n")
        self._tail += arrived

    def _window(self) -> str:
        """As much of the tail as may be parsed at once, in whole lines where it is not all."""
        window = self._tail
        if len(window) > WINDOW:
            end = window.rfind("\n", TAIL, WINDOW) + 1
            window = window[: end or WINDOW]
        return few_lines(window)

    def _parse(self, text: str) -> list[Unit]:
        return parse_units(text, self._parser, self._env, self._number, self._context)

    def _told(self, blocks: Sequence[Block]) -> list[Block]:
        """Blocks without a notice where the block before them has given it."""
        if self._told_plain and blocks and blocks[0].kind is Kind.NOTICE:
            return list(blocks[1:])
        return list(blocks)

    def _freeze(self, blocks: Sequence[Block], frozen: list[Block]) -> None:
        blocks = self._told(blocks)
        frozen.extend(blocks)
        if blocks:
            self._told_plain = blocks[-1].kind is Kind.PLAIN

    def _freeze_settled(self, found: list[Unit], window: str, frozen: list[Block]) -> bool:
        """Freeze what nothing can change any more; whether there was any."""
        complete = window.count("\n")
        settled = max((i for i, u in enumerate(found) if u.first_line < complete), default=0)
        if settled:
            for unit in found[:settled]:
                self._freeze(unit.blocks, frozen)
            self._number = found[settled - 1].next_number
            self._context = NOTHING
            self._drop_lines(found[settled].first_line)
            return True
        blocks = found[0].blocks if found else ()
        if len(blocks) > 1 and all(block.kind is Kind.TABLE for block in blocks):
            self._freeze_rows(blocks, frozen)
            return True
        return False

    def _freeze_rows(self, pieces: Sequence[Block], frozen: list[Block]) -> None:
        """The pieces of a table that is open are final, but for the last."""
        known, last = self._context, pieces[-1]
        head, lines = known.head, last.level - known.rows
        if not known.rows:
            tail = self._tail.split("\n")
            first = next(number for number, line in enumerate(tail) if line.strip())
            own = "\n".join(tail[first : first + 2])
            head = f"{head}\n{own}" if head else own
            lines += first + 2
        self._freeze(pieces[:-1], frozen)
        self._drop_lines(lines)
        self._context = Context(head, last.level, last.widths)

    def _drop_lines(self, lines: int) -> None:
        if lines:
            self._tail = self._tail.split("\n", lines)[lines]

    def _cut(self, window: str, frozen: list[Block]) -> None:
        """An open end that is too long: read as much as can be told from the rest."""
        self._is_too_long = False
        taken, following = cut(window, self._context)
        for unit in self._parse(window[:taken].removesuffix("\n")):
            self._freeze(unit.blocks, frozen)
        self._tail = self._tail[taken:]
        self._context = following

    # An open fence

    def _open_fence(self, found: list[Unit], frozen: list[Block]) -> bool:
        """Whether the tail begins with a fence's first line, which then is taken off it."""
        fence = open_fence(self._tail, self._context, found)
        if fence is None:
            return False
        self._fence = fence
        if not self._context.head:
            self._number = None
        self._drop_lines(1)
        return True

    def _grow_fence(self, frozen: list[Block]) -> bool:
        """Append the lines that came; True when the fence closed."""
        assert self._fence is not None
        self._tail = self._fence.take(self._tail)
        if self._fence.code.closed:
            self._end_fence(frozen)
            return True
        return False

    def _end_fence(self, frozen: list[Block]) -> None:
        assert self._fence is not None
        self._fence.code.closed = True
        self._freeze([self._fence.block], frozen)
        self._fence = None
