"""A whole Porthole for journeys: the real window over a real store, talking over real loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.adapters.history_db import open_history
from app.adapters.keys import SystemKeys
from app.bootstrap import World, new_program
from app.core.ports import KeyStore
from app.core.settings import LanguageChoice, Profile, Settings
from app.features.chat.composer.text_box import TextBox
from app.features.chat.page import ChatPage
from app.program import Program
from tests.conftest import until

NO_KEY = Qt.KeyboardModifier.NoModifier


class Porthole:
    """The running program, driven as a hand would."""

    def __init__(self, program: Program) -> None:
        self.program = program

    @property
    def page(self) -> ChatPage:
        page = self.program.workspace.current_page()
        assert page is not None
        return page

    @property
    def box(self) -> TextBox:
        box = self.page.findChild(TextBox)
        assert isinstance(box, TextBox)
        return box

    @property
    def shown(self) -> str:
        """What the transcript in front says."""
        return self.page.shown_text()

    def type(self, text: str) -> None:
        """Type into the composer, as an input method would where keys do not reach."""
        if text.isascii():
            QTest.keyClicks(self.box, text)
        else:
            self.box.insertPlainText(text)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
        QTest.keyClick(self.box, key, modifiers)

    def shortcut(self, sequence: str) -> None:
        """Trigger the window's command with that key."""
        for action in self.program.window.actions():
            if sequence in [s.toString() for s in action.shortcuts()]:
                action.trigger()
                return
        raise AssertionError(f"no command has {sequence}")

    @property
    def ways_on(self) -> list[str]:
        """What can be clicked in the transcript's view, in reading order."""
        return [action.label for action, _place in self.page.transcript.actions_in_view()]

    def click(self, label: str) -> None:
        """Click what bears that label in the transcript."""
        for action, place in self.page.transcript.actions_in_view():
            if action.label == label:
                viewport = self.page.transcript.viewport()
                QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place.center())
                return
        raise AssertionError(f"nothing here is called {label}: {self.ways_on}")

    def speak(self, language: LanguageChoice) -> None:
        """Switch the language, live; all widgets have heard of it when this returns."""
        self.program.settings.replace(language=language)
        QApplication.sendPostedEvents()

    async def ask(self, text: str) -> str:
        """Type, press Enter, wait for the end; answers what the transcript then says."""
        await self.begin(text)
        await self.quiet()
        return self.shown

    async def begin(self, text: str) -> None:
        """Type and press Enter."""
        self.type(text)
        self.press(Qt.Key.Key_Return)
        await until(lambda: self.page.session.busy)

    async def quiet(self) -> None:
        """Wait until nothing streams and what came is shown."""
        await until(lambda: not self.page.session.busy)
        await asyncio.sleep(0.06)

    async def settled(self) -> None:
        """Wait until what is to be written has been: a write that is asked for now comes last."""
        await until(lambda: not self.page.session.busy)
        await self.program.store.purge()

    def drop(self, *paths: Path) -> None:
        """Drop files on the middle of the window."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        drop_on(self.program.window, mime)

    @property
    def notice(self) -> str:
        return self.program.window.notice


def drop_on(window: QWidget, mime: QMimeData) -> None:
    """A drag that enters the window and is dropped there."""
    where: QPoint = window.rect().center()
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    QApplication.sendEvent(window, QDragEnterEvent(where, copy, mime, left, NO_KEY))
    QApplication.sendEvent(window, QDropEvent(QPointF(where), copy, mime, left, NO_KEY))


@asynccontextmanager
async def porthole(
    directory: Path,
    *,
    address: str = "",
    demo: bool = False,
    settings: Settings | None = None,
    keys: KeyStore | None = None,
) -> AsyncIterator[Porthole]:
    """Open the window over `directory`, and close it in order.

    `address`: the default service's; models are then `test/text` and `test/seeing`.
    """
    settings = settings or Settings()
    if address:
        profile = Profile("local", "Local", address, "test/text", "test/seeing")
        settings = replace(settings, profiles=(profile,), default_profile="local")
    store = open_history(directory)
    start = store.start_state()
    keys = keys or SystemKeys(allow=lambda _ring: True)
    program = new_program(World(directory, settings, store, start, keys), demo=demo)
    try:
        program.show(start)
        await until(program.workspace.current_page)
        await program.keys.sure()
        yield Porthole(program)
    finally:
        await program.finish()
