"""How far a batch is: a count, a bar, and the time and money that are left."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QProgressBar, QWidget

from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.plain_label import PlainLabel

BAR, NARROW = 6, 560


class ProgressLine(QWidget):
    """One line where there is room, else the words in a line below the bar."""

    def __init__(self, *, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._count, self._left = PlainLabel(), PlainLabel()
        self._bar = _Bar(theme=theme)
        set_kind(self._count, "heading")
        set_kind(self._left, "lead")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._arrange()

    @property
    def text(self) -> str:
        """All that it says."""
        return " ".join(t for t in (self._count.text(), self._left.text()) if t)

    def say(self, count: str, left: str, done: int, total: int) -> None:
        """Show these words, and `done` of `total` in the bar."""
        self._count.setText(count)
        self._left.setText(left)
        self._left.setVisible(bool(left))
        self._bar.setMaximum(max(1, total))
        self._bar.setValue(done)
        self._bar.setAccessibleName(count)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < self._theme.px(NARROW)
        self._left.setWordWrap(narrow)
        self._grid.addWidget(self._count, 0, 0)
        self._grid.addWidget(self._bar, 0, 1, 1, 2 if narrow else 1)
        if narrow:
            self._grid.addWidget(self._left, 1, 0, 1, 3)
        else:
            self._grid.addWidget(self._left, 0, 2)


class _Bar(QProgressBar):
    """Qt's own bar, for what assistive tools make of it, drawn as a thin line."""

    def __init__(self, *, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setTextVisible(False)
        self.setFixedHeight(BAR)
        self.setMinimumWidth(60)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        part = QRectF(whole)
        part.setWidth(whole.width() * self.value() / max(1, self.maximum()))
        for color, place in (("line", whole), ("accent", part)):
            painter.setBrush(self._theme.tokens.color(color))
            if place.width() > 0:
                painter.drawRoundedRect(place, BAR / 2, BAR / 2)
        painter.end()
