"""Broken and hostile documents dropped on the real window, in a process of its own: it lives."""

from __future__ import annotations

from pathlib import Path

from tests.faults import documents_hostile
from tests.faults.documents_dropped import MODULE, folder_for, prepared
from tests.faults.pictures_dropped import dropped
from tests.faults.run import FAULTS


def test_each_of_some_broken_documents_is_decided(tmp_path: Path) -> None:
    prepared(tmp_path / "some", "mutated", 0, 24)
    told = dropped(tmp_path / "some", "mutated", 0, 24, MODULE)
    assert told.lost == 0, told
    assert told.taken + told.refused == 24
    assert 0 < told.taken < 24
    assert len(list(folder_for(tmp_path / "some").iterdir())) == 24


def test_the_long_form_is_there() -> None:
    assert documents_hostile.NAME in FAULTS
