"""The Network page and a service's network line, over settings and keys in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from app.adapters.chat_api.probe import probe
from app.adapters.network import system_proxy
from app.core.network import Network, ProbeResult
from app.core.settings import Profile, Settings
from app.features.network.network_page import NetworkPage
from app.features.network.networks import Networks
from app.features.network.service_network import ServiceNetwork
from app.kit.icons import Icons
from app.kit.settings_holder import SettingsHolder
from app.kit.tasks import TaskScope
from app.kit.theme import Theme
from tests.features.connection.world import Keys


@dataclass
class World:
    settings: SettingsHolder
    keys: Keys
    networks: Networks
    tasks: TaskScope
    renewed: list[str] = field(default_factory=list)
    probed: list[tuple[str, Network]] = field(default_factory=list)


def make_world(settings: Settings | None = None, keys: Keys | None = None) -> World:
    """Tests go out for real, by the program's own client."""
    holder = SettingsHolder(settings or Settings(), save=lambda _settings: None)
    store = keys or Keys()
    probed: list[tuple[str, Network]] = []

    async def noted(address: str, network: Network) -> ProbeResult:
        probed.append((address, network))
        return await probe(address, network)

    networks = Networks(settings=holder, keys=store, probe=noted, system_proxy=system_proxy)
    world = World(holder, store, networks, TaskScope(), probed=probed)
    networks.password_changed.connect(world.renewed.append)
    return world


def at(address: str, name: str = "Lab") -> Settings:
    """Settings whose default service is at that address."""
    return Settings(profiles=(Profile("lab", name, address),), default_profile="lab")


@dataclass
class Hand:
    """Works the fields of a widget as a person would."""

    widget: QWidget
    tasks: TaskScope

    def field(self, name: str) -> QLineEdit:
        edits = self.widget.findChildren(QLineEdit)
        (edit,) = [e for e in edits if e.accessibleName() == name and e.isVisibleTo(self.widget)]
        return edit

    def type(self, name: str, text: str) -> None:
        """Replace what stands in the field, and leave it."""
        edit = self.field(name)
        edit.setFocus()
        edit.selectAll()
        edit.insert(text)
        edit.setModified(True)
        edit.editingFinished.emit()

    def choose(self, name: str, choice: str) -> None:
        boxes = self.widget.findChildren(QComboBox)
        (box,) = [b for b in boxes if b.accessibleName() == name and b.isVisibleTo(self.widget)]
        row = box.findText(choice)
        assert row >= 0, choice
        box.setCurrentIndex(row)
        box.activated.emit(row)

    def press(self, text: str) -> None:
        buttons = self.widget.findChildren(QPushButton)
        (button,) = [b for b in buttons if b.text() == text and b.isVisibleTo(self.widget)]
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    async def test(self) -> str:
        """Press the button; answers what it says."""
        self.press("Test network")
        await self.tasks.drain()
        (said,) = [text for text in self.said if text.startswith(("✓", "✕"))]
        return said

    @property
    def said(self) -> list[str]:
        labels = self.widget.findChildren(QLabel)
        return [label.text() for label in labels if label.isVisibleTo(self.widget)]

    def says(self, words: str) -> bool:
        return any(words in text for text in self.said)

    @property
    def everything(self) -> str:
        """All that stands anywhere in the widget."""
        texts = [label.text() for label in self.widget.findChildren(QLabel)]
        texts += [edit.text() for edit in self.widget.findChildren(QLineEdit)]
        texts += [button.text() for button in self.widget.findChildren(QPushButton)]
        return "\n".join(texts)


def page(world: World, theme: Theme, icons: Icons) -> NetworkPage:
    return NetworkPage(networks=world.networks, theme=theme, icons=icons, tasks=world.tasks)


def service_line(world: World, theme: Theme, icons: Icons, profile_id: str) -> ServiceNetwork:
    made = ServiceNetwork(networks=world.networks, theme=theme, icons=icons, tasks=world.tasks)
    made.set_profile(profile_id)
    return made
