"""What reading a streamed answer costs, beside openai's typed stream and a bare socket."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.benchmarks.row import Row

CHUNKS = 20_000


def measure() -> list[Row]:
    """Answers of 20,000 chunks at full speed from another process on loopback, under qasync."""
    with _service() as port:
        took = _read("ratios", port)
        peaks = _read("memory", port)["peaks"]
    ours, typed, bare = (statistics.median(took[way]) for way in ("ours", "openai", "socket"))
    note = (
        f"CPU a chunk, medians of {len(took['ours'])} by turns, {CHUNKS:,} chunks: "
        f"ours {_us(ours)}, typed stream {_us(typed)}, socket and json.loads {_us(bare)}; "
        "baseline: the reach"
    )
    return [
        Row(
            name="api.decode_cpu_ratio",
            value=round(ours / typed, 3),
            unit="ratio",
            baseline=0.2,
            note=note,
        ),
        Row(
            name="api.decode_vs_socket_ratio",
            value=round(ours / bare, 2),
            unit="ratio",
            baseline=5.0,
            note=note,
        ),
        Row(
            name="api.loop_held_ms",
            value=round(statistics.median(took["held"]), 1),
            unit="ms",
            baseline=8.0,
            note=f"longest time between two turns of the loop in a burst of {CHUNKS:,} chunks, "
            f"median of {len(took['held'])} bursts (most: {max(took['held']):.1f}); "
            "baseline: the reach",
        ),
        Row(
            name="api.rss_growth_mb",
            value=round(peaks[1] - peaks[0], 1),
            unit="MiB",
            baseline=4.0,
            note="peak memory of reading 200,000 chunks over that of 20,000, nothing kept by the "
            "reader; baseline: the reach, room for an allocator's whims and nothing that grows",
        ),
    ]


@contextmanager
def _service() -> Iterator[int]:
    """The service in a process of its own; gives its port."""
    command = [sys.executable, "-m", "tests.benchmarks.api_server"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


def _read(what: str, port: int) -> dict[str, list[float]]:
    command = [sys.executable, "-m", "tests.benchmarks.api_reader", what, str(port)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    figures: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _us(seconds: float) -> str:
    return f"{seconds / CHUNKS * 1e6:.1f} µs"
