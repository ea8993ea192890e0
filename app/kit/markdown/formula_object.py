"""A formula in a document: one character that is drawn as a picture and read as its LaTeX.

Qt gives an object in a text a part below the baseline in one case only: with "middle" alignment it
stands half the height of an x above the middle of its own height. So the font of its format is
chosen by the height of its x, and the object then reaches as far up and down as it must. Where it
is drawn is read from the line itself.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import cast

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLine,
)

from app.core.ports import Formula, FormulaPicture

OBJECT = "\ufffc"
KIND = QTextFormat.ObjectTypes.UserObject.value + 1
_SOURCE, _TEX, _DISPLAY, _SCALE, _WIDTH, _HEIGHT = range(
    QTextFormat.Property.UserProperty.value + 1, QTextFormat.Property.UserProperty.value + 7
)
AIR = 3
"""Pixels between a formula that is higher than its line, and the lines around it."""

Draw = Callable[[QPainter, Formula, float, str, QPointF], None]
"""Painter, formula, scale, colour, left end of the baseline."""


class FormulaObject(QPyTextObject):
    """Measures and draws formulas for the documents that it is registered with."""

    def __init__(self, draw: Draw, parent: QObject) -> None:
        super().__init__(parent)
        self._draw = draw

    def intrinsicSize(self, doc: QTextDocument, pos: int, char: QTextFormat) -> QSizeF:
        return QSizeF(char.doubleProperty(_WIDTH), char.doubleProperty(_HEIGHT))

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        pos: int,
        char: QTextFormat,
    ) -> None:
        block = doc.findBlock(pos)
        line = block.layout().lineForTextPosition(pos - block.position())
        if not line.isValid():
            return
        # The rectangle stands in the middle of the line, wherever the baseline is.
        area = QRectF(rect)
        baseline = area.center().y() + (line.ascent() - line.descent()) / 2
        at = QPointF(area.left(), baseline)
        _draw(self._draw, painter, char.toCharFormat(), at)


def _draw(
    draw: Draw, painter: QPainter, char: QTextCharFormat, at: QPointF, color: str = ""
) -> None:
    formula = Formula(char.stringProperty(_TEX), char.boolProperty(_DISPLAY))
    color = color or char.foreground().color().name()
    draw(painter, formula, char.doubleProperty(_SCALE), color, at)


def paint_selected(
    painter: QPainter,
    document: QTextDocument,
    span: tuple[int, int],
    colors: tuple[str, str],
    draw: Draw,
) -> None:
    """Paint the formulas in a span once more, as selected text looks; Qt would half cover them.

    `colors`: behind them, and their own.
    """
    cursor = QTextCursor(document)
    for place, _source in formula_places(document):
        if not span[0] <= place < span[1]:
            continue
        cursor.setPosition(place + 1)
        block = document.findBlock(place)
        line = block.layout().lineForTextPosition(place - block.position())
        if not line.isValid():
            continue
        corner = document.documentLayout().blockBoundingRect(block).topLeft()
        sides = [_x_of(line, place - block.position() + step) for step in (0, 1)]
        width = max(sides) - min(sides)
        area = QRectF(min(sides), line.y(), width, line.height()).translated(corner)
        behind = area.toRect().adjusted(0, 1, 0, 0)
        painter.fillRect(behind, QColor(colors[0]))
        at = QPointF(area.left(), area.top() + line.ascent())
        _draw(draw, painter, cursor.charFormat(), at, colors[1])


def _x_of(line: QTextLine, place: int) -> float:
    found = cast("tuple[float, int] | float", line.cursorToX(place))
    return found[0] if isinstance(found, tuple) else found


def insert_formula(
    cursor: QTextCursor,
    formula: Formula,
    picture: FormulaPicture,
    source: str,
    chars: QTextCharFormat,
    scale: float,
) -> None:
    """Insert a formula's picture.

    `source` is its LaTeX with delimiters, `chars` the format of the words around it.
    """
    up, down = (picture.height - picture.depth) * scale, picture.depth * scale
    metrics = QFontMetrics(chars.font())
    if up > metrics.ascent():
        up += AIR
    if down > metrics.descent():
        down += AIR
    up, font = _font_for(chars.font(), ceil(up), ceil(down))
    made = QTextCharFormat(chars)
    made.setFont(font)
    made.setObjectType(KIND)
    made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
    made.setProperty(_SOURCE, source)
    made.setProperty(_TEX, formula.tex)
    made.setProperty(_DISPLAY, formula.display)
    made.setProperty(_SCALE, scale)
    made.setProperty(_WIDTH, picture.width * scale)
    made.setProperty(_HEIGHT, float(up + ceil(down)))
    cursor.insertText(OBJECT, made)


def _font_for(base: QFont, up: int, down: int) -> tuple[float, QFont]:
    """A font whose x is `2 * (up - down)` high, or a little more; and what `up` then is."""
    wanted = max(1, 2 * (up - down))
    font = QFont(base)
    font.setPixelSize(100)
    size = max(1, wanted * 100 // max(1, QFontMetrics(font).xHeight()) - 1)
    font.setPixelSize(size)
    while (high := QFontMetrics(font).xHeight()) < wanted:
        size += 1
        font.setPixelSize(size)
    return down + high / 2, font


# The words behind the pictures


def formula_places(document: QTextDocument) -> list[tuple[int, str]]:
    """Where pictures of formulas stand, first to last, each with its LaTeX and delimiters."""
    raw = document.toRawText()
    if OBJECT not in raw:
        return []
    found: list[tuple[int, str]] = []
    cursor = QTextCursor(document)
    at = 0
    for char in raw:
        # Positions count UTF-16 units.
        if char == OBJECT:
            cursor.setPosition(at + 1)
            format_here = cursor.charFormat()
            if format_here.objectType() == KIND:
                found.append((at, format_here.stringProperty(_SOURCE)))
        at += 2 if char > "\uffff" else 1
    return found


def told(cursor: QTextCursor) -> str:
    """What is selected, with formulas as their LaTeX."""
    text = cursor.selectedText()
    if OBJECT not in text:
        return text
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    sources = {at: source for at, source in formula_places(cursor.document()) if start <= at < end}
    pieces: list[str] = []
    at = start
    for char in text:
        pieces.append(sources.get(at, char) if char == OBJECT else char)
        at += 2 if char > "\uffff" else 1
    return "".join(pieces)


def told_offset(document: QTextDocument, position: int) -> int:
    """Where a position is in the told text, which is the same with and without pictures.

    Both count UTF-16 units.
    """
    return position + sum(
        units(source) - 1 for at, source in formula_places(document) if at < position
    )


def position_of(document: QTextDocument, offset: int) -> int:
    """The position at an offset into the told text; within a picture's LaTeX: before it."""
    longer = 0
    for at, source in formula_places(document):
        begin = at + longer
        if offset <= begin:
            break
        if offset < begin + units(source):
            return at
        longer += units(source) - 1
    return offset - longer


def units(text: str) -> int:
    """The length of a text as documents count it."""
    return len(text) + sum(1 for char in text if char > "\uffff")
