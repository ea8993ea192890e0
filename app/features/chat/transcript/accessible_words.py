"""What assistive tools are told beyond what is painted: who speaks, and how things stand."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.message import Message, MessageState, Role
from app.features.chat.transcript import words
from app.features.chat.transcript.surface import Surface

translate = QCoreApplication.translate


def who(role: Role, model: str = "") -> str:
    """Who said it."""
    if role is Role.USER:
        return translate("Transcript", "You")
    return model or translate("Transcript", "Assistant")


def standing(surface: Surface, message: Message) -> str:
    """How far a message came, where it is not simply whole."""
    if message.state is MessageState.STREAMING:
        return translate("Transcript", "still arriving")
    if message.state is MessageState.FAILED:
        return surface.describe(message)
    return words.ending(message)


def reasoning() -> str:
    return translate("Transcript", "Reasoning")


def picture() -> str:
    return translate("Transcript", "Picture")


def code(language: str) -> str:
    """What an action at a block of code belongs to."""
    words_ = translate("Transcript", "Code: %1")
    return words_.replace("%1", language) if language else translate("Transcript", "Code")


def reasoning_action(*, unfolded: bool) -> str:
    if unfolded:
        return translate("Transcript", "Hide reasoning")
    return translate("Transcript", "Show reasoning")


def go_to() -> str:
    return translate("Transcript", "Go to the message")
