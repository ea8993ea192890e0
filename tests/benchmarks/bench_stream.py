"""How late the window's event loop is while answers of 5,000 tokens burst in."""

from __future__ import annotations

import json
import math
import os
import statistics
import subprocess
import sys
import tempfile

from tests.benchmarks.row import Row

TOKENS = 5000


def measure() -> list[Row]:
    """The real window, offscreen, with the demo service streaming as fast as it can."""
    with tempfile.TemporaryDirectory(prefix="porthole-bench-") as directory:
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.stream_window", directory, str(TOKENS)],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            check=True,
        )
    result = json.loads(done.stdout.splitlines()[-1])
    idle, streaming = sorted(result["idle"]), sorted(result["streaming"])
    note = (
        f"{len(result['seconds'])} replies of {TOKENS} tokens, sent to shown in "
        f"{statistics.median(result['seconds']):.1f} s, offscreen; baseline: the same window idle"
    )
    return [
        Row(
            name="stream.loop_gap_p99_ms",
            value=round(percentile(streaming, 99), 1),
            unit="ms",
            baseline=round(percentile(idle, 99), 1),
            note=note,
        ),
        Row(
            name="stream.loop_gap_max_ms",
            value=round(streaming[-1], 1),
            unit="ms",
            baseline=round(idle[-1], 1),
            note=note,
        ),
    ]


def percentile(ordered: list[float], share: float) -> float:
    """The nearest-rank percentile of an ordered list."""
    return ordered[max(0, math.ceil(len(ordered) * share / 100) - 1)]
