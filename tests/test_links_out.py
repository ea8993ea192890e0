"""Links are asked about once for each host; what is no address of the web goes nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QCheckBox, QDialog, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.core.settings import TRUSTED_HOSTS, Settings, from_json, to_json
from app.kit.notices import Notice, Notices
from app.kit.settings_holder import SettingsHolder
from app.kit.tasks import TaskScope
from app.links_out import LinksOut, host_of
from tests.conftest import until


@dataclass
class World:
    """Links on their way out of a window, as far as they get."""

    window: QWidget
    settings: SettingsHolder
    scope: TaskScope
    opened: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    links: LinksOut = field(init=False)

    def __post_init__(self) -> None:
        notices = Notices(self.window)
        notices.listen(self.notices.append)
        self.links = LinksOut(
            window=self.window,
            settings=self.settings,
            notices=notices,
            scope=self.scope,
            open_address=self._open,
        )

    def _open(self, address: str) -> bool:
        self.opened.append(address)
        return True

    async def answer(self, *, accept: bool, trust: bool = False) -> str:
        """Answer the question; the address that it showed."""
        dialog = await until(lambda: self.window.findChild(QDialog))
        shown = dialog.findChild(QPlainTextEdit).toPlainText()
        dialog.findChild(QCheckBox).setChecked(trust)
        dialog.done(int(accept))
        await self.scope.drain()
        return str(shown)


@pytest.fixture
def world(qtbot: QtBot) -> Iterator[World]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    settings = SettingsHolder(Settings(), save=lambda _settings: None, parent=window)
    yield World(window, settings, TaskScope())
    window.close()


async def test_a_host_is_asked_about_once_in_a_run(world: World) -> None:
    address = "https://docs.example.com/a?b=c#d"
    world.links.open(address)
    assert await world.answer(accept=True) == address
    world.links.open("https://docs.example.com/other")
    assert world.opened == [address, "https://docs.example.com/other"]
    assert world.settings.value.trusted_hosts == ()


async def test_no_means_no_and_is_asked_again(world: World) -> None:
    world.links.open("https://a.example/")
    await world.answer(accept=False, trust=True)
    assert world.opened == []
    assert world.settings.value.trusted_hosts == ()
    world.links.open("https://a.example/")
    await world.answer(accept=True)
    assert world.opened == ["https://a.example/"]


async def test_a_host_that_is_trusted_is_remembered(world: World) -> None:
    world.links.open("https://a.example/x")
    await world.answer(accept=True, trust=True)
    assert world.settings.value.trusted_hosts == ("a.example",)
    again = World(world.window, world.settings, world.scope)
    again.links.open("https://a.example/y")
    assert again.opened == ["https://a.example/y"]
    again.links.open("https://b.a.example/y")
    await again.answer(accept=False)
    assert len(again.opened) == 1, "another host is another host"


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://user@a.example/",
        "https://a.example\\@b.example/",
        "\\\\server\\share",
        "https://a.example/\u202egnp",
        "ftp://a.example/",
    ],
)
async def test_what_is_no_address_of_the_web_is_not_opened(world: World, address: str) -> None:
    world.links.open(address)
    assert world.opened == []
    assert not world.scope.busy
    assert len(world.notices) == 1


async def test_one_question_at_a_time(world: World) -> None:
    world.links.open("https://a.example/")
    world.links.open("https://b.example/")
    await world.answer(accept=True)
    assert world.opened == ["https://a.example/"]


def test_a_host_is_told_in_letters_that_look_like_no_others() -> None:
    assert host_of(QUrl("https://аpple.com/x")) == "xn--pple-43d.com"
    assert host_of(QUrl("HTTPS://A.Example:8080/")) == "a.example"
    assert host_of(QUrl("mailto:me@Example.com")) == "example.com"
    assert host_of(QUrl("mailto:me@аpple.com")) == "xn--pple-43d.com"


def test_trusted_hosts_are_kept_in_the_settings_and_bounded() -> None:
    kept = Settings(trusted_hosts=("a.example", "b.example"))
    assert from_json(to_json(kept)).trusted_hosts == ("a.example", "b.example")
    assert from_json({"trusted_hosts": ["a", 7, "", "x" * 300]}).trusted_hosts == ("a",)
    many = [f"h{n}" for n in range(TRUSTED_HOSTS + 9)]
    assert from_json({"trusted_hosts": many}).trusted_hosts == tuple(many[-TRUSTED_HOSTS:])
    assert from_json({"trusted_hosts": "a"}).trusted_hosts == ()
