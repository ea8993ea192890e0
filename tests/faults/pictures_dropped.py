"""Files dropped one by one on the real window in a process of its own, and what became of each."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import socket
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from app.adapters.history_db import open_history
from app.bootstrap import World, run_window
from app.core.settings import Settings
from app.features.chat.page import ChatPage
from app.features.images.attachment_strip import AttachmentStrip
from app.opening import application
from app.program import Program
from app.tour_keys import NoKeys
from tests.adapters.images.bombs import BOMBS
from tests.adapters.images.broken import mutated
from tests.faults.fault import start

LIMIT_MS = 2000
GIVE_UP_S = 30
MB = 1024 * 1024
ODD_FILES = (
    "200 MB.png",
    "200 MB of nothing.png",
    "empty.png",
    "folder.png",
    "pipe.png",
    "socket.png",
    "dangling.png",
    "gone.png",
    "no leave.png",
    "device.png",
    "folder of sockets and pipes",
)


@dataclass(frozen=True, slots=True)
class Dropped:
    """What a window told of its files; a window that died told nothing of those it still had."""

    deaths: int = 0
    undecided: int = 0
    taken: int = 0
    refused: int = 0
    late_names: list[str] = field(default_factory=list)
    worst_ms: float = 0.0
    memory_mb: int = 0

    @property
    def late(self) -> int:
        return len(self.late_names)

    @property
    def lost(self) -> int:
        return self.deaths + self.undecided + self.late


def dropped(
    directory: Path,
    kind: str,
    first: int,
    count: int,
    child_of: str = "tests.faults.pictures_dropped",
) -> Dropped:
    """Drop so many files of a kind: `mutated` by seed, `bombs` or `odd` by their places."""
    if count <= 0:
        return Dropped()
    directory.mkdir()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    child = start(child_of, str(directory), kind, str(first), str(count))
    said, _ = child.communicate()
    if child.returncode:
        return Dropped(deaths=1, undecided=count)
    return Dropped(**json.loads(said.splitlines()[-1]))


def files(directory: Path, kind: str, first: int, count: int) -> Iterator[tuple[str, Path]]:
    """Names and paths, each made just before it is dropped and removed after it."""
    if kind == "odd":
        yield from list(odd_files(directory))[first : first + count]
        return
    for number in range(first, first + count):
        name = f"mutated {number}" if kind == "mutated" else list(BOMBS)[number]
        path = directory / f"{number}.png"
        path.write_bytes(mutated(number) if kind == "mutated" else BOMBS[name]())
        yield name, path
        path.unlink()


def odd_files(directory: Path) -> Iterator[tuple[str, Path]]:
    """What lies on a disk and is no picture. Not for Windows."""
    directory = directory / "odd"
    directory.mkdir()
    os.chdir(directory)  # a socket's path has to be short
    for name in ODD_FILES:
        _make_odd(name)
        yield name, Path("/dev/zero") if name == "device.png" else directory / name


def _make_odd(name: str) -> None:
    path = Path(name)
    match name:
        case "200 MB.png":
            path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200 * MB))
        case "200 MB of nothing.png":
            with path.open("wb") as file:
                file.truncate(200 * MB)
        case "empty.png":
            path.touch()
        case "folder.png":
            path.mkdir()
        case "pipe.png":
            os.mkfifo(path)
        case "socket.png":
            _listen(path)
        case "dangling.png":
            path.symlink_to("nowhere")
        case "no leave.png":
            path.write_bytes(bytes(range(256)))  # nor is it text, for one who may read it after all
            path.chmod(0)
        case "folder of sockets and pipes":
            path.mkdir()
            os.mkfifo(path / "pipe")
            _listen(path / "socket")


def _listen(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))


class Drops:
    """Drops files on the window one after the other, and counts what came of them."""

    def __init__(self, directory: Path, kind: str, first: int, count: int) -> None:
        self._files = files(directory, kind, first, count)
        self._refusals: list[str] = []
        self._late: list[str] = []
        self._worst = 0.0
        self._counts = Counter[str]()

    def told(self) -> dict[str, object]:
        counts = {name: self._counts[name] for name in ("taken", "refused", "undecided")}
        return {**counts, "worst_ms": round(self._worst, 1), "late_names": self._late}

    async def play(self, program: Program) -> None:
        """Drop them all on the conversation in front."""
        self._program = program
        page = program.workspace.current_page()
        if page is None:
            made: asyncio.Future[ChatPage] = asyncio.get_running_loop().create_future()
            program.workspace.page_made.connect(made.set_result)
            page = await asyncio.wait_for(made, GIVE_UP_S)
        strip = page.findChild(AttachmentStrip)
        assert strip is not None
        strip.refused.connect(self._refusals.append)
        for name, path in self._files:
            await self._drop(strip, name, path)

    async def _drop(self, strip: AttachmentStrip, name: str, path: Path) -> None:
        decided = asyncio.Event()

        def look() -> None:
            if not strip.busy:
                decided.set()

        self._refusals.clear()
        strip.changed.connect(look)
        begun = time.perf_counter()
        strip.add_paths([str(path)])
        with suppress(TimeoutError):
            await asyncio.wait_for(decided.wait(), GIVE_UP_S)
        took = (time.perf_counter() - begun) * 1000
        strip.changed.disconnect(look)
        self._time(name, took, LIMIT_MS)
        outcome = "taken" if strip.parts() else "refused" if self._refusals else "undecided"
        self._counts[outcome] += 1
        strip.set_parts(())

    def _time(self, name: str, took: float, limit: float) -> None:
        """What took so many milliseconds to be decided."""
        self._worst = max(self._worst, took)
        if took > limit:
            self._late.append(f"{name}: {took:.0f} ms")


def main(kind_of_drops: type[Drops] = Drops) -> int:
    """Be the window: prints what became of the files as JSON."""
    directory, kind, first, count = Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:])
    application()
    store = open_history(directory / "data")
    world = World(directory / "data", Settings(), store, store.start_state(), NoKeys())
    drops = kind_of_drops(directory, kind, first, count)
    run_window(world, demo=True, script=drops.play)
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    memory = children // (MB if sys.platform == "darwin" else 1024)
    print(json.dumps({**drops.told(), "memory_mb": memory}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
