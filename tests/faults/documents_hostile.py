"""Fault: documents broken at random or made to hurt, dropped on the real window one by one.

PDFs are opened and pages of them picked as texts and as pictures; Word and Excel files are read.
`lost` counts windows that died, documents about which nothing was decided, steps that took more
than twelve seconds, and readers that held more than 512 MB; `worst_ms` is the longest step.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.adapters.documents.hostile import BOMBS
from tests.faults.documents_dropped import MODULE, folder_for, prepared
from tests.faults.fault import Outcome
from tests.faults.pictures_dropped import Dropped, dropped

NAME = "documents_hostile"
MEMORY_MB = 512
BATCH = 250


def run(directory: Path, trials: int) -> Outcome:
    """The bombs first, as many as the trials allow, then so many broken ones."""
    bombs = min(trials, len(BOMBS))
    told = [_dropped(directory / "bombs", "bombs", 0, bombs)]
    told += [
        _dropped(directory / str(first), "mutated", first, min(BATCH, trials - bombs - first))
        for first in range(0, trials - bombs, BATCH)
    ]
    memory = max(row.memory_mb for row in told)
    late = [name for row in told for name in row.late_names]
    note = (
        f"{sum(row.taken for row in told)} taken, {sum(row.refused for row in told)} refused in "
        f"words, {sum(row.deaths for row in told)} windows died, {len(late)} late or open"
        f"{late or ''}; the reader had at most {memory} MB"
    )
    lost = sum(row.lost for row in told) + (memory > MEMORY_MB)
    return Outcome(NAME, trials, lost, max(row.worst_ms for row in told), note)


def _dropped(directory: Path, kind: str, first: int, count: int) -> Dropped:
    prepared(directory, kind, first, count)
    told = dropped(directory, kind, first, count, MODULE)
    shutil.rmtree(folder_for(directory))
    return told
