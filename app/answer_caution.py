"""What is said in an answer card before anything is asked: who will answer, where that matters."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.model_info import Capability, ModelInfo
from app.core.settings import DEMO_PROFILE


def caution(profile: str, model: str, info: ModelInfo | None) -> str:
    """One sentence on the model that would answer; empty where all is as usual."""
    translate = QCoreApplication.translate
    if profile == DEMO_PROFILE:
        return translate(
            "AnswerCard", "Demo mode: answers come from a small server inside this app."
        )
    if info is not None and info.can(Capability.VISION) is False:
        text = translate("AnswerCard", "%1 is not listed as seeing pictures.")
        return text.replace("%1", model)
    return ""
