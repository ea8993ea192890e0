"""A choice with its fields, and the button that tests it: for everyone, or for one service."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.core.errors import PortholeError
from app.core.network import NetworkChoice, ProbeResult, ProxyChoice
from app.features.network.network_form import NetworkForm
from app.features.network.networks import Networks, PasswordPlace
from app.features.network.words import result_words, system_words
from app.kit.error_text import sentence
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.tasks import TaskScope
from app.kit.theme import Theme
from app.kit.widgets.choice_box import ChoiceBox
from app.kit.widgets.plain_label import PlainLabel


class WayPanel(QWidget):
    """Shows the owner's choice (a profile's id, or EVERYONE) and writes it to `networks`.

    With `choose_service` the person says which service a test goes to; else it is the owner's.
    """

    tested = Signal(object)  # ProbeResult

    def __init__(
        self,
        *,
        networks: Networks,
        theme: Theme,
        icons: Icons,
        tasks: TaskScope,
        choose_service: bool = False,
    ) -> None:
        super().__init__()
        self._networks = networks
        self._tasks = tasks
        self._owner = ""
        self._testing = False
        self._saving: asyncio.Task[None] | None = None
        self._form = NetworkForm(theme=theme, icons=icons)
        self._service = ChoiceBox(theme=theme, icons=icons)
        self._test, self._result = QPushButton(), PlainLabel()
        self._result_of: ProbeResult | PortholeError | None = None
        self._system: tuple[str, str, PortholeError | None] = ("", "", None)
        self._build(choose_service)
        self._form.choice_changed.connect(self._chosen)
        self._form.password_entered.connect(self._password_entered)
        self._form.password_forgotten.connect(
            lambda: self._start(networks.forget_password(self._owner))
        )
        self._service.activated.connect(self._service_chosen)
        self._test.clicked.connect(self._test_asked)
        networks.changed.connect(self.refresh)
        self._retranslate()
        self.refresh()

    def set_owner(self, owner: str) -> None:
        """Whose choice it is."""
        self._owner = owner
        self._system = ("", "", None)
        self._say(None)
        self.refresh()

    def refresh(self) -> None:
        """Bring it in line with what was chosen."""
        choice = self._networks.choice(self._owner)
        if choice is not None:
            self._form.show_choice(choice)
        self._form.show_password(self._networks.password_place(self._owner))
        self._list_services()
        self._show_system()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._networks.password_place(self._owner) is PasswordPlace.UNKNOWN:
            self._start(self._networks.look(self._owner))
        self._start(self._look_at_system())

    def _build(self, choose_service: bool) -> None:
        self._service.setVisible(choose_service)
        set_kind(self._test, "primary" if choose_service else "secondary")
        self._result.setTextFormat(Qt.TextFormat.PlainText)
        self._result.setWordWrap(True)
        self._result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._test)
        row.addWidget(self._service)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._form)
        column.addLayout(row)
        column.addWidget(self._result)
        self._result.hide()

    @property
    def _service_id(self) -> str:
        return self._owner or str(self._service.currentData() or self._networks.default_service)

    def _list_services(self) -> None:
        services = [(profile.name, profile.id) for profile in self._networks.services]
        listed = [
            (self._service.itemText(row), self._service.itemData(row))
            for row in range(self._service.count())
        ]
        if services == listed:
            return
        before = self._service.currentData() or self._networks.default_service
        with QSignalBlocker(self._service):
            self._service.clear()
            for name, profile_id in services:
                self._service.addItem(name, profile_id)
            self._service.setCurrentIndex(max(0, self._service.findData(before)))

    def _chosen(self, choice: NetworkChoice) -> None:
        self._say(None)
        self._networks.choose(choice, self._owner)
        self._start(self._look_at_system())

    def _service_chosen(self) -> None:
        self._say(None)
        self._start(self._look_at_system())

    def _password_entered(self, password: str) -> None:
        self._saving = self._start(self._networks.keep_password(password, self._owner))

    def _start(self, work: Coroutine[Any, Any, object]) -> asyncio.Task[None]:
        return self._tasks.start(self._try(work), name="network")

    async def _try(self, work: Coroutine[Any, Any, object]) -> None:
        """Do it; what the world refuses is said below the fields."""
        try:
            await work
        except PortholeError as error:
            self._say(error)

    async def _look_at_system(self) -> None:
        self._system = await self._networks.system_proxy(self._service_id)
        self._show_system()

    def _test_asked(self) -> None:
        self._form.commit()
        self._tasks.start(self._run_test(), name="network test")

    async def _run_test(self) -> None:
        self._testing = True
        self._say(None)
        try:
            if self._saving is not None:
                await self._saving
            result = await self._networks.test(self._service_id, self._owner)
        finally:
            self._testing = False
            self._say(None)
        self._say(result)
        self.tested.emit(result)

    def _say(self, what: ProbeResult | PortholeError | None) -> None:
        self._result_of = what
        self._show_result()

    def _show_result(self) -> None:
        self._test.setEnabled(not self._testing)
        what, kind = self._result_of, "secondary"
        if isinstance(what, ProbeResult):
            words = result_words(what)
            kind = "ok" if what.failure is None else "error"
            words = ("✓ " if what.failure is None else "✕ ") + words
        elif what is not None:
            words, kind = sentence(what), "error"
        else:
            words = self.tr("Trying…") if self._testing else ""
        self._result.setText(words)
        self._result.setVisible(bool(words))
        set_kind(self._result, kind)

    def _show_system(self) -> None:
        choice = self._networks.choice(self._owner)
        host, proxy, problem = self._system
        if choice is None or choice.proxy is not ProxyChoice.SYSTEM:
            self._form.show_system("")
        elif problem is not None:
            self._form.show_system(sentence(problem), "error")
        else:
            self._form.show_system(system_words(host, proxy))

    def _retranslate(self) -> None:
        self._test.setText(self.tr("Test network"))
        self._test.setAccessibleName(self.tr("Test the way to the service"))
        self._service.setAccessibleName(self.tr("Service that the test goes to"))
        self._show_system()
        self._show_result()
