"""The host process as the window sees it: started when first needed, its frames in two threads."""

from __future__ import annotations

import asyncio
import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.adapters.child import child_command
from app.adapters.child_frames import FrameError, Header, read_frame, write_frame

END_S = 8.0
TERM_S = 4.0

Arrived = Callable[[Header, bytes], None]


class HostPipe:
    """One host process. `arrived` and `ended` are called in the event loop that made this.

    `look` may replace a frame's header in the reading thread, where work does not hold up a
    window.
    """

    def __init__(
        self,
        arrived: Arrived,
        ended: Callable[[], None],
        look: Callable[[Header], None],
        command: list[str] | None = None,
    ) -> None:
        self._command = command or child_command("mcp")
        self._loop = asyncio.get_running_loop()
        self._arrived, self._ended, self._look = arrived, ended, look
        self._frames: queue.SimpleQueue[Mapping[str, Any] | None] = queue.SimpleQueue()
        self._process: subprocess.Popen[bytes] | None = None
        self._over = threading.Event()
        threading.Thread(target=self._keep, daemon=True, name="mcp host").start()

    def send(self, header: Mapping[str, Any]) -> None:
        self._frames.put(header)

    def close(self) -> None:
        """End it and all servers; returns once nothing is left of them. Blocks: for a thread."""
        self._frames.put(None)
        if self._over.wait(END_S):
            return
        for end in ("terminate", "kill"):
            if self._process is not None:
                getattr(self._process, end)()
            if self._over.wait(TERM_S):
                return

    def _keep(self) -> None:
        """Own the process in one thread: on Linux it hears when the thread that began it ends."""
        try:
            self._process = process = subprocess.Popen(  # noqa: S603 - our own program, no shell
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
                cwd=_code_home(),
                close_fds=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError:
            self._tell(self._ended)
            self._over.set()
            return
        threading.Thread(target=self._write, args=(process,), daemon=True, name="mcp ask").start()
        assert process.stdout is not None
        with process.stdout, contextlib.suppress(FrameError, MemoryError, RecursionError):
            while True:
                header, body = read_frame(process.stdout)
                self._look(header)
                self._tell(self._arrived, header, body)
        self._frames.put(None)
        process.wait()
        self._tell(self._ended)
        self._over.set()  # the last of it: whoever closes may take the loop down next

    def _write(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        with contextlib.suppress(OSError), process.stdin:
            while (header := self._frames.get()) is not None:
                write_frame(process.stdin, header)

    def _tell(self, hearer: Callable[..., None], *what: Any) -> None:
        with contextlib.suppress(RuntimeError):  # the loop closed meanwhile: nobody listens
            self._loop.call_soon_threadsafe(hearer, *what)


def _code_home() -> str:
    """Where `-m app…` finds our code."""
    if getattr(sys, "frozen", False):
        return str(Path(sys.executable).parent)
    return str(Path(__file__).resolve().parents[3])
