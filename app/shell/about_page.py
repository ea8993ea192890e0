"""The About & data page of the settings: version, where data lies, and how to remove it all."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.kit.style import set_kind
from app.kit.widgets.plain_label import PlainLabel


class AboutPage(QWidget):
    """`directory` is the data directory in use, shown as it is; `version` is Porthole's own."""

    def __init__(self, *, version: str, directory: str) -> None:
        super().__init__()
        self._version, self._directory = version, directory
        self._title, self._name = PlainLabel(), PlainLabel()
        self._where, self._path = PlainLabel(), PlainLabel(directory)
        self._copy = QPushButton()
        self._safety, self._removal_title, self._removal = PlainLabel(), PlainLabel(), PlainLabel()
        self._build()
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(directory))
        self._retranslate()

    def title(self) -> str:
        """The page's name in the list of settings."""
        return self.tr("About & data")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _build(self) -> None:
        set_kind(self._title, "title")
        set_kind(self._name, "secondary")
        for heading in (self._where, self._removal_title):
            set_kind(heading, "heading")
        for label in (self._path, self._safety, self._removal):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_kind(self._copy, "secondary")
        row = QHBoxLayout()
        row.addWidget(self._path, 1)
        row.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._name)
        column.addSpacing(16)
        column.addWidget(self._where)
        column.addLayout(row)
        column.addWidget(self._safety)
        column.addSpacing(16)
        column.addWidget(self._removal_title)
        column.addWidget(self._removal)
        column.addStretch(1)

    def _retranslate(self) -> None:
        self._title.setText(self.title())
        self._name.setText(self.tr("Porthole %1").replace("%1", self._version))
        self._where.setText(self.tr("Where your data lies"))
        self._path.setAccessibleName(self.tr("Data directory: %1").replace("%1", self._directory))
        self._copy.setText(self.tr("Copy path"))
        self._safety.setText(
            self.tr(
                "Conversations, attachments and settings are here and nowhere else. History is "
                "not encrypted: whoever can read this account's files can read it. API keys are "
                "never here: only the system keyring holds them."
            )
        )
        self._removal_title.setText(self.tr("How to remove it all"))
        self._removal.setText(
            self.tr(
                "1. Under Services, choose Forget for each key.\n"
                "2. Quit Porthole and delete the directory above.\n"
                "3. Uninstall Porthole, or delete the folder it was started from."
            )
        )
