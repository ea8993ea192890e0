"""Pictures in folders, found by name, in the order in which people count."""

from __future__ import annotations

from pathlib import Path

from app.adapters.folders import find_files


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_pictures_in_folders_and_below_but_nothing_hidden(tmp_path: Path) -> None:
    touch(tmp_path, "shot 10.png", "shot 9.PNG", "notes.txt", ".hidden.png", "a/b.webp")
    touch(tmp_path, ".git/c.png", "Thumbs.db", "海.heic", "bill.PDF")
    (tmp_path / "loop").symlink_to(tmp_path)
    found = find_files([str(tmp_path)], 100)
    names = [Path(path).relative_to(tmp_path).as_posix() for path in found.paths]
    assert names == ["bill.PDF", "shot 9.PNG", "shot 10.png", "海.heic", "a/b.webp"]
    assert (found.beyond, found.others) == (0, 1)


def test_what_was_named_itself_is_taken_whatever_it_is_and_once(tmp_path: Path) -> None:
    touch(tmp_path, "notes.txt", "a.png")
    named = str(tmp_path / "notes.txt"), str(tmp_path / "a.png")
    found = find_files([*named, str(tmp_path), named[0]], 100)
    assert (found.paths, found.beyond) == ([*named], 0)


def test_no_more_than_wished_and_the_rest_is_counted(tmp_path: Path) -> None:
    touch(tmp_path, *(f"{n}.png" for n in range(12)))
    found = find_files([str(tmp_path)], 5)
    assert [Path(path).name for path in found.paths] == [f"{n}.png" for n in range(5)]
    assert found.beyond == 7
    assert find_files([], 5).paths == []
