"""The Chinese translation for tests, read straight from the .ts files (no compiled .qm needed)."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTranslator

TRANSLATIONS = Path(__file__).parents[1] / "resources" / "translations"


class SourceTranslator(QTranslator):
    """Answers from the .ts files of the areas named."""

    def __init__(self, *areas: str) -> None:
        super().__init__()
        self._texts: dict[tuple[str, str, str], str] = {}
        for area in areas:
            self._read(TRANSLATIONS / f"{area}_zh_CN.ts")

    def isEmpty(self) -> bool:
        return not self._texts

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803 - Qt's name, given by keyword
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        found = self._texts.get((context, sourceText, disambiguation or ""))
        return None if found is None else found.replace("%n", str(n))

    def _read(self, path: Path) -> None:
        for context in ET.parse(path).getroot().iter("context"):
            name = context.findtext("name") or ""
            for message in context.iter("message"):
                key = (name, message.findtext("source") or "", message.findtext("comment") or "")
                translation = message.find("translation")
                assert translation is not None, key
                self._texts[key] = translation.findtext("numerusform") or translation.text or ""


@contextmanager
def chinese(*areas: str) -> Iterator[None]:
    """简体中文 from the areas' .ts files, as long as the block lasts."""
    translator = SourceTranslator(*areas)
    QCoreApplication.installTranslator(translator)
    try:
        yield
    finally:
        QCoreApplication.removeTranslator(translator)


def unfinished(area: str) -> list[str]:
    """Source texts of the area that have no translation."""
    root = ET.parse(TRANSLATIONS / f"{area}_zh_CN.ts").getroot()
    return [
        message.findtext("source") or ""
        for message in root.iter("message")
        if (t := message.find("translation")) is None
        or t.get("type") == "unfinished"
        or not (t.text or t.findtext("numerusform"))
    ]
