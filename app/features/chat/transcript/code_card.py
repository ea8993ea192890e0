"""A block of code as a card: what the boxes share that it is laid out in, some lines each.

Only the lines near the view are ever laid out, however many there are. Code of very many lines is
folded to its first ones; code that arrives stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.features.chat.transcript.actions import Action, Intent
from app.features.chat.transcript.code_rows import CodeRows
from app.kit.markdown.blocks import Block, CodeText, Kind
from app.kit.markdown.code_colors import CodeColors
from app.kit.markdown.highlight import Span

if TYPE_CHECKING:
    from app.features.chat.transcript.code_box import CodeBox
    from app.features.chat.transcript.surface import Surface

translate = QCoreApplication.translate

LINES = 50
"""Rows of code that are laid out together; most lines are one."""
FOLDS = 10_000
"""Lines from which on code is folded."""
SHOWN = 30
"""Lines of folded code that are shown."""
GROUPS = "{:,}"


class CodeCard:
    """Code, how it is shown, and the boxes for its lines, first to last.

    `make_box` makes the box of a number, from 0. `folds`: it is folded where it is very long.
    """

    def __init__(
        self,
        surface: Surface,
        block: Block,
        make_box: Callable[[CodeCard, int], CodeBox],
        *,
        folds: bool,
    ) -> None:
        assert block.code is not None
        self._make_box = make_box
        self.surface = surface
        self.block = block
        self.code: CodeText = block.code
        self.rows = CodeRows()
        self.colors = CodeColors(block.code.language)
        self.wraps = False
        self.can_fold = folds and len(self.code.lines) >= FOLDS
        self.folded = self.can_fold
        self.scrolled = 0
        """Pixels by which all of it is moved to the left."""
        self._widest = 0
        self._look = surface.look
        self.boxes: list[CodeBox] = []
        self.fit()

    # Lines

    @property
    def arriving(self) -> str | None:
        """The row that is not whole yet; None where no more comes."""
        return None if self.code.closed else self.rows.arriving

    @property
    def count(self) -> int:
        """How many boxes it takes unfolded."""
        return max(1, -(-(len(self.rows) + (not self.code.closed)) // LINES))

    def span(self, number: int) -> tuple[int, int]:
        """The whole rows of a box: the first, and the one behind the last."""
        most = SHOWN if self.folded else LINES
        first = number * LINES
        return first, min(len(self.rows), first + most)

    def is_last(self, number: int) -> bool:
        return self.folded or number == self.count - 1

    def accept(self, block: Block) -> bool:
        """Show another version of the same code: the same lines and more."""
        code = block.code
        if block.kind is not Kind.CODE or code is None or block.frames != self.block.frames:
            return False
        if code is not self.code:
            known = self.code.lines
            if code.language != self.code.language or code.lines[: len(known)] != known:
                return False
            self.code = code
        self.block = block
        before = len(self.boxes)
        self.fit()
        # What was the last box ends otherwise where others follow, or have gone.
        for box in self.boxes[max(0, min(before, len(self.boxes)) - 1) :]:
            box.grow()
        self.read_whole()
        return True

    def fit(self) -> None:
        """Make as many boxes as there must be."""
        self.rows.take(self.code)
        wanted = 1 if self.folded else self.count
        del self.boxes[wanted:]
        for number in range(len(self.boxes), wanted):
            self.boxes.append(self._make_box(self, number))
            if number and (origin := self.boxes[0].origin) is not None:
                self.boxes[number].origin = (origin[0], origin[1] + number)

    def unfolded(self) -> Sequence[CodeBox]:
        """The boxes there would be if it were not folded."""
        whole = CodeCard(self.surface, self.block, self._make_box, folds=False)
        for number, box in enumerate(whole.boxes):
            origin = self.boxes[0].origin
            box.origin = (origin[0], origin[1] + number) if origin is not None else None
        return whole.boxes

    # How it is shown

    def widest(self, pixels: int = 0) -> int:
        """The widest of the lines that were laid out, in pixels; those given are one more."""
        if self._look is not self.surface.look:
            self._look, self._widest = self.surface.look, 0
        self._widest = max(self._widest, pixels)
        return self._widest

    def set_wrap(self, wraps: bool) -> None:
        self.wraps = wraps
        self.scrolled = 0
        for box in self.boxes:
            box.write_again()

    def set_folded(self, folded: bool) -> None:
        self.folded = folded
        self.fit()
        self.boxes[0].write_again()

    def head_actions(self) -> tuple[Action, ...]:
        wrap = translate("Transcript", "No wrap") if self.wraps else translate("Transcript", "Wrap")
        made = (
            Action(Intent.COPY_TEXT, translate("Transcript", "Copy")),
            Action(Intent.WRAP, wrap),
            Action(Intent.SAVE, translate("Transcript", "Save as…"), payload=self.code.language),
        )
        return (self.fold_action(), *made) if self.can_fold else made

    def fold_action(self, *, strong: bool = False) -> Action:
        if not self.folded:
            return Action(Intent.FOLD, translate("Transcript", "Fold"))
        count = GROUPS.format(len(self.code.lines))
        label = translate("Transcript", "Show all %1 lines").replace("%1", count)
        return Action(Intent.FOLD, label, strong=strong)

    # Colours

    def colors_of(self, first: int, end: int) -> list[list[Span]]:
        """The colours of rows; a line that is several has none."""
        made: list[list[Span]] = []
        row = first
        while row < end:
            line, start = self.rows.line_of(row), row
            while row < end and self.rows.line_of(row) == line + row - start >= 0:
                row += 1
            if row > start:
                made.extend(self.colors.of(self.code.lines, line, line + row - start))
            else:
                made.append([])
                row += 1
        return made

    def prepare(self) -> None:
        """Have the lines coloured that were written before their language was at hand."""
        if not self.colors.ready:
            self.surface.do_later(self._prepare())

    def _prepare(self) -> Iterator[None]:
        self.colors.prepare()
        for box in self.boxes:
            yield
            box.color_again()

    def read_whole(self) -> None:
        """Have the code read as a whole when there is time, once no more comes."""
        if self.code.closed and self.colors.may_be_read(self.code.lines):
            self.surface.do_later(self._read_whole())

    def _read_whole(self) -> Iterator[None]:
        if not self.colors.may_be_read(self.code.lines):
            return
        for _ in self.colors.read(self.code.lines):
            if not self.boxes or self.boxes[0].item is None:
                return
            yield
        for box in self.boxes:
            box.color_again()
            yield
