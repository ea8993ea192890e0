"""The data directory's place, and the resources beside the code."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.adapters.paths import data_dir as find_data_dir
from app.adapters.paths import resources_dir


def test_the_argument_comes_before_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PORTHOLE_DATA_DIR", str(tmp_path / "env"))
    monkeypatch.chdir(tmp_path)
    assert find_data_dir() == tmp_path / "env"
    assert find_data_dir("named") == tmp_path / "named"
    assert find_data_dir("~/mine") == tmp_path / "mine"
    assert not list(tmp_path.iterdir()), "finding a place does not make it"


@pytest.mark.parametrize(
    ("platform", "variable", "value", "expected"),
    [
        ("linux", "XDG_DATA_HOME", None, ".local/share/porthole"),
        ("linux", "XDG_DATA_HOME", "relative", ".local/share/porthole"),
        ("linux", "XDG_DATA_HOME", "{home}/xdg", "xdg/porthole"),
        ("darwin", "XDG_DATA_HOME", "{home}/xdg", "Library/Application Support/Porthole"),
        ("win32", "LOCALAPPDATA", "{home}/Local", "Local/Porthole"),
        ("win32", "LOCALAPPDATA", None, "AppData/Local/Porthole"),
    ],
)
def test_each_system_has_its_place(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    platform: str,
    variable: str,
    value: str | None,
    expected: str,
) -> None:
    monkeypatch.delenv("PORTHOLE_DATA_DIR")
    monkeypatch.delenv(variable, raising=False)
    if value is not None:
        monkeypatch.setenv(variable, value.format(home=tmp_path))
    monkeypatch.setattr(sys, "platform", platform)
    assert find_data_dir() == tmp_path / expected


def test_resources_lie_beside_the_code_or_where_a_package_unpacks_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert (resources_dir() / "icons").is_dir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources_dir() == tmp_path / "resources"
