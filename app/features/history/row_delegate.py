"""How a row of the sidebar is drawn: headings small, conversations rounded, a dot for the busy."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.features.history.list_model import RowRole
from app.kit.theme import CAPTION_PX, MICRO_PX, RADIUS_CONTROL, SECONDARY_PX, Theme

Index = QModelIndex | QPersistentModelIndex
DOT = 7


class RowDelegate(QStyledItemDelegate):
    """Draws with the theme's tokens; heights follow the text zoom."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if index.data(RowRole.HEADING):
            return QSize(0, self._theme.px(30))
        return QSize(0, self._theme.px(52 if index.data(RowRole.SNIPPET) else 33))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(RowRole.HEADING):
            self._paint_heading(painter, option.rect, str(index.data()))
        else:
            self._paint_row(painter, option, index)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, text: str) -> None:
        painter.setFont(self._theme.font(MICRO_PX, weight=QFont.Weight.DemiBold))
        painter.setPen(self._theme.tokens.color("text_2"))
        inside = rect.adjusted(8, 0, -8, -4)
        painter.drawText(inside, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        box = QRectF(option.rect).adjusted(0, 1, 0, -1)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.color("accent_soft" if chosen else "user"))
            painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        if state & QStyle.StateFlag.State_HasFocus and chosen:
            painter.setPen(tokens.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CONTROL, RADIUS_CONTROL
            )
        weight = QFont.Weight.Medium if chosen else QFont.Weight.Normal
        font = self._theme.font(SECONDARY_PX, weight=weight)
        marked = bool(index.data(RowRole.BUSY))
        inside = option.rect.adjusted(10, 0, -10 - (DOT + 8 if marked else 0), 0)
        snippet = index.data(RowRole.SNIPPET)
        if snippet:
            inside.setBottom(option.rect.center().y() + 1)
        metrics = QFontMetrics(font)
        text = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, inside.width())
        painter.setFont(font)
        painter.setPen(tokens.color("accent" if chosen else "text"))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        if marked:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.color("accent"))
            left = inside.left() + metrics.horizontalAdvance(text) + 8
            painter.drawEllipse(QRectF(left, inside.center().y() - DOT / 2 + 1, DOT, DOT))
        if snippet:
            self._paint_snippet(painter, option.rect, str(snippet))

    def _paint_snippet(self, painter: QPainter, rect: QRect, text: str) -> None:
        font = self._theme.font(CAPTION_PX)
        inside = rect.adjusted(10, rect.height() // 2, -10, -4)
        painter.setFont(font)
        painter.setPen(self._theme.tokens.color("text_2"))
        short = QFontMetrics(font).elidedText(
            " ".join(text.split()), Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, short)
