"""The theme, icons and style sheet of the real program, for widgets under test."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.core.settings import ThemeChoice
from app.kit.icons import Icons
from app.kit.style import style_sheet
from app.kit.theme import Theme

ICONS = Path(__file__).parents[1] / "resources" / "icons"


def dressed(
    app: QApplication, choice: ThemeChoice = ThemeChoice.LIGHT, zoom: int = 100
) -> tuple[Theme, Icons]:
    """Give the application its looks; answers what widgets ask for in their constructors."""
    theme = Theme(choice, zoom)
    app.setPalette(theme.palette())
    app.setStyleSheet(style_sheet(theme))
    return theme, Icons(ICONS)
