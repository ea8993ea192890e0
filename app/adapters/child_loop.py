"""Runs inside a child process: sets its limits, then answers one frame after another.

A worker is a module with `MEMORY_BYTES` (address space), and `make_work()`, which imports what is
heavy and returns the function that answers a question. The process ends with its parent: its
input then ends, which a thread waits for even while a job runs; on Linux the kernel sees to it too.
"""

from __future__ import annotations

import importlib
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from typing import IO, Any

from app.adapters.child_frames import FrameError, Header, read_frame, write_frame

Work = Callable[[Header, bytes], tuple[Header, bytes]]
WORKERS = {
    "documents": "app.adapters.documents.worker",
    "images": "app.adapters.images.worker",
    "math": "app.adapters.math.worker",
    "ocr": "app.adapters.ocr.worker",
}
KEEPERS = {"mcp": "app.adapters.mcp.keeper"}
"""Children with a loop of their own, run by the module's `run()`."""
PR_SET_PDEATHSIG = 1


class RefusedError(Exception):
    """A worker's own word for why there is no answer; it goes back to whoever asked."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def run_child(name: str) -> int:
    """Be the child process `name` until the parent ends us; answers the exit status."""
    if name in KEEPERS:
        keeper: Any = importlib.import_module(KEEPERS[name])
        return int(keeper.run())
    module = WORKERS.get(name)
    if module is None:
        return 2
    return serve(module)


def serve(module: str) -> int:
    """Answer questions with the worker in `module`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to answer
    _die_with_parent()
    pipe_in, pipe_out = take_pipes()
    worker: Any = importlib.import_module(module)
    _limit_memory(worker.MEMORY_BYTES)
    try:
        work: Work = worker.make_work()
    except RefusedError as error:
        write_frame(pipe_out, {"refused": error.reason})
        return 1
    questions: queue.SimpleQueue[tuple[Header, bytes]] = queue.SimpleQueue()
    listener = threading.Thread(target=_listen, args=(pipe_in, questions), daemon=True)
    listener.start()
    write_frame(pipe_out, {"ready": True})
    while True:
        header, body = questions.get()
        _limit_cpu(float(header.pop("cpu_s", 0)))
        try:
            answer, data = work(header, body)
        except RefusedError as error:
            answer, data = {"refused": error.reason}, b""
        except MemoryError:
            answer, data = {"refused": "memory"}, b""
        except Exception as error:  # told by its kind alone: its words may quote the person's data
            answer, data = {"refused": "fault", "kind": type(error).__name__}, b""
        _limit_cpu(0)
        write_frame(pipe_out, answer, data)
        del header, body, answer, data


def _listen(pipe: IO[bytes], questions: queue.SimpleQueue[tuple[Header, bytes]]) -> None:
    while True:
        try:
            questions.put(read_frame(pipe))
        except (FrameError, MemoryError):
            os._exit(0)


def take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Our ends of the pipes; whatever a library prints goes nowhere."""
    own_in, own_out = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(own_in, os.O_BINARY)
        msvcrt.setmode(own_out, os.O_BINARY)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    return os.fdopen(own_in, "rb"), os.fdopen(own_out, "wb")


def _die_with_parent() -> None:
    if sys.platform != "linux":
        return
    import ctypes

    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)  # it ended just before the kernel was asked; before that, our input ends


def _limit_memory(size: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    for limit in (resource.RLIMIT_AS, resource.RLIMIT_CORE):
        wanted = size if limit == resource.RLIMIT_AS else 0
        hard = resource.getrlimit(limit)[1]
        if hard != resource.RLIM_INFINITY:
            wanted = min(wanted, hard)
        try:
            resource.setrlimit(limit, (wanted, hard))
        except (OSError, ValueError):
            continue  # macOS knows RLIMIT_AS but does not let it be set


def _limit_cpu(seconds: float) -> None:
    """End the process once a job has used so much processor time (0: no such end)."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)
