"""The faults' short forms; `make faults` runs the long ones."""

from __future__ import annotations

import json
from pathlib import Path

from tests.faults import disk_full, kill9, newer_schema, second_instance
from tests.faults.fault import Outcome
from tests.faults.run import write


def test_kill_9_while_sending_and_streaming_loses_nothing(tmp_path: Path) -> None:
    outcome = kill9.run(tmp_path, 5)
    assert (outcome.trials, outcome.lost) == (5, 0)


def test_a_second_instance_writes_nothing_and_hands_over(tmp_path: Path) -> None:
    outcome = second_instance.run(tmp_path, 2)
    assert (outcome.trials, outcome.lost) == (2, 0)


def test_a_newer_database_is_refused_untouched(tmp_path: Path) -> None:
    outcome = newer_schema.run(tmp_path, 4)
    assert (outcome.trials, outcome.lost) == (4, 0)


def test_a_full_disk_loses_nothing_and_needs_no_restart(tmp_path: Path) -> None:
    outcome = disk_full.run(tmp_path, 3)
    assert outcome.trials >= 2, "only mounting a small disk may be beyond us"
    assert outcome.lost == 0


def test_the_outcomes_file_keeps_what_another_run_found(tmp_path: Path) -> None:
    path = tmp_path / "build" / "faults.json"
    write(path, [Outcome("a", 1, 0, 0.5, ""), Outcome("b", 1, 1, 1.0, "")])
    write(path, [Outcome("b", 2, 0, 2.0, "again")])
    rows = json.loads(path.read_text())
    assert [(row["fault"], row["trials"], row["lost"]) for row in rows] == [
        ("a", 1, 0),
        ("b", 2, 0),
    ]
