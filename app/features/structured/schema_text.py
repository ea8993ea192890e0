"""A box for a JSON text that is written: monospaced, and closed to pastes too long to be edited."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from app.core.json_text import LONGEST
from app.kit.style import set_kind


class SchemaText(QPlainTextEdit):
    """`overfilled` tells that a paste was left out."""

    overfilled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        set_kind(self, "mono")

    def insertFromMimeData(self, source: QMimeData) -> None:
        if len(source.text()) + self.document().characterCount() > LONGEST:
            self.overfilled.emit()
        else:
            super().insertFromMimeData(source)

    def go_to_line(self, line: int) -> None:
        """Put the cursor on a line, from 1, and select it."""
        block = self.document().findBlockByNumber(line - 1)
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.centerCursor()
        self.setFocus()
