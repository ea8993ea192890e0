"""The Network page, worked as by hand, against real proxies and servers on loopback."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import trustme
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from app.core.errors import KeyStoreError, KeyStoreProblem
from app.core.network import NetworkChoice, ProxyChoice
from app.core.settings import Settings
from tests.adapters.chat_api.server import alone, plain, serving
from tests.adapters.chat_api.test_ways import nobody, port_of, secured
from tests.chinese import chinese, unfinished
from tests.conftest import until
from tests.features.connection.world import Keys
from tests.features.network.world import Hand, World, at, make_world, page, service_line
from tests.look import dressed
from tests.proxies import listening, proxying, saying

MODELS = plain(b'{"error": "no key"}', "401 Unauthorized", "application/json")
SECRET = "canary p@ss:w/ord 密码"


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Callable[..., tuple[World, Hand]]:
    theme, icons = dressed(qapp)

    def make(
        settings: Settings | None = None, keys: Keys | None = None, line: str = ""
    ) -> tuple[World, Hand]:
        world = make_world(settings, keys)
        widget = service_line(world, theme, icons, line) if line else page(world, theme, icons)
        qtbot.addWidget(widget)
        widget.resize(760, 600)
        widget.show()
        return world, Hand(widget, world.tasks)

    return make


Show = Callable[..., tuple[World, Hand]]


async def test_a_proxy_is_entered_tested_and_its_password_kept_in_the_keyring_alone(
    show: Show,
) -> None:
    async with (
        serving(MODELS) as server,
        proxying("http", {"service.test": port_of(server)}, login=("me", SECRET)) as proxy,
    ):
        world, hand = show(at("http://service.test/v1"))
        await world.tasks.drain()
        hand.choose("Proxy", "Manual")
        hand.type("Proxy address", f"http://{proxy.place}")
        assert await hand.test() == (
            f"✕ The proxy {proxy.place} wants a user and a password that it knows (407)."
        )
        hand.type("Proxy user", "me")
        password = hand.field("Proxy password")
        assert password.echoMode() is QLineEdit.EchoMode.Password
        QTest.keyClicks(password, "wrong")
        QTest.keyClick(password, Qt.Key.Key_Return)
        await world.tasks.drain()
        assert hand.says("in the system keyring")
        assert "(407)" in await hand.test()
        hand.press("Replace…")
        hand.field("Proxy password").insert(SECRET)
        # Not saved yet: what was typed counts all the same.
        said = await hand.test()
        assert said.startswith(f"✓ Reached service.test through proxy {proxy.place} in 0.")
        assert said.endswith(" s (status 401).")
        assert world.keys.kept == {"proxy": SECRET}
        assert world.renewed == ["", ""]
        assert "canary" not in hand.everything + repr(world.settings.value)
        assert world.settings.value.network == NetworkChoice(
            ProxyChoice.MANUAL, f"http://{proxy.place}", "me"
        )
        hand.press("Forget")
        await world.tasks.drain()
        assert world.keys.kept == {}
        assert not hand.says("in the system keyring")
        # Nobody's key went along, in any of these tests.
        assert not any("authorization" in asked.headers for asked in server.asked)
    await alone()


async def test_an_address_pasted_with_user_and_password_is_taken_apart(show: Show) -> None:
    world, hand = show(at("http://service.test/v1"))
    hand.choose("Proxy", "Manual")
    hand.type("Proxy address", "socks5://me:canary%40pass@127.0.0.1:1080")
    await world.tasks.drain()
    assert world.settings.value.network == NetworkChoice(
        ProxyChoice.MANUAL, "socks5://127.0.0.1:1080", "me"
    )
    assert world.keys.kept == {"proxy": "canary@pass"}
    assert hand.field("Proxy user").text() == "me"
    assert "canary" not in hand.everything


async def test_what_is_wrong_with_an_address_is_said_while_it_is_typed(show: Show) -> None:
    world, hand = show(at("http://service.test/v1"))
    await world.tasks.drain()
    hand.choose("Proxy", "Manual")
    QTest.keyClicks(hand.field("Proxy address"), "ftp://proxy.example")
    assert hand.says("A proxy's address cannot begin with ftp://.")
    assert await hand.test() == (
        "✕ A proxy's address cannot begin with ftp://. "
        "It begins with http://, https:// or socks5://."
    )
    hand.type("Proxy address", "")
    assert await hand.test() == "✕ A proxy was chosen, but no address was given for it."


async def test_each_way_to_fail_has_its_words(show: Show, tmp_path: Path) -> None:
    world, hand = show(at("https://service.test/v1"))
    await world.tasks.drain()
    hand.choose("Proxy", "Manual")
    async with nobody() as port:
        hand.type("Proxy address", f"127.0.0.1:{port}")
        assert await hand.test() == f"✕ The proxy 127.0.0.1:{port} refused the connection."
    async with listening(saying(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as proxy:
        hand.type("Proxy address", f"socks5://{proxy.place}")
        assert await hand.test() == f"✕ What answers at {proxy.place} is no proxy of this kind."
    async with proxying("http", {}) as proxy:
        hand.type("Proxy address", f"http://{proxy.place}")
        assert await hand.test() == (
            f"✕ The proxy {proxy.place} would not make the connection (502). "
            "It says: 502 Bad Gateway."
        )
    (tmp_path / "words.pem").write_text("no certificate")
    hand.type("Certificate file", str(tmp_path / "words.pem"))
    assert await hand.test() == (
        "✕ The certificate file words.pem holds no certificate. A PEM file is needed."
    )


async def test_a_certificate_that_is_not_trusted_and_the_file_that_helps(
    show: Show, tmp_path: Path
) -> None:
    authority = trustme.CA()
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    async with serving(MODELS, secured(authority, "127.0.0.1")) as server:
        world, hand = show(at(server.address))
        await world.tasks.drain()
        assert await hand.test() == (
            "✕ The certificate of 127.0.0.1 is not trusted. If it is your network's own, "
            "choose the file of its certificates."
        )
        hand.press("Browse…")
        dialog = await until(lambda: hand.widget.window().findChild(QFileDialog))
        dialog.fileSelected.emit(str(path))
        dialog.reject()
        assert world.settings.value.network.ca_file == str(path)
        assert (await hand.test()).startswith("✓ Reached 127.0.0.1 in 0.")
    await alone()


async def test_the_systems_proxy_is_shown_as_it_is_now(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://me:canary@127.0.0.1:7890")
    world, hand = show(at("http://service.test/v1"))
    await world.tasks.drain()
    assert hand.says("The system's proxy: http://127.0.0.1:7890")
    assert "canary" not in hand.everything
    monkeypatch.delenv("http_proxy")
    hand.widget.hide()
    hand.widget.show()
    await world.tasks.drain()
    assert hand.says("The system names no proxy for service.test.")
    monkeypatch.setenv("http_proxy", "gopher://127.0.0.1:7890")
    hand.choose("Proxy", "None")
    await world.tasks.drain()
    assert not hand.says("system")
    hand.choose("Proxy", "Like the system")
    await world.tasks.drain()
    assert hand.says("A proxy's address cannot begin with gopher://.")


async def test_the_test_goes_to_the_service_that_was_chosen(show: Show) -> None:
    async with serving(MODELS) as one, serving(MODELS) as two:
        settings = at(one.address, "One")
        other = at(two.address, "Two").profiles[0]
        settings = settings.with_profile(replace(other, id="two"))
        world, hand = show(settings)
        await world.tasks.drain()
        await hand.test()
        assert (len(one.asked), len(two.asked)) == (1, 0)
        hand.choose("Service that the test goes to", "Two")
        assert (await hand.test()).startswith("✓ Reached 127.0.0.1")
        assert (len(one.asked), len(two.asked)) == (1, 1)
        assert two.asked[0].path == "/v1/models"
    await alone()


async def test_a_locked_keyring_is_said_and_nothing_is_kept(show: Show) -> None:
    choice = NetworkChoice(ProxyChoice.MANUAL, "http://127.0.0.1:9", "me")
    keys = Keys()
    keys.error = KeyStoreError(KeyStoreProblem.LOCKED)
    world, hand = show(replace(at("http://service.test/v1"), network=choice), keys)
    await world.tasks.drain()
    assert hand.says("the system keyring did not open")
    assert "keyring did not open" in await hand.test()
    assert world.probed == []
    hand.press("Replace…")
    hand.field("Proxy password").insert(SECRET)
    hand.press("Save")
    await world.tasks.drain()
    assert hand.says("The system keyring did not open.")
    assert world.keys.kept == {}
    assert world.renewed == []


async def test_without_a_keyring_the_password_is_for_this_session(show: Show) -> None:
    world, hand = show(at("http://service.test/v1"), Keys(real=False))
    await world.tasks.drain()
    hand.choose("Proxy", "Manual")
    hand.field("Proxy password").insert(SECRET)
    hand.press("Save")
    await world.tasks.drain()
    assert hand.says("No usable keyring: kept for this session only")


async def test_a_service_may_have_a_way_of_its_own(show: Show) -> None:
    async with (
        serving(MODELS) as server,
        proxying("socks5", {"service.test": port_of(server)}, login=("me", SECRET)) as proxy,
    ):
        world, hand = show(at("http://service.test/v1"), line="lab")
        assert not hand.says("Proxy")
        hand.press("Network: like all others")
        await world.tasks.drain()
        assert not hand.says("Proxy")
        hand.choose("Network settings", "Its own")
        hand.choose("Proxy", "Manual")
        hand.type("Proxy address", f"socks5://{proxy.place}")
        hand.type("Proxy user", "me")
        hand.field("Proxy password").insert(SECRET)
        said = await hand.test()
        assert said.startswith(f"✓ Reached service.test through proxy {proxy.place} in ")
        assert world.keys.kept == {"proxy:lab": SECRET}
        assert world.renewed == ["lab"]
        own = world.settings.value.profiles[0].network
        assert own == NetworkChoice(ProxyChoice.MANUAL, f"socks5://{proxy.place}", "me")
        assert world.settings.value.network == NetworkChoice()
        hand.choose("Network settings", "Like all others")
        assert world.settings.value.profiles[0].network is None
        assert hand.says("Network settings")
        assert not hand.says("Proxy address")
    await alone()


async def test_in_chinese_nothing_is_left_in_english(show: Show) -> None:
    choice = NetworkChoice(ProxyChoice.MANUAL, "http://127.0.0.1:9", "me")
    with chinese("network", "kit"):
        world, hand = show(replace(at("http://service.test/v1"), network=choice))
        await world.tasks.drain()
        hand.press("测试网络")
        await world.tasks.drain()
        assert hand.says("✕ 代理 127.0.0.1:9 拒绝了连接。")
        assert hand.says("代理地址")
    assert unfinished("network") == []
    QApplication.sendPostedEvents()
    assert hand.says("Proxy address")
    assert hand.says("✕ The proxy 127.0.0.1:9 refused the connection.")
