"""Kill -9 in the middle of a batch, again and again: no file is paid twice, no result is lost.

A trial is a batch of 200 pictures in the real window, against a service that is busy now and then
and keeps the bill. Whoever resumes presses Resume, nothing else: files that were being asked stay
uncertain. `worst_ms` is the longest a start took until its batch was there again.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from app.adapters.batch_db import BatchFile
from app.core.batch import BatchRow, RowState
from tests.faults.batch_service import Bill, charging
from tests.faults.fault import Outcome, start

NAME = "batch_killed"
FILES, KILLS = 200, 4
FIRST_WIDTH, HEIGHT = 20, 16
MODULE = "tests.faults.batch_child"


@dataclass(slots=True)
class Tally:
    """What all trials added up to."""

    files: int = 0
    lost: int = 0
    kills: int = 0
    uncertain: int = 0
    unasked: int = 0
    posts: int = 0
    refused: int = 0
    reopen_ms: list[float] = field(default_factory=list)


def run(directory: Path, trials: int) -> Outcome:
    """So many batches, each killed `KILLS` times."""
    chance, tally = random.Random(20261123), Tally()
    for trial in range(trials):
        folder = directory / f"trial{trial}"
        inflict(folder, chance, tally)
    note = (
        f"{tally.files} files, {tally.kills} kills, {tally.posts} requests of which "
        f"{tally.refused} were told to wait; paid twice or result lost: {tally.lost}; left "
        f"uncertain for the person: {tally.uncertain}, of which {tally.unasked} never left"
    )
    return Outcome(NAME, trials, tally.lost, round(max(tally.reopen_ms), 1), note)


def inflict(
    folder: Path, chance: random.Random, tally: Tally, files: int = FILES, kills: int = KILLS
) -> None:
    """One batch, killed so often on its way and resumed until nothing waits any more."""
    pictures, data = folder / "receipts", folder / "data"
    pictures.mkdir(parents=True)
    draw(pictures, files)
    stops = sorted(chance.sample(range(2, files - 2), kills))
    with charging() as bill:
        for number, stop in enumerate([*stops, None]):
            source = [str(pictures)] if not number else []
            began = time.perf_counter()
            child = start(MODULE, str(data), bill.address, *source)
            _watch(child, stop, began, tally)
            tally.kills += stop is not None
    rows = asyncio.run(_rows(data))
    tally.files += files
    tally.posts += bill.asked
    tally.refused += bill.refused
    _audit(rows, bill, files, tally)


def draw(folder: Path, files: int) -> None:
    """So many pictures, each as wide as no other."""
    for number in range(files):
        image = QImage(FIRST_WIDTH + number, HEIGHT, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.darkCyan)
        assert image.save(str(folder / f"shot {number}.png"))


def _watch(child: subprocess.Popen[bytes], stop: int | None, began: float, tally: Tally) -> None:
    """Read what it says; kill it once so many rows are through, or see it to its end."""
    assert child.stdout is not None
    try:
        for line in child.stdout:
            said = json.loads(line)
            if began:
                tally.reopen_ms.append((time.perf_counter() - began) * 1000)
                began = 0.0
            if stop is not None and said["done"] + said["uncertain"] >= stop and said["asking"]:
                os.kill(child.pid, signal.SIGKILL)
                break
        child.communicate(timeout=60)
    finally:
        child.kill()
        child.wait()
    expected = 0 if stop is None else -signal.SIGKILL
    assert child.returncode == expected, f"it ended by itself with {child.returncode}"


async def _rows(data: Path) -> list[tuple[BatchRow, str]]:
    store = BatchFile(data)
    try:
        (batch,) = await store.batches()
        return list(await store.results(batch.id))
    finally:
        await store.close()


def _audit(rows: list[tuple[BatchRow, str]], bill: Bill, files: int, tally: Tally) -> None:
    """Hold the bill against what the batch has: each file once, each whole answer kept."""
    states = {_width(row): row.state for row, _ in rows}
    said = {_width(row): text for row, text in rows}
    for width in range(FIRST_WIDTH, FIRST_WIDTH + files):
        paid, state = bill.paid[width], states.get(width)
        kept = json.loads(said[width])["width"] == width if said.get(width) else False
        once = paid == 1 and kept and state is RowState.DONE
        told = paid <= 1 and state is RowState.UNCERTAIN
        tally.lost += not (once or told)
        tally.uncertain += told
        tally.unasked += told and not paid


def _width(row: BatchRow) -> int:
    return FIRST_WIDTH + int(row.name.removeprefix("shot ").removesuffix(".png"))
