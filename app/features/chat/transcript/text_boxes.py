"""Boxes for Markdown blocks and plain text, with the lists and quotes that they stand in."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QRect
from PySide6.QtGui import QColor, QPainter, QTextDocument

from app.features.chat.transcript.box import Box, PaintState, TextBox, tidy
from app.features.chat.transcript.frames import indent_of, middle, paint_frames, paint_marker
from app.features.chat.transcript.surface import Surface
from app.kit.markdown.blocks import BULLETS, TASK_DONE, TASK_OPEN, Block, Frame, Kind
from app.kit.markdown.direction import is_right_to_left
from app.kit.markdown.document import clean, write_block, write_plain
from app.kit.markdown.formula_text import formulas_among
from app.kit.markdown.look import HEADING_PX
from app.kit.markdown.plain import plain_text
from app.kit.markdown.table import add_rows, fit_table
from app.kit.markdown.table_part import Cells, cells_of, table_of
from app.kit.theme import SECONDARY_PX

BORDER = 2
"""Pixels at the end of a table that look different once another row follows."""
_CELLS = str.maketrans("\t\n", "\ufdd0\ufdd0")
ITEM_GAP, LIST_GAP, BLOCK_GAP, HEADING_GAP = 4, 8, 12, 18


class BlockBox(TextBox):
    """A block of Markdown: paragraph, heading, table, formula, or text shown as it is."""

    def __init__(self, surface: Surface, block: Block) -> None:
        super().__init__(surface)
        self._written_for = 0
        self._take(block)

    def _take(self, block: Block) -> None:
        self.block = block
        self.formulas = formulas_among(block.tokens)
        self._mirrored = is_right_to_left(block)
        self.joins_tight = bool(block.marker)
        self._place()

    def _place(self) -> None:
        """Take the place that words have in it under the look in force."""
        block, look = self.block, self.surface.look
        indent = indent_of(block.frames, self.surface)
        self.margins = QMargins(0, 0, indent, 0) if self._mirrored else QMargins(indent, 0, 0, 0)
        if block.kind is Kind.HEADING:
            self.lift = look.lift(HEADING_PX[block.level], 140)
        elif block.kind is not Kind.TABLE:
            self.lift = look.lift()

    def follow(self, before: Box | None) -> None:
        in_list = Frame.LIST in self.block.frames
        if in_list and isinstance(before, BlockBox):
            self.gap = ITEM_GAP if Frame.LIST in before.block.frames else LIST_GAP
        else:
            self.gap = HEADING_GAP if self.block.kind is Kind.HEADING else BLOCK_GAP

    def accept(self, block: Block) -> bool:
        """Show another version of the same block; False where it became something else."""
        if block.kind is not self.block.kind or block.frames != self.block.frames:
            return False
        before = self.block
        if block == before:
            return True
        self._take(block)
        self.exact = False
        if self._document is not None and add_rows(
            self._document, before, block, self.surface.look
        ):
            self._stale_from(self.height - BORDER)
            return True
        self.stale = 0
        if self._document is not None:
            self._document.clear()
            self._set_width(self._document)
            self.write(self._document)
        return True

    def source(self) -> str:
        return self.block.source

    def estimate(self, width: int) -> None:
        self._place()
        super().estimate(width)
        if self.block.kind is Kind.TABLE:
            rows = self.block.source.count("\n") + (1 if self.block.level else 0)
            self.height = rows * (self.surface.look.line(SECONDARY_PX) + 9)

    def lay_out(self, width: int) -> None:
        if self.formulas and width != self._written_for:
            # They are made to fit when they are written.
            self.release()
        self._written_for = width
        super().lay_out(width)

    def _set_width(self, document: QTextDocument) -> None:
        before = document.textWidth()
        super()._set_width(document)
        if self.block.kind is Kind.TABLE and document.textWidth() != before:
            fit_table(document, self.block, self.surface.look)

    def write(self, document: QTextDocument) -> None:
        write_block(document, self.block, self.surface.look)

    def paint(self, painter: QPainter, area: QRect, state: PaintState) -> None:
        mirrored = self._mirrored
        paint_frames(painter, area, self, self.block, mirrored=mirrored)
        if self.block.marker:
            line = self._baseline()
            paint_marker(painter, area, self.block, self.surface, line, mirrored=mirrored)
        self.paint_text(painter, area, state)

    def _baseline(self) -> int:
        """How far below its top the words of its first line stand."""
        line = self.document().begin().layout().lineAt(0)
        if self.block.kind is not Kind.TABLE and line.isValid():
            return round(line.y() + line.ascent()) - self.lift
        return middle(self.surface, self.surface.look.line())

    @property
    def continues(self) -> bool:
        """Whether it has more rows of the table above."""
        return self.block.kind is Kind.TABLE and self.block.level > 0

    def table_part(self, start: int, end: int) -> Block | None:
        """The cells of a table between two characters; None within one cell, or for no table."""
        cells = self._cells(start, end)
        return table_of(self.block, cells) if cells is not None else None

    def _cells(self, start: int, end: int) -> Cells | None:
        if self.block.kind is not Kind.TABLE:
            return None
        return cells_of(self.document(), start, end)

    def meant(self, span: tuple[int, int]) -> tuple[int, int]:
        cells = self._cells(*span)
        return span if cells is None else (cells.start, cells.end)

    def plain(self, start: int = 0, end: int | None = None) -> str:
        whole = start == 0 and (end is None or end >= self.length)
        part = None if whole else self.table_part(start, self.length if end is None else end)
        if whole or part is not None:
            text = tidy(plain_text(part or self.block))
        else:
            text = super().plain(start, end)
        if start == 0 and self.block.marker:
            depth = sum(frame is Frame.LIST for frame in self.block.frames) - 1
            return "  " * depth + plain_marker(self.block.marker) + text
        return text

    def searched(self) -> str:
        text = tidy(plain_text(self.block))
        if self.block.kind is not Kind.TABLE:
            return text
        # Cells stand apart by what nobody looks for, as in the document.
        return text.translate(_CELLS)

    def markdown(self) -> str:
        return self.block.source or self.plain()


def plain_marker(marker: str) -> str:
    """A list item's marker as it is typed."""
    if marker in BULLETS:
        return "- "
    if marker in (TASK_OPEN, TASK_DONE):
        return "- [x] " if marker == TASK_DONE else "- [ ] "
    return marker + " "


class RuleBox(Box):
    """A thematic break."""

    gap = 14

    def __init__(self, surface: Surface, block: Block) -> None:
        super().__init__(surface)
        self.block = block
        self.height = 3

    def accept(self, block: Block) -> bool:
        return block.kind is Kind.RULE and block.frames == self.block.frames

    def paint(self, painter: QPainter, area: QRect, state: PaintState) -> None:
        left = area.left() + indent_of(self.block.frames, self.surface)
        color = QColor(self.surface.tokens.line)
        painter.fillRect(left, area.top() + 1, area.right() - left + 1, 1, color)

    def plain(self, start: int = 0, end: int | None = None) -> str:
        return "---"


class PlainBox(TextBox):
    """Text as it came, in a colour and size; reasoning has a hairline at its left."""

    def __init__(
        self, surface: Surface, text: str, *, color: str = "text", hairline: bool = False
    ) -> None:
        super().__init__(surface)
        self._text = clean(text)
        self._color = color
        self._hairline = hairline
        self.gap = 0
        if hairline:
            self.margins = QMargins(14, 0, 0, 0)

    def source(self) -> str:
        return self._text

    def write(self, document: QTextDocument) -> None:
        look = self.surface.look
        self.lift = look.lift(SECONDARY_PX)
        write_plain(document, self._text, look, size=SECONDARY_PX, color=self._color)

    def plain(self, start: int = 0, end: int | None = None) -> str:
        return self._text if start == 0 and end is None else super().plain(start, end)

    def paint(self, painter: QPainter, area: QRect, state: PaintState) -> None:
        if self._hairline:
            color = QColor(self.surface.tokens.line)
            painter.fillRect(area.left(), area.top() - self.gap, 2, area.height() + self.gap, color)
        self.paint_text(painter, area, state)
