"""An open history in a directory of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.adapters.history_db import History, open_history


@pytest.fixture
def history(data_dir: Path) -> Iterator[History]:
    opened = open_history(data_dir)
    yield opened
    opened.close_now()
