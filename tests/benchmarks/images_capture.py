"""How soon a capture is seen after its key, and the answer card after a region was taken."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile

from app.features.capture.capture import SETTLE_S
from tests.benchmarks.row import Row
from tests.x_screen import what_is_missing, x_screen

REACH_MS = 150.0
SCREEN = "3840x2160x24"


def measure() -> list[Row]:
    """On an X server of its own with a 4K screen; no rows where there can be none."""
    if missing := what_is_missing():
        print(f"images.capture_visible_ms: {missing}", file=sys.stderr)
        return []
    with tempfile.TemporaryDirectory(prefix="porthole-bench-") as directory:
        with x_screen(SCREEN) as display:
            done = subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.capture_window", directory],
                env={**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": display},
                stdout=subprocess.PIPE,
                check=True,
            )
        took = json.loads(done.stdout.splitlines()[-1])
    wide, high = took["screen"]
    place = f"Xvfb {wide}×{high}"
    return [
        _row(
            "images.capture_visible_ms",
            took["overlay"],
            f"from Ctrl+Shift+S, {place}, {SETTLE_S * 1000:.0f} of them for other programs to draw "
            "what our window covered",
        ),
        _row("images.answer_card_ms", took["card"], f"from Enter in the overlay, {place}"),
    ]


def _row(name: str, took: list[float], how: str) -> Row:
    first, later = took[0], took[1:]
    note = (
        f"median of {len(later)} {how}; the first {first:.0f}, the slowest {max(later):.0f}; "
        "baseline: the reach"
    )
    value = round(statistics.median(later), 1)
    return Row(name=name, value=value, unit="ms", baseline=REACH_MS, note=note)
