"""Porthole's window and a capture by its key, run as a program: prints how soon it was seen.

The overlay is there when all screens show it painted; the answer card when it has been painted.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.adapters.history_db import open_history
from app.bootstrap import World, run_window
from app.core.settings import Settings
from app.features.capture.card import AnswerCard
from app.features.capture.overlay import Overlay
from app.opening import application
from app.program import Program
from app.tour_keys import NoKeys

TIMES = 12
IDLE_S = 2.0
PAUSE_S = 0.5
LIMIT_S = 60.0
ONCE = Qt.ConnectionType.SingleShotConnection
HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Painted(QObject):
    """Waits until all of some windows were painted, and tells when the last of them was."""

    def __init__(self, *windows: QWidget) -> None:
        super().__init__()
        self._waits = set(windows)
        self._last: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        for window in windows:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and watched in self._waits:
            self._waits.discard(watched)
            if not self._waits:
                self._last.set_result(time.perf_counter())
        return False

    async def last(self) -> float:
        return await asyncio.wait_for(self._last, LIMIT_S)


class Captures:
    """Presses the keys a few times, and holds how long it took; the first time stands apart."""

    def __init__(self) -> None:
        self.result: dict[str, object] = {}

    async def play(self, program: Program) -> None:
        await asyncio.sleep(IDLE_S)
        overlays = [await self._capture(program) for _ in range(TIMES + 1)]
        cards = [await self._ask(program) for _ in range(TIMES + 1)]
        size = QGuiApplication.primaryScreen().size()
        self.result = {
            "overlay": overlays,
            "card": cards,
            "screen": [size.width(), size.height()],
            "platform": QGuiApplication.platformName(),
        }

    async def _capture(self, program: Program) -> float:
        """Milliseconds from the key to the painted overlay."""
        begun, painted, overlay = await self._overlay(program, Qt.Key.Key_S)
        QTest.keyClick(overlay.views[0], Qt.Key.Key_Escape)
        await asyncio.sleep(PAUSE_S)
        return (painted - begun) * 1000

    async def _ask(self, program: Program) -> float:
        """Milliseconds from Enter in the overlay to the painted card."""
        _begun, _painted, overlay = await self._overlay(program, Qt.Key.Key_A)
        QTest.keyClick(overlay.views[0], Qt.Key.Key_Right)
        opened: asyncio.Future[tuple[AnswerCard, Painted]]
        opened = asyncio.get_running_loop().create_future()
        program.incoming.asking.card_opened.connect(
            lambda card: opened.set_result((card, Painted(card))), ONCE
        )
        begun = time.perf_counter()
        QTest.keyClick(overlay.views[0], Qt.Key.Key_Return)
        card, painted = await asyncio.wait_for(opened, LIMIT_S)
        at = await painted.last()
        await asyncio.sleep(PAUSE_S)
        card.close()
        await asyncio.sleep(PAUSE_S)
        return (at - begun) * 1000

    async def _overlay(self, program: Program, key: Qt.Key) -> tuple[float, float, Overlay]:
        """When the key was pressed, when all was painted, and the overlay."""
        program.window.activateWindow()
        await asyncio.sleep(PAUSE_S)
        assert program.window.isActiveWindow(), "keys go elsewhere"
        shown: asyncio.Future[tuple[Overlay, Painted]]
        shown = asyncio.get_running_loop().create_future()
        program.incoming.capturing.capture.shown.connect(
            lambda overlay: shown.set_result((overlay, Painted(*overlay.views))), ONCE
        )
        begun = time.perf_counter()
        QTest.keyClick(program.window, key, HELD)
        overlay, painted = await asyncio.wait_for(shown, LIMIT_S)
        return begun, await painted.last(), overlay


def main() -> int:
    directory = Path(sys.argv[1])
    application()
    store = open_history(directory)
    world = World(directory, Settings(), store, store.start_state(), NoKeys())
    captures = Captures()
    run_window(world, demo=True, script=captures.play)
    print(json.dumps(captures.result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
