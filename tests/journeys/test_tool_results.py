"""Tools that give back whatever they like: the fault's short form."""

from __future__ import annotations

from pathlib import Path

from tests.faults import tool_results_hostile
from tests.faults.run import FAULTS


def test_hostile_results_are_kept_shown_plainly_and_give_no_leave(tmp_path: Path) -> None:
    outcome = tool_results_hostile.run(tmp_path, 8)
    assert outcome.lost == 0, outcome.note
    assert tool_results_hostile.NAME in FAULTS
