"""Encodings of text as a person calls them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from app.core.text_encodings import Encoding

translate = QCoreApplication.translate


NAMES: Mapping[Encoding, str] = {
    Encoding.UTF_8: "UTF-8",
    Encoding.UTF_16_LE: "UTF-16 LE",
    Encoding.UTF_16_BE: "UTF-16 BE",
    Encoding.GB18030: "GB18030",
    Encoding.BIG5: "Big5",
    Encoding.SHIFT_JIS: "Shift-JIS",
    Encoding.EUC_JP: "EUC-JP",
    Encoding.KOREAN: "EUC-KR",
    Encoding.WINDOWS_1252: "Windows-1252",
    Encoding.WINDOWS_1250: "Windows-1250",
    Encoding.WINDOWS_1251: "Windows-1251",
    Encoding.KOI8_R: "KOI8-R",
}


def encoding_name(encoding: Encoding) -> str:
    """As the button says it."""
    return NAMES[encoding]


def encoding_choice(encoding: Encoding) -> str:
    """As the menu says it: with the languages that are written in it."""
    match encoding:
        case Encoding.UTF_8:
            words = translate("Chip", "all languages")
        case Encoding.UTF_16_LE | Encoding.UTF_16_BE:
            words = translate("Chip", "all languages, two bytes a character")
        case Encoding.GB18030:
            words = translate("Chip", "simplified Chinese (GBK too)")
        case Encoding.BIG5:
            words = translate("Chip", "traditional Chinese")
        case Encoding.SHIFT_JIS | Encoding.EUC_JP:
            words = translate("Chip", "Japanese")
        case Encoding.KOREAN:
            words = translate("Chip", "Korean")
        case Encoding.WINDOWS_1252:
            words = translate("Chip", "Western European")
        case Encoding.WINDOWS_1250:
            words = translate("Chip", "Central European")
        case Encoding.WINDOWS_1251 | Encoding.KOI8_R:
            words = translate("Chip", "Cyrillic")
    return f"{encoding_name(encoding)} · {words}"
