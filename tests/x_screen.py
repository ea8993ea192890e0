"""An X server of a test's own, and a hand on its mouse and keyboard: what a person does."""

from __future__ import annotations

import ctypes
import ctypes.util
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

XVFB = ("-displayfd", "1", "-nolisten", "tcp")


def what_is_missing() -> str:
    """Why there can be no such screen here; empty where there can."""
    if not sys.platform.startswith("linux"):
        return "Xvfb is a Linux thing"
    needs = {"Xvfb": shutil.which("Xvfb"), "libXtst": ctypes.util.find_library("Xtst")}
    missing = [name for name, found in needs.items() if not found]
    return f"not installed: {', '.join(missing)}" if missing else ""


@contextmanager
def x_screen(size: str = "1280x900x24") -> Iterator[str]:
    """Start an X server; its display."""
    command = ["Xvfb", *XVFB, "-screen", "0", size]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        assert server.stdout is not None
        yield f":{server.stdout.readline().decode().strip()}"
    finally:
        server.terminate()
        server.communicate(timeout=20)


class Hand:
    """Moves the pointer of the display that `DISPLAY` names, and presses its buttons and keys."""

    def __init__(self) -> None:
        self._x = ctypes.CDLL(ctypes.util.find_library("X11"))
        self._test = ctypes.CDLL(ctypes.util.find_library("Xtst"))
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(None))
        assert self._display, "no display"

    def move(self, x: int, y: int) -> None:
        """To a point of the screen."""
        self._test.XTestFakeMotionEvent(self._display, -1, x, y, ctypes.c_ulong(0))
        self._x.XFlush(self._display)

    def button(self, *, down: bool) -> None:
        """The left one."""
        self._test.XTestFakeButtonEvent(self._display, 1, int(down), ctypes.c_ulong(0))
        self._x.XFlush(self._display)

    def key(self, name: str) -> None:
        """Press and let go of a key, by X's name of it."""
        symbol = self._x.XStringToKeysym(name.encode())
        code = self._x.XKeysymToKeycode(self._display, ctypes.c_ulong(symbol))
        for down in (1, 0):
            self._test.XTestFakeKeyEvent(self._display, code, down, ctypes.c_ulong(0))
        self._x.XFlush(self._display)

    def close(self) -> None:
        self._x.XCloseDisplay(self._display)
