"""The reader's language: English in the source, 简体中文 from `resources/translations`, live.

Widgets say `self.tr("…")` and set their texts in `_retranslate()`, called once in the constructor
and again on `QEvent.Type.LanguageChange`. Code without a widget says
`QCoreApplication.translate("Context", "…")`. QtCore only: the windowless `ask` uses it too.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from app.core.settings import LanguageChoice


class Language:
    """Installs the translation that was chosen; Qt then tells every widget."""

    def __init__(self, directory: Path, choice: LanguageChoice = LanguageChoice.SYSTEM) -> None:
        self._directory = directory
        self._translators: list[QTranslator] = []
        self._code = "en"
        self.choose(choice)

    @property
    def code(self) -> str:
        """`en` or `zh_CN`."""
        return self._code

    def choose(self, choice: LanguageChoice) -> None:
        """Switch now; widgets hear of it as LanguageChange."""
        code = _system_code() if choice is LanguageChoice.SYSTEM else choice.value
        if code == self._code:
            return
        for translator in self._translators:
            QCoreApplication.removeTranslator(translator)
        self._translators.clear()
        self._code = code
        if code == "en":
            return
        for name in (f"qtbase_{code}", f"porthole_{code}"):
            translator = QTranslator()
            if translator.load(name, str(self._directory)):
                self._translators.append(translator)
                QCoreApplication.installTranslator(translator)


def _system_code() -> str:
    locale = QLocale.system()
    names = [*locale.uiLanguages(), locale.name()]
    return "zh_CN" if names and names[0].replace("-", "_").startswith("zh") else "en"
