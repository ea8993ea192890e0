"""A picture that is painted with Qt, and remembers what was written on it, in reading order."""

from __future__ import annotations

import os
from collections.abc import Sequence

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QImageWriter,
    QPainter,
)

LATIN, SERIF, MONO = "DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono"
CHINESE, SONG, CHINESE_MONO = "Noto Sans CJK SC", "Noto Serif CJK SC", "Noto Sans Mono CJK SC"


class Sheet:
    """Paper of `width` × `height` units, each `scale` pixels; text is placed in units.

    What is written is expected to be read back in the order in which it is written.
    """

    def __init__(
        self,
        width: int,
        height: int,
        *,
        face: str = LATIN,
        size: float = 15,
        ink: str = "#1d2226",
        paper: str = "#ffffff",
        scale: float = 1.0,
    ) -> None:
        self.app = QGuiApplication.instance() or QGuiApplication(["pictures"])
        self._image = QImage(
            round(width * scale), round(height * scale), QImage.Format.Format_RGB32
        )
        self._image.fill(QColor(paper))
        self._painter = QPainter(self._image)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.scale(scale, scale)
        self._face, self._size, self._ink = face, size, ink
        self._lines: list[str] = []

    @property
    def text(self) -> str:
        """What was written: a line each, an empty line where a new part begins."""
        return "\n".join(self._lines)

    def box(self, x: float, y: float, width: float, height: float, color: str) -> None:
        """A filled rectangle: a bar, a card, a rule."""
        self._painter.fillRect(QRectF(x, y, width, height), QColor(color))

    def lines(
        self,
        x: float,
        y: float,
        said: Sequence[str],
        *,
        step: float = 0,
        size: float = 0,
        bold: bool = False,
        ink: str = "",
    ) -> float:
        """Lines from the top; a blank one leaves room. Answers where the next would stand."""
        step = step or (size or self._size) * 1.6
        for line in said:
            indent = len(line) - len(line.lstrip())
            self._write(x, y, line.lstrip(), size, bold, ink, indent)
            self._lines.append(line)
            y += step
        return y

    def row(
        self,
        xs: Sequence[float],
        y: float,
        cells: Sequence[str],
        *,
        right: Sequence[int] = (),
        bold: bool = False,
        ink: str = "",
    ) -> None:
        """Cells side by side, each from its x; those numbered in `right` end there."""
        for number, (x, cell) in enumerate(zip(xs, cells, strict=True)):
            width = self._metrics(0, bold).horizontalAdvance(cell) if number in right else 0
            self._write(x - width, y, cell, 0, bold, ink, 0)
        self._lines.append(" ".join(cell for cell in cells if cell))

    def part(self) -> None:
        """What follows stands apart from what was written so far."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def png(self) -> bytes:
        """The picture's bytes; nothing can be painted any more."""
        self._painter.end()
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(self._image)
        return bytes(buffer.data().data())

    def _write(
        self, x: float, y: float, text: str, size: float, bold: bool, ink: str, indent: int
    ) -> None:
        font = self._font(size, bold)
        metrics = QFontMetricsF(font)
        self._painter.setFont(font)
        self._painter.setPen(QColor(ink or self._ink))
        x += indent * metrics.horizontalAdvance(" ")
        room = QRectF(x, y, metrics.horizontalAdvance(text) + 20, metrics.height())
        self._painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine, text)

    def _metrics(self, size: float, bold: bool) -> QFontMetricsF:
        return QFontMetricsF(self._font(size, bold))

    def _font(self, size: float, bold: bool) -> QFont:
        font = QFont(self._face)
        font.setPixelSize(round(size or self._size))
        font.setBold(bold)
        return font
