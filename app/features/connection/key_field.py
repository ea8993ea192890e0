"""The field for a service's API key: shows its last four characters, never the key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.features.connection.status import KeyPlace, ServiceStatus
from app.kit.style import set_kind

DOTS = "•" * 12


class KeyField(QWidget):
    """Either shows that there is a key, or takes one (as dots); what was typed is wiped at once."""

    key_entered = Signal(str)
    key_forgotten = Signal()
    key_allowed = Signal()
    """The key that was entered for another address may be used at this one."""

    def __init__(self) -> None:
        super().__init__()
        self._status = ServiceStatus()
        self._entering = False
        self._saving = False
        self._edit = QLineEdit()
        self._save = QPushButton()
        self._cancel = QPushButton()
        self._allow = QPushButton()
        self._replace = QPushButton()
        self._forget = QPushButton()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._edit, 1)
        for button in (self._save, self._cancel, self._allow, self._replace, self._forget):
            set_kind(button, "secondary")
            self._row.addWidget(button)
        self._edit.textChanged.connect(lambda text: self._save.setEnabled(bool(text.strip())))
        self._edit.returnPressed.connect(self._entered)
        self._save.clicked.connect(self._entered)
        self._cancel.clicked.connect(self._show_state)
        self._allow.clicked.connect(self.key_allowed)
        self._replace.clicked.connect(self.start_entering)
        self._forget.clicked.connect(self.key_forgotten)
        self._show_state()
        self._retranslate()

    def show_status(self, status: ServiceStatus) -> None:
        """Show where the key is; leaves alone what is being typed."""
        same = status.place is self._status.place and status.key_end == self._status.key_end
        self._status = status
        if self._saving or not (same and self._entering):
            self._show_state()

    def start_entering(self) -> None:
        """Take a new key; the old one stays until it is saved."""
        self._enter(True)
        self._edit.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._entering:
            self._show_state()
        else:
            super().keyPressEvent(event)

    def _show_state(self) -> None:
        # With nothing to show there is nothing to replace: the field takes a key at once.
        held = self._status.has_key or self._status.place is KeyPlace.ELSEWHERE
        self._enter(not held)

    def _enter(self, entering: bool) -> None:
        status = self._status
        held = status.has_key or status.place is KeyPlace.ELSEWHERE
        own = held and status.place is not KeyPlace.ENVIRONMENT
        self._entering, self._saving = entering, False
        self._edit.setReadOnly(not entering)
        echo = QLineEdit.EchoMode.Password if entering else QLineEdit.EchoMode.Normal
        self._edit.setEchoMode(echo)
        self._edit.setText("" if entering else f"{DOTS} {status.key_end}".rstrip())
        self._save.setVisible(entering)
        self._save.setEnabled(False)
        self._cancel.setVisible(entering and held)
        self._allow.setVisible(not entering and status.place is KeyPlace.ELSEWHERE)
        self._replace.setVisible(not entering and held)
        self._forget.setVisible(not entering and own)

    def _entered(self) -> None:
        typed = self._edit.text()
        if self._entering and typed.strip():
            self._edit.clear()
            self._saving = True
            self.key_entered.emit(typed)

    def _retranslate(self) -> None:
        self._edit.setAccessibleName(self.tr("API key"))
        self._edit.setPlaceholderText(self.tr("Paste the key here"))
        self._save.setText(self.tr("Save"))
        self._save.setAccessibleName(self.tr("Save the API key"))
        self._cancel.setText(self.tr("Cancel"))
        self._allow.setText(self.tr("Use it here"))
        self._allow.setAccessibleName(self.tr("Use the key at this address"))
        self._replace.setText(self.tr("Replace…"))
        self._replace.setAccessibleName(self.tr("Replace the API key"))
        self._forget.setText(self.tr("Forget"))
        self._forget.setAccessibleName(self.tr("Forget the API key"))
