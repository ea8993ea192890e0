"""Fault: files made to hurt whoever opens them, dropped on the real window.

Bombs of pixels, frames and text, files that are none, folders of pipes and sockets. `lost` counts
windows that died, files about which nothing was decided or only after two seconds, and decoders
that held more than 512 MB; `worst_ms` is the longest that one took.
"""

from __future__ import annotations

from pathlib import Path

from tests.adapters.images.bombs import BOMBS
from tests.faults.fault import Outcome
from tests.faults.pictures_dropped import ODD_FILES, dropped

NAME = "image_bombs"
MEMORY_MB = 512
TRIALS = len(BOMBS) + len(ODD_FILES)


def run(directory: Path, trials: int) -> Outcome:
    bombs = dropped(directory / "bombs", "bombs", 0, min(trials, len(BOMBS)))
    odd = dropped(directory / "odd", "odd", 0, max(0, min(trials, TRIALS) - len(BOMBS)))
    over = bombs.memory_mb > MEMORY_MB
    note = (
        f"{bombs.taken + odd.taken} taken, {bombs.refused + odd.refused} refused in words, "
        f"{bombs.deaths + odd.deaths} windows died, {bombs.late + odd.late} took over 2 s"
        f"{bombs.late_names + odd.late_names or ''}; the decoder had at most {bombs.memory_mb} MB"
    )
    worst = max(bombs.worst_ms, odd.worst_ms)
    return Outcome(NAME, min(trials, TRIALS), bombs.lost + odd.lost + over, worst, note)
