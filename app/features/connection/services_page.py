"""The Services page of the settings: where answers come from, with which key and models."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import KeyStoreError, KeyStoreProblem, PortholeError
from app.core.model_info import ModelInfo
from app.core.settings import Profile
from app.features.connection.card_header import CardHeader
from app.features.connection.connections import Connections
from app.features.connection.model_field import MakeModelField
from app.features.connection.network_field import MakeNetworkField
from app.features.connection.service_card import ServiceCard
from app.features.connection.templates import TEMPLATES, Template, menu_label
from app.kit.error_text import sentence
from app.kit.icons import Icons
from app.kit.notices import Notice, Notices
from app.kit.style import set_kind
from app.kit.tasks import TaskScope
from app.kit.theme import Theme
from app.kit.widgets.plain_label import PlainLabel


class ServicesPage(QWidget):
    """A card for each service, the demo's own, and a way to add more.

    `open_url` opens a page in the browser; `models_wanted` asks for a profile's list of models,
    which comes back through `set_models`.
    """

    models_wanted = Signal(str)

    def __init__(
        self,
        *,
        connections: Connections,
        theme: Theme,
        icons: Icons,
        notices: Notices,
        tasks: TaskScope,
        make_model_field: MakeModelField,
        make_network_field: MakeNetworkField,
        open_url: Callable[[str], object],
    ) -> None:
        super().__init__()
        self._connections = connections
        self._theme, self._icons = theme, icons
        self._notices = notices
        self._tasks = tasks
        self._make_model_field = make_model_field
        self._make_network_field = make_network_field
        self._open_url = open_url
        self._cards: dict[str, ServiceCard] = {}
        self._title, self._intro, self._no_keyring = PlainLabel(), PlainLabel(), PlainLabel()
        self._banner = QFrame()
        self._demo = QFrame()
        self._demo_header = CardHeader(theme=theme, icons=icons, foldable=False)
        self._add = QPushButton()
        self._menu = QMenu(self)
        self._build()
        self._add.clicked.connect(self._offer_templates)
        connections.changed.connect(self.refresh)
        self.refresh()
        self.show_service(connections.settings.default_profile)
        self._retranslate()

    def title(self) -> str:
        """The page's name in the list of settings."""
        return self.tr("Services")

    def set_models(
        self, profile_id: str, models: Sequence[ModelInfo], *, refreshing: bool = False
    ) -> None:
        """Give a service's card the models to choose from."""
        card = self._cards.get(profile_id)
        if card is not None:
            card.set_models(models, refreshing=refreshing)

    def show_service(self, profile_id: str, *, enter_key: bool = False) -> None:
        """Open that service's card and fold the others; `enter_key` puts the focus in its key."""
        for one, card in self._cards.items():
            card.set_open(one == profile_id)
        if enter_key and profile_id in self._cards:
            self._cards[profile_id].focus_key()

    def refresh(self) -> None:
        """Bring the cards in line with the services there are."""
        settings = self._connections.settings
        for gone in self._cards.keys() - {p.id for p in settings.profiles}:
            card = self._cards.pop(gone)
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        for place, profile in enumerate(settings.profiles):
            shown = self._cards.get(profile.id)
            if shown is None:
                shown = self._cards[profile.id] = self._make_card(profile)
                self._list.insertWidget(place, shown)
            shown.show_profile(
                profile,
                default=profile.id == settings.default_profile,
                removable=len(settings.profiles) > 1,
            )
            shown.show_status(self._connections.status(profile.id))
        self._banner.setVisible(self._connections.keyring_usable is False)
        in_use = self._connections.demo_mode
        self._demo_header.show_state(self.tr("in use: no key yet") if in_use else "", "secondary")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _build(self) -> None:
        set_kind(self._title, "title")
        set_kind(self._intro, "secondary")
        set_kind(self._banner, "banner")
        set_kind(self._demo, "card")
        set_kind(self._add, "secondary")
        for label in (self._intro, self._no_keyring):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        banner = QHBoxLayout(self._banner)
        banner.setContentsMargins(12, 8, 12, 8)
        banner.addWidget(self._no_keyring)
        demo = QVBoxLayout(self._demo)
        demo.setContentsMargins(18, 14, 18, 14)
        demo.addWidget(self._demo_header)
        self._list = QVBoxLayout()
        self._list.setSpacing(18)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._intro)
        column.addSpacing(12)
        column.addWidget(self._banner)
        column.addLayout(self._list)
        column.addSpacing(14)
        column.addWidget(self._demo)
        column.addSpacing(10)
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def _make_card(self, profile: Profile) -> ServiceCard:
        card = ServiceCard(
            theme=self._theme,
            icons=self._icons,
            make_model_field=self._make_model_field,
            make_network_field=self._make_network_field,
        )
        card.set_open(False)
        connections, pid = self._connections, profile.id
        card.folding_asked.connect(lambda: card.set_open(not card.is_open))
        card.name_changed.connect(lambda name: connections.change(pid, name=name))
        card.text_model_changed.connect(lambda m: connections.change(pid, text_model=m))
        card.picture_model_changed.connect(lambda m: connections.change(pid, picture_model=m))
        card.models_wanted.connect(lambda: self.models_wanted.emit(pid))
        card.default_asked.connect(lambda: connections.make_default(pid))
        card.link_followed.connect(self._open_url)
        card.test_asked.connect(lambda: self._run(pid, connections.test(pid)))
        card.address_changed.connect(lambda to: self._run(pid, connections.set_address(pid, to)))
        card.removal_asked.connect(lambda: self._run(pid, self._remove(pid)))
        field = card.key_field
        field.key_entered.connect(lambda key: self._run(pid, self._keep_key(pid, key)))
        field.key_forgotten.connect(lambda: self._run(pid, connections.forget_key(pid)))
        field.key_allowed.connect(lambda: self._run(pid, connections.use_key_here(pid)))
        return card

    def _run(self, profile_id: str, work: Awaitable[object]) -> None:
        self._tasks.start(self._try(profile_id, work), name="services")

    async def _try(self, profile_id: str, work: Awaitable[object]) -> None:
        """Do it; what the world refuses is said on the service's card."""
        self._say(profile_id, None)
        try:
            await work
        except PortholeError as error:
            self._say(profile_id, error)

    def _say(self, profile_id: str, error: PortholeError | None) -> None:
        card = self._cards.get(profile_id)
        if card is not None:
            card.show_problem(error)

    async def _keep_key(self, profile_id: str, key: str) -> None:
        """Keep the key, then see at once whether the service takes it."""
        await self._connections.keep_key(profile_id, key)
        await self._connections.test(profile_id)

    async def _remove(self, profile_id: str) -> None:
        profile = self._connections.settings.profile(profile_id)
        restore = await self._connections.remove(profile_id)
        name = profile.name if profile is not None else ""
        self._notices.post(
            Notice(
                self.tr("%1 and its key were removed.").replace("%1", name),
                action=self.tr("Undo"),
                act=lambda: self._run(profile_id, restore()),
            )
        )

    def _offer_templates(self) -> None:
        self._menu.popup(self._add.mapToGlobal(QPoint(0, self._add.height())))

    def _add_service(self, template: Template | None) -> None:
        self._tasks.start(self._added(template), name="services")

    async def _added(self, template: Template | None) -> None:
        """Add it, and lead to what is left to do: its name, its key, or a test."""
        if template is None:
            profile_id = await self._connections.add()
            self.show_service(profile_id)
            self._cards[profile_id].focus_name()
            return
        profile_id = await self._connections.add(
            template.name, template.address, limited=template.limited
        )
        self.show_service(profile_id, enter_key=not template.local)
        if template.local:
            await self._try(profile_id, self._connections.test(profile_id))

    def _fill_menu(self) -> None:
        self._menu.clear()
        for template in TEMPLATES:
            action = self._menu.addAction(menu_label(template))
            action.triggered.connect(lambda _checked, t=template: self._add_service(t))
        self._menu.addSeparator()
        other = self._menu.addAction(self.tr("Other…"))
        other.triggered.connect(lambda: self._add_service(None))

    def _retranslate(self) -> None:
        self._title.setText(self.title())
        self._intro.setText(
            self.tr(
                "Where answers come from. Keys stay in this computer's keyring and nowhere else."
            )
        )
        self._no_keyring.setText(sentence(KeyStoreError(KeyStoreProblem.NONE)))
        self._demo_header.show_name(self.tr("Demo"), default=False)
        self._demo_header.show_summary(self.tr("inside this app · reads pictures on this computer"))
        self._add.setText(self.tr("+ Add a service"))
        self._add.setAccessibleName(self.tr("Add a service"))
        self._fill_menu()
        self.refresh()
