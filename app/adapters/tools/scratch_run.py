"""Runs a program in a folder made for it, of which nothing is left: no files, no processes.

It gets an environment with no more in it than programs need to start: no keys, no tokens, and the
scratch folder for its home. Everything it starts has a mark in its environment, by which on Linux
even that is found which put itself out of reach.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.adapters.images.sniff import picture_format
from app.adapters.own_tools.process import Ran, run_program
from app.adapters.threads import in_daemon_thread
from app.core.ids import new_id

MARK = "PORTHOLE_RUN"
MOST_PICTURES = 5
MOST_PICTURE_BYTES = 10 * 1024 * 1024
_KEPT = ("PATH", "LANG", "TZ", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT")
_SWEEPS = 20


@dataclass(frozen=True, slots=True)
class ScratchRun:
    """How it went, and the pictures that it left in its folder."""

    ran: Ran
    pictures: tuple[bytes, ...]


async def run_in_scratch(
    argv: Sequence[str], limit_s: float, files: Mapping[str, str] | None = None
) -> ScratchRun:
    """Run `argv` in a new folder with these files in it. Raises OSError where it cannot start.

    When this returns or is cancelled, folder and processes are gone.
    """
    mark = new_id()
    folder = await in_daemon_thread(_made, files or {})
    try:
        env = environment(folder, mark)
        ran = await run_program(argv, folder=folder, env=env, given=b"", limit_s=limit_s)
        return ScratchRun(ran, await in_daemon_thread(_pictures, folder))
    finally:
        await in_daemon_thread(_cleared, folder, mark)


def environment(folder: str, mark: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    home = dict.fromkeys(("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP"), folder)
    return {**kept, **home, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", MARK: mark}


def _made(files: Mapping[str, str]) -> str:
    folder = tempfile.mkdtemp(prefix="porthole-run-")
    for name, text in files.items():
        Path(folder, name).write_text(text, encoding="utf-8", newline="\n")
    return folder


def _pictures(folder: str) -> tuple[bytes, ...]:
    found: list[bytes] = []
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            plain = entry.is_file(follow_symlinks=False)
            if not plain or entry.stat(follow_symlinks=False).st_size > MOST_PICTURE_BYTES:
                continue
            data = Path(entry.path).read_bytes()
            if picture_format(data) is not None and len(found) < MOST_PICTURES:
                found.append(data)
    return tuple(found)


def _cleared(folder: str, mark: str) -> None:
    for _ in range(_SWEEPS):
        if not _killed(mark):
            break
    for place, below, _ in os.walk(folder):
        for name in below:  # what was made unreadable could not be removed
            path = Path(place, name)
            if not path.is_symlink():
                with contextlib.suppress(OSError):
                    path.chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)


def _killed(mark: str) -> bool:
    """Whether there was a process with that mark, which is no more (Linux tells)."""
    if sys.platform != "linux":
        return False
    sought = f"{MARK}={mark}".encode()
    found = False
    for name in os.listdir("/proc"):
        if not name.isdecimal():
            continue
        with contextlib.suppress(OSError):
            if sought in Path("/proc", name, "environ").read_bytes().split(b"\0"):
                os.kill(int(name), signal.SIGKILL)
                found = True
    return found
