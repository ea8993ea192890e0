"""A list beside what is edited of it, on pages of the settings; narrow, one above the other."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QListWidget

from app.kit.theme import Theme

GAP, EDGE, NARROW = 24, 5, 560
ANY_WIDTH = 16_777_215


class ListBeside(QBoxLayout):
    """Whoever owns it calls `fit` when its width or the rows are others.

    `width` and `height` are the most that the list takes, in pixels at 100 %.
    """

    def __init__(self, rows: QListWidget, width: int, height: int, *, theme: Theme) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self._rows = rows
        self._most = width, height
        self._theme = theme
        self.setSpacing(GAP)

    def fit(self, width: int) -> None:
        """The page is so wide now."""
        narrow = width < self._theme.px(NARROW)
        way = QBoxLayout.Direction
        self.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        broad, high = self._most
        rows = self._rows
        rows.setMaximumWidth(ANY_WIDTH if narrow else self._theme.px(broad))
        most = self._theme.px(high // 2 if narrow else high)
        need = sum(rows.sizeHintForRow(row) for row in range(rows.count()))
        rows.setFixedHeight(min(need + 2 * EDGE, most))
