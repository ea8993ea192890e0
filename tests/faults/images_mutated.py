"""Fault: pictures broken at random, dropped on the real window one after the other.

`lost` counts windows that died, files about which nothing was decided, and those decided later than
after two seconds; `worst_ms` is the longest that one took.
"""

from __future__ import annotations

from pathlib import Path

from tests.faults.fault import Outcome
from tests.faults.pictures_dropped import dropped

NAME = "images_mutated"
BATCH = 500


def run(directory: Path, trials: int) -> Outcome:
    told = [
        dropped(directory / str(first), "mutated", first, min(BATCH, trials - first))
        for first in range(0, trials, BATCH)
    ]
    lost = sum(row.lost for row in told)
    taken = sum(row.taken for row in told)
    refused = sum(row.refused for row in told)
    memory = max(row.memory_mb for row in told)
    note = (
        f"{taken} taken, {refused} refused in words, {sum(row.deaths for row in told)} windows "
        f"died, {sum(row.late for row in told)} took over 2 s; the decoder had at most {memory} MB"
    )
    return Outcome(NAME, trials, lost, max(row.worst_ms for row in told), note)
