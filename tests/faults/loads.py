"""Fault: texts that try to have something loaded by being shown.

`lost` counts requests that reached a listening server and opens of files that are none of ours;
`worst_ms` is 0: nothing is timed. Linux only, where opens can be watched.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.faults.fault import Outcome, answer

NAME = "markdown.loads"
CHILD = "tests.faults.loads_child"
BATCH = 1000


def run(directory: Path, trials: int) -> Outcome:
    if not sys.platform.startswith("linux"):
        return Outcome(NAME, 0, 0, 0, "file opens can be watched on Linux alone")
    shown = lost = 0
    which: list[str] = []
    for first in range(0, trials, BATCH):
        count = str(min(BATCH, trials - first))
        told = answer(CHILD, str(directory), str(trials), str(first), count)
        assert told["request_seen"], "the server would not have noticed a request"
        assert told["open_seen"], "the watch would not have noticed an open"
        shown += told["shown"]
        lost += told["requests"] + told["opens"]
        which += told["which"]
    return Outcome(NAME, shown, lost, 0, f"{lost} requests and opens {which[:5] or ''}".rstrip())
