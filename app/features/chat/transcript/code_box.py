"""Some lines of a block of code, in a card: language, Copy, Wrap and Save as above the first.

Long lines scroll sideways, all lines of the block together. While code arrives only the lines that
came are added to the document, coloured and painted.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QMargins, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLayout,
    QTextOption,
)

from app.features.chat.transcript.actions import PADDING, Placed, Strip
from app.features.chat.transcript.box import SCROLL_BAR, PaintState, TextBox
from app.features.chat.transcript.code_card import CodeCard
from app.features.chat.transcript.diff_rows import is_difference, paint_rows
from app.features.chat.transcript.frames import indent_of, middle, paint_frames, paint_marker
from app.features.chat.transcript.text_boxes import BLOCK_GAP
from app.kit.markdown.blocks import Block
from app.kit.markdown.code_text import without_prompts
from app.kit.markdown.document import clean
from app.kit.markdown.highlight import Span
from app.kit.markdown.look import CODE_LINE_PERCENT
from app.kit.theme import CAPTION_PX, RADIUS_CARD, SECONDARY_PX

SIDE = 12
TOP = 9


class CodeBox(TextBox):
    """The lines of `card` that box `number` has."""

    def __init__(self, card: CodeCard, number: int) -> None:
        super().__init__(card.surface)
        self.card = card
        self.number = number
        self.gap = 0 if number else BLOCK_GAP
        self._written = 0
        self._has_arriving = False
        self._spans: dict[int, list[Span]] = {}
        self._strip: Strip | None = None
        self._foot: Strip | None = None
        self._set_margins()

    @property
    def block(self) -> Block:
        return self.card.block

    @property
    def continues(self) -> bool:
        """Whether it goes on with the code of the box above."""
        return self.number > 0

    @property
    def continues_line(self) -> bool:
        """Whether it even goes on with the last line of the box above."""
        return self.card.rows.goes_on(self.card.span(self.number)[0])

    @property
    def _is_first(self) -> bool:
        return self.number == 0

    @property
    def _is_last(self) -> bool:
        return self.card.is_last(self.number)

    def _set_margins(self) -> None:
        left = indent_of(self.block.frames, self.surface)
        top = self._head + TOP if self._is_first else 0
        foot = TOP + (self._head if self.card.folded else 0) if self._is_last else 0
        self.margins = QMargins(left + SIDE, top, SIDE, foot)

    @property
    def _head(self) -> int:
        return self.surface.look.line(CAPTION_PX) + 9

    # The whole block

    @property
    def text(self) -> str:
        """What it shows; of folded code, all there is."""
        if self.card.folded:
            return self.card.code.text
        first, end = self.card.span(self.number)
        return self.card.rows.joined(self._rows(first, end), first)

    def _rows(self, first: int, end: int) -> list[str]:
        rows = self.card.rows.texts[first:end]
        return [*rows, self._arriving] if self._arriving else rows

    @property
    def whole_text(self) -> str:
        """The code of the whole block."""
        return self.card.code.text

    @property
    def copied_text(self) -> str:
        """What Copy copies: all of the block, without prompts."""
        return without_prompts(self.whole_text, self.language)

    @property
    def language(self) -> str:
        return self.card.code.language

    # Changing

    def grow(self) -> None:
        """The card has other lines now, or goes on below."""
        self.exact = False
        if self._document is None:
            self.stale = 0
            return
        self._stale_from_line(self._document.lastBlock())
        self._append(self._document)

    def write_again(self) -> None:
        """The lines are to be laid out anew."""
        self.release()
        self.exact = False
        self.stale = 0
        self._scroll_x = 0

    def let_go(self) -> None:
        self.card.boxes = []

    # Layout

    @property
    def wraps(self) -> bool:
        return self.card.wraps

    def estimate(self, width: int) -> None:
        self._width = width
        self._set_margins()
        first, end = self.card.span(self.number)
        lines = max(1, end - first + (self._arriving is not None))
        line = self.surface.look.line(SECONDARY_PX, CODE_LINE_PERCENT)
        self.height = lines * line + self.margins.top() + self.margins.bottom() + self._bar_room

    def lay_out(self, width: int) -> None:
        self._set_margins()
        self.lift = self.surface.look.lift(SECONDARY_PX, CODE_LINE_PERCENT)
        super().lay_out(width)
        if self._is_first and self._strip is None:
            self._strip = Strip(self.surface, (), self.card.head_actions())
        if self._strip is not None:
            self._strip.lay_out(width - self.margins.left() - SIDE)
        if self.card.folded:
            self._foot = Strip(self.surface, (self.card.fold_action(strong=True),))
            self._foot.lay_out(width - self.margins.left() - SIDE)

    def _measure(self) -> None:
        assert self._document is not None
        size = self._document.size()
        self.card.widest(ceil(size.width()))
        self.height = ceil(size.height()) + self.margins.top() + self.margins.bottom()
        self.height += self._bar_room
        self._scroll_x = min(self.card.scrolled, self._overflow())
        self.exact = True

    @property
    def _bar_room(self) -> int:
        """Room for the scroll bar, kept free where a wider line may be found later."""
        return SCROLL_BAR if self._is_last and (self.number or self._overflow()) else 0

    def _overflow(self) -> int:
        if self._document is None or self.wraps:
            return 0
        over = self.card.widest() - self._text_area().width()
        return over if over > 2 else 0

    def scroll_sideways(self, by: int) -> bool:
        moved = super().scroll_sideways(by)
        self.card.scrolled = self._scroll_x
        for box in self.card.boxes:
            box._scroll_x = self._scroll_x
        return moved

    def release(self) -> None:
        super().release()
        self._written = 0
        self._has_arriving = False
        self._spans = {}
        self._strip = None

    # Writing

    @property
    def _arriving(self) -> str | None:
        """The line at its end that is not whole."""
        return self.card.arriving if self._is_last else None

    def write(self, document: QTextDocument) -> None:
        document.setDefaultFont(self.surface.look.mono)
        option = QTextOption()
        wrap = QTextOption.WrapMode
        option.setWrapMode(wrap.WrapAtWordBoundaryOrAnywhere if self.wraps else wrap.NoWrap)
        # Also where a line begins with a word from right to left.
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setTabStopDistance(4 * QFontMetrics(self.surface.look.mono).horizontalAdvance(" "))
        document.setDefaultTextOption(option)
        cursor = QTextCursor(document)
        cursor.setBlockFormat(self.surface.look.paragraph(SECONDARY_PX, CODE_LINE_PERCENT))
        self._written = 0
        self._has_arriving = True  # the empty line that a document begins with
        self._append(document)
        self.card.prepare()
        self.card.read_whole()

    def _append(self, document: QTextDocument) -> None:
        """Write the lines that are not there yet, and the one that is arriving."""
        first, end = self.card.span(self.number)
        arriving = self._arriving
        new = self.card.rows.texts[first + self._written : end]
        if new or arriving is not None:
            self._replace_end(document, first, new, arriving)
        elif self._has_arriving and self._written:
            _drop_last_line(document)
        self._written = end - first
        self._has_arriving = arriving is not None

    def _replace_end(
        self, document: QTextDocument, first: int, new: Sequence[str], arriving: str | None
    ) -> None:
        """Write lines in place of the arriving one, or behind the last."""
        chars = QTextCharFormat()
        chars.setFont(self.surface.look.mono)
        chars.setForeground(QColor(self.surface.tokens.text))
        lines = [*new, arriving] if arriving is not None else new
        text = "\n".join(clean(line).replace("\n", " ") for line in lines)
        number = document.blockCount() - self._has_arriving
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if self._has_arriving:
            start = QTextCursor.MoveOperation.StartOfBlock
            cursor.movePosition(start, QTextCursor.MoveMode.KeepAnchor)
        else:
            text = "\n" + text
        cursor.insertText(text, chars)
        at = first + self._written
        self._format(document.findBlockByNumber(number), at, at + len(new))
        cursor.endEditBlock()

    def _stale_from_line(self, block: QTextBlock) -> None:
        """From this line on it looks different."""
        rect = block.document().documentLayout().blockBoundingRect(block)
        self._stale_from(self._text_area().top() + int(rect.top()))

    # Colours

    def _format(self, block: QTextBlock, first: int, end: int) -> bool:
        """Colour lines of the card, which stand in `block` and those below; whether any changed."""
        start = self.card.span(self.number)[0]
        changed = False
        for number, spans in enumerate(self.card.colors_of(first, end), first):
            if self._spans.get(number - start, []) != spans:
                self._spans[number - start] = spans
                block.layout().setFormats([self._range(span) for span in spans])
                changed = True
            block = block.next()
        return changed

    def color_again(self) -> None:
        """More is known of the colours than when the lines were written."""
        document = self._document
        if document is None:
            return
        first = self.card.span(self.number)[0]
        if self._format(document.begin(), first, first + self._written):
            document.markContentsDirty(0, document.characterCount() - 1)
            self.stale = 0

    def _range(self, span: Span) -> QTextLayout.FormatRange:
        made = QTextLayout.FormatRange()
        made.start, made.length = span[0], span[1]
        made.format = self.surface.look.colored(span[2])
        return made

    # Painting

    def paint(self, painter: QPainter, area: QRect, state: PaintState) -> None:
        paint_frames(painter, area, self, self.block)
        if self.block.marker and self._is_first:
            paint_marker(painter, area, self.block, self.surface, middle(self.surface, self._head))
        self._paint_card(painter, area, state.clip)
        if self._document is None or (self._is_first and self._strip is None):
            self.lay_out(self._width)
        if self._is_first and state.clip.top() <= area.top() + self._head:
            self._paint_head(painter, area, state)
        if self._foot is not None and self.card.folded:
            self._foot.paint(painter, area.topLeft() + self._foot_at(), state)
        if is_difference(self.language):
            lines = area.adjusted(self.margins.left() - SIDE + 1, self.margins.top(), -1, 0)
            lines.setBottom(area.bottom() - self.margins.bottom())
            paint_rows(painter, self.document(), lines, state.clip, self.surface.tokens)
        self.paint_text(painter, area, state)

    def _paint_card(self, painter: QPainter, area: QRect, clip: QRect) -> None:
        """The part of the card that lies behind this box."""
        tokens = self.surface.tokens
        left = area.left() + indent_of(self.block.frames, self.surface)
        above = 0 if self._is_first else 2 * RADIUS_CARD
        below = 0 if self._is_last else 2 * RADIUS_CARD
        card = QRectF(left + 0.5, area.top() + 0.5, area.right() - left, area.height() - 1)
        painter.save()
        painter.setClipRect(area.intersected(clip), Qt.ClipOperation.IntersectClip)
        painter.setPen(QColor(tokens.line))
        painter.setBrush(QColor(tokens.code))
        painter.drawRoundedRect(card.adjusted(0, -above, 0, below), RADIUS_CARD, RADIUS_CARD)
        painter.restore()

    def _paint_head(self, painter: QPainter, area: QRect, state: PaintState) -> None:
        """The language, and what can be done with the code."""
        left = area.left() + indent_of(self.block.frames, self.surface)
        y = area.top() + self._head
        line = QRect(left + 1, y, area.right() - left - 1, 1)
        painter.fillRect(line, QColor(self.surface.tokens.line))
        painter.setFont(self.surface.look.caption())
        painter.setPen(QColor(self.surface.tokens.text_2))
        label = QRect(left + SIDE, area.top() + 1, area.width() // 2, self._head)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        metrics = QFontMetrics(painter.font())
        words = metrics.elidedText(self.language, Qt.TextElideMode.ElideRight, label.width())
        painter.drawText(label, flags, words)
        assert self._strip is not None
        self._strip.paint(painter, area.topLeft() + self._strip_at(), state)

    def _paint_scroll_bar(self, painter: QPainter, inner: QRect) -> None:
        if self._is_last:
            super()._paint_scroll_bar(painter, inner)

    def _strip_at(self) -> QPoint:
        height = self._strip.height if self._strip is not None else 0
        return QPoint(self.margins.left(), (self._head - height) // 2 + 1)

    def _foot_at(self) -> QPoint:
        return QPoint(self.margins.left() - PADDING, self.height - self._head)

    def actions(self) -> Sequence[Placed]:
        if self._is_first and self._strip is None:
            self.lay_out(self._width)
        placed = self._strip.placed(self._strip_at()) if self._strip is not None else []
        if self._foot is not None and self.card.folded:
            placed += self._foot.placed(self._foot_at())
        return placed

    def is_over_text(self, point: QPoint) -> bool:
        return point.y() > self.margins.top() - TOP and super().is_over_text(point)

    # Text

    def searched(self) -> str:
        """As it stands in its document, where parts of a line are rows."""
        return (
            self.text if self.card.folded else "\n".join(self._rows(*self.card.span(self.number)))
        )

    def plain(self, start: int = 0, end: int | None = None) -> str:
        if start == 0 and end is None:
            return self.text
        row = self.card.span(self.number)[0] + self.document().findBlock(start).blockNumber()
        return self.card.rows.joined(super().plain(start, end).split("\n"), row)

    def markdown(self) -> str:
        return self.fenced(self.text)

    def fenced(self, text: str) -> str:
        """Lines of this block as a block of Markdown."""
        if self.block.source and text == self.whole_text:
            return self.block.source
        mark = "```"
        while mark in text:
            mark += "`"
        return f"{mark}{self.language}\n{text}\n{mark}"


def _drop_last_line(document: QTextDocument) -> None:
    """The fence closed: the empty line that waited for more goes."""
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    start = QTextCursor.MoveOperation.StartOfBlock
    cursor.movePosition(start, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    cursor.deletePreviousChar()
