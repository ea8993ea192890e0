"""What a list of 10,000 files costs: to open, to scroll, and with each answer that comes."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile

from tests.benchmarks.bench_stream import percentile
from tests.benchmarks.row import Row

OPEN_MS, STEP_MS = 100.0, 16.0
"""The reach: open at once, and no step longer than a frame."""


def measure() -> list[Row]:
    """A batch's page over a real file, offscreen; milliseconds of the window's thread."""
    with tempfile.TemporaryDirectory(prefix="porthole-bench-") as directory:
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.batch_window", directory],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            check=True,
        )
    took: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    opened = statistics.median(took["open"])
    notes = []
    for name, costs in took.items():
        median, p99 = statistics.median(costs), percentile(sorted(costs), 99)
        notes.append(f"{name} {median:.1f}/{p99:.1f}/{max(costs):.1f}")
    note = f"10,000 files; median/p99/most: {', '.join(notes)}; baseline: the reach"
    step = max(percentile(sorted(took[name]), 99) for name in ("scroll", "answer"))
    return [
        _row("images.batch_10k_list_ms", opened, OPEN_MS, note),
        _row("images.batch_10k_step_p99_ms", step, STEP_MS, note),
    ]


def _row(name: str, value: float, reach: float, note: str) -> Row:
    return Row(name=name, value=round(value, 1), unit="ms", baseline=reach, note=note)
