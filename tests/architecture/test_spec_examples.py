"""The specification's examples come out of a pinned archive, and nothing else of it does."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from tests.architecture.packaging_scripts import load
from tests.architecture.source import ROOT

spec_examples = load("spec_examples")
LOCKS = sorted((ROOT / "packaging" / "locks").glob("run-*.txt"))


def archive(folder: Path, *names: str) -> Path:
    made = folder / "a.tar.gz"
    with tarfile.open(made, "w:gz") as opened:
        for name in names:
            info = tarfile.TarInfo(name)
            info.size = 2
            opened.addfile(info, io.BytesIO(b"[]"))
    return made


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_the_carrier_is_pinned_by_hash(lock: Path) -> None:
    entry = spec_examples.pinned(lock.read_text("utf-8"))
    first, *hashes = entry.splitlines()
    assert first.startswith("markdown-it-py==")
    assert all(line.startswith("    --hash=sha256:") for line in hashes)
    assert len(hashes) >= 2, "one of them is the source distribution's"


def test_only_the_examples_are_taken(tmp_path: Path) -> None:
    target = spec_examples.place(tmp_path / "venv")
    found = archive(tmp_path, "p/setup.py", "p/tests/commonmark.json", "../escaped.txt")
    assert spec_examples.take(found, target)
    assert [path.name for path in (tmp_path / "venv").rglob("*.*")] == ["commonmark.json"]
    assert not (tmp_path.parent / "escaped.txt").exists()


def test_an_archive_without_them_is_told(tmp_path: Path) -> None:
    target = spec_examples.place(tmp_path / "venv")
    assert not spec_examples.take(archive(tmp_path, "p/setup.py"), target)
    assert not target.exists()
