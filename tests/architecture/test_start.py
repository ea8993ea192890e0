"""What a start imports: nothing heavy before the first paint, no widgets without a window."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.architecture.rules import HEAVY


def loaded_by(statement: str) -> set[str]:
    """The modules that are there after a statement, in a process of its own."""
    code = f"{statement}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("module", ["app.bootstrap", "app.program", "app.windowless"])
def test_nothing_heavy_is_loaded_with_the_program(module: str) -> None:
    assert not {name.partition(".")[0] for name in loaded_by(f"import {module}")} & HEAVY


@pytest.mark.parametrize("module", ["app.__main__", "app.command_line", "app.windowless"])
def test_without_a_window_no_widgets_are_loaded(module: str) -> None:
    assert not loaded_by(f"import {module}") & {"PySide6.QtWidgets", "PySide6.QtGui"}


def test_a_heavy_import_would_be_seen() -> None:
    assert "keyring" in loaded_by("import keyring")
