"""A picture as edits leave it, for looking at: the codec makes the one that is sent."""

from __future__ import annotations

from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from app.core.picture import Edits


def edited_image(image: QImage, edits: Edits) -> QImage:
    """Blacked out, cut off and turned, in this order."""
    if edits.nothing:
        return image
    if edits.black_out:
        image = image.convertToFormat(
            QImage.Format.Format_ARGB32 if image.hasAlphaChannel() else QImage.Format.Format_RGB32
        )
        painter = QPainter(image)
        for region in edits.black_out:
            painter.fillRect(region.left, region.top, region.width, region.height, QColor("black"))
        painter.end()
    if edits.crop is not None:
        kept = edits.crop.within(image.width(), image.height())
        image = image.copy(kept.left, kept.top, kept.width, kept.height)
    return image.transformed(QTransform().rotate(90 * (edits.quarter_turns % 4)))
