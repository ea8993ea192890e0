"""What is said over text that is shown as it came."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def notice_words() -> str:
    """In the reader's language."""
    return QCoreApplication.translate("Markdown", "Shown as plain text: too intricate to lay out")
