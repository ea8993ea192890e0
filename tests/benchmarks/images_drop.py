"""How long a screenshot of 4K takes from its drop to its chip, and until it can be sent."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from typing import Any

from tests.benchmarks.row import Row


def measure() -> list[Row]:
    """The real window, offscreen, with its child process, all on one core where that can be set."""
    with tempfile.TemporaryDirectory(prefix="porthole-bench-") as directory:
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.drop_window", directory],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            check=True,
        )
    told = json.loads(done.stdout.splitlines()[-1])
    bare = statistics.median(told["bare"])
    ready = statistics.median(told["ready"])
    note = (
        f"{len(told['ready'])} drops of a PNG of 3840×2160, {told['bytes'] / 1e6:.1f} MB, "
        f"on {told['cores']} core(s), offscreen"
    )
    ready_note = (
        f"{note}: {ready:.0f} ms to Pillow's own decode and encode, {bare:.0f} ms; "
        f"the first drop after the start: {told['first']:.0f} ms"
    )
    gap_note = f"{note}; the loop's own CPU in one such gap is at most {max(told['cpu']):.1f} ms"
    return [
        _row("images.drop_to_chip_ms", statistics.median(told["chip"]), "ms", None, note),
        _row("images.drop_to_ready_ratio", ready / bare, "×", 1.0, ready_note),
        _row("images.loop_gap_max_ms", max(told["late"]), "ms", max(told["idle"]), gap_note),
    ]


def _row(name: str, value: Any, unit: str, baseline: float | None, note: str) -> Row:
    held = round(baseline, 2) if baseline is not None else None
    return Row(name=name, value=round(value, 2), unit=unit, baseline=held, note=note)
