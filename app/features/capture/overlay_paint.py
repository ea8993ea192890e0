"""How a region being chosen is drawn over a screen: dimmed around it, with its size and a lens."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from app.features.capture.geometry import Box, Point, Screen
from app.kit.theme import CAPTION_PX, DARK, Theme

DIM = QColor(0, 0, 0, 120)
FRAME = 2.0
LENS_PIXELS = 15
"""How many pixels a side the lens shows; odd, so that one is in the middle."""
LENS_ZOOM = 8
LENS = LENS_PIXELS * LENS_ZOOM
LENS_GAP = 22
LABEL_GAP = 6
EDGE = 4


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is to be seen on one screen, in its own logical coordinates.

    `size` stands at the region, `hint` at the top; `lens` is where the pointer is, on that screen.
    """

    region: QRectF | None = None
    size: str = ""
    lens: QPointF | None = None
    lens_text: str = ""
    hint: str = ""


def local(region: Box, screen: Screen) -> QRectF:
    """A region from a screen's own top left corner, as far as it goes."""
    return QRectF(region.x - screen.x, region.y - screen.y, region.width, region.height)


def local_point(point: Point, screen: Screen) -> QPointF:
    return QPointF(point[0] - screen.x, point[1] - screen.y)


def places(drawn: Drawn, room: QRectF, theme: Theme) -> list[QRect]:
    """Where something is drawn, for painting no more than that anew."""
    found: list[QRectF] = []
    if drawn.region is not None:
        found.append(drawn.region.adjusted(-FRAME, -FRAME, FRAME, FRAME))
        if drawn.size:
            found.append(label_place(drawn.region, drawn.size, room, theme))
    if drawn.lens is not None:
        found.append(lens_place(drawn.lens, room, theme))
    if drawn.hint:
        found.append(hint_place(drawn.hint, room, theme))
    return [place.toAlignedRect().adjusted(-2, -2, 2, 2) for place in found]


def paint(
    painter: QPainter, drawn: Drawn, picture: QPixmap, room: QRectF, screen: Screen, theme: Theme
) -> None:
    """All of it, over what was on the screen."""
    whole = QRectF(picture.rect())
    painter.drawPixmap(room, picture, whole)
    bright = drawn.region.intersected(room) if drawn.region is not None else QRectF()
    for part in _around(room, bright):
        painter.fillRect(part, DIM)
    if drawn.region is not None:
        painter.setPen(QPen(QColor(DARK.accent), FRAME))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = FRAME / 2
        painter.drawRect(drawn.region.adjusted(-half, -half, half, half))
        if drawn.size:
            _label(painter, label_place(drawn.region, drawn.size, room, theme), drawn.size, theme)
    if drawn.hint:
        _label(painter, hint_place(drawn.hint, room, theme), drawn.hint, theme)
    if drawn.lens is not None:
        _lens(painter, drawn, picture, room, screen, theme)


def label_place(region: QRectF, text: str, room: QRectF, theme: Theme) -> QRectF:
    """Under the lower left corner; above the region, or within it, where there is no room."""
    size = _label_size(text, theme)
    visible = region.intersected(room)
    x = min(max(visible.left(), room.left() + EDGE), room.right() - size.width() - EDGE)
    below = visible.bottom() + LABEL_GAP
    if below + size.height() + EDGE <= room.bottom():
        return QRectF(QPointF(x, below), size)
    above = visible.top() - LABEL_GAP - size.height()
    if above >= room.top() + EDGE:
        return QRectF(QPointF(x, above), size)
    within = visible.bottom() - LABEL_GAP - size.height()
    return QRectF(QPointF(x + LABEL_GAP, within), size)


def hint_place(text: str, room: QRectF, theme: Theme) -> QRectF:
    """At the top, in the middle."""
    size = _label_size(text, theme)
    return QRectF(QPointF(room.center().x() - size.width() / 2, room.top() + 24), size)


def lens_place(at: QPointF, room: QRectF, theme: Theme) -> QRectF:
    """Beside the pointer, turned to where there is room."""
    high = LENS + _label_size("0", theme).height()
    x, y = at.x() + LENS_GAP, at.y() + LENS_GAP
    if x + LENS > room.right() - EDGE:
        x = at.x() - LENS_GAP - LENS
    if y + high > room.bottom() - EDGE:
        y = at.y() - LENS_GAP - high
    return QRectF(max(x, room.left()), max(y, room.top()), LENS, high)


def _around(room: QRectF, bright: QRectF) -> list[QRectF]:
    """What of a room lies beside a part of it."""
    if bright.isEmpty():
        return [room]
    above = QRectF(room.topLeft(), QPointF(room.right(), bright.top()))
    below = QRectF(QPointF(room.left(), bright.bottom()), room.bottomRight())
    left = QRectF(QPointF(room.left(), bright.top()), bright.bottomLeft())
    right = QRectF(bright.topRight(), QPointF(room.right(), bright.bottom()))
    return [part for part in (above, below, left, right) if not part.isEmpty()]


def _font(theme: Theme) -> QFont:
    return theme.font(CAPTION_PX)


def _label_size(text: str, theme: Theme) -> QSizeF:
    metrics = QFontMetricsF(_font(theme))
    return QSizeF(round(metrics.horizontalAdvance(text)) + 17, round(metrics.height()) + 6)


def _label(painter: QPainter, place: QRectF, text: str, theme: Theme) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(DARK.canvas))
    painter.drawRoundedRect(place, 5, 5)
    painter.setPen(QColor(DARK.text))
    painter.setFont(_font(theme))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


def _lens(
    painter: QPainter,
    drawn: Drawn,
    picture: QPixmap,
    room: QRectF,
    screen: Screen,
    theme: Theme,
) -> None:
    assert drawn.lens is not None
    place = lens_place(drawn.lens, room, theme)
    glass = QRectF(place.topLeft(), QSizeF(LENS, LENS))
    middle_x = min(int(drawn.lens.x() * screen.scale_x), screen.pixel_width - 1)
    middle_y = min(int(drawn.lens.y() * screen.scale_y), screen.pixel_height - 1)
    reach = LENS_PIXELS // 2
    painter.fillRect(place, QColor(DARK.canvas))
    seen = QRect(middle_x - reach, middle_y - reach, LENS_PIXELS, LENS_PIXELS)
    there = seen.intersected(picture.rect())
    corner = QPointF(there.topLeft() - seen.topLeft()) * LENS_ZOOM
    target = QRectF(glass.topLeft() + corner, QSizeF(there.size()) * LENS_ZOOM)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawPixmap(target, picture, QRectF(there))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(DARK.accent), 1))
    cell = QRectF(reach * LENS_ZOOM, reach * LENS_ZOOM, LENS_ZOOM, LENS_ZOOM)
    painter.drawRect(cell.translated(glass.topLeft()))
    painter.setPen(QPen(QColor(DARK.line), 1))
    painter.drawRect(place)
    painter.setPen(QColor(DARK.text))
    painter.setFont(_font(theme))
    text_place = QRectF(glass.bottomLeft(), place.bottomRight())
    painter.drawText(text_place, Qt.AlignmentFlag.AlignCenter, drawn.lens_text)
