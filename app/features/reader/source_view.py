"""An answer exactly as it came, in one width; more of it is appended."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from app.kit.style import set_kind


class SourceView(QPlainTextEdit):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        set_kind(self, "source")

    def show_text(self, text: str) -> None:
        """What is selected and where it is read stay, as long as text only comes to it."""
        if text == self._shown:
            return
        bar = self.verticalScrollBar()
        follows = bar.value() == bar.maximum() > 0
        if self._shown and text.startswith(self._shown):
            cursor = QTextCursor(self.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(text[len(self._shown) :])
            if follows:
                bar.setValue(bar.maximum())
        else:
            self.setPlainText(text)
        self._shown = text
