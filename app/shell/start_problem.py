"""What is shown when the history cannot be opened: why, and another folder to try."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import StorageError
from app.core.settings import LanguageChoice, Settings
from app.kit.error_text import sentence
from app.kit.i18n import Language
from app.kit.style import set_kind, style_sheet
from app.kit.theme import Theme
from app.kit.widgets.plain_label import PlainLabel


class StartProblem(QWidget):
    """Says why Porthole cannot start here. Nothing in the folder is touched."""

    def __init__(self, error: StorageError, *, settings: Settings) -> None:
        super().__init__()
        theme = Theme(settings.theme, settings.zoom_percent, self)
        self.setPalette(theme.palette())
        self.setStyleSheet(style_sheet(theme))
        self.setWindowTitle(self.tr("Porthole"))
        self.chosen: str | None = None
        title = PlainLabel(self.tr("Porthole cannot open its history"))
        set_kind(title, "title")
        text = PlainLabel(sentence(error))
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.choose_button = QPushButton(self.tr("Use another folder…"))
        self.quit_button = QPushButton(self.tr("Quit"))
        set_kind(self.choose_button, "primary")
        set_kind(self.quit_button, "secondary")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.quit_button)
        buttons.addWidget(self.choose_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(title)
        column.addWidget(text)
        column.addStretch(1)
        column.addLayout(buttons)
        self.resize(520, 220)
        self.text = text.text()
        self.choose_button.clicked.connect(self._choose)
        self.quit_button.clicked.connect(self.close)

    def ask(self, app: QApplication) -> str | None:
        """Show it until the person decides; answers the folder to use instead, or None.

        Nothing else runs yet when this is shown, so the application's own loop may wait here.
        """
        self.show()
        app.setQuitOnLastWindowClosed(True)
        app.exec()
        app.setQuitOnLastWindowClosed(False)
        return self.chosen

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder for Porthole's data"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.use)
        dialog.open()

    def use(self, folder: str) -> None:
        """Start again with that folder."""
        self.chosen = folder
        self.close()


def ask_another(error: StorageError, settings: Settings, translations: Path) -> str | None:
    """Say why a folder cannot be used; answers the one that the person chose instead."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    language = Language(translations, settings.language)
    try:
        return StartProblem(error, settings=settings).ask(app)
    finally:
        language.choose(LanguageChoice.ENGLISH)
