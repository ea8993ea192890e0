"""Nothing is ever loaded by being shown: hostile texts in a real transcript, in another process."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.faults import loads


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="opens are watched by inotify")
def test_hostile_texts_reach_neither_network_nor_disk(tmp_path: Path) -> None:
    outcome = loads.run(tmp_path, 240)
    assert outcome.trials == 240
    assert outcome.lost == 0, outcome.note
