"""Picked folders and files: what is below them is read, and nothing else, whatever way it leads."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from app.adapters.documents.reader import ChildDocumentReader
from app.adapters.tools.files import MOST_LISTED, list_folder, read_file
from app.adapters.tools.own_tool import OwnTool
from tests.adapters.tools.calling import call, fault, told
from tests.adapters.tools.web_server import with_site


@pytest.fixture
def picked(tmp_path: Path) -> Path:
    root = tmp_path / "picked"
    (root / "below").mkdir(parents=True)
    (root / "a.txt").write_text("first\nsecond\n", encoding="utf-8")
    (root / "below" / "b10.md").write_text("# ten", encoding="utf-8")
    (root / "below" / "b9.md").write_text("# nine", encoding="utf-8")
    (tmp_path / "outside.txt").write_text("secret", encoding="utf-8")
    return root


def reading(*picked: Path) -> OwnTool:
    return read_file(lambda: [str(path) for path in picked], ChildDocumentReader())


def listing(*picked: Path) -> OwnTool:
    return list_folder(lambda: [str(path) for path in picked])


async def test_what_was_picked_is_listed_first(picked: Path) -> None:
    text = await told(listing(picked, picked.parent / "outside.txt", picked / "gone"))
    lines = text.splitlines()
    assert lines[:2] == ["Picked by the person:", f"{picked}{os.sep}"]
    assert lines[2].startswith(f"{picked.parent / 'outside.txt'} (6 bytes, 20")
    assert len(lines) == 3


async def test_a_folder_is_listed_as_people_sort(picked: Path) -> None:
    lines = (await told(listing(picked), path="below")).splitlines()
    assert lines[0] == f"{picked / 'below'}:"
    assert [line.partition(" ")[0] for line in lines[1:]] == ["b9.md", "b10.md"]
    assert await told(listing(picked), path=str(picked / "below")) == "\n".join(lines)


async def test_a_long_list_is_cut(picked: Path) -> None:
    for number in range(MOST_LISTED + 3):
        (picked / "below" / f"{number}").touch()
    assert (await told(listing(picked), path="below")).endswith("[5 more are not listed]")


async def test_text_whole_and_in_pieces(picked: Path) -> None:
    assert await told(reading(picked), path="a.txt") == "first\nsecond\n"
    assert await told(reading(picked), path=str(picked / "below" / ".." / "a.txt"), length=5) == (
        "first\n[Characters 0 to 5 of 13. Go on with start=5.]"
    )


async def test_a_file_that_was_picked_alone(picked: Path) -> None:
    tool = reading(picked / "a.txt")
    assert await told(tool, path=str(picked / "a.txt"))
    assert await told(tool, path="a.txt")
    assert "not among" in await fault(tool, path=str(picked / "below" / "b9.md"))


async def test_a_picture_is_given_as_a_picture(picked: Path) -> None:
    made = io.BytesIO()
    Image.new("RGB", (3, 2), "red").save(made, "PNG")
    (picked / "p.txt").write_bytes(made.getvalue())
    outcome = await call(reading(picked), path="p.txt")
    assert (outcome.text, outcome.pictures) == ("The picture p.txt follows.", (made.getvalue(),))


@with_site
async def test_documents_are_read_as_text(picked: Path, reader: ChildDocumentReader) -> None:
    tool = read_file(lambda: [str(picked)], reader)
    Image.new("RGB", (30, 20), "red").save(picked / "scan.pdf", "PDF")
    (picked / "bad.pdf").write_bytes(b"%PDF-1.7 nonsense")
    (picked / "x.zip").write_bytes(b"PK\x03\x04 nonsense")
    assert "its pages are pictures" in await fault(tool, path="scan.pdf")
    assert "could not be read" in await fault(tool, path="bad.pdf")
    assert "could not be read" in await fault(tool, path="x.zip")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda root: root / ".." / "outside.txt", "not among"),
        (lambda root: root / "below" / ".." / ".." / "outside.txt", "not among"),
        (lambda root: root.parent / "outside.txt", "not among"),
        (lambda root: root.parent / "no such file", "not among"),
        (lambda root: root.parent / "picked2" / "a.txt", "not among"),
        (lambda root: Path("/etc/passwd"), "not among"),
        (lambda root: Path("~/outside.txt"), "no such file"),
        (lambda root: root / "none.txt", "no such file"),
        (lambda root: root / "below", "a folder"),
        (lambda root: root, "a folder"),
        (lambda root: root / ("x" * 3000), "no such file"),
        (lambda root: root / "a.txt" / "b", "no such file"),
    ],
)
async def test_what_is_not_read(make: Callable[[Path], Path], words: str, picked: Path) -> None:
    twin = picked.parent / "picked2"
    twin.mkdir()
    (twin / "a.txt").write_text("secret", encoding="utf-8")
    assert words in await fault(reading(picked), path=str(make(picked)))


@pytest.mark.skipif(sys.platform == "win32", reason="links need leave there")
async def test_links_are_followed_before_they_are_judged(picked: Path) -> None:
    (picked / "out").symlink_to(picked.parent / "outside.txt")
    (picked / "up").symlink_to(picked.parent)
    (picked / "in").symlink_to(picked / "a.txt")
    (picked / "loop").symlink_to(picked / "loop")
    (picked / "nowhere").symlink_to(picked / "nothing")
    tool = reading(picked)
    assert "not among" in await fault(tool, path="out")
    assert "not among" in await fault(tool, path="up/outside.txt")
    assert "not among" in await fault(listing(picked), path="up")
    assert await told(tool, path="in") == "first\nsecond\n"
    assert "cannot be read" in await fault(tool, path="loop")
    assert "no such file" in await fault(tool, path="nowhere")
    assert "out (a link)" in (await told(listing(picked), path=str(picked))).splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="no such links there")
async def test_a_root_that_is_itself_a_link(picked: Path) -> None:
    link = picked.parent / "link"
    link.symlink_to(picked)
    assert await told(reading(link), path=str(link / "a.txt")) == "first\nsecond\n"


async def test_hidden_files_and_keys_are_read_only_if_picked(picked: Path) -> None:
    hidden = picked / ".ssh"
    hidden.mkdir()
    names = ("config", "id_ed25519", "server.key", "passwords.KDBX")
    for folder in (hidden, picked / "below"):
        for name in names:
            (folder / name).write_text("key", encoding="utf-8")
    (picked / ".env").write_text("key", encoding="utf-8")
    tool = reading(picked)
    for path in (".env", ".ssh/config", "below/id_ed25519", "below/server.key"):
        assert "hidden or holds keys" in await fault(tool, path=path)
    assert "hidden" in await fault(listing(picked), path=".ssh")
    text = await told(listing(picked), path="below")
    assert [line.partition(" ")[0] for line in text.splitlines()[1:]] == [
        "b9.md",
        "b10.md",
        "config",
    ]
    assert ".env" not in await told(listing(picked), path=str(picked))
    assert await told(reading(hidden), path="config") == "key"
    assert await told(reading(picked / ".env"), path=".env") == "key"


async def test_what_is_no_text_and_nothing_picked(picked: Path) -> None:
    (picked / "bytes").write_bytes(bytes(range(256)) * 20)
    (picked / "empty").touch()
    assert "neither text" in await fault(reading(picked), path="bytes")
    assert "empty" in await fault(reading(picked), path="empty")
    assert "not picked any" in await fault(reading(), path="a.txt")
    assert "not picked any" in await fault(listing())
    assert "not picked any" in await fault(listing(Path("relative")))
    assert "read_file reads it" in await fault(listing(picked), path="a.txt")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are no files there")
async def test_a_pipe_is_not_waited_for(picked: Path) -> None:
    os.mkfifo(picked / "pipe")
    assert "cannot be read" in await fault(reading(picked), path="pipe")
