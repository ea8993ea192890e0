"""A box for JSON that grows with its lines and does not take a paste too large to be edited."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFontMetrics, QTextOption
from PySide6.QtWidgets import QPlainTextEdit

from app.core.json_text import LONGEST
from app.kit.theme import CAPTION_PX, Theme

LEAST_LINES, MOST_LINES, EDGES = 3, 14, 20


class JsonEdit(QPlainTextEdit):
    """`overfilled` tells that a paste was left out."""

    overfilled = Signal()

    def __init__(self, *, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.changed.connect(self._fit)
        self._fit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if len(source.text()) + self.document().characterCount() > LONGEST:
            self.overfilled.emit()
        else:
            super().insertFromMimeData(source)

    def _fit(self) -> None:
        lines = round(self.document().size().height())
        held = min(max(lines, LEAST_LINES), MOST_LINES)
        line = QFontMetrics(self._theme.mono(CAPTION_PX)).lineSpacing()
        height = held * line + EDGES
        if self.height() != height:
            self.setFixedHeight(height)
