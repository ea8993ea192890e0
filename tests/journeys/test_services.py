"""Several services, added by hand in the real window: each with its own address, key and models."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QWidget

from app.adapters.log import Log
from app.adapters.settings_file import SettingsFile
from app.core.network import NetworkChoice, ProxyChoice
from app.core.settings import Profile, Settings
from app.features.connection.service_card import ServiceCard
from app.features.connection.services_page import ServicesPage
from app.features.connection.status import Check
from app.features.network.network_page import NetworkPage
from app.shell.settings_tab import SettingsTab
from tests.adapters.chat_api.server import Asked, Server, alone, serving
from tests.conftest import MemoryKeyring, until
from tests.features.network.world import Hand
from tests.journeys.world import Porthole, porthole
from tests.proxies import proxying

pytestmark = pytest.mark.usefixtures("qapp")

KEY = "sk-canary-0123456789"
PASSWORD = "canary p@ss:w/ord 密码"


@asynccontextmanager
async def service(name: str, key: str = "") -> AsyncIterator[Server]:
    """A service with one model, which says its own name to everyone who brings the key."""

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        status, kind = "200 OK", "application/json"
        if asked.headers.get("authorization", "") != (f"Bearer {key}" if key else ""):
            status, body = "401 Unauthorized", json.dumps({"error": "who are you?"})
        elif asked.method == "GET":
            body = json.dumps({"data": [{"id": f"{name}/only"}]})
        else:
            kind = "text/event-stream"
            said = {
                "choices": [{"delta": {"content": f"This is {name}."}, "finish_reason": "stop"}]
            }
            body = f"data: {json.dumps(said)}\n\ndata: [DONE]\n\n"
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write((head + body).encode())

    async with serving(answer) as server:
        yield server


def settings_page(window: Porthole, page_id: str, kind: type[QWidget]) -> QWidget:
    tab = window.program.workspace.show_settings()
    assert isinstance(tab, SettingsTab)
    tab.show_page(page_id)
    page = tab.findChild(kind)
    assert isinstance(page, kind)
    return page


def click(within: QWidget, text: str) -> None:
    buttons = within.findChildren(QPushButton)
    (button,) = [b for b in buttons if b.text() == text and b.isVisibleTo(within)]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def enter(card: QWidget, name: str, text: str) -> None:
    edits = card.findChildren(QLineEdit)
    (edit,) = [e for e in edits if e.accessibleName() == name and e.isVisibleTo(card)]
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


async def add(window: Porthole, name: str, address: str) -> ServiceCard:
    """Add a service of no known name; answers its card, opened."""
    page = settings_page(window, "services", ServicesPage)
    assert isinstance(page, ServicesPage)
    click(page, "+ Add a service")
    (menu,) = page.findChildren(QMenu)
    before = len(window.program.settings.value.profiles)
    next(action for action in menu.actions() if action.text() == "Other…").trigger()
    menu.close()
    await until(lambda: len(window.program.settings.value.profiles) > before)
    card = page._cards[window.program.settings.value.profiles[-1].id]
    await until(lambda: card.is_open)
    enter(card, "Name", name)
    enter(card, "Address", address)
    await until(lambda: profile(window, name).address == address)
    return card


def profile(window: Porthole, name: str) -> Profile:
    return next(p for p in window.program.settings.value.profiles if p.name == name)


async def reopen(window: Porthole, conversation: str) -> None:
    """Bring that conversation to the front, loaded."""
    space = window.program.workspace
    space.open_conversation(conversation)

    def there() -> bool:
        page = space.current_page()
        return page is not None and page.session.info.id == conversation

    await until(there)


async def passed(window: Porthole, name: str) -> None:
    connections = window.program.connections
    await until(lambda: connections.status(profile(window, name).id).check is Check.PASSED)


async def test_two_services_and_each_conversation_remembers_its_own(
    data_dir: Path, memory_keyring: MemoryKeyring
) -> None:
    async with service("Open") as free, service("Locked", KEY) as locked:
        async with porthole(data_dir) as window:
            card = await add(window, "Open", free.address)
            click(card, "Test connection")
            await passed(window, "Open")
            assert profile(window, "Open").text_model == "Open/only"
            click(card, "Make default")
            window.shortcut("Ctrl+T")
            assert "This is Open." in await window.ask("who?")
            first = window.page.session.info.id

            card = await add(window, "Locked", locked.address)
            enter(card, "API key", KEY)
            await passed(window, "Locked")
            click(card, "Make default")
            window.shortcut("Ctrl+T")
            assert "This is Locked." in await window.ask("who?")
            second = window.page.session.info.id
            assert list(memory_keyring.keys.values()) == [KEY]

        async with porthole(data_dir, settings=SettingsFile(data_dir).load()) as window:
            for key, name in ((first, "Open"), (second, "Locked")):
                await reopen(window, key)
                assert window.page.session.info.profile == profile(window, name).id
                shown = await window.ask("still?")
                assert shown.count(f"This is {name}.") == 2
        posts = [a for a in (*free.asked, *locked.asked) if a.method == "POST"]
        assert [a.json["model"] for a in posts] == ["Open/only"] * 2 + ["Locked/only"] * 2
        assert not any("authorization" in asked.headers for asked in free.asked)
    await alone()


async def test_a_conversation_whose_service_was_removed_says_so(data_dir: Path) -> None:
    async with service("Open") as free:
        settings = Settings().with_profile(Profile("open", "Open", free.address, "Open/only"))
        async with porthole(data_dir, settings=replace(settings, default_profile="open")) as window:
            await window.ask("who?")
            posts = free.posts
            await window.program.connections.remove("open")
            shown = await window.ask("still?")
            assert "removed" in shown
            assert free.posts == posts
    await alone()


async def test_a_proxys_password_is_in_the_keyring_and_in_no_file(
    data_dir: Path, memory_keyring: MemoryKeyring
) -> None:
    log = Log(data_dir)
    try:
        async with (
            service("Far", KEY) as far,
            proxying(
                "http", {"far.test": int(far.address.split(":")[2][:-3])}, login=("me", PASSWORD)
            ) as proxy,
        ):
            memory_keyring.keys["porthole", "far"] = KEY
            there = Profile("far", "Far", "http://far.test/v1", "Far/only")
            settings = Settings(profiles=(there,), default_profile="far")
            async with porthole(data_dir, settings=settings) as window:
                network = settings_page(window, "network", NetworkPage)
                hand = Hand(network, window.program._scope)
                hand.choose("Proxy", "Manual")
                hand.type("Proxy address", f"http://{proxy.place}")
                hand.type("Proxy user", "me")
                hand.field("Proxy password").insert("canary wrong")
                hand.press("Save")
                await until(lambda: ("porthole", "proxy") in memory_keyring.keys)
                window.shortcut("Ctrl+T")
                shown = await window.ask("who?")
                assert "wants a user and a password" in shown
                hand.press("Replace…")
                hand.field("Proxy password").insert(PASSWORD)
                hand.press("Save")
                await until(lambda: memory_keyring.keys["porthole", "proxy"] == PASSWORD)
                shown = await window.ask("and now?")
                assert "This is Far." in shown
                assert "canary" not in shown
                refused = window.page.session.branch()[1]
                told = await window.program.store.exchange(refused.id)
                assert told is not None
                # The proxy repeated, in base64, what it was given.
                assert told.response.startswith(b"who is Basic [")
                assert not held(told.response)
                assert window.program.settings.value.network == NetworkChoice(
                    ProxyChoice.MANUAL, f"http://{proxy.place}", "me"
                )
                QApplication.sendPostedEvents()
        await alone()
    finally:
        log.close()
    names = search(data_dir)
    assert {"settings.json", "porthole.log"} <= names


def search(folder: Path) -> set[str]:
    """Look for the secrets in every file; answers the files' names."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    for path in files:
        assert not held(path.read_bytes()), path
    return {path.name for path in files}


def held(data: bytes) -> list[bytes]:
    """Which of the secrets stand there."""
    pairs = (f"me:{password}".encode() for password in (PASSWORD, "canary wrong"))
    secrets = (b"canary", "密码".encode(), *map(base64.b64encode, pairs))
    return [secret for secret in secrets if secret in data]
