"""A child process that does dangerous or heavy work: started on demand, limited, ended when idle.

    worker = ChildWorker("images", idle_s=60)
    header, body = await worker.ask({"op": "prepare"}, data, limit_s=6)
    await worker.close()

One job at a time; the others wait. Cancelling whoever waits kills the child that works for him,
and the next question starts a new one. `run_child` is the child's side of it.
"""

from __future__ import annotations

import asyncio
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.adapters.child_frames import FrameError, Header, read_frame, write_frame
from app.adapters.child_loop import run_child
from app.adapters.threads import in_daemon_thread

__all__ = ["ChildError", "ChildProblem", "ChildWorker", "run_child"]

START_LIMIT_S = 60.0
KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "WINDIR", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH")


class ChildProblem(StrEnum):
    TOO_SLOW = "too_slow"
    """It used up its time and was killed."""
    ENDED = "ended"
    """It crashed, could not start, or the worker was closed meanwhile."""


class ChildError(Exception):
    """No answer came from a child process."""

    def __init__(self, problem: ChildProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class ChildWorker:
    """One child process by its name, made anew whenever it is needed. Cheap until first asked."""

    def __init__(self, name: str, *, idle_s: float, command: list[str] | None = None) -> None:
        """`idle_s`: how long it may wait for work before it ends. `command`: for tests."""
        self._command = command or child_command(name)
        self._name = name
        self._idle_s = idle_s
        self._guard = threading.Lock()
        self._jobs: queue.Queue[_Job | None] = queue.Queue()
        self._keeper: threading.Thread | None = None
        self._current: _Job | None = None
        self._closed = False

    @property
    def running(self) -> bool:
        """Whether there is a child process, at work or waiting."""
        return self._keeper is not None

    async def ask(
        self, header: Mapping[str, Any], body: bytes = b"", *, limit_s: float, cpu_s: float = 0
    ) -> tuple[Header, bytes]:
        """The child's answer. Raises ChildError.

        `limit_s` counts from when the child begins; `cpu_s` is the processor time it may use,
        where the system can hold it to that.
        """
        return await self._do(_Job({**header, "cpu_s": cpu_s}, body, limit_s))

    async def warm(self) -> None:
        """Start the child if there is none, as a question may come soon. Raises ChildError."""
        if not self.running:
            await self._do(_Job(None, b"", START_LIMIT_S))

    async def _do(self, job: _Job) -> tuple[Header, bytes]:
        with self._guard:
            if self._closed:
                raise ChildError(ChildProblem.ENDED)
            self._jobs.put(job)
            if self._keeper is None:
                self._keeper = threading.Thread(
                    target=self._keep, daemon=True, name=f"child {self._name}"
                )
                self._keeper.start()
        return await job.outcome()

    async def close(self) -> None:
        """End the child, whatever it does; returns once nothing is left of it."""
        with self._guard:
            self._closed = True
            keeper, job = self._keeper, self._current
            self._jobs.put(None)
        if job is not None:
            job.abandon()
        if keeper is not None:
            await in_daemon_thread(keeper.join)

    def _keep(self) -> None:
        """Own a child process from its start to its end, in a thread.

        It has to be one thread: on Linux the child dies with the thread that started it.
        """
        child = _Child(self._command)
        try:
            while (job := self._next()) is not None:
                with self._guard:
                    self._current = job
                    closed = self._closed
                if closed:
                    job.abandon()
                job.run(child)
                with self._guard:
                    self._current = None
        finally:
            child.end()

    def _next(self) -> _Job | None:
        """The next job; None when it is time to end, and then no keeper is left."""
        try:
            job = self._jobs.get(timeout=self._idle_s)
        except queue.Empty:
            job = None
        with self._guard:
            if job is None and not self._jobs.empty() and not self._closed:
                job = self._jobs.get_nowait()  # asked in the very moment of giving up
            if job is None:
                self._keeper = None
                self._refuse_rest()
        return job

    def _refuse_rest(self) -> None:
        while not self._jobs.empty():
            if (job := self._jobs.get_nowait()) is not None:
                job.fail(ChildProblem.ENDED)


class _Child:
    """The process itself, or none yet."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None

    def running(self) -> subprocess.Popen[bytes] | None:
        """The process; None if there is none, or it died while it waited for work."""
        if self._process is not None and self._process.poll() is not None:
            self.end()
        return self._process

    def start(self) -> subprocess.Popen[bytes]:
        """A new process. Raises OSError."""
        self._process = subprocess.Popen(  # noqa: S603 - our own program, no shell
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            cwd=_home(),
            close_fds=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        return self._process

    def end(self) -> int:
        """Kill and reap it; answers its status (negative: the signal that ended it)."""
        process, self._process = self._process, None
        if process is None:
            return 0
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # unsent bytes to a process that is gone
        return process.wait()


class _Job:
    """One question, and whoever waits for its answer on the loop. Without a header nothing is
    asked: the child is only to be there."""

    def __init__(self, header: Header | None, body: bytes, limit_s: float) -> None:
        self._header, self._body, self._limit_s = header, body, limit_s
        self._loop = asyncio.get_running_loop()
        self._future: asyncio.Future[tuple[Header, bytes]] = self._loop.create_future()
        self._guard = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._abandoned = False
        self._late = False

    async def outcome(self) -> tuple[Header, bytes]:
        try:
            return await self._future
        except asyncio.CancelledError:
            self.abandon()
            raise

    def abandon(self) -> None:
        """Nobody wants the answer any more: kill what works on it."""
        with self._guard:
            self._abandoned = True
            if self._process is not None:
                self._process.kill()

    def fail(self, problem: ChildProblem) -> None:
        self._settle(None, ChildError(problem))

    def run(self, child: _Child) -> None:
        """Ask `child`, in the keeper's thread; every way out settles the future."""
        try:
            old = child.running()
            with self._guard:
                if self._abandoned:
                    raise FrameError("abandoned")
                self._process = old or child.start()
            if old is None:
                self._timed(START_LIMIT_S, self._await_ready)
            self._settle(self._timed(self._limit_s, self._exchange), None)
        except (OSError, FrameError):
            with self._guard:
                self._process = None
            status = child.end()
            slow = self._late or status == -getattr(signal, "SIGPROF", 0) != 0
            self.fail(ChildProblem.TOO_SLOW if slow else ChildProblem.ENDED)
        finally:
            with self._guard:
                self._process = None
            if self._abandoned:
                child.end()  # killed in the moment it answered: the next job needs a new one

    def _timed(self, limit_s: float, step: Any) -> Any:
        timer = threading.Timer(limit_s, self._too_late)
        timer.daemon = True
        timer.start()
        try:
            return step()
        finally:
            timer.cancel()
            timer.join()

    def _too_late(self) -> None:
        self._late = True
        self.abandon()

    def _await_ready(self) -> None:
        header, _ = self._read()
        if "ready" not in header:
            raise FrameError("refused to start")

    def _exchange(self) -> tuple[Header, bytes]:
        process = self._process
        assert process is not None
        assert process.stdin is not None
        if self._header is None:
            return {}, b""
        write_frame(process.stdin, self._header, self._body)
        return self._read()

    def _read(self) -> tuple[Header, bytes]:
        process = self._process
        assert process is not None
        assert process.stdout is not None
        return read_frame(process.stdout)

    def _settle(self, answer: tuple[Header, bytes] | None, error: Exception | None) -> None:
        def settle() -> None:
            if self._future.done():
                return
            if answer is not None:
                self._future.set_result(answer)
            elif error is not None:
                self._future.set_exception(error)

        try:
            self._loop.call_soon_threadsafe(settle)
        except RuntimeError:
            return  # the loop closed meanwhile: nobody waits any more


def child_command(name: str) -> list[str]:
    """How this program starts itself as the child `name`: packaged, or from its source."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--child", name]
    return [sys.executable, "-m", "app.adapters.child", name]


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    return {**kept, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "MALLOC_ARENA_MAX": "2"}


def _home() -> str:
    """Where `-m app…` finds our code."""
    if getattr(sys, "frozen", False):
        return str(Path(sys.executable).parent)
    return str(Path(__file__).resolve().parents[2])


if __name__ == "__main__":
    sys.exit(run_child(sys.argv[1]))
