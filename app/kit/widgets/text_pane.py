"""Long foreign text to be read and copied: monospace, read-only, quick whatever its lines are."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QMimeData
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QPlainTextEdit

from app.kit.style import set_kind

LONGEST = 2000
"""Characters of a line that are laid out together; Qt takes long for more."""
PADDING = 10
"""Pixels that the style sheet leaves around the text, its border among them."""
BREAK = "\u200b\n"
"""Where a long line goes on: looks like any line that wraps, and is taken out in copying."""
_LONG_LINE = re.compile(f"[^\n]{{{LONGEST}}}(?=[^\n])")


class TextPane(QPlainTextEdit):
    """Shows text and gives it back as it was."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._at_most: int | None = None
        set_kind(self, "mono")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTabChangesFocus(True)

    @property
    def text(self) -> str:
        """All of it, as it was given."""
        return self._text

    def show_text(self, text: str, *, at_most: int | None = None) -> None:
        """Show this. `at_most`: be as high as its lines, but no higher than so many."""
        self._text = text
        self._at_most = at_most
        self.setPlainText(_LONG_LINE.sub(lambda found: found[0] + BREAK, text))
        self._fit()

    def _fit(self) -> None:
        if self._at_most is not None:
            lines = min(self._at_most, self.blockCount())
            around = 2 * (round(self.document().documentMargin()) + PADDING)
            self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + around)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is selected, its lines as long as they were."""
        data = QMimeData()
        chosen = self.textCursor().selectedText().replace("\u2029", "\n")
        data.setText(chosen.replace(BREAK, ""))
        return data
