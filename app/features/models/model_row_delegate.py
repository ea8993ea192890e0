"""How a model's row is drawn: its name, its tags, and context and prices at the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.features.models.model_rows import Index, RowRole
from app.features.models.tag_paint import paint_tags, tags_width
from app.kit.theme import CAPTION_PX, SECONDARY_PX, Theme

MARGIN = 14


class ModelRowDelegate(QStyledItemDelegate):
    """Draws with the theme's tokens; the height follows the text zoom."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

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
        words = index.data(RowRole.TAGS)
        facts = str(index.data(RowRole.FACTS))
        name_font, facts_font = theme.font(SECONDARY_PX), theme.font(CAPTION_PX)
        name_metrics, facts_metrics = QFontMetrics(name_font), QFontMetrics(facts_font)
        name = str(index.data())
        # In a narrow window prices give way first, then the context, then tags; the name stays.
        wanted = name_metrics.horizontalAdvance(name) + tags_width(theme, words) + MARGIN
        facts_width = facts_metrics.horizontalAdvance(facts)
        if wanted + facts_width > inside.width():
            facts = facts.partition(" · ")[0]
            facts_width = facts_metrics.horizontalAdvance(facts)
        if wanted + facts_width > inside.width():
            facts, facts_width = "", 0
        painter.setFont(facts_font)
        painter.setPen(tokens.color("text_2"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignRight, facts)
        shown = name_metrics.elidedText(name, Qt.TextElideMode.ElideRight, inside.width())
        painter.setFont(name_font)
        quiet = index.data(RowRole.RETIRED) or index.data(RowRole.TYPED)
        painter.setPen(tokens.color("text_2" if quiet else "text"))
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignLeft, shown)
        left = inside.left() + name_metrics.horizontalAdvance(shown)
        limit = inside.right() - facts_width
        paint_tags(painter, theme, words, left, option.rect.center().y() + 1, limit)
        painter.restore()
