"""A block of code: language, Copy, Wrap and Save as; coloured; long lines scroll sideways.

While its fence is open only the lines that came are added to the document and coloured.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QMargins, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLayout,
    QTextOption,
)

from app.features.chat.transcript.actions import Action, Intent, Placed, Strip
from app.features.chat.transcript.box import PaintState, TextBox
from app.features.chat.transcript.surface import Surface
from app.features.chat.transcript.text_boxes import indent_of, paint_frames, paint_marker
from app.kit.markdown.blocks import Block, CodeText, Kind
from app.kit.markdown.document import clean
from app.kit.markdown.highlight import Highlighter, Span
from app.kit.markdown.look import CODE_LINE_PERCENT
from app.kit.theme import CAPTION_PX, RADIUS_CARD, SECONDARY_PX

translate = QCoreApplication.translate

SIDE = 12
TOP = 9
WHOLE_LINES = 300
"""Lines of code that are coloured all at once when the last one is there (about 0.15 ms each)."""


class CodeBox(TextBox):
    """Code in a card with a head."""

    def __init__(self, surface: Surface, block: Block) -> None:
        super().__init__(surface)
        assert block.code is not None
        self.block = block
        self._code: CodeText = block.code
        self._wrap = False
        self._written = 0
        self._highlighter: Highlighter | None = None
        self._strip: Strip | None = None
        self._set_margins()

    def _set_margins(self) -> None:
        left = indent_of(self.block.frames)
        self.margins = QMargins(left + SIDE, self._head + TOP, SIDE, TOP)

    @property
    def _head(self) -> int:
        return self.surface.look.line(CAPTION_PX) + 9

    @property
    def text(self) -> str:
        return self._code.text

    @property
    def language(self) -> str:
        return self._code.language

    def accept(self, block: Block) -> bool:
        """Show another version of the same code: the same lines and more."""
        code = block.code
        if block.kind is not Kind.CODE or code is None or block.frames != self.block.frames:
            return False
        if code is not self._code:
            known = self._code.lines[: self._written]
            if code.language != self._code.language or code.lines[: len(known)] != known:
                return False
            if self._code.closed and code.lines != self._code.lines:
                # Code without fences that goes on: no line of the document waits to be replaced.
                return False
            self._code = code
        self.block = block
        self.exact = False
        self.stale = 0
        if self._document is not None:
            self._append(self._document)
            if self._code.closed:
                self._color_whole(self._document)
        return True

    # Layout

    @property
    def wraps(self) -> bool:
        return self._wrap

    def set_wrap(self, wrap: bool) -> None:
        self._wrap = wrap
        self._scroll_x = 0
        self.release()
        self.exact = False
        self._strip = None

    @property
    def wrapped(self) -> bool:
        return self._wrap

    def estimate(self, width: int) -> None:
        self._width = width
        self._set_margins()
        lines = len(self._code.lines) + bool(self._code.partial)
        line = self.surface.look.line(SECONDARY_PX, CODE_LINE_PERCENT)
        self.height = max(1, lines) * line + self.margins.top() + self.margins.bottom()

    def lay_out(self, width: int) -> None:
        self._set_margins()
        self.lift = self.surface.look.lift(SECONDARY_PX, CODE_LINE_PERCENT)
        super().lay_out(width)
        if self._strip is None:
            self._strip = Strip(self.surface, (), self._head_actions())
        self._strip.lay_out(width - self.margins.left() - SIDE)

    def _head_actions(self) -> tuple[Action, ...]:
        wrap = translate("Transcript", "No wrap") if self._wrap else translate("Transcript", "Wrap")
        return (
            Action(Intent.COPY_TEXT, translate("Transcript", "Copy")),
            Action(Intent.WRAP, wrap),
            Action(Intent.SAVE, translate("Transcript", "Save as…"), payload=self.language),
        )

    def release(self) -> None:
        super().release()
        self._written = 0
        self._highlighter = None
        self._strip = None

    # Writing

    def write(self, document: QTextDocument) -> None:
        document.setDefaultFont(self.surface.look.mono)
        option = QTextOption()
        wrap = QTextOption.WrapMode
        option.setWrapMode(wrap.WrapAtWordBoundaryOrAnywhere if self._wrap else wrap.NoWrap)
        option.setTabStopDistance(4 * QFontMetrics(self.surface.look.mono).horizontalAdvance(" "))
        document.setDefaultTextOption(option)
        cursor = QTextCursor(document)
        cursor.setBlockFormat(self.surface.look.paragraph(SECONDARY_PX, CODE_LINE_PERCENT))
        self._written = 0
        self._highlighter = Highlighter(self.language)
        self._append(document)
        if self._code.closed:
            self._color_whole(document)

    def _append(self, document: QTextDocument) -> None:
        """Write the lines that are not there yet, and the one that is arriving."""
        new = self._code.lines[self._written :]
        chars = QTextCharFormat()
        chars.setFont(self.surface.look.mono)
        chars.setForeground(QColor(self.surface.tokens.text))
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        # The last line of the document is the arriving one; it is written anew each time.
        start = QTextCursor.MoveOperation.StartOfBlock
        cursor.movePosition(start, QTextCursor.MoveMode.KeepAnchor)
        first = cursor.blockNumber()
        ends_open = not self._code.closed
        text = "\n".join(clean(line).replace("\n", " ") for line in new)
        if ends_open:
            text += ("\n" if new else "") + clean(self._code.partial)
        if new or ends_open:
            cursor.insertText(text, chars)
        cursor.endEditBlock()
        if self._code.closed and not new:
            self._drop_last_line(document)
        self._color(document, first, new)
        self._written = len(self._code.lines)

    def _drop_last_line(self, document: QTextDocument) -> None:
        """The fence closed: the empty line that waited for more goes."""
        if self._written and document.blockCount() > len(self._code.lines):
            cursor = QTextCursor(document)
            cursor.movePosition(QTextCursor.MoveOperation.End)
            start = QTextCursor.MoveOperation.StartOfBlock
            cursor.movePosition(start, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            cursor.deletePreviousChar()

    def _color(self, document: QTextDocument, first: int, lines: Sequence[str]) -> None:
        short = self._code.closed and len(self._code.lines) <= WHOLE_LINES
        if self._highlighter is not None and lines and not short:
            self._set_formats(document, first, self._highlighter.lines(lines))

    def _color_whole(self, document: QTextDocument) -> None:
        """The code is whole: colour it once more, knowing its end. Long code keeps what it has."""
        lines = self._code.lines
        if self._highlighter is not None and len(lines) <= WHOLE_LINES:
            self._set_formats(document, 0, self._highlighter.whole(lines))

    def _set_formats(
        self, document: QTextDocument, first: int, lines: Sequence[Sequence[Span]]
    ) -> None:
        block = document.findBlockByNumber(first)
        begin = block.position()
        for spans in lines:
            if spans or block.layout().formats():
                block.layout().setFormats([self._range(span) for span in spans])
            block = block.next()
        end = block.position() if block.isValid() else document.characterCount() - 1
        document.markContentsDirty(begin, max(1, end - begin))

    def _range(self, span: Span) -> QTextLayout.FormatRange:
        made = QTextLayout.FormatRange()
        made.start, made.length = span[0], span[1]
        made.format = self.surface.look.colored(span[2])
        return made

    # Painting

    def paint(self, painter: QPainter, area: QRect, state: PaintState) -> None:
        tokens = self.surface.tokens
        paint_frames(painter, area, self.block.frames, self.surface, self.gap)
        if self.block.marker:
            paint_marker(painter, area, self.block, self.surface, self._head)
        left = area.left() + indent_of(self.block.frames)
        card = QRectF(left + 0.5, area.top() + 0.5, area.right() - left, area.height() - 1)
        painter.setPen(QColor(tokens.line))
        painter.setBrush(QColor(tokens.code))
        painter.drawRoundedRect(card, RADIUS_CARD, RADIUS_CARD)
        y = area.top() + self._head
        painter.drawLine(left + 1, y, area.right() - 1, y)
        painter.setFont(self.surface.look.caption())
        painter.setPen(QColor(tokens.text_2))
        label = QRect(left + SIDE, area.top() + 1, area.width() // 2, self._head)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        metrics = QFontMetrics(painter.font())
        words = metrics.elidedText(self.language, Qt.TextElideMode.ElideRight, label.width())
        painter.drawText(label, flags, words)
        if self._strip is None:
            self.lay_out(self._width)
        assert self._strip is not None
        self._strip.paint(painter, area.topLeft() + self._strip_at(), state)
        self.paint_text(painter, area, state)

    def _strip_at(self) -> QPoint:
        height = self._strip.height if self._strip is not None else 0
        return QPoint(self.margins.left(), (self._head - height) // 2 + 1)

    def actions(self) -> Sequence[Placed]:
        if self._strip is None:
            self.lay_out(self._width)
        assert self._strip is not None
        return self._strip.placed(self._strip_at())

    def is_over_text(self, point: QPoint) -> bool:
        return point.y() > self._head and super().is_over_text(point)

    def plain(self, start: int = 0, end: int | None = None) -> str:
        return self.text if start == 0 and end is None else super().plain(start, end)

    def markdown(self) -> str:
        mark = "```"
        while mark in self.text:
            mark += "`"
        return self.block.source or f"{mark}{self.language}\n{self.text}\n{mark}"
