"""No room: the write fails in words, nothing acknowledged is lost, and room mends it, no restart.

Three ways: SQLite's own page limit (SQLITE_FULL), a file-size limit of the process (EFBIG behind an
I/O error), and, where we may mount one, a tiny file system (ENOSPC). `worst_ms` is the longest
that a write took to be refused. The write that was refused counts as lost if it fails again once
there is room.
"""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import apsw

from app.adapters.history_db import History, open_history
from app.core.conversation import ConversationInfo
from app.core.errors import StorageError, StorageProblem
from app.core.message import ImagePart, Message, MessageState, Role, TextPart
from tests.faults.fault import Outcome, answer

NAME = "disk_full"
THIS = "tests.faults.disk_full"
WAYS = ("pages", "file_size", "small_disk")

_MOST_WRITES = 2000


def run(directory: Path, trials: int) -> Outcome:
    """Fill as many disks, by each way in turn."""
    done = dict.fromkeys(WAYS, 0)
    lost, slowest, refused = 0, 0.0, 0
    for trial in range(trials):
        way = WAYS[trial % len(WAYS)]
        place = directory / str(trial)
        place.mkdir(parents=True)
        if way == "small_disk" and not _mount(place):
            continue
        try:
            found = answer(THIS, way, str(place), str(trial))
        finally:
            if way == "small_disk":
                subprocess.run(["umount", str(place)], check=True)
        done[way] += 1
        lost += found["lost"]
        refused += found["refused"]
        slowest = max(slowest, found["slowest_ms"])
    note = f"{refused} writes refused; " + ", ".join(f"{w}: {n}" for w, n in done.items())
    return Outcome(NAME, sum(done.values()), lost, round(slowest, 1), note)


def _mount(place: Path) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)]
    try:
        return subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0
    except FileNotFoundError:
        return False


class _Trial:
    """Writes until there is no room, makes room, writes what was refused, and looks again."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._info = ConversationInfo()
        self._safe: dict[str, str] = {}
        self._blobs: list[str] = []
        self._lost = 0
        self._refused = 0
        self._slowest_ms = 0.0

    async def run(
        self, directory: Path, narrow: Callable[[], None], widen: Callable[[], None]
    ) -> dict[str, float]:
        history = open_history(directory)
        history.start_state()
        reply = Message(Role.ASSISTANT, (), state=MessageState.STREAMING)
        await history.append(self._info, [reply])
        narrow()
        wish = await self._fill(history, reply)
        # Still full, and all is readable.
        await self._look(history)
        widen()
        await self._write(history, wish)
        ended = replace(wish, id=reply.id, role=Role.ASSISTANT)
        await history.update(ended)
        self._safe[ended.id] = ended.text
        self._blobs.append(await history.put_blob(b"room again"))
        await self._look(history)
        await history.close()
        history = open_history(directory)
        await self._look(history)
        await history.close()
        return {"lost": self._lost, "refused": self._refused, "slowest_ms": self._slowest_ms}

    async def _fill(self, history: History, reply: Message) -> Message:
        """The message that found no room."""
        for _ in range(_MOST_WRITES):
            text = "满" * self._chance.randrange(100, 20_000)
            began = time.perf_counter()
            try:
                blob = await history.put_blob(text.encode()[:3000])
                self._blobs.append(blob)
                await history.update(replace(reply, parts=(TextPart(text),)), durable=False)
                message = Message(Role.USER, (ImagePart("a.png", blob=blob), TextPart(text)))
                await self._write(history, message)
            except StorageError as error:
                if error.problem is not StorageProblem.FULL:
                    raise
                self._slowest_ms = max(self._slowest_ms, (time.perf_counter() - began) * 1000)
                self._refused += 1
                return Message(Role.USER, (TextPart(text),))
        raise AssertionError("it never filled up")

    async def _write(self, history: History, message: Message) -> None:
        await history.append(self._info, [message])
        self._safe[message.id] = message.text

    async def _look(self, history: History) -> None:
        loaded = await history.load(self._info.id)
        assert loaded is not None
        for id_, text in self._safe.items():
            whole = id_ in loaded.tree and loaded.tree.get(id_).text == text
            self._lost += not whole or id_ in loaded.damaged
        for blob in self._blobs:
            await history.blob(blob)


async def _pages(directory: Path, seed: int) -> dict[str, float]:
    opened: list[apsw.Connection] = []
    apsw.connection_hooks.append(opened.append)

    def limit(pages: int) -> None:
        opened[0].pragma("max_page_count", pages)

    return await _Trial(seed).run(directory, lambda: limit(150), lambda: limit(1_000_000))


async def _file_size(directory: Path, seed: int) -> dict[str, float]:
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def limit(size: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))

    return await _Trial(seed).run(directory, lambda: limit(600_000), lambda: limit(hard))


async def _small_disk(directory: Path, seed: int) -> dict[str, float]:
    ballast = directory / "ballast"

    def narrow() -> None:
        ballast.write_bytes(bytes(1_500_000))

    return await _Trial(seed).run(directory / "data", narrow, ballast.unlink)


if __name__ == "__main__":
    play = {"pages": _pages, "file_size": _file_size, "small_disk": _small_disk}[sys.argv[1]]
    print(json.dumps(asyncio.run(play(Path(sys.argv[2]), int(sys.argv[3])))))
