"""The process above the host: sees to it that no server outlives the program, whoever is killed.

It forks the host, which does all the work, and then only waits. When the host has ended, or the
program has (the kernel then signals us), whatever was started below is ended: politely, then by
force. On Linux nothing slips away by leaving its session or its parent, as orphans become ours.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
GRACE_S = 1.0
LOOK_S = 1.0


def run() -> int:
    """Be the keeper and, in a fork, the host; answers the exit status."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the program's to answer
    if sys.platform == "win32":
        return _host()
    above = os.getppid()
    signal.signal(signal.SIGTERM, _asked_to_end)
    _prctl(PR_SET_CHILD_SUBREAPER, 1)
    _prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    host = os.fork()
    if host == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        os._exit(_host())
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)  # the pipes are the host's alone: it has to see them end
    try:
        _wait(host, above)
    except _EndError:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    end_all_below()
    return 0


class _EndError(Exception):
    """The program above has ended."""


def _asked_to_end(_number: int, _frame: FrameType | None) -> None:
    raise _EndError


def _host() -> int:
    from app.adapters.mcp.host import run_host

    try:
        return run_host()
    except BaseException:
        return 1


def _wait(host: int, above: int) -> None:
    """Until the host has ended, or the program; reaps the orphans that come to us."""
    while os.getppid() == above:
        if sys.platform == "linux":
            pid, _ = os.waitpid(-1, 0)
        else:  # no signal tells us there of the program's end
            pid, _ = os.waitpid(-1, os.WNOHANG)
            time.sleep(0 if pid else LOOK_S)
        if pid == host:
            return


def end_all_below() -> None:
    """End all that descends from this process."""
    if sys.platform == "win32":
        return
    for number, patience_s in ((signal.SIGTERM, GRACE_S), (signal.SIGKILL, 5 * GRACE_S)):
        until = time.monotonic() + patience_s
        told: set[int] = set()
        while (below := descendants(os.getpid())) and time.monotonic() < until:
            for pid in below:
                if pid not in told or number == signal.SIGKILL:
                    told.add(pid)
                    with contextlib.suppress(ProcessLookupError, PermissionError):
                        os.kill(pid, number)
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    continue
            time.sleep(0.02)


def descendants(root: int) -> list[int]:
    """The processes below `root` that are not dead yet, on Linux; elsewhere none are known."""
    children: dict[int, list[int]] = {}
    try:
        entries = [entry for entry in os.listdir("/proc") if entry.isdecimal()]
    except OSError:
        return []
    dead: set[int] = set()
    for entry in entries:
        try:
            told = Path("/proc", entry, "stat").read_bytes()
        except OSError:
            continue  # it ended meanwhile
        state, parent = told[told.rindex(b")") + 2 :].split()[:2]
        children.setdefault(int(parent), []).append(int(entry))
        if state in (b"Z", b"X") and int(parent) != root:
            dead.add(int(entry))
    found: list[int] = []
    waiting = [root]
    while waiting:
        below = children.get(waiting.pop(), [])
        waiting += below
        found += [pid for pid in below if pid not in dead]
    return found


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(option, value)
