"""Boxes for Markdown blocks and plain text, with the lists and quotes that they stand in."""

from __future__ import annotations

from itertools import takewhile

from PySide6.QtCore import QMargins, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QTextDocument

from app.features.chat.transcript.box import Box, PaintState, TextBox, tidy
from app.features.chat.transcript.surface import Surface
from app.kit.markdown.blocks import BULLETS, TASK_DONE, TASK_OPEN, Block, Frame, Kind
from app.kit.markdown.direction import is_right_to_left
from app.kit.markdown.document import clean, write_block, write_plain
from app.kit.markdown.formula_text import formulas_among
from app.kit.markdown.look import HEADING_PX
from app.kit.markdown.plain import plain_text
from app.kit.markdown.table import add_rows, fit_table
from app.kit.markdown.table_part import Cells, cells_of, table_of
from app.kit.theme import BODY_PX, SECONDARY_PX

LIST_INDENT = 24
QUOTE_INDENT = 14
BAR = 3
"""Pixels that the bar of a quote is wide."""
DEEPEST = 8
"""Frames that indent; deeper ones stay at that depth, so that text keeps room."""
BORDER = 2
"""Pixels at the end of a table that look different once another row follows."""
_CELLS = str.maketrans("\t\n", "\ufdd0\ufdd0")
ITEM_GAP, LIST_GAP, BLOCK_GAP, HEADING_GAP = 4, 8, 12, 18


def indent_of(frames: tuple[Frame, ...]) -> int:
    """How far the text of a block stands from the left edge, in pixels."""
    shown = frames[:DEEPEST]
    return sum(LIST_INDENT if frame is Frame.LIST else QUOTE_INDENT for frame in shown)


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
        indent = indent_of(block.frames)
        self.margins = QMargins(0, 0, indent, 0) if self._mirrored else QMargins(indent, 0, 0, 0)
        self.joins_tight = bool(block.marker)
        if block.kind is Kind.HEADING:
            self.lift = self.surface.look.lift(HEADING_PX[block.level], 140)
        elif block.kind is not Kind.TABLE:
            self.lift = self.surface.look.lift()

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
            size = HEADING_PX.get(self.block.level, BODY_PX)
            first = self.surface.look.line(size if self.block.kind is Kind.HEADING else BODY_PX)
            lower = area.translated(0, self._drop(first))
            paint_marker(painter, lower, self.block, self.surface, first, mirrored=mirrored)
        self.paint_text(painter, area, state)

    def _drop(self, first: int) -> int:
        """How far the first line's words stand lower because of a formula that is high."""
        if not self.formulas:
            return 0
        document = self.document()
        line = document.begin().layout().lineAt(0)
        metrics = QFontMetrics(self.surface.look.body)
        usual = first - metrics.height() + metrics.ascent()
        return max(0, round(line.y() + line.ascent()) - usual) if line.isValid() else 0

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


def paint_frames(
    painter: QPainter, area: QRect, box: Box, block: Block, *, mirrored: bool = False
) -> None:
    """The bars of the quotes a box's block stands in, joined to those that go on from above.

    `mirrored`: at the right, where the words are read from there.
    """
    joined = _joined(getattr(box.above, "block", None), block)
    inwards = 0
    for depth, frame in enumerate(block.frames[:DEEPEST]):
        if frame is Frame.QUOTE:
            top = area.top() - (box.gap if depth < joined else 0)
            x = area.right() + 1 - inwards - BAR if mirrored else area.left() + inwards
            color = QColor(box.surface.tokens.line)
            painter.fillRect(x, top, BAR, area.bottom() - top + 1, color)
        inwards += LIST_INDENT if frame is Frame.LIST else QUOTE_INDENT


def _joined(above: Block | None, block: Block) -> int:
    """How many of the frames that a block stands in go on from the one above it."""
    if above is None:
        return 0
    pairs = zip(above.frames, block.frames, strict=False)
    shared = sum(1 for _pair in takewhile(lambda pair: pair[0] is pair[1], pairs))
    if block.marker:  # another item of its list begins
        shared = min(shared, _innermost_list(block))
    return shared


def _innermost_list(block: Block) -> int:
    """Which of the frames that a list's item stands in is its list."""
    return max(place for place, frame in enumerate(block.frames) if frame is Frame.LIST)


def paint_marker(
    painter: QPainter,
    area: QRect,
    block: Block,
    surface: Surface,
    line: int,
    *,
    mirrored: bool = False,
) -> None:
    """The bullet, number or check box before the first line of a list item."""
    inwards = indent_of(block.frames[: _innermost_list(block)])
    place = QRect(area.left() + inwards, area.top(), LIST_INDENT - 7, line)
    if mirrored:
        place.moveRight(area.right() - inwards)
    if block.marker in (TASK_OPEN, TASK_DONE):
        place.translate(-2 if mirrored else 2, 0)
        _paint_check(painter, place, surface, done=block.marker == TASK_DONE)
        return
    painter.setFont(surface.look.body)
    painter.setPen(QColor(surface.tokens.text_2))
    need = QFontMetrics(surface.look.body).horizontalAdvance(block.marker)
    if need > place.width():
        place.setWidth(need)
        if not mirrored:
            place.moveRight(area.left() + inwards + LIST_INDENT - 8)
    # The mark of a number stands behind it, which is at its left there.
    way = Qt.LayoutDirection
    painter.setLayoutDirection(way.RightToLeft if mirrored else way.LeftToRight)
    side = Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight
    flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(place, flags, block.marker)
    painter.setLayoutDirection(way.LayoutDirectionAuto)


def _paint_check(painter: QPainter, place: QRect, surface: Surface, *, done: bool) -> None:
    size = surface.theme.px(12)
    box = QRect(0, 0, size, size)
    box.moveCenter(place.center())
    tokens = surface.tokens
    painter.setPen(QColor(tokens.accent if done else tokens.text_2))
    painter.setBrush(QColor(tokens.accent) if done else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 3, 3)
    if done:
        icon = surface.icons.pixmap("check", tokens.on_accent, size)
        painter.drawPixmap(box.topLeft(), icon)


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
        left = area.left() + indent_of(self.block.frames)
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
        self.lift = surface.look.lift(SECONDARY_PX)
        if hairline:
            self.margins = QMargins(14, 0, 0, 0)

    def source(self) -> str:
        return self._text

    def write(self, document: QTextDocument) -> None:
        look = self.surface.look
        write_plain(document, self._text, look, size=SECONDARY_PX, color=self._color)

    def plain(self, start: int = 0, end: int | None = None) -> str:
        return self._text if start == 0 and end is None else super().plain(start, end)

    def paint(self, painter: QPainter, area: QRect, state: PaintState) -> None:
        if self._hairline:
            color = QColor(self.surface.tokens.line)
            painter.fillRect(area.left(), area.top() - self.gap, 2, area.height() + self.gap, color)
        self.paint_text(painter, area, state)
