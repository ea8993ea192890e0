"""A second process on the same data directory: it hands its files over and writes nothing.

`worst_ms` is the longest from its wish to the word that the first has it. `lost` counts trials in
which the second could write, its files did not arrive, or a killed first one stood in the way.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import time
from pathlib import Path

from app.adapters.history_db import open_history
from app.adapters.single_instance import claim, hand_over
from app.core.errors import StorageError, StorageProblem
from app.core.wish import Start
from tests.faults.fault import Outcome, answer, start

NAME = "second_instance"
THIS = "tests.faults.second_instance"


def run(directory: Path, trials: int) -> Outcome:
    """Start a second process as many times; kill the first one half of the times."""
    lost, slowest = 0, 0.0
    for trial in range(trials):
        lost += not (_first_is_here(directory) if trial % 2 else _first_is_killed(directory))
        began = time.perf_counter()
        lost += not _second_comes(directory, f"file {trial}.png")
        slowest = max(slowest, (time.perf_counter() - began) * 1000)
    note = "writers at any time: 1; half of the trials follow a kill -9 of the first instance"
    return Outcome(NAME, trials, lost, round(slowest, 1), note)


def _first_is_here(directory: Path) -> bool:
    """Claiming and opening twice within one process is refused as well."""
    first = claim(directory)
    history = open_history(directory)
    try:
        return first is not None and claim(directory) is None and not _can_write(directory)
    finally:
        history.close_now()
        if first is not None:
            first.close()


def _first_is_killed(directory: Path) -> bool:
    """What a killed first instance leaves behind stands in nobody's way."""
    child = start(THIS, "hold", str(directory))
    assert child.stdout is not None
    held = child.stdout.readline() == b"held\n" and not _can_write(directory)
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()
    return held and _can_write(directory)


def _second_comes(directory: Path, name: str) -> bool:
    heard: queue.SimpleQueue[Start] = queue.SimpleQueue()
    first = claim(directory)
    assert first is not None
    history = open_history(directory)
    try:
        first.listen(heard.put)
        told = answer(THIS, "second", str(directory), name)
        arrived = heard.get(timeout=10) if told["handed_over"] else None
        return arrived == Start((str(Path(name).absolute()),)) and not told["could_write"]
    finally:
        history.close_now()
        first.close()


def _can_write(directory: Path) -> bool:
    try:
        open_history(directory).close_now()
    except StorageError as error:
        if error.problem is StorageProblem.IN_USE:
            return False
        raise
    return True


def _child(role: str, directory: Path, name: str) -> None:
    if role == "hold":
        first, history = claim(directory), open_history(directory)
        assert first is not None
        history.start_state()
        print("held", flush=True)
        sys.stdin.read()
    else:
        second = claim(directory)
        could_write = second is not None or _can_write(directory)
        handed_over = hand_over(directory, Start((str(Path(name).absolute()),)))
        print(json.dumps({"handed_over": handed_over, "could_write": could_write}))


if __name__ == "__main__":
    _child(sys.argv[1], Path(sys.argv[2]), sys.argv[-1])
