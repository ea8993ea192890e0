"""Long foreign text to be read and copied: monospace, read-only, quick whatever its lines are."""

from __future__ import annotations

import re

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QPlainTextEdit

from app.kit.style import set_kind
from app.kit.theme import CAPTION_PX, Theme

LONGEST = 2000
"""Characters of a line that are laid out together; Qt takes long for more."""
BREAK = "\u200b\n"
"""Where a long line goes on: looks like any line that wraps, and is taken out in copying."""
_LONG_LINE = re.compile(f"[^\n]{{{LONGEST}}}(?=[^\n])")


class TextPane(QPlainTextEdit):
    """Shows text and gives it back as it was."""

    def __init__(self, *, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._text = ""
        set_kind(self, "mono")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.setTabChangesFocus(True)
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def text(self) -> str:
        """All of it, as it was given."""
        return self._text

    def show_text(self, text: str, *, to_lines: int | None = None) -> None:
        """Show this. `to_lines`: be no higher than so many lines."""
        self._text = text
        self.setPlainText(_LONG_LINE.sub(lambda found: found[0] + BREAK, text))
        if to_lines is not None:
            lines = min(to_lines, max(1, self.blockCount()))
            frame = self.height() - self.viewport().height()
            self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + max(frame, 24))

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is selected, its lines as long as they were."""
        data = QMimeData()
        chosen = self.textCursor().selectedText().replace("\u2029", "\n")
        data.setText(chosen.replace(BREAK, ""))
        return data

    def _restyle(self) -> None:
        self.setFont(self._theme.mono(CAPTION_PX))
