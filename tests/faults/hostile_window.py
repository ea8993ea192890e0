"""Fault: texts that are too much, shown in a real window whose event loop runs.

Each is opened as a whole, scrolled through and made narrower; then it streams. `lost` counts events
that took the window's thread more than 50 ms of its CPU time; `worst_ms` is the longest one.
"""

from __future__ import annotations

from pathlib import Path

from tests.faults.fault import Outcome, answer
from tests.kit.markdown.hostile import LARGE

NAME = "markdown.window"
CHILD = "tests.faults.hostile_window_child"
STEP_MS = 50
BATCH = 10


def run(directory: Path, trials: int) -> Outcome:
    """The texts that are far too long first, then so many made by a seed."""
    told = [answer(CHILD, "large", str(place), "1") for place in range(len(LARGE))]
    told += [
        answer(CHILD, "seed", str(first), str(min(BATCH, trials - first)))
        for first in range(0, trials, BATCH)
    ]
    over = [event for row in told for event in row["over"]]
    worst = max(row["worst"] for row in told)
    events, shown = (sum(row[name] for row in told) for name in ("events", "shown"))
    note = f"{len(over)} of {events} events over {STEP_MS} ms {over[:5] or ''}".rstrip()
    return Outcome(NAME, shown, len(over), worst, note)
