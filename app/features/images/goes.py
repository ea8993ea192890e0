"""What of a picture goes to the service: the picture, or only the text read from it here."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


class Goes(StrEnum):
    PICTURE = "picture"
    TEXT = "text"


def goes_name(goes: Goes) -> str:
    """As the button says it."""
    if goes is Goes.TEXT:
        return translate("Chip", "text only")
    return translate("Chip", "picture")


def goes_words(goes: Goes) -> str:
    """As the menu says it."""
    if goes is Goes.TEXT:
        return translate("Chip", "Read here, send text only: the picture stays on this computer")
    return translate("Chip", "Send the picture")
