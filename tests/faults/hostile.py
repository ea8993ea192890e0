"""Fault: texts made to be too much work, read whole and as they arrive, laid out, step by step.

`lost` counts paragraphs that were not shown, and errors. `worst_ms` is the longest step in CPU
milliseconds of its thread: splitting a text, parsing a chunk, an update, laying out a block.
"""

from __future__ import annotations

from pathlib import Path

from tests.faults.fault import Outcome, answer

NAME = "markdown.hostile"
CHILD = "tests.faults.hostile_child"
BATCH = 100
STEP_MS = 50


def run(directory: Path, trials: int) -> Outcome:
    told = [
        answer(CHILD, str(first), str(min(BATCH, trials - first)))
        for first in range(0, trials, BATCH)
    ]
    steps: dict[str, float] = {}
    for row in told:
        for kind, ms in row["worst"].items():
            steps[kind] = max(steps.get(kind, 0), ms)
    over = sum(row["over"] for row in told)
    count = sum(row["steps"] for row in told)
    kinds = ", ".join(f"{kind} {ms:.0f}" for kind, ms in sorted(steps.items()))
    note = f"{over} of {count} steps over {STEP_MS} ms; longest by kind: {kinds}"
    lost = sum(row["lost"] for row in told)
    return Outcome(NAME, trials, lost, max(steps.values(), default=0), note)
