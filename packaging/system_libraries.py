"""What Porthole needs of a Linux system: which of it is missing, and how to get it.

Qt's wheels bring all of Qt but not the libraries a desktop has anyway. On Debian and Ubuntu, as
root or where sudo asks for no password, the missing packages are installed; elsewhere they are
named exactly. Standard library only, and any Python from 3.8: it runs before there is a venv.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from typing import NamedTuple


class Need(NamedTuple):
    """A library (by soname), a program (by name) or a file, and the packages that bring it."""

    name: str
    debian: str
    fedora: str
    arch: str


WINDOW = (
    Need("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    Need("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    Need("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    Need("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    Need("libgthread-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Need("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
)
X11 = (
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
    Need("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    Need("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb"),
)
WAYLAND = (
    Need("libwayland-client.so.0", "libwayland-client0", "libwayland-client", "wayland"),
    Need("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor", "wayland"),
)
TESTS = (
    Need("Xvfb", "xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb"),
    Need("dbus-run-session", "dbus", "dbus-daemon", "dbus"),
    Need("gnome-keyring-daemon", "gnome-keyring", "gnome-keyring", "gnome-keyring"),
    Need(
        "/usr/share/dbus-1/services/org.a11y.Bus.service",
        *("at-spi2-core", "at-spi2-core", "at-spi2-core"),
    ),
)
OBJDUMP = Need("objdump", "binutils", "binutils", "binutils")
CHINESE_FONT = Need(
    "a Chinese font", "fonts-noto-cjk", "google-noto-sans-cjk-fonts", "noto-fonts-cjk"
)


def has_display() -> bool:
    """Whether a window can be shown to somebody."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def wanted(purpose: str) -> tuple[list[Need], list[Need]]:
    """For `run`, `test` or `package`: what it cannot do without, and what it is better with."""
    must, better = list(WINDOW), []
    if os.environ.get("DISPLAY"):
        must += X11
    if os.environ.get("WAYLAND_DISPLAY"):
        must += WAYLAND
    if purpose == "package":
        must.append(OBJDUMP)
    if purpose == "test":
        better += [*X11, *TESTS]
    if purpose == "test" or not has_display():
        better.append(CHINESE_FONT)
    return must, better


def present(need: Need) -> bool:
    """Whether the system has it."""
    if need is CHINESE_FONT:
        return _has_chinese_font()
    if need.name.startswith("/"):
        return os.path.exists(need.name)
    if ".so." not in need.name:
        return shutil.which(need.name) is not None
    try:
        ctypes.CDLL(need.name)
    except OSError:
        return False
    return True


def _has_chinese_font() -> bool:
    if shutil.which("fc-list") is None:
        return False
    listed = subprocess.run(
        ["fc-list", ":lang=zh-cn", "family"], stdout=subprocess.PIPE, check=False
    )
    return bool(listed.stdout.strip())


def ensure(purpose: str) -> bool:
    """Install what is missing where that can be done, else name it; False if it cannot start."""
    if not sys.platform.startswith("linux"):
        return True
    must, better = wanted(purpose)
    missing = [need for need in [*must, *better] if not present(need)]
    if missing and _apt([need.debian for need in missing]):
        missing = [need for need in missing if not present(need)]
    if not missing:
        return True
    print(_advice(missing), file=sys.stderr)
    stops = [need for need in missing if need in must]
    if not stops:
        print("Going on without; tests that need them are skipped.", file=sys.stderr)
    return not stops


def install_venv_module(python_line: str) -> None:
    """Install Debian's separate `venv` module for Python `3.x`, where that can be done."""
    _apt([f"python{python_line}-venv"])


def _apt(packages: list[str]) -> bool:
    """Install Debian packages; False where this is no Debian or nobody may install."""
    command = _apt_command()
    if command is None:
        return False
    names = list(dict.fromkeys(packages))
    print(f"Installing system packages: {' '.join(names)}", flush=True)
    install = [*command, "install", "--yes", "--no-install-recommends", *names]
    if _quiet(install):
        return True
    return _quiet([*command, "update"]) and _quiet(install)


def _apt_command() -> list[str] | None:
    apt = shutil.which("apt-get")
    if apt is None:
        return None
    if os.geteuid() == 0:
        return [apt]
    sudo = shutil.which("sudo")
    if sudo is None or not _quiet([sudo, "-n", "true"]):
        return None
    return [sudo, "-n", "DEBIAN_FRONTEND=noninteractive", apt]


def _quiet(command: list[str]) -> bool:
    """Run a command; its output is shown only if it fails."""
    done = subprocess.run(
        command,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode != 0 and command[-1] != "true":
        sys.stderr.write(done.stdout.decode(errors="replace"))
    return done.returncode == 0


def _advice(missing: list[Need]) -> str:
    """Names what is missing, and the command that brings it on the common distributions."""

    def names(field: str) -> str:
        return " ".join(dict.fromkeys(getattr(need, field) for need in missing))

    return (
        f"Missing on this system: {', '.join(need.name for need in missing)}\n"
        f"  Debian, Ubuntu:  sudo apt-get install {names('debian')}\n"
        f"  Fedora:          sudo dnf install {names('fedora')}\n"
        f"  Arch:            sudo pacman -S {names('arch')}"
    )
