"""Which colour in the chart is which model."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.features.usage.day_chart import COLOURS
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.elided_label import ElidedLabel
from app.kit.widgets.flow_layout import FlowLayout

SWATCH, GAP = 9, 6


class Legend(QWidget):
    """Hidden while there is nothing to tell apart."""

    def __init__(self, *, theme: Theme) -> None:
        super().__init__()
        self._entries = [_Entry(theme=theme) for _ in range(len(COLOURS) + 1)]
        row = FlowLayout(gap=14)
        row.setContentsMargins(0, 0, 0, 0)
        self.setLayout(row)
        for entry in self._entries:
            row.addWidget(entry)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_names(self, names: Sequence[tuple[str, str]]) -> None:
        """Names, each with the token of its colour."""
        for place, entry in enumerate(self._entries):
            entry.setVisible(place < len(names))
            if place < len(names):
                entry.say(*names[place])
        self.setVisible(bool(names))
        self.updateGeometry()


class _Entry(ElidedLabel):
    """A name with its colour before it."""

    def __init__(self, *, theme: Theme) -> None:
        super().__init__()
        set_kind(self, "caption")
        self._theme, self._colour = theme, COLOURS[0]
        self._indent()
        theme.changed.connect(self._indent)

    def say(self, name: str, colour: str) -> None:
        self._colour = colour
        self.setText(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._theme.tokens.color(self._colour))
        painter.setPen(self._theme.tokens.color(self._colour))
        side = self._theme.px(SWATCH)
        painter.drawRoundedRect(QRectF(0.5, (self.height() - side) / 2, side, side), 2, 2)
        painter.end()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + 2, hint.height())

    def _indent(self) -> None:
        self.setContentsMargins(self._theme.px(SWATCH) + GAP, 0, 0, 0)
