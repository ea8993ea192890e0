"""Marks in a document: where what is looked for stands, drawn over the text, however often.

As selections each would cost a pass over its whole paragraph. Painted over it, dark words darken a
light ground no further, and light words a dark one: they stay as they are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLine,
)

UNDERLINE = 1.5


def paint_marks(
    painter: QPainter,
    document: QTextDocument,
    spans: Sequence[tuple[int, int]],
    clip: QRectF,
    colors: tuple[str, str],
    *,
    dark: bool,
) -> None:
    """Mark these spans (in order), as far as they are within `clip` (in the document).

    `colors`: the ground, and the line below.
    """
    modes = QPainter.CompositionMode
    layout = document.documentLayout()
    starts = [start for start, _end in spans]
    block = document.begin()
    while block.isValid():
        area = layout.blockBoundingRect(block)
        at = bisect_left(starts, block.position())
        has_some = at < len(starts) and starts[at] < block.position() + block.length()
        if has_some and area.intersects(clip):
            for place in _places(block, spans, at, area.topLeft(), clip):
                painter.setCompositionMode(
                    modes.CompositionMode_Lighten if dark else modes.CompositionMode_Multiply
                )
                painter.fillRect(place, QColor(colors[0]))
                painter.setCompositionMode(modes.CompositionMode_SourceOver)
                place.setTop(place.bottom() - UNDERLINE)
                painter.fillRect(place, QColor(colors[1]))
        block = block.next()


def marking(
    document: QTextDocument, span: tuple[int, int], ground: str, ink: str
) -> QAbstractTextDocumentLayout.Selection:
    """A span in other colours: its ground, and its words."""
    cursor = QTextCursor(document)
    last = document.characterCount() - 1
    cursor.setPosition(min(span[0], last))
    cursor.setPosition(min(span[1], last), QTextCursor.MoveMode.KeepAnchor)
    chars = QTextCharFormat()
    chars.setBackground(QColor(ground))
    chars.setForeground(QColor(ink))
    marking = QAbstractTextDocumentLayout.Selection()
    marking.cursor = cursor
    marking.format = chars
    return marking


def _places(
    block: QTextBlock,
    spans: Sequence[tuple[int, int]],
    at: int,
    corner: QPointF,
    clip: QRectF,
) -> list[QRectF]:
    """Where the spans from `at` on stand in the lines of a paragraph."""
    layout = block.layout()
    found: list[QRectF] = []
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        top = corner.y() + line.y()
        start = block.position() + line.textStart()
        end = start + line.textLength()
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        if top > clip.bottom():
            break
        if top + line.height() < clip.top():
            continue
        here = at
        while here < len(spans) and spans[here][0] < end:
            left = _x(line, max(spans[here][0], start) - block.position())
            right = _x(line, min(spans[here][1], end) - block.position())
            x = corner.x() + min(left, right)
            found.append(QRectF(x, top, abs(right - left), line.height()))
            here += 1
    return found


def _x(line: QTextLine, char: int) -> float:
    at = cast("tuple[float, int] | float", line.cursorToX(char))
    return at[0] if isinstance(at, tuple) else at
