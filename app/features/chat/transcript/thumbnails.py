"""Pictures of a message as thumbnails in rows; one that is not ready keeps its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPixmap

from app.core.message import ImagePart
from app.features.chat.transcript.actions import Action, Intent, Placed
from app.features.chat.transcript.box import PaintState
from app.features.chat.transcript.surface import Surface

translate = QCoreApplication.translate

LARGEST = QSize(210, 150)
SMALLEST = QSize(48, 48)
UNKNOWN = QSize(210, 84)
"""What a picture takes whose size is not known."""
GAP = 8


class Thumbnails:
    """Places and paints them. `pictures` have their bytes here (`blob`), or are addresses."""

    def __init__(self, surface: Surface, pictures: Sequence[ImagePart]) -> None:
        self._surface = surface
        self._pictures = pictures
        self._rects: list[QRect] = []

    def width_within(self, most: int) -> int:
        """How wide they are in rows that are `most` wide at the most."""
        return max((rect.right() + 1 for rect in self._flow(most)), default=0)

    def lay_out(self, corner: QPoint, most: int) -> int:
        """Place them from a corner on; answers their height."""
        self._rects = [rect.translated(corner) for rect in self._flow(most)]
        return max((rect.bottom() + 1 for rect in self._rects), default=corner.y()) - corner.y()

    def _flow(self, most: int) -> list[QRect]:
        x = y = row = 0
        made: list[QRect] = []
        for picture in self._pictures:
            size = _size_of(picture).boundedTo(QSize(most, LARGEST.height()))
            if x and x + size.width() > most:
                x, y, row = 0, y + row + GAP, 0
            made.append(QRect(QPoint(x, y), size))
            x += size.width() + GAP
            row = max(row, size.height())
        return made

    def actions(self) -> list[Placed]:
        """Each opens its picture, or the page it is at."""
        pairs = zip(self._pictures, self._rects, strict=True)
        return [Placed(_action(p), r) for p, r in pairs if p.blob or p.url]

    def names(self) -> str:
        """What is read in place of them."""
        return "\n".join(f"[{_name(picture)}]" for picture in self._pictures)

    def paint(self, painter: QPainter, at: QPoint, state: PaintState) -> None:
        for picture, rect in zip(self._pictures, self._rects, strict=True):
            place = rect.translated(at)
            if not place.intersects(state.clip):
                continue
            blob = picture.blob
            pixmap = self._surface.blob_pixmap(blob) if blob is not None else None
            if pixmap is not None and not pixmap.isNull():
                _paint_picture(painter, place, pixmap)
            else:
                self._paint_placeholder(painter, place, picture)
            if picture.text_only:
                self._paint_kept_here(painter, place)
            self._paint_frame(painter, place, _action(picture), state)

    def _paint_placeholder(self, painter: QPainter, place: QRect, picture: ImagePart) -> None:
        tokens = self._surface.tokens
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.panel))
        painter.drawRoundedRect(place, 8, 8)
        font = self._surface.look.caption()
        metrics = QFontMetrics(font)
        size = self._surface.theme.px(20)
        above = (place.height() - size - 4 - metrics.height()) // 2
        named = above >= 0
        icon = QRect(0, 0, size, size)
        icon.moveCenter(place.center())
        if named:
            icon.moveTop(place.top() + above)
        painter.drawPixmap(icon, self._surface.icons.pixmap("image", tokens.text_2, size))
        if not named:
            return
        painter.setFont(font)
        painter.setPen(QColor(tokens.text_2))
        words = metrics.elidedText(_name(picture), Qt.TextElideMode.ElideMiddle, place.width() - 16)
        label = QRect(place.left(), icon.bottom() + 4, place.width(), metrics.height())
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(label, flags, words)

    def _paint_kept_here(self, painter: QPainter, place: QRect) -> None:
        """A band over its foot: what of it went."""
        font, tokens = self._surface.look.caption(), self._surface.tokens
        metrics = QFontMetrics(font)
        band = place.adjusted(1, place.height() - metrics.height() - 6, -1, -1)
        painter.save()
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(place), 8, 8)
        painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
        painter.fillRect(band, QColor(tokens.panel))
        painter.setFont(font)
        painter.setPen(QColor(tokens.text_2))
        words = translate("Transcript", "only text sent")
        short = metrics.elidedText(words, Qt.TextElideMode.ElideRight, band.width() - 8)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(band, flags, short)
        painter.restore()

    def _paint_frame(
        self, painter: QPainter, place: QRect, action: Action, state: PaintState
    ) -> None:
        tokens = self._surface.tokens
        active = action in (state.hovered, state.focused)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(tokens.accent if active else tokens.line))
        painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


def _action(picture: ImagePart) -> Action:
    if picture.blob is not None:
        return Action(Intent.IMAGE, _name(picture), payload=picture.blob)
    return Action(Intent.LINK, _name(picture), payload=picture.url or "")


def _name(picture: ImagePart) -> str:
    name = picture.name or picture.url or translate("Transcript", "Picture")
    if not picture.text_only:
        return name
    return translate("Transcript", "%1 (not sent, only its text)").replace("%1", name)


def _size_of(picture: ImagePart) -> QSize:
    """The size a picture is shown at: known before its pixels are, so nothing moves later."""
    if picture.blob is None or picture.width <= 0 or picture.height <= 0:
        return UNKNOWN
    size = QSize(picture.width, picture.height)
    if size.width() > LARGEST.width() or size.height() > LARGEST.height():
        size.scale(LARGEST, Qt.AspectRatioMode.KeepAspectRatio)
    return size.expandedTo(SMALLEST)


def _paint_picture(painter: QPainter, place: QRect, pixmap: QPixmap) -> None:
    painter.save()
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(place), 8, 8)
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    size = pixmap.deviceIndependentSize().toSize()
    size.scale(place.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    target = QRect(QPoint(0, 0), size)
    target.moveCenter(place.center())
    painter.drawPixmap(target, pixmap)
    painter.restore()
