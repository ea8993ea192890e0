"""What is wrong with a text that is to be JSON, in the reader's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.json_text import LONGEST, JsonFault, WrongJson

translate = QCoreApplication.translate


def fault_words(wrong: WrongJson) -> str:
    """What is wrong with a text that is no JSON we take."""
    match wrong.fault:
        case JsonFault.TOO_LONG:
            text = translate("Json", "Too long: %1 characters are the most.")
            return text.replace("%1", f"{LONGEST:,}")
        case JsonFault.TOO_DEEP:
            return translate("Json", "Nested too deeply.")
        case JsonFault.NOT_FINITE:
            return translate("Json", "A number in it is too large, or none at all.")
        case JsonFault.TWICE:
            text = translate("Json", "“%1” stands there twice.")
            return text.replace("%1", wrong.name[:60])
        case JsonFault.TYPOGRAPHIC:
            text = translate("Json", 'Line %1, column %2: JSON wants plain " : and , here.')
        case _:
            text = translate("Json", "No valid JSON: line %1, column %2.")
    return text.replace("%1", str(wrong.line)).replace("%2", str(wrong.column))
