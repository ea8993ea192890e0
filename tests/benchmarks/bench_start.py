"""How long Porthole takes from process start to its first interactive paint, and what it weighs."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.row import Row

RUNS = 9
LIMIT_S = 60.0
SETTLE_S = 2.0
MIB = 2**20


def measure() -> list[Row]:
    """Porthole and a bare window by turns, offscreen; then the memory of one that is idle."""
    with tempfile.TemporaryDirectory(prefix="porthole-bench-") as directory:
        folder = Path(directory)
        ours, bare = [], []
        _start_ours(folder)  # makes the data directory and fills the disk's cache
        _start_bare(folder)
        for _ in range(RUNS):
            ours.append(_start_ours(folder))
            bare.append(_start_bare(folder))
        resident = _resident(folder)
    our_ms, bare_ms = statistics.median(ours) * 1000, statistics.median(bare) * 1000
    return [
        Row(
            name="start.interactive_ratio",
            value=round(our_ms / bare_ms, 3),
            unit="ratio",
            baseline=1.5,
            note=f"medians of {RUNS} by turns, offscreen: Porthole {our_ms:.0f} ms, "
            f"bare PySide6 window {bare_ms:.0f} ms; baseline: the reach",
        ),
        Row(
            name="start.rss_mb",
            value=round(resident / MIB, 1),
            unit="MiB",
            baseline=80.0,
            note=f"resident {SETTLE_S:.0f} s after the first paint, nothing sent; "
            "baseline: the reach",
        ),
    ]


def _environment(folder: Path, trace: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.endswith("_API_KEY")}
    kept.pop("DBUS_SESSION_BUS_ADDRESS", None)
    # Installed programs have their bytecode; the first start, which is not counted, writes it.
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept | {
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(folder),
        "PORTHOLE_TRACE_START": str(trace),
    }


def _porthole(folder: Path, trace: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "app", "--data-dir", str(folder / "data")]
    return subprocess.Popen(command, env=_environment(folder, trace))


def _painted(trace: Path, process: subprocess.Popen[bytes]) -> float:
    """When the process says that it first painted. Raises RuntimeError if it never does."""
    deadline = time.monotonic() + LIMIT_S
    while time.monotonic() < deadline:
        if trace.exists() and (text := trace.read_text(encoding="utf-8")).endswith("}"):
            return float(json.loads(text)["interactive_at"])
        if process.poll() not in (None, 0):
            break
        time.sleep(0.01)
    process.kill()
    raise RuntimeError(f"no first paint from {process.args!r}")


def _start_ours(folder: Path) -> float:
    trace = folder / "trace.json"
    trace.unlink(missing_ok=True)
    begun = time.time()
    with _porthole(folder, trace) as process:
        took = _painted(trace, process) - begun
        process.terminate()
        process.wait(LIMIT_S)
    return took


def _start_bare(folder: Path) -> float:
    trace = folder / "bare.json"
    trace.unlink(missing_ok=True)
    begun = time.time()
    command = [sys.executable, "-m", "tests.benchmarks.bare_window", str(trace)]
    with subprocess.Popen(command, env=_environment(folder, trace)) as process:
        took = _painted(trace, process) - begun
        process.wait(LIMIT_S)
    return took


def _resident(folder: Path) -> int:
    """Bytes in memory of an idle Porthole and its children."""
    trace = folder / "trace.json"
    trace.unlink(missing_ok=True)
    with _porthole(folder, trace) as process:
        _painted(trace, process)
        time.sleep(SETTLE_S)
        total = sum(_rss(pid) for pid in _family(process.pid))
        process.terminate()
        process.wait(LIMIT_S)
    return total


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *(member for child in children for member in _family(int(child)))]


def _rss(pid: int) -> int:
    pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
