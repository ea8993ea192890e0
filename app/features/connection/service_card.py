"""One service on the Services page: folded to a line, or open with all its fields."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core import address as addresses
from app.core.errors import PortholeError, ServiceError
from app.core.model_info import ModelInfo
from app.core.settings import JIEKOU_PROFILE, Profile
from app.features.connection.card_header import CardHeader
from app.features.connection.card_words import key_words, state_words, summary, target, target_words
from app.features.connection.key_field import KeyField
from app.features.connection.model_field import MakeModelField
from app.features.connection.network_field import MakeNetworkField
from app.features.connection.status import Check, ServiceStatus
from app.kit.error_text import details, sentence
from app.kit.icons import Icons
from app.kit.links import service_links
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.flow_layout import FlowLayout
from app.kit.widgets.plain_label import PlainLabel, plain_tip

LABELS, STACKED_BELOW = 168, 500
"""Width of the column of labels; below that width of a card, labels stand over their fields."""


class ServiceCard(QFrame):
    """Shows a profile and tells what the person wants changed; changes nothing itself."""

    folding_asked = Signal()
    name_changed = Signal(str)
    address_changed = Signal(str)
    text_model_changed = Signal(str)
    picture_model_changed = Signal(str)
    models_wanted = Signal()
    test_asked = Signal()
    default_asked = Signal()
    removal_asked = Signal()
    link_followed = Signal(str)

    def __init__(
        self,
        *,
        theme: Theme,
        icons: Icons,
        make_model_field: MakeModelField,
        make_network_field: MakeNetworkField,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._profile = Profile("", "", "")
        self._status = ServiceStatus()
        self._problem: PortholeError | None = None
        self._stacked: bool | None = None
        self._header = CardHeader(theme=theme, icons=icons)
        self._body = QWidget()
        self._name, self._address = QLineEdit(), QLineEdit()
        self.key_field = KeyField()
        self._text_model, self._picture_model = make_model_field(), make_model_field()
        self._network = make_network_field()
        self._labels = [PlainLabel() for _ in range(5)]
        self._notes = [PlainLabel() for _ in range(5)]
        self._error, self._more = PlainLabel(), PlainLabel()
        self._details = QPushButton()
        self._test, self._default, self._remove = QPushButton(), QPushButton(), QPushButton()
        self._links: list[QPushButton] = []
        self._build()
        self._connect()
        self._retranslate()

    def show_profile(self, profile: Profile, *, default: bool, removable: bool) -> None:
        """Show this profile; a field that is being edited keeps what is typed."""
        changed = profile.address != self._profile.address
        self._profile = profile
        for edit, text in ((self._name, profile.name), (self._address, profile.address)):
            if not (edit.hasFocus() and edit.isModified()):
                with QSignalBlocker(edit):
                    edit.setText(text)
        self._text_model.set_current(profile.text_model)
        self._picture_model.set_current(profile.picture_model)
        self._network.set_profile(profile.id)
        named = profile.id != JIEKOU_PROFILE
        for widget in (self._labels[0], self._name):
            widget.setVisible(named)
        self._default.setVisible(not default)
        self._remove.setVisible(removable)
        self._header.show_name(profile.name, default=default)
        if changed:
            self._make_links()
        self._refresh()

    def show_status(self, status: ServiceStatus) -> None:
        """Show where the key is and how the last test went."""
        if status.error is not self._status.error or status.check is Check.PASSED:
            self._problem = None
        self._status = status
        self.key_field.show_status(status)
        self._refresh()

    def show_problem(self, error: PortholeError | None) -> None:
        """Say what went wrong with what the person just did; None takes it away."""
        self._problem = error
        self._refresh()

    def set_models(self, models: Sequence[ModelInfo], *, refreshing: bool = False) -> None:
        """What the pickers offer."""
        for field in (self._text_model, self._picture_model):
            field.set_models(models, refreshing=refreshing)

    def set_open(self, opened: bool) -> None:
        """Show all fields, or only the line."""
        self._body.setVisible(opened)
        self._header.show_open(opened)
        self._refresh()

    @property
    def is_open(self) -> bool:
        return not self._body.isHidden()

    def focus_name(self) -> None:
        self._name.setFocus()
        self._name.selectAll()

    def focus_key(self) -> None:
        self.key_field.start_entering()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def minimumSizeHint(self) -> QSize:
        # Less than its fields need side by side, so that it can become narrow and stack them.
        return QSize(self._theme.px(220), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.width() < self._theme.px(STACKED_BELOW))

    def _build(self) -> None:
        set_kind(self, "card")
        for label in (*self._notes, self._error, self._more):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        for note in self._notes:
            set_kind(note, "caption")
        set_kind(self._error, "error")
        set_kind(self._more, "caption")
        for label in (self._error, self._more):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_kind(self._test, "primary")
        set_kind(self._details, "link")
        self._details.setCheckable(True)
        for button in (self._default, self._remove):
            set_kind(button, "ghost")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        self._buttons = FlowLayout(8)
        self._arrange_buttons()
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(0, 8, 0, 0)
        inner.setSpacing(10)
        inner.addLayout(self._grid)
        assert isinstance(self._network, QWidget)
        inner.addWidget(self._network)
        inner.addWidget(self._error)
        inner.addWidget(self._details, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addWidget(self._more)
        inner.addLayout(self._buttons)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(18, 14, 18, 14)
        outer.setSpacing(4)
        outer.addWidget(self._header)
        outer.addWidget(self._body)

    def _connect(self) -> None:
        self._header.clicked.connect(self.folding_asked)
        self._name.editingFinished.connect(self._name_edited)
        self._address.textEdited.connect(self._address_typed)
        self._address.editingFinished.connect(self._address_edited)
        self._text_model.model_chosen.connect(self.text_model_changed)
        self._picture_model.model_chosen.connect(self.picture_model_changed)
        self._text_model.opened.connect(self.models_wanted)
        self._picture_model.opened.connect(self.models_wanted)
        self._test.clicked.connect(self.test_asked)
        self._details.toggled.connect(self._more.setVisible)
        self._default.clicked.connect(self.default_asked)
        self._remove.clicked.connect(self.removal_asked)

    def _arrange(self, stacked: bool) -> None:
        """Labels beside their fields, or over them in a narrow card."""
        if stacked == self._stacked:
            return
        self._stacked = stacked
        self._grid.setColumnMinimumWidth(0, 0 if stacked else self._theme.px(LABELS))
        self._grid.setColumnStretch(0 if stacked else 1, 1)
        self._grid.setColumnStretch(1 if stacked else 0, 0)
        fields = (
            self._name,
            self._address,
            self.key_field,
            self._text_model,
            self._picture_model,
        )
        for place, field in enumerate(fields):
            assert isinstance(field, QWidget)
            row = place * 4
            noted = field in (self._address, self.key_field)
            span = 1 if stacked or noted else 2
            middle = Qt.AlignmentFlag.AlignVCenter
            self._grid.addWidget(self._labels[place], row, 0, span, 1, middle)
            if stacked:
                self._grid.addWidget(field, row + 1, 0)
                self._grid.addWidget(self._notes[place], row + 2, 0)
            else:
                self._grid.addWidget(self._notes[place], row + 1, 0, Qt.AlignmentFlag.AlignTop)
                self._grid.addWidget(field, row, 1, 2, 1, middle)
            self._grid.setRowMinimumHeight(row + 3, 8)

    def _arrange_buttons(self) -> None:
        for button in (self._test, *self._links, self._default, self._remove):
            self._buttons.removeWidget(button)
            self._buttons.addWidget(button)

    def _make_links(self) -> None:
        """A button for each page that the service at this address has."""
        found = service_links(addresses.host(target(self._profile.address)))
        if len(found) != len(self._links):
            for button in self._links:
                self._buttons.removeWidget(button)
                button.hide()
                button.deleteLater()
            self._links = [self._link_button(link.url) for link in found]
            self._arrange_buttons()
        for button, link in zip(self._links, found, strict=True):
            button.setText(f"{link.label} ↗")
            button.setAccessibleName(link.label)

    def _link_button(self, url: str) -> QPushButton:
        button = QPushButton(self._body)
        button.setToolTip(plain_tip(url))
        set_kind(button, "secondary")
        button.clicked.connect(lambda: self.link_followed.emit(url))
        return button

    def _name_edited(self) -> None:
        typed = self._name.text().strip()
        self._name.setModified(False)
        if typed and typed != self._profile.name:
            self.name_changed.emit(typed)

    def _address_typed(self, typed: str) -> None:
        self._notes[1].setText(target_words(typed))
        self._notes[1].setToolTip(plain_tip(target(typed)))

    def _address_edited(self) -> None:
        typed = self._address.text().strip()
        self._address.setModified(False)
        if typed != self._profile.address:
            self.address_changed.emit(typed)
        elif self._problem is not None:
            self.show_problem(None)

    def _refresh(self) -> None:
        words, kind = state_words(self._status)
        self._header.show_state(words, kind)
        self._header.show_summary("" if self.is_open else summary(self._profile, self._status))
        self._address_typed(self._address.text())
        self._notes[2].setText(key_words(self._profile, self._status))
        error = self._problem or self._status.error
        self._error.setText("" if error is None else sentence(error))
        self._error.setVisible(error is not None)
        more = details(error.failure) if isinstance(error, ServiceError) else ""
        self._more.setText(more)
        self._details.setVisible(bool(more))
        self._more.setVisible(bool(more) and self._details.isChecked())
        self._test.setEnabled(self._status.check is not Check.RUNNING)
        for note in self._notes:
            note.setVisible(bool(note.text()))

    def _retranslate(self) -> None:
        names = (
            self.tr("Name"),
            self.tr("Address"),
            self.tr("API key"),
            self.tr("Model for text"),
            self.tr("Model for pictures"),
        )
        for label, text in zip(self._labels, names, strict=True):
            label.setText(text)
        self._name.setAccessibleName(names[0])
        self._address.setAccessibleName(names[1])
        self._test.setText(self.tr("Test connection"))
        self._details.setText(self.tr("Details"))
        self._default.setText(self.tr("Make default"))
        self._remove.setText(self.tr("Remove"))
        self._remove.setAccessibleName(self.tr("Remove this service"))
        self._make_links()
        self._refresh()
