"""What the transcript costs: streaming, opening, scrolling, and what it weighs.

Milliseconds are CPU time of the window's thread, layout and painting included, but for event-loop
gaps, which are times between two ticks of a timer of 4 ms.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from tests.benchmarks.bench_stream import percentile
from tests.benchmarks.row import Row

Figures = dict[str, list[float]]
LONGEST = "50,000"
SECONDS = 14


def measure() -> list[Row]:
    """A transcript on its own, then the real window over a real history with a real service."""
    with tempfile.TemporaryDirectory(prefix="porthole-bench-") as directory, _service() as port:
        _run("transcript_window", "make", directory, answers=False)
        return [
            *_streaming(_run("transcript_view", "stream")),
            _hardest(_run("transcript_view", "hardest")),
            *_moves(_run("transcript_view", "moves")),
            _anchor(_run("transcript_view", "anchor")),
            *_pace(directory, port),
            _open(directory, port),
            _memory(_run("transcript_window", "read", directory, LONGEST, f"{port}/1x1")),
        ]


def _streaming(took: Figures) -> list[Row]:
    ours = {at: sorted(took[at]) for at in ("at_20k", "at_400k")}
    p99 = {at: percentile(costs, 99) for at, costs in ours.items()}
    median = {at: statistics.median(costs) for at, costs in ours.items()}
    bare = statistics.median(took["bare"])
    whole = percentile(sorted(took["set_markdown_at_400k"]), 99)
    note = (
        f"{len(ours['at_400k'])} updates of 3 tokens at 400,000 characters: median "
        f"{median['at_400k']:.2f}, p99 {p99['at_400k']:.2f}, most {ours['at_400k'][-1]:.2f}; at "
        f"20,000: {median['at_20k']:.2f}, {p99['at_20k']:.2f}, {ours['at_20k'][-1]:.2f}; a bare "
        f"window's paint {bare:.2f}; baseline: the reach"
    )
    growth = max(
        median["at_400k"] / median["at_20k"],
        p99["at_400k"] / p99["at_20k"],
    )
    return [
        _row("flush_median_400k_ms", median["at_400k"], "ms", 1.2, note),
        _row("flush_p99_400k_ms", p99["at_400k"], "ms", 5.0, note),
        _row("flush_growth_400k_20k", growth, "ratio", 1.2, "the larger of median and p99"),
        _row(
            "vs_setmarkdown_p99",
            whole / p99["at_400k"],
            "ratio",
            100.0,
            f"a text browser's setMarkdown of the same 400,000 characters: {whole:.0f} ms; "
            "baseline: the reach, at least",
        ),
    ]


def _hardest(took: Figures) -> Row:
    notes = []
    for name, costs in took.items():
        median, p99 = statistics.median(costs), percentile(sorted(costs), 99)
        notes.append(f"{name} {median:.1f}/{p99:.1f}/{max(costs):.1f}")
    most = max(max(costs) for costs in took.values())
    return _row("hardest_flush_ms", most, "ms", 16.0, f"median/p99/most: {', '.join(notes)}")


def _moves(took: Figures) -> list[Row]:
    rows = []
    for name, reach in (("wheel", 5.0), ("jump", 30.0), ("resize", 40.0)):
        costs = sorted(took[name])
        note = f"{len(costs)} in 50,000 messages: median {statistics.median(costs):.1f}, "
        note += f"p99 {percentile(costs, 99):.1f}, most {costs[-1]:.1f}; baseline: the reach"
        key = f"{name}_p99_50k_ms" if name == "wheel" else f"{name}_50k_ms"
        rows.append(_row(key, percentile(costs, 99), "ms", reach, note))
    return rows


def _anchor(took: Figures) -> Row:
    exact = took["exact"]
    note = f"of {len(exact)} random steps with layout ahead, folding and resizing between"
    return _row("anchor_exact_steps", sum(exact), "steps", len(exact), note)


def _pace(directory: str, port: int) -> list[Row]:
    rows = []
    for name, rate, tabs, reach in (
        ("100tps", 100, 1, 10.0),
        ("2000tps", 2000, 1, 17.0),
        ("4tabs", 100, 4, 16.0),
    ):
        model = f"{port}/{rate}x{rate * SECONDS}"
        took = _run("transcript_window", "pace", directory, str(tabs), model)
        gaps, idle = sorted(took["gaps"]), sorted(took["idle"])
        note = (
            f"{rate} tokens/s in {tabs} conversations of 2,000 messages, {len(gaps)} ticks of 4 ms:"
            f" median {statistics.median(gaps):.1f}, most {gaps[-1]:.1f}; the idle window's p99 "
            f"{percentile(idle, 99):.1f}; {took['share'][0]:.1%} of a core; baseline: the reach"
        )
        rows.append(_row(f"loop_gap_p99_{name}_ms", percentile(gaps, 99), "ms", reach, note))
        if name == "100tps":
            rows.append(_row("cpu_share_100tps", took["share"][0], "share", 0.1, note))
    return rows


def _open(directory: str, port: int) -> Row:
    notes, cold = [], 0.0
    for title, count in (("1,000", 1), ("10,000", 1), (LONGEST, 3)):
        runs = [
            _run("transcript_window", "open", directory, title, f"{port}/1x1") for _ in range(count)
        ]
        cold = statistics.median(run["cpu"][0] for run in runs)
        warm = statistics.median(took for run in runs for took in run["cpu"][1:])
        walls = statistics.median(run["took"][0] for run in runs)
        walls_warm = statistics.median(took for run in runs for took in run["took"][1:])
        notes.append(f"{title}: {cold:.0f} ({walls:.0f}), again {warm:.0f} ({walls_warm:.0f})")
    note = f"click to first paint, CPU (by the clock): {'; '.join(notes)}; baseline: the reach"
    return _row("open_50k_ms", cold, "ms", 80.0, note)


def _memory(took: Figures) -> Row:
    note = (
        "resident, over a window with another conversation; most while "
        f"{took['pages'][0]:,.0f} pages in all parts of it were read: {took['read'][0]:.1f} "
        "(reach 60); baseline: the reach"
    )
    return _row("memory_50k_mb", took["opened"][0], "MiB", 35.0, note)


def _row(name: str, value: float, unit: str, reach: float, note: str) -> Row:
    value = round(value, 3 if unit in ("share", "ratio") else 2)
    return Row(name=f"transcript.{name}", value=value, unit=unit, baseline=reach, note=note)


@contextmanager
def _service() -> Iterator[int]:
    """The service in a process of its own; gives its port."""
    command = [sys.executable, "-m", "tests.benchmarks.transcript_service"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


def _run(program: str, *arguments: str, answers: bool = True) -> Figures:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{program}", *arguments],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    figures: Figures = json.loads(done.stdout.splitlines()[-1]) if answers else {}
    return figures
