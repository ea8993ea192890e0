"""Quiet lines with a reply: what it waits for, with the way out of it, and how it was asked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QMargins, QPoint, QRect
from PySide6.QtGui import QPainter, QTextCursor, QTextDocument

from app.features.chat.transcript.actions import GAP, Action, Intent, Placed, Strip
from app.features.chat.transcript.box import PaintState, TextBox
from app.features.chat.transcript.surface import Surface
from app.features.chat.transcript.waiting import WaitLine
from app.kit.markdown.document import clean
from app.kit.markdown.look import Style
from app.kit.theme import CAPTION_PX, SECONDARY_PX

translate = QCoreApplication.translate


class NoteBox(TextBox):
    """A sentence about the reply that is no part of it."""

    gap = 10

    def __init__(self, surface: Surface, sentence: str) -> None:
        super().__init__(surface)
        self.sentence = sentence

    def source(self) -> str:
        return self.sentence

    def write(self, document: QTextDocument) -> None:
        cursor = QTextCursor(document)
        cursor.setBlockFormat(self.surface.look.paragraph(SECONDARY_PX))
        chars = self.surface.look.chars(Style(size=SECONDARY_PX, color="text_2"))
        cursor.insertText(clean(self.sentence), chars)

    def lay_out(self, width: int) -> None:
        self.lift = self.surface.look.lift(SECONDARY_PX)
        super().lay_out(width)


class WaitBox(TextBox):
    """What a reply waits for. While a service is busy: what it said, and Stop waiting."""

    gap = 12

    def __init__(self, surface: Surface, line: WaitLine) -> None:
        super().__init__(surface)
        self.line = line
        self._strip = Strip(surface, ())
        self._strip_at = QPoint()

    def tell(self, line: WaitLine) -> bool:
        """Say this from now on; whether it is anything new."""
        if line == self.line:
            return False
        self.line = line
        self.release()
        self.exact = False
        self.stale = 0
        return True

    def source(self) -> str:
        return f"{self.line.sentence}\n{self.line.said}" if self.line.said else self.line.sentence

    def write(self, document: QTextDocument) -> None:
        look = self.surface.look
        cursor = QTextCursor(document)
        cursor.setBlockFormat(look.paragraph(SECONDARY_PX))
        color = "warn" if self.line.busy else "text_2"
        style = Style(size=SECONDARY_PX, color=color)
        cursor.insertText(self.line.sentence, look.chars(style))
        if self.line.said:
            cursor.insertBlock(look.paragraph(CAPTION_PX))
            chars = look.chars(Style(size=CAPTION_PX, color="text_2"))
            cursor.insertText(clean(self.line.said), chars)

    def lay_out(self, width: int) -> None:
        icon = self.surface.theme.px(16) + 10 if self.line.busy else 0
        stop = Action(Intent.STOP_WAITING, translate("Transcript", "Stop waiting"), strong=True)
        self._strip = Strip(self.surface, (stop,) if self.line.busy else ())
        self._strip.lay_out(width - icon)
        self.margins = QMargins(icon, 0, 0, 0)
        self.lift = self.surface.look.lift(SECONDARY_PX)
        super().lay_out(width)
        if self.line.busy:
            self._place_strip(width)

    def _place_strip(self, width: int) -> None:
        """Behind the sentence where there is room, else below everything."""
        sentence = self.document().firstBlock().layout()
        last = sentence.lineAt(sentence.lineCount() - 1)
        need = sum(placed.rect.width() for placed in self._strip.placed(QPoint()))
        x = self.margins.left() + round(last.naturalTextWidth()) + GAP
        if x + need <= width:
            line = self.surface.look.line(SECONDARY_PX)
            y = (sentence.lineCount() - 1) * line + (line - self._strip.height) // 2
            self._strip_at = QPoint(x, y)
        else:
            self._strip_at = QPoint(self.margins.left() - 4, self.height)
            self.margins.setBottom(self._strip.height)
            self.height += self._strip.height

    def paint(self, painter: QPainter, area: QRect, state: PaintState) -> None:
        if self.line.busy:
            size = self.surface.theme.px(16)
            y = area.top() + (self.surface.look.line(SECONDARY_PX) - size) // 2
            icon = self.surface.icons.pixmap("warning", self.surface.tokens.warn, size)
            painter.drawPixmap(area.left(), y, icon)
        self.paint_text(painter, area, state)
        self._strip.paint(painter, area.topLeft() + self._strip_at, state)

    def actions(self) -> Sequence[Placed]:
        return self._strip.placed(self._strip_at)
