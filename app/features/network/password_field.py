"""The field for a proxy's password: shows that there is one, never the password."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.features.network.networks import PasswordPlace
from app.kit.style import set_kind

DOTS = "•" * 12
HELD = (PasswordPlace.KEYRING, PasswordPlace.SESSION, PasswordPlace.LOCKED)


class PasswordField(QWidget):
    """Either shows dots, or takes a password (as dots); what was typed is wiped at once."""

    password_entered = Signal(str)
    password_forgotten = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._place = PasswordPlace.UNKNOWN
        self._entering = False
        self._edit = QLineEdit()
        self._save, self._cancel = QPushButton(), QPushButton()
        self._replace, self._forget = QPushButton(), QPushButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._edit, 1)
        for button in (self._save, self._cancel, self._replace, self._forget):
            set_kind(button, "secondary")
            row.addWidget(button)
        self.setFocusProxy(self._edit)
        self._edit.textChanged.connect(lambda text: self._save.setEnabled(bool(text)))
        self._edit.returnPressed.connect(self.commit)
        self._save.clicked.connect(self.commit)
        self._cancel.clicked.connect(self._show_state)
        self._replace.clicked.connect(self._start_entering)
        self._forget.clicked.connect(self.password_forgotten)
        self._show_state()
        self._retranslate()

    def show_place(self, place: PasswordPlace) -> None:
        """Show whether there is one; leaves alone what is being typed."""
        same, self._place = place is self._place, place
        if not (same and self._entering):
            self._show_state()

    def commit(self) -> None:
        """Hand on what was typed, if anything was."""
        typed = self._edit.text()
        if self._entering and typed:
            self._edit.clear()
            self._show_state()
            self.password_entered.emit(typed)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._entering:
            self._show_state()
        else:
            super().keyPressEvent(event)

    def _start_entering(self) -> None:
        self._enter(True)
        self._edit.setFocus()

    def _show_state(self) -> None:
        self._enter(self._place not in HELD)

    def _enter(self, entering: bool) -> None:
        held = self._place in HELD
        self._entering = entering
        self._edit.setReadOnly(not entering)
        echo = QLineEdit.EchoMode.Password if entering else QLineEdit.EchoMode.Normal
        self._edit.setEchoMode(echo)
        self._edit.setText("" if entering else DOTS)
        self._save.setVisible(entering)
        self._save.setEnabled(False)
        self._cancel.setVisible(entering and held)
        self._replace.setVisible(not entering)
        self._forget.setVisible(not entering)

    def _retranslate(self) -> None:
        self._edit.setAccessibleName(self.tr("Proxy password"))
        self._save.setText(self.tr("Save"))
        self._save.setAccessibleName(self.tr("Save the proxy's password"))
        self._cancel.setText(self.tr("Cancel"))
        self._replace.setText(self.tr("Replace…"))
        self._replace.setAccessibleName(self.tr("Replace the proxy's password"))
        self._forget.setText(self.tr("Forget"))
        self._forget.setAccessibleName(self.tr("Forget the proxy's password"))
