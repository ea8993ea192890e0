"""How pictures come in, go out and are listed: each `images_*.py` beside this measures a part."""

from __future__ import annotations

import importlib
from pathlib import Path

from tests.benchmarks.row import Row

HERE = Path(__file__).resolve().parent


def measure() -> list[Row]:
    """The rows of all parts, in the order of their files' names."""
    rows: list[Row] = []
    for path in sorted(HERE.glob("images_*.py")):
        rows += importlib.import_module(f"tests.benchmarks.{path.stem}").measure()
    return rows
