"""The ground behind the lines of a difference that were added or removed, from edge to edge."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QTextBlock, QTextDocument

from app.kit.theme import Tokens

LANGUAGES = frozenset({"diff", "patch", "udiff"})
_GROUNDS = {"+": "added", "-": "removed"}


def is_difference(language: str) -> bool:
    return language.lower() in LANGUAGES


def paint_rows(
    painter: QPainter, document: QTextDocument, lines: QRect, clip: QRect, tokens: Tokens
) -> None:
    """Paint it below the text. `lines` begins where the document's first line does."""
    layout = document.documentLayout()
    block = document.begin()
    while block.isValid():
        below = block.next()
        top = round(layout.blockBoundingRect(block).top())
        # Qt leaves the room between lines out of both.
        end = round(layout.blockBoundingRect(below).top()) if below.isValid() else lines.height()
        row = QRect(lines.left(), lines.top() + top, lines.width(), end - top)
        if row.top() > clip.bottom():
            return
        ground = _ground(block)
        if ground and row.intersects(clip):
            painter.fillRect(row.intersected(lines), tokens.color(ground))
        block = below


def _ground(block: QTextBlock) -> str:
    """What a line stands on; the names of the two files, which begin alike, are no such lines."""
    text = block.text()
    above, below = block.previous().text(), block.next().text()
    if text.startswith("--- ") and below.startswith("+++ "):
        return ""
    if text.startswith("+++ ") and above.startswith("--- "):
        return ""
    return _GROUNDS.get(text[:1], "")
