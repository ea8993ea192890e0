"""The fields of a network choice: which proxy, with which user, for whom not, and certificates."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import ServiceError
from app.core.network import NetworkChoice, ProxyChoice
from app.core.proxies import parse_proxy, without_credentials
from app.features.network.field_row import FieldRow
from app.features.network.networks import PasswordPlace
from app.features.network.password_field import PasswordField
from app.kit.icons import Icons
from app.kit.network_text import network_sentence
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.choice_box import ChoiceBox
from app.kit.widgets.plain_label import PlainLabel

STACKED_BELOW = 460


class NetworkForm(QWidget):
    """Shows a choice and tells what the person wants changed; changes nothing itself."""

    choice_changed = Signal(object)  # NetworkChoice
    password_entered = Signal(str)
    password_forgotten = Signal()

    def __init__(self, *, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._choice = NetworkChoice()
        self._place = PasswordPlace.UNKNOWN
        self._proxy = ChoiceBox(theme=theme, icons=icons)
        self._address, self._user, self._no_proxy = QLineEdit(), QLineEdit(), QLineEdit()
        self._ca_file, self._browse, self._system = QLineEdit(), QPushButton(), PlainLabel()
        self._password = PasswordField()
        self._edits = {
            "address": self._address,
            "user": self._user,
            "no_proxy": self._no_proxy,
            "ca_file": self._ca_file,
        }
        self._rows = {
            "proxy": FieldRow(self._with_system(), theme=theme),
            "address": FieldRow(self._address, theme=theme),
            "user": FieldRow(self._user, theme=theme),
            "password": FieldRow(self._password, theme=theme),
            "no_proxy": FieldRow(self._no_proxy, theme=theme),
            "ca_file": FieldRow(self._with_browse(), theme=theme),
        }
        self._build()
        self._connect()
        self._retranslate()
        self._refresh()

    def show_choice(self, choice: NetworkChoice) -> None:
        """Show this choice; a field that is being edited keeps what is typed."""
        self._choice = choice
        with QSignalBlocker(self._proxy):
            self._proxy.setCurrentIndex(self._proxy.findData(choice.proxy))
        for name, edit in self._edits.items():
            if not (edit.hasFocus() and edit.isModified()):
                edit.setText(getattr(choice, name))
        self._refresh()

    def show_password(self, place: PasswordPlace) -> None:
        self._place = place
        self._password.show_place(place)
        self._refresh()

    def show_system(self, words: str, kind: str = "caption") -> None:
        """Say beside the choice what the system's proxy is."""
        self._system.setText(words)
        set_kind(self._system, kind)

    def commit(self) -> None:
        """Take what was typed as meant, without waiting for the field to be left."""
        self._password.commit()
        self._edited()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._refresh()
        super().changeEvent(event)

    def minimumSizeHint(self) -> QSize:
        # Less than its fields need side by side, so that it can become narrow and stack them.
        return QSize(self._theme.px(200), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for row in self._rows.values():
            row.arrange(stacked=self.width() < self._theme.px(STACKED_BELOW))

    def _with_system(self) -> QWidget:
        field = QWidget()
        row = QHBoxLayout(field)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._proxy)
        row.addWidget(self._system, 1)
        self._system.setTextFormat(Qt.TextFormat.PlainText)
        self._system.setWordWrap(True)
        return field

    def _with_browse(self) -> QWidget:
        field = QWidget()
        row = QHBoxLayout(field)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._ca_file, 1)
        row.addWidget(self._browse)
        set_kind(self._browse, "secondary")
        return field

    def _build(self) -> None:
        for choice in ProxyChoice:
            self._proxy.addItem("", choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in self._rows.values():
            column.addWidget(row)

    def _connect(self) -> None:
        self._proxy.activated.connect(self._edited)
        for edit in self._edits.values():
            edit.editingFinished.connect(self._edited)
        self._address.textEdited.connect(self._check_address)
        self._password.password_entered.connect(self.password_entered)
        self._password.password_forgotten.connect(self.password_forgotten)
        self._browse.clicked.connect(self._pick_file)

    def _edited(self) -> None:
        self._part_credentials()
        typed = {name: edit.text().strip() for name, edit in self._edits.items()}
        for edit in self._edits.values():
            edit.setModified(False)
        choice = NetworkChoice(ProxyChoice(self._proxy.currentData()), **typed)
        if choice != self._choice:
            self._choice = choice
            self.choice_changed.emit(choice)
        self._refresh()

    def _part_credentials(self) -> None:
        """A user and a password that were pasted with the address go where they belong."""
        bare, user, password = without_credentials(self._address.text())
        if bare == self._address.text().strip():
            return
        self._address.setText(bare)
        if user:
            self._user.setText(user)
        if password:
            self.password_entered.emit(password)

    def _pick_file(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Certificate file (PEM)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        names = self.tr("Certificates (*.pem *.crt *.cer);;All files (*)")
        dialog.setNameFilters(names.split(";;"))
        dialog.fileSelected.connect(self._file_picked)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _file_picked(self, path: str) -> None:
        self._ca_file.setText(path)
        self._edited()

    def _check_address(self) -> None:
        """Say under the label what is wrong with the address, as far as it was typed."""
        words = ""
        if typed := self._address.text().strip():
            try:
                parse_proxy(typed)
            except ServiceError as error:
                words = network_sentence(error.failure)
        self._rows["address"].set_note(words, "error" if words else "caption")

    def _refresh(self) -> None:
        by_hand = self._choice.proxy is ProxyChoice.MANUAL
        for name in ("address", "user", "password", "no_proxy"):
            self._rows[name].setVisible(by_hand)
        self._check_address()
        self._rows["password"].set_note(self._place_words())

    def _place_words(self) -> str:
        match self._place:
            case PasswordPlace.KEYRING:
                return self.tr("in the system keyring")
            case PasswordPlace.SESSION:
                return self.tr("No usable keyring: kept for this session only")
            case PasswordPlace.LOCKED:
                return self.tr("the system keyring did not open")
        return ""

    def _retranslate(self) -> None:
        names = {
            "proxy": self.tr("Proxy"),
            "address": self.tr("Proxy address"),
            "user": self.tr("Proxy user"),
            "password": self.tr("Proxy password"),
            "no_proxy": self.tr("Reached without it"),
            "ca_file": self.tr("Certificate file"),
        }
        for name, words in names.items():
            self._rows[name].set_label(words)
        self._proxy.setAccessibleName(names["proxy"])
        self._ca_file.setAccessibleName(names["ca_file"])
        choices = {
            ProxyChoice.SYSTEM: self.tr("Like the system"),
            ProxyChoice.NONE: self.tr("None"),
            ProxyChoice.MANUAL: self.tr("Manual"),
        }
        for row, choice in enumerate(ProxyChoice):
            self._proxy.setItemText(row, choices[choice])
        self._address.setPlaceholderText("http://127.0.0.1:7890")
        self._user.setPlaceholderText(self.tr("Only if the proxy asks for one"))
        self._no_proxy.setPlaceholderText(".example.com, 10.0.0.0/8")
        self._ca_file.setPlaceholderText(self.tr("Trusted besides the system's certificates"))
        self._browse.setText(self.tr("Browse…"))
        self._browse.setAccessibleName(self.tr("Choose a certificate file"))
