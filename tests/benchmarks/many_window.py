"""Porthole's window with twenty large screenshots dropped at once, run as a program.

Prints what its decoder and the window itself had in memory at most: for one picture, then for all.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QMimeData, QUrl

from app.adapters.history_db import open_history
from app.bootstrap import World, run_window
from app.core.settings import Settings
from app.features.images.attachment_strip import AttachmentStrip
from app.opening import application
from app.program import Program
from app.tour_keys import NoKeys
from tests.benchmarks.drop_window import drag_onto, first_page, screenshot
from tests.benchmarks.lateness import Lateness
from tests.benchmarks.memory import resident_mib

PICTURES = 20
IDLE_S = 6.0
LIMIT_S = 120.0
LOOK_S = 0.003


class Memory:
    """The most that this process and its children have in memory, looked at from a thread."""

    def __init__(self) -> None:
        self.own = self.children = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> tuple[float, float]:
        """MiB of this process, and of its children together."""
        self._ended.set()
        self._thread.join()
        return self.own, self.children

    def _look(self) -> None:
        while not self._ended.wait(LOOK_S):
            self.own = max(self.own, resident_mib())
            self.children = max(self.children, sum(map(_resident, _children())))


def _children() -> list[int]:
    found = []
    for task in Path("/proc/self/task").iterdir():
        try:
            found += (task / "children").read_text(encoding="ascii").split()
        except OSError:
            continue  # that thread ended meanwhile
    return [int(pid) for pid in found]


def _resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0.0  # it ended meanwhile
    return pages * os.sysconf("SC_PAGESIZE") / 2**20


class Drops:
    """Drops the first file, then all of them."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths
        self.result: dict[str, object] = {}

    async def play(self, program: Program) -> None:
        page = await first_page(program)
        strip = page.findChild(AttachmentStrip)
        assert strip is not None
        await asyncio.sleep(IDLE_S)
        idle = resident_mib()
        one = await self._drop(program, strip, self._paths[:1])
        probe = Lateness()
        probe.start()
        many = await self._drop(program, strip, self._paths)
        probe.stop()
        self.result = {
            "idle": idle,
            "one": one,
            "many": many,
            "late": max(probe.late),
            "cpu": max(probe.cpu),
        }

    async def _drop(
        self, program: Program, strip: AttachmentStrip, paths: Sequence[Path]
    ) -> tuple[float, float]:
        """MiB at most, of the window and of its children, until all can be sent."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        ready = asyncio.Event()

        def changed() -> None:
            if not strip.busy and len(strip.parts()) == len(paths):
                ready.set()

        strip.changed.connect(changed)
        memory = Memory()
        drag_onto(program.window, mime)
        await asyncio.wait_for(ready.wait(), LIMIT_S)
        most = memory.end()
        strip.changed.disconnect(changed)
        strip.set_parts(())
        await asyncio.sleep(0.3)
        return most


def pictures(directory: Path) -> list[Path]:
    """Screenshots that differ, so that each is a picture of its own."""
    plain = Image.open(io.BytesIO(screenshot()))
    made = []
    for number in range(PICTURES):
        plain.putpixel((number, 0), (255, 0, 0))
        path = directory / f"screenshot {number}.png"
        plain.save(path, "PNG", compress_level=1)
        made.append(path)
    return made


def main() -> int:
    directory = Path(sys.argv[1])
    paths = pictures(directory)
    application()
    store = open_history(directory / "data")
    world = World(directory / "data", Settings(), store, store.start_state(), NoKeys())
    drops = Drops(paths)
    run_window(world, demo=True, script=drops.play)
    print(json.dumps(drops.result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
