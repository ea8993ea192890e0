"""Boxes: what a message is laid out as, one below the other; a box with text has a document.

A box knows its height in whole pixels: an estimate until it was laid out, exact from then on. Its
document is made when it is needed and may be dropped at any time (`release`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QMargins, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPalette,
    QTextCursor,
    QTextDocument,
)

from app.features.chat.transcript.actions import Action, Placed
from app.features.chat.transcript.highlights import marking, paint_marks
from app.features.chat.transcript.word_at import span_at
from app.kit.markdown.document import BlockDocument
from app.kit.markdown.formula_object import paint_selected, position_of, told, told_offset

if TYPE_CHECKING:
    from app.features.chat.transcript.message_item import MessageItem
    from app.features.chat.transcript.surface import Surface

SCROLL_BAR = 5
MARGIN = 24
"""Pixels left beside a character that text was moved sideways for."""


@dataclass(slots=True)
class PaintState:
    """How the box that is painted stands to pointer, focus and selection."""

    clip: QRect
    selection: tuple[int, int] | None = None
    found: Sequence[tuple[int, int]] = ()
    """Where what is looked for stands in its text."""
    found_now: tuple[int, int] | None = None
    """The place that was gone to."""
    hovered: Action | None = None
    pressed: Action | None = None
    focused: Action | None = None


class Box:
    """A rectangle as wide as the reading column. Points are relative to its top left corner."""

    gap = 12
    """Pixels left free above it."""
    has_text = False

    def __init__(self, surface: Surface) -> None:
        self.surface = surface
        self.height = 0
        self.exact = False
        self.index = 0
        self.item: MessageItem | None = None
        self.stale: int | None = 0
        """From how many pixels below its top it looks other than it was painted; None: nowhere."""
        self.origin: tuple[int, int] | None = None
        """Which stretch of a text it was made of, and its number among those of that stretch."""

    def _stale_from(self, y: int) -> None:
        """It looks different from so many pixels below its top on."""
        y = max(0, min(y, self.height))
        self.stale = y if self.stale is None else min(y, self.stale)

    @property
    def outer(self) -> int:
        return self.gap + self.height

    @property
    def above(self) -> Box | None:
        """The box above it in its message."""
        return self.item.boxes[self.index - 1] if self.item is not None and self.index else None

    def follow(self, before: Box | None) -> None:
        """Take the gap that fits to what stands above."""

    def estimate(self, width: int) -> None:
        """Guess the height for a width, without laying out."""

    def lay_out(self, width: int) -> None:
        """Make the height exact."""
        self.exact = True

    def release(self) -> None:
        """Drop what can be made again."""

    def let_go(self) -> None:
        """It is not shown any more: hold on to nothing that holds on to it."""

    def paint(self, painter: QPainter, area: QRect, state: PaintState) -> None:
        """Draw within `area`, given in the painter's coordinates."""

    def actions(self) -> Sequence[Placed]:
        return ()

    def plain(self, start: int = 0, end: int | None = None) -> str:
        """The text as it is read, from one character to before another."""
        return ""

    def markdown(self) -> str:
        """The whole box as Markdown."""
        return self.plain()

    def searched(self) -> str:
        """The text in which words are found; empty where none are."""
        return ""


def estimated_height(text: str, width: int, line: int) -> int:
    """A guess from length and line ends, cheap enough for any text."""
    per_line = max(8.0, width / (line * 0.34))
    return round(line * (text.count("\n") + 1 + len(text) / per_line * 0.85))


class TextBox(Box):
    """A box whose text stands in a document, within margins of its own."""

    has_text = True
    margins = QMargins()
    lift = 0
    """Pixels by which the text is drawn higher, to stand in the middle of its lines."""
    formulas: frozenset[str] = frozenset()
    """The LaTeX of the formulas in it."""
    joins_tight = False
    """Whether it follows what is above without an empty line, as list items do."""

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface)
        self._document: QTextDocument | None = None
        self._width = 0
        self._scroll_x = 0

    # What the kinds of text differ in

    def source(self) -> str:
        """The text to guess the height from."""
        return ""

    def write(self, document: QTextDocument) -> None:
        """Fill the empty document."""

    @property
    def wraps(self) -> bool:
        return True

    # Layout

    def estimate(self, width: int) -> None:
        self._width = width
        inner = max(40, width - self.margins.left() - self.margins.right())
        line = self.surface.look.line()
        padding = self.margins.top() + self.margins.bottom()
        self.height = estimated_height(self.source(), inner, line) + padding

    def lay_out(self, width: int) -> None:
        self._width = width
        if self._document is None:
            self._document = BlockDocument(self.surface.look)
            self._set_width(self._document)
            self.write(self._document)
        else:
            self._set_width(self._document)
        self._measure()
        self.surface.use(self)

    def _set_width(self, document: QTextDocument) -> None:
        width = self._text_area().width() if self.wraps else -1
        if document.textWidth() != width:
            # It would lay everything out again, also where the width is the same.
            document.setTextWidth(width)

    def _measure(self) -> None:
        assert self._document is not None
        height = ceil(self._document.size().height())
        self.height = height + self.margins.top() + self.margins.bottom()
        self._scroll_x = min(self._scroll_x, self._overflow())
        if self._overflow():
            self.height += SCROLL_BAR
        self.exact = True

    def _text_area(self) -> QRect:
        """Where the text stands in the box."""
        width = self._width - self.margins.left() - self.margins.right()
        height = self.height - self.margins.top() - self.margins.bottom()
        return QRect(self.margins.left(), self.margins.top() - self.lift, max(40, width), height)

    def release(self) -> None:
        self._document = None

    def write_anew(self) -> Callable[[int], int]:
        """Lay out with the formulas that are there now; answers where a character has gone."""
        before = self.document()
        self.release()
        self.lay_out(self._width)
        now = self.document()
        return lambda char: position_of(now, told_offset(before, char))

    def document(self) -> QTextDocument:
        """The document, made if it is not there."""
        if self._document is None:
            self.lay_out(self._width)
        assert self._document is not None
        return self._document

    # Sideways: what is wider than the column (code, a table of many columns) scrolls in itself

    def _overflow(self) -> int:
        if self._document is None:
            return 0
        over = ceil(self._document.size().width()) - self._text_area().width()
        # A table as wide as the column comes out a pixel wider.
        return over if over > 2 else 0

    @property
    def is_wide(self) -> bool:
        """Whether it is wider than the column, and scrolls in itself."""
        return self._overflow() > 0

    def scroll_sideways(self, by: int) -> bool:
        """Move the text by so many pixels; False where there is no further to go."""
        target = min(max(0, self._scroll_x + by), self._overflow())
        moved = target != self._scroll_x
        self._scroll_x = target
        return moved

    # Painting

    def paint_text(self, painter: QPainter, area: QRect, state: PaintState) -> None:
        document = self.document()
        inner = self._text_area().translated(area.topLeft())
        painter.save()
        if self._overflow():
            painter.setClipRect(inner, Qt.ClipOperation.IntersectClip)
        origin = inner.topLeft() - QPoint(self._scroll_x, 0)
        painter.translate(origin)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, QColor(self.surface.tokens.text))
        context.clip = QRectF(state.clip.translated(-origin))
        context.selections = self._marked(document, state)
        document.documentLayout().draw(painter, context)
        if state.found:
            tokens = self.surface.tokens
            colors = (tokens.found, tokens.found_now)
            dark = self.surface.theme.dark
            paint_marks(painter, document, state.found, context.clip, colors, dark=dark)
        if state.selection is not None and self.formulas and self.surface.formulas is not None:
            tokens, draw = self.surface.tokens, self.surface.formulas.draw
            colors = (tokens.accent, tokens.on_accent)
            paint_selected(painter, document, state.selection, colors, draw)
        painter.restore()
        self._paint_scroll_bar(painter, inner)
        self.surface.use(self)

    def paint(self, painter: QPainter, area: QRect, state: PaintState) -> None:
        self.paint_text(painter, area, state)

    def _marked(
        self, document: QTextDocument, state: PaintState
    ) -> list[QAbstractTextDocumentLayout.Selection]:
        """What stands out from the text, the strongest last."""
        tokens = self.surface.tokens
        marked: list[QAbstractTextDocumentLayout.Selection] = []
        if state.found_now is not None:
            marked.append(marking(document, state.found_now, tokens.found_now, tokens.on_found_now))
        if state.selection is not None:
            span = self.meant(state.selection)
            marked.append(marking(document, span, tokens.accent, tokens.on_accent))
        return marked

    def meant(self, span: tuple[int, int]) -> tuple[int, int]:
        """What is selected with a span: of a table, whole cells."""
        return span

    def _paint_scroll_bar(self, painter: QPainter, inner: QRect) -> None:
        overflow = self._overflow()
        if not overflow:
            return
        whole = inner.width() + overflow
        length = max(24, inner.width() * inner.width() // whole)
        x = inner.left() + (inner.width() - length) * self._scroll_x // overflow
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.surface.tokens.line))
        y = inner.bottom() - 3
        painter.drawRoundedRect(QRectF(x, y, length, 4), 2, 2)

    # Text

    @property
    def length(self) -> int:
        """Characters in the document."""
        return self.document().characterCount() - 1

    def hit(self, point: QPoint) -> int:
        """The character nearest to a point."""
        place = self._inner(point)
        layout = self.document().documentLayout()
        return max(0, layout.hitTest(place, Qt.HitTestAccuracy.FuzzyHit))

    def is_over_text(self, point: QPoint) -> bool:
        layout = self.document().documentLayout()
        return layout.hitTest(self._inner(point), Qt.HitTestAccuracy.ExactHit) >= 0

    def link_at(self, point: QPoint) -> str:
        """The address of the link under a point, or empty."""
        return self.document().documentLayout().anchorAt(self._inner(point))

    def _inner(self, point: QPoint) -> QPointF:
        inner = self._text_area().topLeft()
        return QPointF(point - inner + QPoint(self._scroll_x, 0))

    def span_at(self, char: int, unit: QTextCursor.SelectionType) -> tuple[int, int]:
        """The word or paragraph around a character."""
        return span_at(self.document(), min(char, self.length), unit)

    def char_at(self, point: QPoint) -> int:
        """The character under a point, where `hit` may be the place behind it."""
        char = self.hit(point)
        return char - 1 if char and self.rect_of(char).x() > point.x() else char

    def rect_of(self, char: int) -> QRect:
        """Where a character's left edge stands in the box, as high as its line."""
        document = self.document()
        block = document.findBlock(min(char, self.length))
        corner = document.documentLayout().blockBoundingRect(block).topLeft()
        corner += self._text_area().topLeft() - QPoint(self._scroll_x, 0)
        line = block.layout().lineForTextPosition(char - block.position())
        if not line.isValid():
            return QRect(round(corner.x()), round(corner.y()), 1, self.surface.look.line())
        at = cast("tuple[float, int] | float", line.cursorToX(char - block.position()))
        x = at[0] if isinstance(at, tuple) else at
        return QRect(round(corner.x() + x), round(corner.y() + line.y()), 1, round(line.height()))

    def show_char(self, char: int) -> None:
        """Move text that is wider than the column so that a character is seen."""
        over = self.rect_of(char).x() - self._text_area().right() + MARGIN
        under = self._text_area().left() - self.rect_of(char).x() + MARGIN
        if over > 0 or (under > 0 and self._scroll_x):
            self.scroll_sideways(over if over > 0 else -under)

    def searched(self) -> str:
        return self.plain()

    def top_of(self, char: int) -> int:
        """Where the line that holds a character begins, in the box."""
        document = self.document()
        block = document.findBlock(min(char, self.length))
        layout = block.layout()
        top = document.documentLayout().blockBoundingRect(block).top()
        line = layout.lineForTextPosition(char - block.position())
        within = line.y() if line.isValid() else 0.0
        return self._text_area().top() + round(top + within)

    def first_char_from(self, y: int) -> int:
        """The first character of the first line that begins at or below `y`, or of the last."""
        document = self.document()
        y -= self._text_area().top()
        block = document.begin()
        found = 0
        while block.isValid():
            layout = block.layout()
            rect = document.documentLayout().blockBoundingRect(block)
            if rect.bottom() >= y:
                for number in range(layout.lineCount()):
                    line = layout.lineAt(number)
                    found = block.position() + line.textStart()
                    if rect.top() + line.y() >= y - 0.5:
                        return found
            block = block.next()
        return found

    def plain(self, start: int = 0, end: int | None = None) -> str:
        cursor = QTextCursor(self.document())
        last = self.length
        cursor.setPosition(min(start, last))
        cursor.setPosition(last if end is None else min(end, last), QTextCursor.MoveMode.KeepAnchor)
        return tidy(told(cursor))


def tidy(text: str) -> str:
    """A document's own separators as line ends; cells of a table row as tabs."""
    text = text.replace("\u2029", "\n").replace("\u2028", "\n").replace("\xa0", " ")
    return text.replace("\ufdd0", "").replace("\ufdd1", "")
