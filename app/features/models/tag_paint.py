"""How a tag is drawn where a widget for each would cost too much: in rows and in the button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from app.kit.theme import MICRO_PX, Theme

PADDING, GAP = 5, 8


def tags_width(theme: Theme, words: Sequence[str]) -> int:
    """The width of a row of tags, the gap before each included."""
    metrics = QFontMetrics(theme.font(MICRO_PX))
    return sum(GAP + 2 * PADDING + metrics.horizontalAdvance(word) for word in words)


def paint_tags(
    painter: QPainter,
    theme: Theme,
    words: Sequence[str],
    left: float,
    middle: float,
    limit: float,
    *,
    warning: bool = False,
) -> float:
    """Draw tags from `left`, centred on `middle`, as many as fit before `limit`; answers where
    the last one ends."""
    font = theme.font(MICRO_PX)
    metrics = QFontMetrics(font)
    height = metrics.height() + 2
    ground, ink = ("warn_soft", "warn") if warning else ("accent_soft", "accent")
    for word in words:
        width = metrics.horizontalAdvance(word) + 2 * PADDING
        if left + GAP + width > limit:
            break
        box = QRectF(left + GAP, middle - height / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tokens.color(ground))
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(font)
        painter.setPen(theme.tokens.color(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
        left += GAP + width
    return left
