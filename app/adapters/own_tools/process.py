"""A program run once: given its input, bounded in time and output, ended with all it started.

Blocking, and made for a thread: `run_program` is what is awaited.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from app.adapters.threads import in_daemon_thread

MOST_OUTPUT = 16 * 1024 * 1024
"""Bytes of standard output that are read; a program that writes more is ended."""
MOST_ERRORS = 64 * 1024
"""Bytes of standard error that are kept; the rest is read and dropped."""
LINGER_S = 0.5
"""How long what a program left behind may hold its output open."""
_WINDOWS = os.name == "nt"


@dataclass(frozen=True, slots=True)
class Ran:
    """How a program ended. `status` is its exit status, negative for the signal that ended it."""

    status: int
    output: bytes
    errors: bytes
    too_long: bool = False
    too_much: bool = False


async def run_program(
    argv: Sequence[str], *, folder: str, env: Mapping[str, str], given: bytes, limit_s: float
) -> Ran:
    """Run it to its end. Raises OSError where it cannot be started.

    Cancelled, the program and what it started are ended before that goes on.
    """
    work = _Program(argv, folder, env, given, limit_s)
    try:
        return await in_daemon_thread(work.run)
    except asyncio.CancelledError:
        work.end()
        await in_daemon_thread(work.over.wait)
        raise


class _Program:
    """One run, in a thread of its own; `end` may be called from any other."""

    def __init__(
        self,
        argv: Sequence[str],
        folder: str,
        env: Mapping[str, str],
        given: bytes,
        limit_s: float,
    ) -> None:
        self._argv, self._folder, self._env = list(argv), folder, dict(env)
        self._given, self._limit_s = given, limit_s
        self._guard = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._unwanted = False
        self._too_much = False
        self.over = threading.Event()

    def run(self) -> Ran:
        try:
            return self._run()
        finally:
            self.over.set()

    def end(self) -> None:
        """Kill it and what it started."""
        with self._guard:
            self._unwanted = True
            if self._process is not None:
                _kill(self._process)

    def _run(self) -> Ran:
        with self._guard:
            if self._unwanted:
                return Ran(0, b"", b"")
            process = subprocess.Popen(  # noqa: S603 - the words the person gave, no shell
                self._argv,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=self._folder,
                env=self._env,
                close_fds=True,
                start_new_session=not _WINDOWS,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            self._process = process
        output, errors = bytearray(), bytearray()
        threads = [
            threading.Thread(target=work, args=args, daemon=True, name=f"tool {work.__name__}")
            for work, args in (
                (self._write, (process.stdin,)),
                (self._read, (process.stdout, output)),
                (self._drain, (process.stderr, errors)),
            )
        ]
        for thread in threads:
            thread.start()
        too_long = False
        try:
            process.wait(self._limit_s)
        except subprocess.TimeoutExpired:
            too_long = True
        until = time.monotonic() + LINGER_S
        if not too_long and not self._too_much:
            for thread in threads[1:]:
                thread.join(max(0.0, until - time.monotonic()))
        self._clear_up(process, threads)
        return Ran(process.returncode, bytes(output), bytes(errors), too_long, self._too_much)

    def _clear_up(self, process: subprocess.Popen[bytes], threads: list[threading.Thread]) -> None:
        with self._guard:
            _kill(process)
            process.wait()
            self._process = None
        for thread in threads:
            # What has put itself out of reach may hold a pipe for ever: the thread is left to it.
            thread.join(LINGER_S)
        for pipe, thread in zip(
            (process.stdin, process.stdout, process.stderr), threads, strict=True
        ):
            if pipe is not None and not thread.is_alive():
                with contextlib.suppress(OSError):
                    pipe.close()

    def _write(self, pipe: IO[bytes]) -> None:
        with contextlib.suppress(OSError, ValueError):  # it need not read what it is given
            pipe.write(self._given)
            pipe.close()

    def _read(self, pipe: IO[bytes], into: bytearray) -> None:
        with pipe:  # at its end even where nobody waits for this any more
            while data := _some(pipe):
                into += data
                if len(into) > MOST_OUTPUT:
                    del into[MOST_OUTPUT:]
                    self._too_much = True
                    self.end()
                    return

    def _drain(self, pipe: IO[bytes], into: bytearray) -> None:
        with pipe:
            while data := _some(pipe):
                into += data[: MOST_ERRORS - len(into)]


def _some(pipe: IO[bytes]) -> bytes:
    try:
        return os.read(pipe.fileno(), 64 * 1024)
    except (OSError, ValueError):
        return b""


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a program's group, and what left the group but is still below the program."""
    if _WINDOWS:
        if process.poll() is None:
            subprocess.run(  # noqa: S603 - a fixed command
                ["taskkill", "/T", "/F", "/PID", str(process.pid)],  # noqa: S607
                capture_output=True,
                check=False,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        return
    below = _below(process.pid) if process.poll() is None else []
    # The group keeps its number as long as anything is in it, so this never meets a stranger.
    with contextlib.suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)
    for pid in below:
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGKILL)


def _below(pid: int) -> list[int]:
    """All processes that descend from this one, as far as the system tells (Linux)."""
    found: list[int] = []
    todo = [pid]
    while todo and len(found) < 10_000:
        one = todo.pop()
        for task in _children_files(one):
            with contextlib.suppress(OSError, ValueError):
                todo += (children := [int(word) for word in task.read_text().split()])
                found += children
    return found


def _children_files(pid: int) -> list[Path]:
    try:
        return [task / "children" for task in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:
        return []
