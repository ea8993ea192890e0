"""Reasoning: a head that folds and unfolds it, and while it arrives a pane that shows its end."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from app.features.chat.transcript.actions import Action, Intent, Placed, Strip, paint_ground
from app.features.chat.transcript.box import Box, PaintState
from app.features.chat.transcript.surface import Surface
from app.features.chat.transcript.text_boxes import PlainBox
from app.kit.markdown.document import BlockDocument, clean, write_plain
from app.kit.theme import SECONDARY_PX

translate = QCoreApplication.translate

PANE_LINES = 9
PANE_CHARACTERS = 3000
INDENT = 14


class ReasoningHead(Box):
    """ "Thinking… 4 s" or "Thought for 6.2 s · 412 tokens"; a click anywhere on it toggles."""

    gap = 10

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface)
        self._title = ""
        self._detail = ""
        self._open = False
        self._width = 0
        self._strip = Strip(surface, (), ())
        self.height = surface.look.line(SECONDARY_PX) + 4

    def tell(self, title: str, *, tokens: str, unfolded: bool, live: bool) -> None:
        """Say how it stands. `tokens` says how many it was, where that is known."""
        self._title = title
        self._detail = f" · {tokens}" if tokens else ""
        self._open = unfolded
        copy = Action(Intent.COPY_TEXT, translate("Transcript", "Copy reasoning"), "copy")
        self._strip = Strip(self.surface, (), (copy,) if unfolded and not live else ())
        self.exact = False
        self.stale = 0

    def estimate(self, width: int) -> None:
        self.lay_out(width)

    def lay_out(self, width: int) -> None:
        self._width = width
        self.height = self.surface.look.line(SECONDARY_PX) + 4
        self._strip.lay_out(width - INDENT)
        self.exact = True

    def _action(self) -> Action:
        label = translate("Transcript", "Reasoning: %1").replace("%1", self._title)
        return Action(Intent.TOGGLE, label)

    def _font(self, *, strong: bool) -> QFont:
        weight = QFont.Weight.Medium if strong else QFont.Weight.Normal
        return self.surface.theme.font(SECONDARY_PX, weight=weight)

    def _label_rect(self) -> QRect:
        need = QFontMetrics(self._font(strong=True)).horizontalAdvance(self._title)
        need += QFontMetrics(self._font(strong=False)).horizontalAdvance(self._detail)
        need += self.surface.theme.px(14) + 14
        return QRect(INDENT - 4, 0, min(need, self._width - INDENT), self.height)

    def paint(self, painter: QPainter, area: QRect, state: PaintState) -> None:
        tokens = self.surface.tokens
        painter.fillRect(area.left(), area.top(), 2, area.height(), QColor(tokens.line))
        label = self._label_rect().translated(area.topLeft())
        paint_ground(painter, label, self._action(), state, self.surface)
        size = self.surface.theme.px(14)
        icon = "chevron-down" if self._open else "chevron-right"
        y = area.top() + (area.height() - size) // 2
        painter.drawPixmap(
            label.left() + 3, y, self.surface.icons.pixmap(icon, tokens.text_2, size)
        )
        painter.setPen(QColor(tokens.text_2))
        x = label.left() + size + 7
        for text, strong in ((self._title, True), (self._detail, False)):
            font = self._font(strong=strong)
            painter.setFont(font)
            need = QFontMetrics(font).horizontalAdvance(text)
            painter.drawText(QRect(x, area.top(), need + 2, area.height()), _ROW, text)
            x += need
        self._strip.paint(painter, area.topLeft() + self._strip_at(), state)

    def _strip_at(self) -> QPoint:
        return QPoint(INDENT, (self.height - self._strip.height) // 2)

    def actions(self) -> Sequence[Placed]:
        toggle = Placed(self._action(), self._label_rect())
        return [toggle, *self._strip.placed(self._strip_at())]

    def plain(self, start: int = 0, end: int | None = None) -> str:
        return self._title + self._detail


_ROW = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class ReasoningPane(Box):
    """The end of reasoning that still arrives, in a pane of bounded height that follows it."""

    gap = 0

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface)
        self._text = ""
        self._width = 0
        self._document: BlockDocument | None = None

    def show_end(self, text: str) -> None:
        """Show the end of `text`."""
        text = text.rstrip()
        end = text[-PANE_CHARACTERS:]
        if len(end) < len(text):
            # Begin at a line's start, or at least between words.
            cut = end.find("\n", 0, PANE_CHARACTERS // 2)
            cut = end.find(" ") if cut < 0 else cut
            end = end[cut + 1 :]
        self._text = clean(end)
        self.release()
        self.exact = False
        self.stale = 0

    def estimate(self, width: int) -> None:
        self.lay_out(width)

    def lay_out(self, width: int) -> None:
        self._width = width
        if self._document is None:
            self._document = BlockDocument(self.surface.look)
            self._document.setTextWidth(max(40, width - INDENT))
            look = self.surface.look
            write_plain(self._document, self._text, look, size=SECONDARY_PX, color="text_2")
        line = self.surface.look.line(SECONDARY_PX)
        self.height = min(round(self._document.size().height()), PANE_LINES * line)
        self.exact = True

    def release(self) -> None:
        self._document = None

    def paint(self, painter: QPainter, area: QRect, state: PaintState) -> None:
        tokens = self.surface.tokens
        painter.fillRect(area.left(), area.top(), 2, area.height(), QColor(tokens.line))
        if self._document is None:
            self.lay_out(self._width)
        assert self._document is not None
        painter.save()
        painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
        hidden = round(self._document.size().height()) - area.height()
        painter.translate(area.left() + INDENT, area.top() - hidden)
        self._document.drawContents(painter)
        painter.restore()

    def plain(self, start: int = 0, end: int | None = None) -> str:
        return self._text


def reasoning_box(surface: Surface, text: str) -> PlainBox:
    """A piece of reasoning that is shown whole."""
    return PlainBox(surface, text, color="text_2", hairline=True)
