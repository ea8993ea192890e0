"""A batch that is killed half-way: no file is paid twice, no answer is lost."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from app.kit.tasks import in_thread
from tests.faults.batch_killed import Tally, inflict

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
async def test_after_a_kill_each_file_is_paid_once(tmp_path: Path) -> None:
    tally = Tally()
    await in_thread(inflict, tmp_path / "trial", random.Random(7), tally, 20, 1)
    assert (tally.files, tally.kills, tally.lost) == (20, 1, 0)
    assert tally.refused > 0
    assert tally.uncertain <= 4
