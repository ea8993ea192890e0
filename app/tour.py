"""The tour: the main job walked through by itself, on the real window, with a picture of each step.

A sample screenshot is dropped on the window, "Extract text" is clicked, and the streamed answer
is shown. It always talks with the demo service, in a data directory of its own, without a keyring.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.program import Program

T = TypeVar("T")

STEP_LIMIT_S = 180.0
SAMPLE = ("samples", "screenshot.png")


class StepFailed(Exception):  # noqa: N818 - it is told to a person, not caught by name
    """What did not happen."""


def make_tour(pictures: str) -> int:
    """Walk through, saving a PNG of each step under `pictures`; answers 0, or 1 if one failed.

    PORTHOLE_TOUR_LOOK may name a theme and a language, such as `dark,zh_CN`.
    """
    os.environ["QT_QPA_PLATFORM"] = os.environ.get("PORTHOLE_TOUR_PLATFORM", "offscreen")
    folder = Path(pictures).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="porthole-tour-") as data:
        try:
            _run(folder, Path(data))
        except StepFailed as failed:
            print(f"FAILED: {failed}", file=sys.stderr)
            return 1
    print(f"The tour is done ({time.monotonic() - started:.1f} s): {folder}")
    return 0


def _run(folder: Path, data: Path) -> None:
    from app.adapters.history_db import open_history
    from app.bootstrap import World, run_window
    from app.core.settings import LanguageChoice, Settings, ThemeChoice
    from app.tour_keys import NoKeys

    look = os.environ.get("PORTHOLE_TOUR_LOOK", "light,en").split(",")
    settings = replace(Settings(), theme=ThemeChoice(look[0]), language=LanguageChoice(look[1]))
    store = open_history(data)
    world = World(data, settings, store, store.start_state(), NoKeys())
    steps = _Steps(folder)
    run_window(world, demo=True, script=steps.play)
    if steps.failed:
        raise StepFailed(steps.failed)


class _Steps:
    """The steps, each checked by what the window shows."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        self.failed = ""

    async def play(self, program: Program) -> None:
        try:
            await self._play(program)
        except StepFailed as failed:
            self.failed = str(failed)

    async def _play(self, program: Program) -> None:
        from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
        from PySide6.QtGui import QDragEnterEvent, QDropEvent
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        from app.adapters.paths import resources_dir
        from app.core.message import ImagePart, MessageState

        window = program.window
        page = await self._until(program.workspace.current_page, "the window opens")
        await asyncio.sleep(0.3)
        self._shot(window, "the window, open in demo mode")

        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(resources_dir().joinpath(*SAMPLE)))])
        where, button = window.rect().center(), Qt.MouseButton.LeftButton
        copy, no_key = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(window, QDragEnterEvent(where, copy, mime, button, no_key))
        drop = QDropEvent(QPointF(where), copy, mime, button, no_key)
        QApplication.sendEvent(window, drop)
        await self._until(
            lambda: any(isinstance(p, ImagePart) for p in page.draft().parts),
            "the dropped screenshot is ready to send",
        )
        await asyncio.sleep(0.2)
        self._shot(window, "a screenshot dropped, with quick actions")

        QTest.mouseClick(page.quick_action("extract"), Qt.MouseButton.LeftButton)
        await self._until(lambda: page.session.busy, "a click on Extract text sends")
        await self._until(
            lambda: len(page.session.branch()) > 1 and bool(page.session.branch()[1].parts),
            "the answer begins to arrive",
        )
        await asyncio.sleep(0.6)
        self._shot(window, "thinking, live")

        await self._until(lambda: not page.session.busy, "the answer is whole")
        reply = page.session.branch()[1]
        if reply.state is not MessageState.COMPLETE or not reply.text.strip():
            raise StepFailed(f"the answer is {reply.state.value}: {reply.text[:200]!r}")
        await self._until(
            lambda: reply.text.strip().splitlines()[-2].strip()[:12] in page.shown_text(),
            "the answer stands in the window",
        )
        await asyncio.sleep(0.4)
        self._shot(window, "the text read from the screenshot")

    async def _until(self, condition: Callable[[], T | None], what: str) -> T:
        deadline = time.monotonic() + STEP_LIMIT_S
        while not (value := condition()):
            if time.monotonic() > deadline:
                raise StepFailed(f"waited in vain until {what}")
            await asyncio.sleep(0.02)
        print(f"  ok: {what}", flush=True)
        return value

    def _shot(self, window: QWidget, title: str) -> None:
        self._count += 1
        path = self._folder / f"{self._count}-{title.split(',')[0].replace(' ', '-')}.png"
        if not window.grab().save(str(path)):
            raise StepFailed(f"{path} cannot be written")
        print(f"{self._count}. {title}: {path.name}", flush=True)
