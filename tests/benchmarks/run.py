"""`make bench [NAME=x]`: runs the benchmarks and writes build/bench.json.

NAME is a kind (`start`) or a figure (`start.rss_mb`); the figures of other kinds stay as they were.
Each `bench_<kind>.py` beside this file has `measure()`, which answers its rows.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

from tests.benchmarks.row import Row

HERE = Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "build" / "bench.json"
CALIBRATION = "machine"


def kinds() -> list[str]:
    """The kinds there are, the machine's own first."""
    found = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    return [CALIBRATION, *(kind for kind in found if kind != CALIBRATION)]


def merged(old: list[Row], new: list[Row]) -> list[Row]:
    """The old rows with the new ones in their places, others added at the end."""
    fresh = {row["name"]: row for row in new}
    kept = [fresh.pop(row["name"], row) for row in old]
    return [*kept, *fresh.values()]


def measure(kind: str) -> list[Row]:
    rows: list[Row] = importlib.import_module(f"tests.benchmarks.bench_{kind}").measure()
    return rows


def main(arguments: list[str]) -> int:
    asked = arguments[0].partition(".")[0] if arguments else ""
    if asked and asked not in kinds():
        print(f"no such benchmark: {arguments[0]}; there are {', '.join(kinds())}")
        return 2
    chosen = kinds() if not asked else list(dict.fromkeys([CALIBRATION, asked]))
    new: list[Row] = []
    for kind in chosen:
        for row in measure(kind):
            new.append(row)
            print(f"{row['name']:32} {row['value']:>10} {row['unit']:6} {row['note']}", flush=True)
    old = json.loads(TARGET.read_text(encoding="utf-8")) if TARGET.exists() else []
    TARGET.parent.mkdir(exist_ok=True)
    text = json.dumps(merged(old, new), indent=2, ensure_ascii=False)
    TARGET.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
