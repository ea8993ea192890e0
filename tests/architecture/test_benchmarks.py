"""build/bench.json keeps the figures of other kinds, and a name that is none is refused."""

from __future__ import annotations

import pytest

from tests.benchmarks import bench_stream, run
from tests.benchmarks.row import Row


def row(name: str, value: float) -> Row:
    return Row(name=name, value=value, unit="ms", baseline=None, note="")


def test_new_figures_take_the_place_of_old_ones() -> None:
    old = [row("machine.calibration_ms", 90), row("start.rss_mb", 70)]
    merged = run.merged(old, [row("start.rss_mb", 60), row("stream.loop_gap_p99_ms", 5)])
    assert [(r["name"], r["value"]) for r in merged] == [
        ("machine.calibration_ms", 90),
        ("start.rss_mb", 60),
        ("stream.loop_gap_p99_ms", 5),
    ]


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["nonsense"]) == 2
    assert "start" in capsys.readouterr().out


def test_every_kind_can_be_measured() -> None:
    kinds = run.kinds()
    assert kinds[0] == "machine"
    assert kinds[1:] == sorted(set(kinds[1:]))
    assert {"api", "images", "ocr", "start", "stream", "transcript"} < set(kinds)


def test_the_percentile_is_a_value_that_was_measured() -> None:
    values = [float(n) for n in range(1, 201)]
    assert bench_stream.percentile(values, 99) == 198
    assert bench_stream.percentile([7.0], 99) == 7
