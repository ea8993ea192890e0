"""The commands that a desktop's keyboard settings can run start the Porthole that names them."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from app.adapters.paths import system_place
from app.capture_keys import commands
from app.command_line import parse
from app.core.wish import Wish


@pytest.mark.parametrize("wish", [Wish.CAPTURE, Wish.ASK])
def test_a_command_means_its_wish(wish: Wish, tmp_path: Path) -> None:
    directory = tmp_path / "my data"
    program, *rest = shlex.split(commands(str(directory))[wish])
    assert Path(program).name.startswith("porthole")
    given = parse(rest)
    assert given.wish == wish
    assert given.data_dir == str(directory)


def test_data_in_their_usual_place_need_not_be_named() -> None:
    _program, *rest = shlex.split(commands(str(system_place()))[Wish.ASK])
    assert rest == ["--ask"]


def test_a_packaged_program_is_named_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys.executable", "/opt/Porthole app/porthole")
    line = commands(str(system_place()))[Wish.CAPTURE]
    assert line == "'/opt/Porthole app/porthole' --capture"
