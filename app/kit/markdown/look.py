"""How Markdown looks under the theme in force: fonts, colours, line heights, as Qt formats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
)

from app.core.ports import FORMULA_SIZE
from app.kit.theme import BODY_PX, CAPTION_PX, LINE_HEIGHT_PERCENT, SECONDARY_PX, Theme

if TYPE_CHECKING:
    from app.kit.markdown.formulas import Formulas

HEADING_PX = {1: 20, 2: 18, 3: 16, 4: 15, 5: 14, 6: 14}
CODE_LINE_PERCENT = 155
FORMULA_X = 0.473
"""How high an x is in the formula font, of its size."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a run of characters is."""

    strong: bool = False
    emphasis: bool = False
    strike: bool = False
    code: bool = False
    raised: bool = False
    href: str = ""
    size: int = BODY_PX
    color: str = "text"


class Look:
    """Formats by style, each made once. Make a new one when the theme changes."""

    def __init__(self, theme: Theme, formulas: Formulas | None = None) -> None:
        """Without `formulas`, formulas are shown as their source."""
        self.theme = theme
        self.formulas = formulas
        self.tokens = theme.tokens
        self.body: QFont = theme.font(BODY_PX)
        self.mono: QFont = theme.mono(SECONDARY_PX)
        self._formats: dict[Style, QTextCharFormat] = {}
        self._colors: dict[str, QTextCharFormat] = {}

    def px(self, size: int) -> int:
        return self.theme.px(size)

    def line(self, size: int = BODY_PX, percent: int = LINE_HEIGHT_PERCENT) -> int:
        """A line's height in pixels for a text size."""
        return round(self.px(size) * percent / 100)

    def lift(self, size: int = BODY_PX, percent: int = LINE_HEIGHT_PERCENT) -> int:
        """How far Qt sets text below the middle of a line that is higher than its font."""
        return max(
            0, (self.line(size, percent) - QFontMetrics(self.theme.font(size)).height()) // 2
        )

    def formula_scale(self, size: int = BODY_PX) -> float:
        """How large formulas are drawn among text of a size: an x is as high in both."""
        px = self.px(size)
        high = QFontMetricsF(self.theme.font(size)).xHeight()
        return min(max(high / FORMULA_X, px), px * 1.2) / FORMULA_SIZE

    def chars(self, style: Style) -> QTextCharFormat:
        made = self._formats.get(style)
        if made is None:
            made = self._formats[style] = self._make(style)
        return made

    def _make(self, style: Style) -> QTextCharFormat:
        made = QTextCharFormat()
        font = self.theme.mono(style.size - 1) if style.code else self.theme.font(style.size)
        if style.strong:
            font.setWeight(QFont.Weight.DemiBold)
        font.setItalic(style.emphasis)
        font.setStrikeOut(style.strike)
        made.setFont(font)
        if style.raised:
            made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        color = getattr(self.tokens, style.color)
        if style.href:
            made.setAnchor(True)
            made.setAnchorHref(style.href)
            color = self.tokens.accent
        made.setForeground(QColor(color))
        if style.code:
            made.setBackground(QColor(self.tokens.user))
        return made

    def colored(self, name: str) -> QTextCharFormat:
        """Only a colour: for highlighting over characters that have their font already."""
        made = self._colors.get(name)
        if made is None:
            made = self._colors[name] = QTextCharFormat()
            made.setForeground(QColor(getattr(self.tokens, name)))
        return made

    def paragraph(
        self, size: int = BODY_PX, percent: int = LINE_HEIGHT_PERCENT
    ) -> QTextBlockFormat:
        """A block of lines of fixed height: integer heights never jitter."""
        made = QTextBlockFormat()
        height = float(self.line(size, percent))
        made.setLineHeight(height, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        return made

    def caption(self) -> QFont:
        return self.theme.font(CAPTION_PX)
