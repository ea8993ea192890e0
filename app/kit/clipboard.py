"""What we leave on the clipboard when we go."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication


def leave_plain_text() -> None:
    """Put plain text in place of what Python put on the clipboard.

    Qt deletes a `QMimeData` that was made here after the interpreter has ended, and the process
    dies of it. What another program put there is left alone.
    """
    clipboard = QGuiApplication.clipboard()
    # Offscreen there is no other program, and Qt never says that the clipboard is ours.
    if clipboard.ownsClipboard() or QGuiApplication.platformName() == "offscreen":
        clipboard.setText(clipboard.text())
