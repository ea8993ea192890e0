"""What twenty screenshots of 4K that are dropped at once take of memory, beside a single one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile

from tests.benchmarks.row import Row

DECODED_MIB = 3840 * 2160 * 4 / 2**20


def measure() -> list[Row]:
    """The real window, offscreen, with its decoder; Linux alone tells the memory of children."""
    if sys.platform != "linux":
        return []
    with tempfile.TemporaryDirectory(prefix="porthole-bench-") as directory:
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.many_window", directory],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            check=True,
        )
    told = json.loads(done.stdout.splitlines()[-1])
    (_, one), (window, many) = told["one"], told["many"]
    grown = window - told["idle"]
    note = (
        f"the decoder's most while 20 PNGs of 3840×2160 are dropped at once; baseline: while one "
        f"is; one decoded is {DECODED_MIB:.0f} MiB; the window grew by {grown:.0f} MiB, and its "
        f"loop's own CPU in one gap is at most {told['cpu']:.1f} ms"
    )
    name = "images.many_decoder_mb"
    return [Row(name=name, value=round(many, 1), unit="MiB", baseline=round(one, 1), note=note)]
