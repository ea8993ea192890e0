"""What tools cost the window: MCP servers that start, and processes that are left behind."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.adapters.mcp.keeper import descendants
from tests.adapters.mcp.real_servers import alive
from tests.benchmarks.row import Row

ROOT = Path(__file__).resolve().parents[2]
STARTS = 5
ENDS = ("closed", "killed", "host killed")
LIMIT_S = 20.0
ROUNDS = 200


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        return [_start_gap(here), _children_left(here), _round_overhead(here / "rounds")]


def _start_gap(folder: Path) -> Row:
    """The longest the window's thread worked without a look at its events, while servers start."""
    runs = []
    for number in range(STARTS):
        command = [sys.executable, "-m", "tests.benchmarks.mcp_window", str(folder / str(number))]
        said = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            check=True,
        )
        runs.append(json.loads(said.stdout))
    start = statistics.median(run["start_ms"] for run in runs)
    late = statistics.median(run["late_ms"] for run in runs)
    return Row(
        name="tools.mcp_start_ui_gap_ms",
        value=round(statistics.median(run["cpu_ms"] for run in runs), 1),
        unit="ms",
        baseline=None,
        note=f"median of {STARTS}: longest own CPU between two ticks from asking for the first "
        f"server (host and all, and one that floods its log) to its tools; {start:.0f} ms to "
        f"ready; latest tick on the clock {late:.0f} ms",
    )


def _children_left(folder: Path) -> Row:
    """Processes that live on after the program's end, by each way it can end."""
    left = {end: _left_after(end, folder) for end in ENDS}
    told = ", ".join(f"{count} {end}" for end, count in left.items())
    return Row(
        name="tools.children_left",
        value=sum(left.values()),
        unit="",
        baseline=0,
        note=f"two servers, one that ignores SIGTERM, and a process that left its session: {told}",
    )


def _round_overhead(folder: Path) -> Row:
    """What a round of tool calls costs beside the model and the tool: both answer at once."""
    command = [sys.executable, "-m", "tests.benchmarks.rounds_window", str(folder), str(ROUNDS)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    said = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    run = json.loads(said.stdout)
    return Row(
        name="tools.round_overhead_ms",
        value=round(run["cpu_ms"], 1),
        unit="ms",
        baseline=None,
        note=f"own CPU, median of {run['rounds']} rounds, stored and shown: two messages that are "
        f"on the disk before they count; {run['wall_ms']:.1f} ms on the clock; the longest event "
        f"{run['worst']:.1f} ms",
    )


def _left_after(end: str, folder: Path) -> int:
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.adapters.mcp.program", str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    assert program.stdin is not None
    wild = int(program.stdout.readline())
    family = [*descendants(program.pid), wild]
    if end == "closed":
        program.stdin.close()
    elif end == "killed":
        program.kill()
    else:
        os.kill(family[1], 9)  # the keeper is the first, its host the next
    until = time.monotonic() + LIMIT_S
    while any(alive(pid) for pid in family) and time.monotonic() < until:
        time.sleep(0.1)
    program.kill()
    program.wait()
    return sum(alive(pid) for pid in family)
