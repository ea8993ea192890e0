"""Fault: tools that give back whatever they like, in a real conversation that goes on from it.

10 MB on one line, JSON 200,000 deep, hidden characters, orders to the model, markup. `lost` counts
results that are not in the history as they came, hidden characters shown as they are, calls that
ran without leave after a result that said so, and events that took the window's thread more than
50 ms of its CPU time; `worst_ms` is the longest one.
"""

from __future__ import annotations

from pathlib import Path

from tests.faults.fault import Outcome, answer

NAME = "tool_results_hostile"
CHILD = "tests.faults.tool_results_child"
BATCH = 8


def run(directory: Path, trials: int) -> Outcome:
    told = []
    for first in range(0, trials, BATCH):
        count = str(min(BATCH, trials - first))
        told.append(answer(CHILD, str(directory / str(first)), str(first), count))
    faults = [fault for row in told for fault in row["faults"]]
    over = [event for row in told for event in row["over"]]
    worst = max(row["worst"] for row in told)
    events = sum(row["events"] for row in told)
    note = f"{events} events, over 50 ms: {over[:5] or 'none'}; {faults[:5] or 'nothing else'}"
    return Outcome(NAME, trials, len(faults) + len(over), worst, note)
