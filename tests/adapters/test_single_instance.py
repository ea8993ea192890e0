"""One instance for each data directory; the next one's files reach it. Kills: see `faults`."""

from __future__ import annotations

import os
import queue
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.adapters.single_instance import claim, hand_over
from app.core.errors import StorageError, StorageProblem
from app.core.wish import Start, Wish

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has a named pipe")


def test_files_are_handed_over_whole_and_absolute(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    first = claim(data_dir)
    assert first is not None
    assert claim(data_dir) is None
    heard: queue.SimpleQueue[Start] = queue.SimpleQueue()
    first.listen(heard.put)
    odd = ("截图 1.png", "a\nb", os.fsdecode(b"\xff"), "/abs")
    for paths in (odd, (), ("x" * 50_000,)):
        assert hand_over(data_dir, Start(paths))
        assert heard.get(timeout=10) == Start(tuple(str(tmp_path / path) for path in paths))
    assert hand_over(data_dir, Start(wish=Wish.ASK))
    assert heard.get(timeout=10) == Start(wish=Wish.ASK)
    first.close()
    again = claim(data_dir)
    assert again is not None
    again.close()
    assert sorted(entry.name for entry in data_dir.iterdir()) == ["instance.lock"]


def test_nobody_there_is_said_soon(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.adapters.single_instance._PATIENCE_S", 0.1)
    assert not hand_over(data_dir, Start(("a.png",)))
    first = claim(data_dir)
    assert first is not None
    assert not hand_over(data_dir, Start(("a.png",))), "it holds the place and does not listen"
    first.close()


@posix_only
@pytest.mark.parametrize(
    "noise",
    [
        *(b"", b"{", b"[1]", b'{"a": 1}', b"\xff", b" " * (1 << 21), b"null", b"{}"),
        b'{"paths": ["/a"], "wish": "none"}',
        b'{"paths": [1], "wish": "open"}',
        b'{"paths": "/a", "wish": "open"}',
    ],
)
def test_noise_at_the_door_changes_nothing(data_dir: Path, noise: bytes) -> None:
    first = claim(data_dir)
    assert first is not None
    heard: queue.SimpleQueue[Start] = queue.SimpleQueue()
    first.listen(heard.put)
    with socket.socket(socket.AF_UNIX) as other:
        other.connect(str(data_dir / "instance.sock"))
        try:
            other.sendall(noise)
            other.shutdown(socket.SHUT_WR)
            assert other.recv(1) == b""
        except (BrokenPipeError, ConnectionResetError):
            assert len(noise) > 1 << 20, "only what is too long is cut off"
    assert hand_over(data_dir, Start(("/a",)))
    assert heard.get(timeout=10) == Start(("/a",))
    first.close()


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder whose path leaves room for a socket's, as that of a test need not."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@posix_only
def test_the_door_is_private_also_for_a_deep_folder(
    data_dir: Path, short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(short))
    deep = data_dir / ("d" * 100) / ("e" * 100)
    first = claim(deep)
    assert first is not None
    heard: queue.SimpleQueue[Start] = queue.SimpleQueue()
    first.listen(heard.put)
    assert hand_over(deep, Start(("/a",)))
    assert heard.get(timeout=10) == Start(("/a",))
    (folder,) = short.iterdir()
    (door,) = folder.iterdir()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert door.stat().st_mode & 0o777 == 0o600
    first.close()
    folder.chmod(0o755)
    with pytest.raises(StorageError):
        claim(deep)


def test_a_place_that_cannot_be_used_is_named(data_dir: Path) -> None:
    data_dir.parent.mkdir(exist_ok=True)
    data_dir.write_bytes(b"")
    with pytest.raises(StorageError) as caught:
        claim(data_dir)
    assert (caught.value.problem, caught.value.path) == (StorageProblem.FAILED, str(data_dir))
