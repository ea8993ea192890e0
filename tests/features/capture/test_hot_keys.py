"""Global keys: set up once it is wished for, listened for again at the next start."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.core.desktop_ports import HotKey
from app.core.errors import CaptureError, CaptureProblem
from app.core.settings import Settings
from app.core.wish import Wish
from app.features.capture.capture_page import CapturePage
from app.features.capture.hot_keys import HotKeys, HotKeyState
from app.kit.settings_holder import SettingsHolder
from app.kit.tasks import TaskScope
from tests.conftest import until

COMMANDS = {Wish.CAPTURE: "/opt/porthole --capture", Wish.ASK: "/opt/porthole --ask"}


@dataclass
class Portal:
    """Binds all keys, or fails; `press`, `bound` and `end` are what the desktop then does."""

    problem: CaptureProblem | None = None
    asked: int = 0
    listening: bool = False
    press: Callable[[str], object] = field(default=print)
    bound: Callable[[Mapping[str, str]], object] = field(default=print)
    end: asyncio.Event = field(default_factory=asyncio.Event)

    async def listen(
        self,
        keys: Sequence[HotKey],
        bound: Callable[[Mapping[str, str]], object],
        pressed: Callable[[str], object],
    ) -> None:
        self.asked += 1
        if self.problem is not None:
            raise CaptureError(self.problem)
        self.press, self.bound = pressed, bound
        bound({key.id: f"Meta+{key.id[0]}" for key in keys})
        self.listening = True
        try:
            await self.end.wait()
        finally:
            self.listening = False
        raise CaptureError(CaptureProblem.REFUSED)


class World:
    def __init__(self, portal: Portal | None, *, set_up: bool = False) -> None:
        self.settings = SettingsHolder(Settings(hot_keys=set_up), save=lambda _settings: None)
        self.wishes: list[Wish] = []
        self.scope = TaskScope()
        self.keys = HotKeys(portal=portal, settings=self.settings, scope=self.scope)
        self.keys.pressed.connect(self.wishes.append)
        self.page = CapturePage(hot_keys=self.keys, commands=COMMANDS)

    def is_set_up(self) -> bool:
        return self.settings.value.hot_keys

    def shown(self) -> tuple[str, str]:
        """The keys that the page says the desktop gave."""
        return self.page.bound(Wish.CAPTURE), self.page.bound(Wish.ASK)


@asynccontextmanager
async def world(
    qtbot: QtBot, portal: Portal | None, *, set_up: bool = False
) -> AsyncIterator[World]:
    made = World(portal, set_up=set_up)
    qtbot.addWidget(made.page)
    made.page.show()
    yield made
    await made.scope.close()
    made.settings.flush()


async def test_set_up_they_are_shown_heard_and_turned_off(qtbot: QtBot) -> None:
    portal = Portal()
    async with world(qtbot, portal) as there:
        there.keys.begin()
        assert portal.asked == 0, "nobody wished for it yet"
        assert there.shown() == ("", "")
        there.page.set_up.click()
        await until(lambda: portal.listening)
        assert there.shown() == ("Meta+c", "Meta+a")
        portal.press("ask")
        portal.press("something else")
        assert there.wishes == [Wish.ASK]
        assert there.is_set_up()
        there.page.turn_off.click()
        portal.press("ask")
        assert there.wishes == [Wish.ASK], "it is off"
        await until(lambda: not portal.listening)
        assert not there.is_set_up()
        assert there.shown() == ("", "")
        assert there.page.set_up.isVisible()


async def test_the_next_start_listens_again(qtbot: QtBot) -> None:
    portal = Portal()
    async with world(qtbot, portal, set_up=True) as there:
        there.keys.begin()
        await until(lambda: portal.listening)
        assert there.keys.state is HotKeyState.ON


async def test_keys_changed_in_the_desktops_settings_are_shown(qtbot: QtBot) -> None:
    portal = Portal()
    async with world(qtbot, portal) as there:
        there.keys.set_up()
        await until(lambda: portal.listening)
        portal.bound({"ask": "Ctrl+F9"})
        assert there.shown() == ("", "Ctrl+F9")
        portal.bound({"ask": ""})
        assert there.shown() == ("", "chosen in the desktop's settings")
        portal.bound({})
        assert "gave no key" in there.page.said


async def test_keys_that_are_taken_back_can_be_set_up_anew(qtbot: QtBot) -> None:
    portal = Portal()
    async with world(qtbot, portal) as there:
        there.keys.set_up()
        await until(lambda: portal.listening)
        portal.end.set()
        await until(lambda: there.keys.state is HotKeyState.REFUSED)
        assert "took them back" in there.page.said
        assert there.page.set_up.isVisible()
        assert there.is_set_up(), "the next start asks again"


@pytest.mark.parametrize(
    ("portal", "words"),
    [
        (None, "no portal"),
        (Portal(CaptureProblem.NO_PORTAL), "no portal"),
        (Portal(CaptureProblem.REFUSED), "gave no keys"),
        (Portal(CaptureProblem.TOO_SLOW), "gave no keys"),
    ],
)
async def test_a_desktop_that_binds_none_can_run_commands(
    qtbot: QtBot, portal: Portal | None, words: str
) -> None:
    async with world(qtbot, portal) as there:
        there.keys.set_up()
        await until(lambda: words in there.page.said)
        assert not there.is_set_up()
        assert there.page.set_up.isVisible() == (portal is not None)
        there.page.copy_button(Wish.ASK).click()
        assert QGuiApplication.clipboard().text() == "/opt/porthole --ask"
