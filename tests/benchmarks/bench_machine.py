"""How fast this machine is: a fixed load, beside what the reference machine needs for it.

A reach given in milliseconds scales with value ÷ baseline; ratios need no scaling.
"""

from __future__ import annotations

import os
import statistics
import time

from tests.benchmarks.row import Row

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QGuiApplication, QTextDocument

REFERENCE_MS = 98.0
RUNS = 9
WORDS = "The quick brown fox jumps over the lazy dog. 舷窗里的海面很平静。 " * 40


def measure() -> list[Row]:
    """Pure Python and Qt text layout, the median of a few runs."""
    app = QGuiApplication.instance() or QGuiApplication(["benchmarks"])
    assert app is not None
    value = statistics.median(_load() for _ in range(RUNS))
    note = f"median of {RUNS}: pure Python and Qt text layout; baseline: the reference machine"
    return [
        Row(
            name="machine.calibration_ms",
            value=round(value, 1),
            unit="ms",
            baseline=REFERENCE_MS,
            note=note,
        )
    ]


def _load() -> float:
    begun = time.perf_counter()
    counts: dict[int, int] = {}
    total = 0
    for number in range(600_000):
        total = (total * 31 + number) % 1_000_003
        counts[total % 997] = counts.get(total % 997, 0) + 1
    for width in range(300, 700, 13):
        document = QTextDocument()
        document.setPlainText(WORDS)
        document.setTextWidth(width)
        assert document.size().height() > 0
    return (time.perf_counter() - begun) * 1000
