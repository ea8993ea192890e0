"""Porthole's window with a large screenshot dropped on it, run as a program: prints how it went.

Each drop is an event as the desktop sends it. The chip is there when it has been painted, the
picture is ready when it can be sent; between them a timer tells how long the loop was held.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import random
import sys
import time
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.adapters.history_db import open_history
from app.bootstrap import World, run_window
from app.core.settings import Settings
from app.features.chat.page import ChatPage
from app.features.images.attachment_strip import AttachmentStrip
from app.opening import application
from app.program import Program
from app.tour_keys import NoKeys
from tests.benchmarks.lateness import Lateness

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "samples" / "screenshot.png"
SIZE = (3840, 2160)
DROPS = 12
IDLE_S = 3.0
COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier
LIMIT_S = 60.0


def screenshot() -> bytes:
    """Windows of text beside a photograph, as on a large screen."""
    sample = Image.open(SAMPLE).convert("RGB")
    made = Image.new("RGB", SIZE)
    for number in range(9):
        left, top = number % 3 * sample.width, number // 3 * sample.height
        made.paste(sample.rotate(180) if number % 2 else sample, (left, top))
    noise = Image.frombytes("RGB", (160, 120), random.Random(5).randbytes(160 * 120 * 3))
    made.paste(noise.resize((900, 700), Image.Resampling.BICUBIC), (2600, 1200))
    out = io.BytesIO()
    made.save(out, "PNG")
    return out.getvalue()


def bare(data: bytes) -> float:
    """Milliseconds that Pillow alone takes to decode the same bytes and encode them again."""
    begun = time.perf_counter()
    image = Image.open(io.BytesIO(data))
    image.load()
    image.save(io.BytesIO(), "PNG")
    return (time.perf_counter() - begun) * 1000


class Painted(QObject):
    """When a chip was first painted."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and not self.at:
            self.at = time.perf_counter()
        return False


async def first_page(program: Program) -> ChatPage:
    """The page in front, waited for where there is none yet."""
    page = program.workspace.current_page()
    if page is not None:
        return page
    made: asyncio.Future[ChatPage] = asyncio.get_running_loop().create_future()
    program.workspace.page_made.connect(made.set_result)
    return await asyncio.wait_for(made, LIMIT_S)


class Drops:
    """Drops the file a few times, and holds how long each thing took."""

    def __init__(self, path: Path, data: bytes) -> None:
        self._path, self._data = path, data
        self._probe = Lateness()
        self.result: dict[str, object] = {}

    async def play(self, program: Program) -> None:
        page = await first_page(program)
        strip = page.findChild(AttachmentStrip)
        assert strip is not None
        await asyncio.sleep(IDLE_S)
        self._probe.start()
        await asyncio.sleep(IDLE_S)
        idle = self._probe.stop()
        chip, ready, alone, late, busy = [], [], [], [], []
        for number in range(DROPS + 1):
            to_chip, to_ready = await self._drop(program, strip)
            late += self._probe.late
            busy += self._probe.cpu
            if not number:
                first = to_ready
                continue
            chip.append(to_chip)
            ready.append(to_ready)
            alone.append(bare(self._data))
        self.result = {
            "cores": len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count(),
            "bytes": len(self._data),
            "first": first,
            "chip": chip,
            "ready": ready,
            "bare": alone,
            "late": late,
            "idle": idle,
            "cpu": busy,
        }

    async def _drop(self, program: Program, strip: AttachmentStrip) -> tuple[float, float]:
        """Milliseconds to the painted chip and until it can be sent; the probe ran meanwhile."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(self._path))])
        painted = Painted()
        ready: asyncio.Future[float] = asyncio.get_running_loop().create_future()

        def changed() -> None:
            if not strip.busy and strip.parts() and not ready.done():
                ready.set_result(time.perf_counter())

        strip.changed.connect(changed)
        self._probe.start()
        _enter(program.window, mime)
        await asyncio.sleep(0.02)
        begun = time.perf_counter()
        _let_go(program.window, mime)
        strip.chips()[-1].installEventFilter(painted)
        at = await asyncio.wait_for(ready, LIMIT_S)
        self._probe.stop()
        strip.changed.disconnect(changed)
        assert painted.at, "the chip was not painted"
        strip.set_parts(())
        await asyncio.sleep(0.1)
        return (painted.at - begun) * 1000, (at - begun) * 1000


def drag_onto(window: QWidget, mime: QMimeData) -> None:
    """Enter the window and let go."""
    _enter(window, mime)
    _let_go(window, mime)


def _enter(window: QWidget, mime: QMimeData) -> None:
    """As the desktop tells of a drag that comes over the window..."""
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(600, 400), COPY, mime, LEFT, NO_KEY))


def _let_go(window: QWidget, mime: QMimeData) -> None:
    """... and is dropped there."""
    QApplication.sendEvent(window, QDropEvent(QPointF(600, 400), COPY, mime, LEFT, NO_KEY))


def main() -> int:
    directory = Path(sys.argv[1])
    path = directory / "screenshot.png"
    path.write_bytes(screenshot())
    if sys.platform == "linux":
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    application()
    store = open_history(directory / "data")
    world = World(directory / "data", Settings(), store, store.start_state(), NoKeys())
    drops = Drops(path, path.read_bytes())
    run_window(world, demo=True, script=drops.play)
    print(json.dumps(drops.result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
