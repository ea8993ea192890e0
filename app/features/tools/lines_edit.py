"""A box for several lines that grows with them, in letters of one width where they are code."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QSignalBlocker, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit

from app.kit.style import set_kind
from app.kit.theme import Theme

EDGES = 20
LONGEST = 400_000
"""Characters that can be edited; a longer paste is cut there."""


class LinesEdit(QPlainTextEdit):
    """Between `least` and `most` lines high."""

    def __init__(self, *, theme: Theme, least: int = 2, most: int = 10, code: bool = True) -> None:
        super().__init__()
        self._theme, self._least, self._most = theme, least, most
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        if code:
            set_kind(self, "mono")
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.changed.connect(self._fit)
        self._fit()

    def show_text(self, text: str) -> None:
        """Show another text; nothing is told of it, and the place stays where it is the same."""
        if self.toPlainText() != text:
            with QSignalBlocker(self):
                self.setPlainText(text)
            self._fit()

    def lines(self) -> Sequence[str]:
        """The lines with something in them."""
        return [line for line in self.toPlainText().split("\n") if line.strip()]

    def set_wrong(self, wrong: bool) -> None:
        """Mark what is typed as wrong."""
        set_kind(self, "mono-wrong" if wrong else "mono")

    def insertFromMimeData(self, source: QMimeData) -> None:
        room = LONGEST - self.document().characterCount()
        self.textCursor().insertText(source.text()[: max(room, 0)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        lines = round(self.document().size().height())
        held = min(max(lines, self._least), self._most)
        self.setFixedHeight(held * QFontMetrics(self.font()).lineSpacing() + EDGES)
