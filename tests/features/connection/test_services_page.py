"""The Services page, driven as a person would, against a real service on loopback."""

from __future__ import annotations

import contextlib
import http.client
import http.server
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.adapters.threads import in_daemon_thread
from app.core import address
from app.core.errors import Failure, FailureKind, KeyStoreError, KeyStoreProblem, ServiceError
from app.core.model_info import ModelInfo
from app.core.network import Network, ProbeResult
from app.core.settings import Profile, Settings
from app.features.connection.service_card import ServiceCard
from app.features.connection.services_page import ServicesPage
from app.features.connection.status import Check
from app.features.connection.templates import TEMPLATES, Template
from app.features.models.model_picker import ModelPicker
from app.features.network.networks import Networks
from app.features.network.service_network import ServiceNetwork
from app.kit.notices import Notice, Notices
from app.kit.tasks import TaskScope
from tests.chinese import chinese, unfinished
from tests.conftest import until
from tests.features.connection.world import Keys, Service, World, make_world
from tests.look import dressed

GOOD = "sk-good-0123456789-7Qk2"


class ModelsHandler(http.server.BaseHTTPRequestHandler):
    """Lists two models to whoever brings a good key, and refuses everyone else."""

    def do_GET(self) -> None:
        good = self.headers.get("Authorization", "").startswith("Bearer sk-good")
        answer = {"data": [{"id": "a/one"}, {"id": "b/two"}]} if good else {"message": "Wrong key"}
        body = json.dumps(answer).encode()
        self.send_response(200 if good and self.path == "/v1/models" else 401)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        return


@pytest.fixture
def server() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), ModelsHandler) as listening:
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{listening.server_address[1]}/v1"
        listening.shutdown()
        thread.join()


class HttpService(Service):
    """Asks over real HTTP."""

    async def models(self) -> Sequence[ModelInfo]:
        status, data = await in_daemon_thread(self._get)
        if status != 200:
            raise ServiceError(
                Failure(FailureKind.AUTH, data["message"], status, host="api.jiekou.ai")
            )
        return [ModelInfo(item["id"]) for item in data["data"]]

    def _get(self) -> tuple[int, Any]:
        host, _, path = self.address.removeprefix("http://").partition("/")
        connection = http.client.HTTPConnection(host, timeout=10)
        connection.request(
            "GET", f"/{path}/models", headers={"Authorization": f"Bearer {self.key}"}
        )
        with contextlib.closing(connection), connection.getresponse() as response:
            return response.status, json.load(response)


@dataclass
class Shown:
    """The page and all around it."""

    page: ServicesPage
    world: World
    tasks: TaskScope
    opened: list[str]
    notices: list[Notice]

    def card(self, profile_id: str = "jiekou") -> ServiceCard:
        return self.page._cards[profile_id]

    def add(self, name: str) -> None:
        """Press the button that adds a service, and choose from its menu."""
        self.press("+ Add a service", self.page)
        (menu,) = self.page.findChildren(QMenu)
        (action,) = [a for a in menu.actions() if a.text() == name]
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())

    def press(self, text: str, within: QWidget | None = None) -> None:
        where = within or self.card()
        buttons = where.findChildren(QPushButton)
        (button,) = [b for b in buttons if b.text() == text and b.isVisibleTo(where)]
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def field(self, name: str, within: QWidget | None = None) -> QLineEdit:
        edits = (within or self.card()).findChildren(QLineEdit)
        (edit,) = [e for e in edits if e.accessibleName() == name]
        return edit

    def says(self, words: str) -> bool:
        return any(
            words in label.text()
            for label in self.page.findChildren(QLabel)
            if label.isVisibleTo(self.page)
        )


async def no_probe(address: str, network: Network) -> ProbeResult:
    raise AssertionError(f"{address} was tested by {network}")


async def no_proxy(_address: str) -> str:
    return ""


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Callable[..., Shown]:
    theme, icons = dressed(qapp)

    def make(settings: Settings | None = None, keys: Keys | None = None) -> Shown:
        world = make_world(settings=settings, keys=keys, service=HttpService)
        tasks, notices = TaskScope(), Notices()
        networks = Networks(
            settings=world.settings, keys=world.keys, probe=no_probe, system_proxy=no_proxy
        )
        opened: list[str] = []
        posted: list[Notice] = []
        notices.listen(posted.append)
        page = ServicesPage(
            connections=world.connections,
            theme=theme,
            icons=icons,
            notices=notices,
            tasks=tasks,
            make_model_field=lambda: ModelPicker(theme=theme, icons=icons, wide=True),
            make_network_field=lambda: ServiceNetwork(
                networks=networks, theme=theme, icons=icons, tasks=tasks
            ),
            open_url=opened.append,
        )
        qtbot.addWidget(page)
        page.resize(800, 700)
        page.show()
        return Shown(page, world, tasks, opened, posted)

    return make


def at(server: str) -> Settings:
    settings = Settings()
    return settings.with_profile(replace(settings.profiles[0], address=server))


async def test_a_pasted_key_is_kept_tested_and_never_shown(
    show: Callable[..., Shown], server: str
) -> None:
    shown = show(at(server))
    await shown.world.connections.start()
    field = shown.field("API key")
    assert field.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClicks(field, f"  {GOOD} ")
    shown.press("Save")
    await shown.tasks.drain()
    assert shown.world.keys.kept == {"jiekou": GOOD}
    assert shown.says("✓ connected · 2 models")
    assert shown.says("in the system keyring")
    assert field.text().endswith("7Qk2")
    assert field.isReadOnly()
    everything = [w.text() for w in shown.page.findChildren(QLabel)]
    everything += [w.text() for w in shown.page.findChildren(QLineEdit)]
    assert not any("0123456789" in text for text in everything)


async def test_a_refused_key_is_said_in_the_services_own_words(
    show: Callable[..., Shown], server: str
) -> None:
    shown = show(at(server), Keys(jiekou="sk-bad-0123456789"))
    await shown.world.connections.start()
    shown.press("Test connection")
    await shown.tasks.drain()
    assert shown.says("The key was refused (401): Wrong key.")
    assert shown.says("✕ not connected")
    assert not shown.says("Status: 401")
    shown.press("Details")
    assert shown.says("Status: 401")
    shown.press("Replace…")
    QTest.keyClicks(shown.field("API key"), GOOD)
    QTest.keyClick(shown.field("API key"), Qt.Key.Key_Return)
    await shown.tasks.drain()
    assert shown.says("✓ connected · 2 models")
    assert not shown.says("refused")
    shown.press("Forget")
    await shown.tasks.drain()
    assert shown.world.keys.kept == {}
    assert shown.says("not needed on this computer")


async def test_a_new_key_with_the_same_end_leaves_the_field(show: Callable[..., Shown]) -> None:
    shown = show(keys=Keys(jiekou="sk-good-00000000-7Qk2"))
    await shown.world.connections.start()
    shown.press("Replace…")
    QTest.keyClicks(shown.field("API key"), "sk-none-11111111-7Qk2")
    shown.world.settings.replace(zoom_percent=110)
    assert shown.field("API key").text() == "sk-none-11111111-7Qk2"
    shown.world.keys.error = KeyStoreError(KeyStoreProblem.LOCKED)
    shown.press("Save")
    await shown.tasks.drain()
    assert shown.says("The system keyring did not open.")
    assert shown.world.keys.kept == {"jiekou": "sk-good-00000000-7Qk2"}


async def test_what_is_no_key_is_refused_with_words(show: Callable[..., Shown]) -> None:
    shown = show()
    await shown.world.connections.start()
    shown.field("API key").setText("sk-密钥")
    shown.press("Save")
    await shown.tasks.drain()
    assert shown.says("characters that no key has; nothing was sent")
    assert shown.world.keys.kept == {}


async def test_without_a_keyring_it_says_so(show: Callable[..., Shown]) -> None:
    shown = show(keys=Keys(real=False))
    assert not shown.says("This system has no usable keyring.")
    await shown.world.connections.start()
    assert shown.says("This system has no usable keyring.")
    assert shown.says("in use: no key yet")
    await shown.world.connections.keep_key("jiekou", GOOD)
    assert shown.says("No usable keyring: kept for this session only")
    assert not shown.says("in use: no key yet")


async def test_the_address_shows_live_where_requests_go(show: Callable[..., Shown]) -> None:
    shown = show(keys=Keys(jiekou=GOOD))
    await shown.world.connections.start()
    assert shown.says("requests go to …/openai/v1")
    edit = shown.field("Address")
    edit.clear()
    QTest.keyClicks(edit, "https://llm.example.org/v2/chat/completions")
    assert shown.says("requests go to …/v2")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    await shown.tasks.drain()
    profile = shown.world.settings.value.profiles[0]
    assert profile.address == "https://llm.example.org/v2/chat/completions"
    assert shown.says("entered for https://api.jiekou.ai; not sent here")
    shown.press("Use it here")
    await shown.tasks.drain()
    assert shown.says("in the system keyring")
    edit.clear()
    QTest.keyClicks(edit, "no address")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    await shown.tasks.drain()
    assert shown.says("This is no address a request can be sent to.")
    assert shown.world.settings.value.profiles[0].address == profile.address


async def test_links_open_through_what_was_handed_in(show: Callable[..., Shown]) -> None:
    shown = show()
    for name in ("Model catalogue ↗", "Documentation ↗", "Console and limits ↗"):
        shown.press(name)
    assert shown.opened == [
        "https://jiekou.ai",
        "https://jiekou.ai/docs/models/reference-llm-create-chat-completion",
        "https://jiekou.ai",
    ]


async def test_services_come_and_go_and_come_back(show: Callable[..., Shown]) -> None:
    shown = show()
    shown.add("Other…")
    await shown.tasks.drain()
    added = shown.world.settings.value.profiles[1]
    card = shown.card(added.id)
    assert card.is_open
    assert not shown.card().is_open
    name = shown.field("Name", card)
    name.selectAll()
    QTest.keyClicks(name, "Lab")
    QTest.keyClick(name, Qt.Key.Key_Return)
    shown.press("Make default", card)
    assert shown.world.settings.value.default_profile == added.id
    shown.press("Remove", card)
    await shown.tasks.drain()
    assert [p.id for p in shown.world.settings.value.profiles] == ["jiekou"]
    (notice,) = shown.notices
    assert "Lab" in notice.text
    assert notice.act is not None
    notice.act()
    await shown.tasks.drain()
    assert shown.world.settings.value.profiles[1].name == "Lab"
    assert shown.world.settings.value.default_profile == added.id


async def test_a_service_known_by_name_needs_only_its_key(
    show: Callable[..., Shown], server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = (Template("DeepSeek", server),)
    monkeypatch.setattr("app.features.connection.services_page.TEMPLATES", known)
    shown = show()
    shown.add("DeepSeek")
    await shown.tasks.drain()
    added = shown.world.settings.value.profiles[1]
    assert (added.name, added.address) == ("DeepSeek", server)
    assert not shown.card().is_open
    key = shown.field("API key", shown.card(added.id))
    QTest.keyClicks(key, GOOD)
    shown.press("Save", shown.card(added.id))
    await shown.tasks.drain()
    assert shown.world.keys.kept == {added.id: GOOD}
    assert shown.says("✓ connected · 2 models")


async def test_a_local_one_is_tested_at_once(
    show: Callable[..., Shown], server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = (Template("Ollama", server, local=True),)
    monkeypatch.setattr("app.features.connection.services_page.TEMPLATES", here)
    shown = show()
    shown.add("Ollama (on this computer)")
    await shown.tasks.drain()
    added = shown.world.settings.value.profiles[1]
    # This server wants a key, and says so.
    assert shown.world.connections.status(added.id).check is Check.FAILED
    assert shown.says("The key was refused (401): Wrong key.")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_the_addresses_of_known_services_are_as_requests_go(template: Template) -> None:
    normal = address.normalise(template.address)
    assert normal.removesuffix("/v1") == template.address.removesuffix("/v1")
    assert address.is_loopback(normal) is template.local


async def test_models_are_chosen_for_text_and_for_pictures(show: Callable[..., Shown]) -> None:
    shown = show()
    wanted: list[str] = []
    shown.page.models_wanted.connect(wanted.append)
    shown.page.set_models("jiekou", [ModelInfo("a/one"), ModelInfo("b/two")])
    _, picker = shown.card().findChildren(ModelPicker)
    QTest.keyClick(picker, Qt.Key.Key_Down)
    edit = shown.field("Filter models", shown.page)
    QTest.keyClicks(edit, "b/two")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert shown.world.settings.value.profiles[0].picture_model == "b/two"
    assert wanted == ["jiekou"]


async def test_a_narrow_card_stacks_and_stays_within(show: Callable[..., Shown]) -> None:
    shown = show()
    shown.page.resize(330, 900)
    await until(lambda: shown.card().width() == 330)
    QApplication.sendPostedEvents()
    for child in shown.card().findChildren(QPushButton):
        if child.isVisible():
            assert child.mapTo(shown.card(), child.rect().topRight()).x() <= 330


async def test_it_speaks_chinese_live(show: Callable[..., Shown]) -> None:
    shown = show(Settings().with_profile(Profile("local", "Local", "http://127.0.0.1:1/v1")))
    with chinese("connection", "kit"):
        QApplication.sendPostedEvents()
        assert shown.says("请求发往 …/openai/v1")
        shown.press("文档 ↗")
        assert not shown.says("not tested")
    assert shown.opened
    assert unfinished("connection") == []
