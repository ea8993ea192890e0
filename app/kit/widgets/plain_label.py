"""A label that shows its text as it is: Qt's own takes what looks like markup for markup.

Qt's label then loads pictures that such a text names, from the disk and by itself.
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    """The only kind of label there is here."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


def plain_tip(text: str) -> str:
    """A text as a tool tip, which knows no plain text: escaped, its lines kept."""
    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>" if text else ""
