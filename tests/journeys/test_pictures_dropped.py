"""Broken pictures and odd files dropped on the real window, in a process of its own: it lives."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.faults import images_mutated
from tests.faults.pictures_dropped import ODD_FILES, Dropped, dropped
from tests.faults.run import FAULTS, GROUPS


def test_each_of_some_broken_pictures_is_decided(tmp_path: Path) -> None:
    outcome = images_mutated.run(tmp_path, 60)
    assert (outcome.trials, outcome.lost) == (60, 0)
    assert "0 windows died" in outcome.note
    assert not outcome.note.startswith("0 taken")


@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
def test_what_is_no_picture_is_refused_in_words(tmp_path: Path) -> None:
    told = dropped(tmp_path / "odd", "odd", 0, len(ODD_FILES))
    assert (told.refused, told.taken, told.lost) == (len(ODD_FILES), 0, 0)


def test_a_window_that_dies_is_seen(tmp_path: Path) -> None:
    """The bombs end before this place: the window's script fails."""
    assert dropped(tmp_path / "beyond", "bombs", 10_000, 3) == Dropped(deaths=1, undecided=3)


def test_both_are_asked_for_by_one_name() -> None:
    assert all(name in FAULTS for name in GROUPS["images"])
    assert Dropped(deaths=1, undecided=2, late_names=["x: 2100 ms"]).lost == 4
