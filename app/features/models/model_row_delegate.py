"""How a model's row is drawn: star, name, tags, and context and prices at the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.features.models.model_rows import Index, RowRole
from app.features.models.tag_paint import paint_tags, tags_width
from app.kit.icons import Icons
from app.kit.theme import CAPTION_PX, SECONDARY_PX, Theme

MARGIN, STAR, GAP = 14, 14, 10
LEAST_NAME = 110
"""Pixels at 100 %; a name with less room than that makes the facts beside it shorter."""


class ModelRowDelegate(QStyledItemDelegate):
    """Draws with the theme's tokens; the height follows the text zoom."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons

    @property
    def star_width(self) -> int:
        """How far from the row's left edge a click is meant for the star."""
        return MARGIN + self._theme.px(STAR) + GAP // 2

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.px(37))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, tokens = self._theme, self._theme.tokens
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, tokens.color("accent_soft"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, tokens.color("user"))
        inside = option.rect.adjusted(MARGIN, 0, -MARGIN, 0)
        middle = option.rect.center().y() + 1
        star = index.data(RowRole.STAR)
        if star is not None:
            self._paint_star(painter, star, inside.left(), middle)
            inside.setLeft(inside.left() + theme.px(STAR) + GAP)
        name_font, facts_font = theme.font(SECONDARY_PX), theme.font(CAPTION_PX)
        name_font.setStrikeOut(bool(index.data(RowRole.RETIRED)))
        name_metrics, facts_metrics = QFontMetrics(name_font), QFontMetrics(facts_font)
        name, facts = str(index.data()), str(index.data(RowRole.FACTS))
        # In a narrow place tags give way, then the name is cut; prices stay in any case.
        least = min(name_metrics.horizontalAdvance(name), theme.px(LEAST_NAME))
        if facts and facts_metrics.horizontalAdvance(facts) + GAP + least > inside.width():
            facts = str(index.data(RowRole.SHORT_FACTS))
        painter.setFont(facts_font)
        painter.setPen(tokens.color("text_2"))
        upright = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, upright | Qt.AlignmentFlag.AlignRight, facts)
        if facts:
            inside.setRight(inside.right() - facts_metrics.horizontalAdvance(facts) - GAP)
        warnings = tags_width(theme, index.data(RowRole.MARKS))
        room = inside.width() - (warnings if inside.width() - warnings >= least else 0)
        shown = name_metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)
        painter.setFont(name_font)
        quiet = index.data(RowRole.RETIRED) or index.data(RowRole.TYPED)
        painter.setPen(tokens.color("text_2" if quiet else "text"))
        painter.drawText(inside, upright | Qt.AlignmentFlag.AlignLeft, shown)
        left: float = inside.left() + name_metrics.horizontalAdvance(shown)
        for role, warning in ((RowRole.MARKS, True), (RowRole.TAGS, False)):
            words, limit = index.data(role), inside.right()
            left = paint_tags(painter, theme, words, left, middle, limit, warning=warning)
        painter.restore()

    def _paint_star(self, painter: QPainter, favourite: bool, left: int, middle: int) -> None:
        size, tokens = self._theme.px(STAR), self._theme.tokens
        name = "star-filled" if favourite else "star"
        color = tokens.accent if favourite else tokens.text_2
        painter.drawPixmap(left, middle - size // 2 - 1, self._icons.pixmap(name, color, size))
