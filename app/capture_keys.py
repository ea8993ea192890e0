"""Keys for capturing, joined to this system: its portal, and the commands that it can run."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from app.adapters import paths
from app.core.desktop_ports import HotKeyPortal
from app.core.wish import Wish

NAME = "porthole"


def portal_here() -> HotKeyPortal | None:
    """The desktop's portal for keys, where there may be one."""
    if not sys.platform.startswith("linux") or QGuiApplication.platformName() == "offscreen":
        return None
    from app.adapters.portal.hot_keys import PortalHotKeys

    return PortalHotKeys()


def commands(directory: str) -> Mapping[Wish, str]:
    """What a desktop's keyboard settings can run, to each wish one; `directory` holds our data."""
    begin = [_program(), *_place(directory)]
    return {wish: _line([*begin, f"--{wish}"]) for wish in (Wish.CAPTURE, Wish.ASK)}


def _program() -> str:
    """What starts us, with its place: a desktop does not look where a person's shell does."""
    if getattr(sys, "frozen", False):
        return sys.executable
    return shutil.which(NAME, path=str(Path(sys.executable).parent)) or NAME


def _place(directory: str) -> list[str]:
    """How a start finds data that do not lie where they lie by themselves."""
    return [] if Path(directory) == paths.system_place() else ["--data-dir", directory]


def _line(words: list[str]) -> str:
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)
