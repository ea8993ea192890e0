"""What the person said: a bubble at the right, pictures first, then files, then the words.

The bubble is painted in pieces, a box each, so that a pasted book is laid out only where it is
seen; the first piece has the upper corners and the last one the lower.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QMargins, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTextDocument, QTextOption

from app.core.message import ImagePart
from app.features.chat.transcript.actions import Action, Intent, Placed, Strip
from app.features.chat.transcript.box import Box, PaintState, TextBox
from app.features.chat.transcript.surface import Surface
from app.features.chat.transcript.thumbnails import Thumbnails
from app.kit.markdown.document import BlockDocument, clean, write_plain

translate = QCoreApplication.translate

WIDEST = 560
SIDE, TOP = 14, 10
RADIUS = 12
FOLD_LINES = 20
FOLD_CHARACTERS = 1800
MEASURED = 3000
"""Characters up to which the bubble is measured to fit its words; longer texts take all of it."""


class Bubble:
    """What the pieces of one bubble share: how wide it is."""

    def __init__(self) -> None:
        self.pieces: list[BubblePiece] = []

    def width(self, column: int) -> int:
        """The bubble's width in a column so wide."""
        most = min(WIDEST, column)
        need = max((piece.natural_width(most - 2 * SIDE) for piece in self.pieces), default=0)
        return min(most, need + 2 * SIDE)

    def place(self, piece: BubblePiece) -> tuple[bool, bool]:
        """Whether a piece is the first, and whether it is the last."""
        return piece is self.pieces[0], piece is self.pieces[-1]


class BubblePiece(Box):
    """Something in the bubble. Its margins hold the bubble's own."""

    gap = 0
    bubble: Bubble

    def let_go(self) -> None:
        self.bubble.pieces = []

    def natural_width(self, most: int) -> int:
        """How wide its content would like to be, `most` at the most."""
        return most

    def edges(self) -> tuple[int, int]:
        """Free pixels above and below, to the bubble's edge or to the next piece."""
        first, last = self.bubble.place(self)
        return TOP if first else 4, TOP if last else 4

    def paint_bubble(self, painter: QPainter, area: QRect, width: int) -> QRect:
        """Paint this piece of the bubble; answers where."""
        piece = QRect(area.right() - width + 1, area.top(), width, area.height())
        first, last = self.bubble.place(self)
        round_top, round_bottom = 0 if first else RADIUS, 0 if last else RADIUS
        shape = QRectF(piece).adjusted(0, -round_top, 0, round_bottom)
        painter.save()
        painter.setClipRect(piece, Qt.ClipOperation.IntersectClip)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.surface.tokens.user))
        painter.drawRoundedRect(shape, RADIUS, RADIUS)
        painter.restore()
        return piece


class PicturesPiece(BubblePiece):
    """The message's pictures as thumbnails."""

    def __init__(self, surface: Surface, bubble: Bubble, pictures: Sequence[ImagePart]) -> None:
        super().__init__(surface)
        self.bubble = bubble
        self._thumbnails = Thumbnails(surface, pictures)
        self._width = 0

    def natural_width(self, most: int) -> int:
        return self._thumbnails.width_within(most)

    def estimate(self, width: int) -> None:
        self.lay_out(width)

    def lay_out(self, width: int) -> None:
        self._width = width
        top, bottom = self.edges()
        bubble = self.bubble.width(width)
        corner = QPoint(width - bubble + SIDE, top)
        self.height = top + self._thumbnails.lay_out(corner, bubble - 2 * SIDE) + bottom
        self.exact = True

    def paint(self, painter: QPainter, area: QRect, state: PaintState) -> None:
        self.paint_bubble(painter, area, self.bubble.width(self._width))
        self._thumbnails.paint(painter, area.topLeft(), state)

    def actions(self) -> Sequence[Placed]:
        return self._thumbnails.actions()

    def plain(self, start: int = 0, end: int | None = None) -> str:
        return self._thumbnails.names()


class WordsPiece(BubblePiece, TextBox):
    """Some of the message's words, as they were typed."""

    has_text = True
    joins_tight = True

    def __init__(self, surface: Surface, bubble: Bubble, text: str) -> None:
        super().__init__(surface)
        self.bubble = bubble
        self._text = clean(text)
        self._natural: int | None = None

    def source(self) -> str:
        return self._text

    def natural_width(self, most: int) -> int:
        if len(self._text) > MEASURED:
            return most
        if self._natural is None:
            document = BlockDocument(self.surface.look)
            self.write(document)
            document.setTextWidth(-1)
            self._natural = int(document.idealWidth()) + 2
        return min(most, self._natural)

    def estimate(self, width: int) -> None:
        self._place(width)
        TextBox.estimate(self, width)

    def lay_out(self, width: int) -> None:
        self._place(width)
        TextBox.lay_out(self, width)

    def _place(self, width: int) -> None:
        top, bottom = self.edges()
        last = self.bubble.place(self)[1]
        bubble = self.bubble.width(width)
        self.margins = QMargins(width - bubble + SIDE, top, SIDE, bottom if last else 0)

    def edges(self) -> tuple[int, int]:
        top, bottom = super().edges()
        before = self.bubble.pieces[max(0, self.bubble.pieces.index(self) - 1)]
        return (0 if before is not self and isinstance(before, WordsPiece) else top), bottom

    def release(self) -> None:
        TextBox.release(self)
        self._natural = None

    def write(self, document: QTextDocument) -> None:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        self.lift = self.surface.look.lift()
        write_plain(document, self._text, self.surface.look)

    def plain(self, start: int = 0, end: int | None = None) -> str:
        return self._text if start == 0 and end is None else TextBox.plain(self, start, end)

    def paint(self, painter: QPainter, area: QRect, state: PaintState) -> None:
        self.paint_bubble(painter, area, area.width() - self.margins.left() + SIDE)
        self.paint_text(painter, area, state)


class FoldPiece(BubblePiece):
    """Below the start of long words: shows the rest, or folds it again."""

    def __init__(self, surface: Surface, bubble: Bubble, *, unfolded: bool) -> None:
        super().__init__(surface)
        self.bubble = bubble
        self._unfolded = unfolded
        self._strip = Strip(surface, ())
        self._width = 0

    def natural_width(self, most: int) -> int:
        return 0

    def estimate(self, width: int) -> None:
        self.lay_out(width)

    def lay_out(self, width: int) -> None:
        self._width = width
        more, less = translate("Transcript", "Show all"), translate("Transcript", "Show less")
        action = Action(Intent.TOGGLE, less if self._unfolded else more, strong=True)
        self._strip = Strip(self.surface, (action,))
        self.height = self._strip.lay_out(width) + sum(self.edges()) - 4
        self.exact = True

    def _strip_at(self) -> QPoint:
        return QPoint(self._width - self.bubble.width(self._width) + SIDE - 4, self.edges()[0])

    def paint(self, painter: QPainter, area: QRect, state: PaintState) -> None:
        self.paint_bubble(painter, area, self.bubble.width(self._width))
        self._strip.paint(painter, area.topLeft() + self._strip_at(), state)

    def actions(self) -> Sequence[Placed]:
        return self._strip.placed(self._strip_at())


def folded(text: str) -> str:
    """The start of a text that is too long to be shown whole at once; all of a short one."""
    lines = text.split("\n", FOLD_LINES)
    start = "\n".join(lines[:FOLD_LINES])
    long = len(lines) > FOLD_LINES + 1 or (len(lines) > FOLD_LINES and lines[-1].strip())
    if len(start) > FOLD_CHARACTERS:
        return start[:FOLD_CHARACTERS].rstrip() + "…"
    return start + "\n…" if long else text
