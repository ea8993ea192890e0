"""What a running program stands on; made by `bootstrap`, or by a test."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.core.ports import HistoryStore, KeyStore
from app.core.settings import Settings
from app.kit.i18n import Language
from app.kit.icons import Icons
from app.kit.theme import Theme
from app.shell.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class ProgramParts:
    """What a program stands on."""

    directory: Path
    settings: Settings
    store: HistoryStore
    keys: KeyStore
    theme: Theme
    icons: Icons
    language: Language
    window: MainWindow
