"""How the program looks: theme, text size and language follow the settings, live."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.core.settings import Settings
from app.kit.i18n import Language
from app.kit.settings_holder import SettingsHolder
from app.kit.style import style_sheet
from app.kit.theme import Theme

ZOOM_STEPS = (50, 67, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300)


class Looks(QObject):
    """Dresses the application, and dresses it anew on every change."""

    def __init__(
        self, *, settings: SettingsHolder, theme: Theme, language: Language, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._theme = theme
        self._language = language
        self._language_choice = settings.value.language
        settings.changed.connect(self._apply)
        theme.changed.connect(self._restyle)
        self._restyle()

    def zoom(self, step: int) -> None:
        """Larger (+1), smaller (−1), or 100 % (0)."""
        now = self._settings.value.zoom_percent
        larger = next((z for z in ZOOM_STEPS if z > now), now)
        smaller = next((z for z in reversed(ZOOM_STEPS) if z < now), now)
        self._settings.replace(zoom_percent={1: larger, -1: smaller}.get(step, 100))

    def _apply(self, settings: Settings) -> None:
        self._theme.set_choice(settings.theme)
        self._theme.set_zoom(settings.zoom_percent)
        if settings.language is not self._language_choice:
            self._language_choice = settings.language
            self._language.choose(settings.language)

    def _restyle(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setPalette(self._theme.palette())
        app.setStyleSheet(style_sheet(self._theme))
