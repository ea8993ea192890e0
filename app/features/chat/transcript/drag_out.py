"""Dragging out of the transcript: what is selected, or a picture."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtGui import QDrag, QFontMetrics, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from app.kit.theme import SECONDARY_PX, Theme

THUMBNAIL = QSize(120, 90)
WIDEST = 260


def drag_out(source: QWidget, data: QMimeData, shown: QPixmap) -> None:
    """Drag until the button is let go; called from a mouse event, and from nowhere else.

    Qt runs a loop of its own meanwhile, in which everything else goes on.
    """
    drag = QDrag(source)
    drag.setMimeData(data)
    drag.setPixmap(shown)
    drag.setHotSpot(shown.rect().topLeft())
    drag.exec(Qt.DropAction.CopyAction)


def words_pixmap(text: str, theme: Theme, ratio: float) -> QPixmap:
    """The first words of what is dragged."""
    font = theme.font(SECONDARY_PX)
    metrics = QFontMetrics(font)
    words = metrics.elidedText(
        " ".join(text[:400].split()), Qt.TextElideMode.ElideRight, WIDEST - 20
    )
    size = QSize(metrics.horizontalAdvance(words) + 20, metrics.height() + 10)
    made = QPixmap(size * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(theme.tokens.color("accent_soft"))
    painter = QPainter(made)
    painter.setFont(font)
    painter.setPen(theme.tokens.color("text"))
    painter.drawText(10, 5 + metrics.ascent(), words)
    painter.end()
    return made


def picture_data(name: str, data: bytes, image: QImage) -> QMimeData:
    """A picture as the bytes that are kept of it, as an image, and by its name."""
    made = QMimeData()
    if kind := media_type(data):
        made.setData(kind, data)
    if not image.isNull():
        made.setImageData(image)
    made.setText(name)
    return made


def picture_name(name: str, data: bytes) -> str:
    """A file name that ends as the picture's kind does: it may have been made another one."""
    kind = media_type(data).removeprefix("image/") or "png"
    stem = name.rpartition(".")[0] or name or "picture"
    stem = "".join("_" if c in '/\\:*?"<>|' or ord(c) < 32 else c for c in stem).strip(". ")
    return f"{stem[:120] or 'picture'}.{'jpg' if kind == 'jpeg' else kind}"


def media_type(data: bytes) -> str:
    """What kind of picture bytes are; empty where it is none that we keep."""
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    signs = {b"\x89PNG": "image/png", b"\xff\xd8": "image/jpeg", b"GIF8": "image/gif"}
    return next((kind for sign, kind in signs.items() if data.startswith(sign)), "")
