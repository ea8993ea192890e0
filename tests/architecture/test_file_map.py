"""app/README.md says what is in every file, in the file's own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.packaging_scripts import load
from tests.architecture.source import ROOT

file_map = load("file_map")


def test_the_map_is_current() -> None:
    written = (ROOT / "app" / "README.md").read_text(encoding="utf-8")
    assert written == file_map.file_map(ROOT / "app"), "make map"


def test_a_new_file_changes_the_map(tmp_path: Path) -> None:
    app = tmp_path / "app"
    app.mkdir()
    (app / "__init__.py").write_text('"""The house."""\n', encoding="utf-8")
    before = file_map.file_map(app)
    (app / "door.py").write_text('"""The way in.\n\nMore of it."""\n', encoding="utf-8")
    assert "- `door.py`: The way in.\n" in file_map.file_map(app)
    assert "door.py" not in before


def test_a_file_without_a_first_line_is_refused(tmp_path: Path) -> None:
    (tmp_path / "__init__.py").write_text("import os\n", encoding="utf-8")
    with pytest.raises(ValueError, match="docstring"):
        file_map.file_map(tmp_path)
