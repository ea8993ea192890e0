"""Whole writes, private modes, locks."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from app.adapters.disk import make_private_folder, problem_of, take_lock, write_whole
from app.core.errors import StorageProblem


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    write_whole(path, b"old")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no room"):
        write_whole(path, b"new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]
    assert path.read_bytes() == b"old"
    monkeypatch.undo()
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600


def test_folders_are_made_private_and_left_as_they_are(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    theirs.mkdir(mode=0o755)
    before = theirs.stat().st_mode
    for folder in (ours, ours, theirs):
        make_private_folder(folder)
    assert ours.stat().st_mode & 0o777 == 0o700
    assert theirs.stat().st_mode == before


def test_a_lock_is_held_until_it_is_released(tmp_path: Path) -> None:
    first = take_lock(tmp_path / "lock")
    assert first is not None
    assert take_lock(tmp_path / "lock") is None
    first.release()
    first.release()
    second = take_lock(tmp_path / "lock")
    assert second is not None
    second.release()


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        (errno.ENOSPC, StorageProblem.FULL),
        (errno.EDQUOT, StorageProblem.FULL),
        (errno.EROFS, StorageProblem.READ_ONLY),
        (errno.EACCES, StorageProblem.READ_ONLY),
        (errno.EIO, StorageProblem.FAILED),
        (None, StorageProblem.FAILED),
    ],
)
def test_what_the_systems_numbers_mean(number: int | None, problem: StorageProblem) -> None:
    assert problem_of(number) is problem
