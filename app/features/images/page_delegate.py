"""How a page is drawn in the picker: as it looks, its number, and how it goes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.core.pages import PageForm
from app.features.images.page_model import Index, PageModel, PageRole
from app.features.images.page_words import form_words
from app.kit.icons import Icons
from app.kit.theme import CAPTION_PX, Theme

WIDTH, HEIGHT, FOOT, EDGE = 132, 150, 26, 8
BADGE = 18


class PageDelegate(QStyledItemDelegate):
    """A click on the page chooses it; a click on the words below changes how it goes."""

    def __init__(
        self, view: QAbstractItemView, model: PageModel, theme: Theme, icons: Icons
    ) -> None:
        super().__init__(view)
        self._view, self._model = view, model
        self._theme, self._icons = theme, icons

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        px = self._theme.px
        return QSize(px(WIDTH) + 2 * EDGE, px(HEIGHT) + px(FOOT) + 2 * EDGE)

    def editorEvent(self, event: QEvent, model: object, option: object, index: Index) -> bool:
        if not isinstance(event, QMouseEvent) or event.type() != QEvent.Type.MouseButtonRelease:
            return False
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        number = index.row() + 1
        if self._foot(self._view.visualRect(_plain(index))).contains(event.position().toPoint()):
            self._model.other_form(number)
        else:
            self._model.toggle(number)
        return True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens, chosen = self._theme.tokens, bool(index.data(PageRole.CHOSEN))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        card = option.rect.adjusted(3, 3, -3, -3)
        state = option.state
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(tokens.color("accent"), 1))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
        hover = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.setBrush(tokens.color("accent_soft" if chosen else "user" if hover else "panel"))
        painter.drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        self._paint_page(painter, option.rect, index, chosen)
        self._paint_foot(painter, self._foot(option.rect), index)
        painter.restore()

    def _foot(self, rect: QRect) -> QRect:
        height = self._theme.px(FOOT)
        return QRect(
            rect.left() + EDGE, rect.bottom() - height - 4, rect.width() - 2 * EDGE, height
        )

    def _paint_page(self, painter: QPainter, rect: QRect, index: Index, chosen: bool) -> None:
        tokens, px = self._theme.tokens, self._theme.px
        room = QRect(rect.left() + EDGE, rect.top() + EDGE, rect.width() - 2 * EDGE, px(HEIGHT))
        image, size = index.data(PageRole.PICTURE), index.data(PageRole.SIZE)
        shown = QSize(size.width, size.height).scaled(
            room.size(), Qt.AspectRatioMode.KeepAspectRatio
        )
        place = QRect(0, 0, max(8, shown.width()), max(8, shown.height()))
        place.moveCenter(room.center())
        painter.fillRect(place, tokens.color("canvas"))
        if isinstance(image, QImage) and not image.isNull():
            painter.drawImage(place, image)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tokens.color("accent" if chosen else "line"), 2 if chosen else 1))
        painter.drawRect(place)
        if chosen:
            side = px(BADGE)
            badge = QRect(place.left() - 4, place.top() - 4, side, side)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.color("accent"))
            painter.drawEllipse(badge)
            check = self._icons.pixmap("check", tokens.on_accent, side - 6)
            painter.drawPixmap(badge.left() + 3, badge.top() + 3, check)

    def _paint_foot(self, painter: QPainter, foot: QRect, index: Index) -> None:
        tokens, text = self._theme.tokens, index.data(PageRole.TEXT)
        painter.setFont(self._theme.font(CAPTION_PX))
        painter.setPen(tokens.color("text"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(foot, middle | Qt.AlignmentFlag.AlignLeft, str(index.data()))
        form = PageForm(index.data(PageRole.FORM))  # Qt hands it over as a bare string
        painter.setPen(tokens.color("accent" if text is not None else "text_2"))
        painter.drawText(foot, middle | Qt.AlignmentFlag.AlignRight, form_words(form, text))


def _plain(index: Index) -> QModelIndex:
    return index.model().index(index.row(), 0)
