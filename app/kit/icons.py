"""Line icons from `resources/icons`, drawn in the colour that a token gives, sharp at any scale."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer


class Icons:
    """Icons by the names of their files. Each name, colour and size is rendered once."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, color: str, size: int = 16) -> QPixmap:
        """The icon, `size` device-independent pixels a side, in `color` (`#rrggbb`)."""
        ratio = QGuiApplication.primaryScreen().devicePixelRatio()
        key = (name, color, size, ratio)
        found = self._pixmaps.get(key)
        if found is None:
            found = self._pixmaps[key] = self._render(name, color, size, ratio)
        return found

    def icon(self, name: str, color: str, size: int = 16, *, disabled: str = "") -> QIcon:
        icon = QIcon(self.pixmap(name, color, size))
        if disabled:
            icon.addPixmap(self.pixmap(name, disabled, size), QIcon.Mode.Disabled)
        return icon

    def _render(self, name: str, color: str, size: int, ratio: float) -> QPixmap:
        text = (self._directory / f"{name}.svg").read_text("utf-8")
        renderer = QSvgRenderer(QByteArray(text.replace("currentColor", color).encode()))
        pixmap = QPixmap(round(size * ratio), round(size * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        return pixmap
