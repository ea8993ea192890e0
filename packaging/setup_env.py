"""Makes `.venv` ready: `python3 packaging/setup_env.py [run|test|package]`.

Finds a Python (3.11 or newer), makes the venv, installs the pinned dependencies by hash, then
Porthole itself without dependencies, then the extra that reads pictures, fetches what tests read,
and looks after the system's libraries. What is already done is not done again: a stamp in the venv
says what it holds.
Standard library only, and any Python from 3.8 can start it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import spec_examples
import system_libraries

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
LOCKS = ROOT / "packaging" / "locks"
STAMP = VENV / "porthole-setup.json"
OLDEST = (3, 11)
CANDIDATES = ("python3.13", "python3.12", "python3.11", "python3.14", "python3", "python")
VERSION = "import sys; print('%d.%d.%d' % sys.version_info[:3])"


class SetupError(Exception):
    """Says to a person what stands in the way and what to do."""


def version_of(python: str) -> tuple[int, ...] | None:
    """The version of an interpreter, or None if it does not run."""
    try:
        done = subprocess.run(
            [python, "-c", VERSION], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
        )
        return tuple(int(part) for part in done.stdout.decode().split("."))
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None


def find_python() -> tuple[str, tuple[int, ...]]:
    """The interpreter to build on: $PYTHON, else the first that is new enough."""
    asked = os.environ.get("PYTHON")
    for name in (asked,) if asked else (*CANDIDATES, sys.executable):
        path = shutil.which(name)
        version = version_of(path) if path else None
        if path and version and version >= OLDEST:
            return path, version
    where = f"PYTHON={asked} is not" if asked else "there is no"
    raise SetupError(
        f"Porthole needs Python 3.11 or newer; {where} one.\n"
        "Install it from your system's packages or python.org, or name it: make run PYTHON=/path"
    )


def make_venv() -> str:
    """Make `.venv` unless it is there and fits; answers its Python line, such as `3.12`."""
    python = str(BIN / "python")
    found = version_of(python)
    if found is None or found < OLDEST or _another_is_asked(found) or not _is_whole():
        base, found = find_python()
        line = "{}.{}".format(*found)
        if not _has_venv_module(base):
            system_libraries.install_venv_module(line)
            _demand_venv_module(base, line)
        print(f"Making .venv with Python {'.'.join(map(str, found))}", flush=True)
        subprocess.run([base, "-m", "venv", "--clear", str(VENV)], check=True)
    return "{}.{}".format(*found)


def _is_whole() -> bool:
    """False for a venv whose making was interrupted: it has no stamp, and may have no pip."""
    return STAMP.exists() or pip("--version", quiet=True)


def _another_is_asked(found: tuple[int, ...]) -> bool:
    asked = os.environ.get("PYTHON")
    return bool(asked) and find_python()[1][:2] != found[:2]


def _demand_venv_module(python: str, line: str) -> None:
    if not _has_venv_module(python):
        raise SetupError(
            f"{python} has no venv module. On Debian and Ubuntu it is a package:\n"
            f"  sudo apt-get install python{line}-venv"
        )


def _has_venv_module(python: str) -> bool:
    probe = [python, "-c", "import venv, ensurepip"]
    return subprocess.run(probe, stderr=subprocess.DEVNULL, check=False).returncode == 0


def lock(purpose: str, line: str) -> Path:
    """The lock for this Python line; the newest one for lines newer than all of them."""
    exact = LOCKS / "{}-py{}.txt".format(purpose, line.replace(".", ""))
    if exact.exists():
        return exact
    newest = max(LOCKS.glob(f"{purpose}-py3*.txt"), key=lambda path: path.name)
    print(f"No versions are pinned for Python {line} yet; trying {newest.name}.", flush=True)
    return newest


def pip(*arguments: str, quiet: bool = False) -> bool:
    """Run the venv's pip; True if it succeeded."""
    command = [str(BIN / "python"), "-m", "pip", "--disable-pip-version-check", *arguments]
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, check=False, stdout=output, stderr=output).returncode == 0


def install_lock(path: Path) -> bool:
    """Install exactly what a lock names, and nothing that is not in it."""
    print(f"Installing {path.relative_to(ROOT)}", flush=True)
    return pip(
        *("install", "-qq", "--only-binary", ":all:"),
        *("--require-hashes", "--no-deps", "-r", str(path)),
    )


def digest(*paths: Path) -> str:
    """One hash over files."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


def set_up(purpose: str) -> None:
    """Make all ready for `run`, `test` or `package`. Raises SetupError, worded for a person."""
    line = make_venv()
    done = _read_stamp()
    packages = [lock("run", line)] + ([lock("test", line)] if purpose != "run" else [])
    steps = {path.name: digest(path) for path in packages}
    for path in packages:
        if done.get(path.name) != steps[path.name]:
            if not install_lock(path):
                raise SetupError(f"The packages of {path.name} could not be installed (see above).")
            _write_stamp(done, path.name, steps[path.name])

    project = digest(ROOT / "pyproject.toml")
    if done.get("project") != project:
        here = ("install", "-qq", "--no-deps", "--no-build-isolation", "-e", str(ROOT))
        if not pip(*here):
            raise SetupError("Porthole itself could not be installed (see above).")
        _write_stamp(done, "project", project)

    _install_ocr(line, done)
    if purpose == "test":
        _fetch_examples(line, done)
    _check_system(purpose, done)


def _install_ocr(line: str, done: dict[str, str]) -> None:
    """The extra that reads pictures: worth having, not worth failing for."""
    path = lock("ocr", line)
    state = digest(path)
    failed_today = f"{state} failed {time.strftime('%Y-%m-%d')}"
    if done.get(path.name) in (state, failed_today):
        return
    if install_lock(path):
        _write_stamp(done, path.name, state)
        return
    print(
        "Reading text in pictures on this machine could not be installed (see above).\n"
        "Porthole starts without it; the set-up tries again tomorrow.",
        file=sys.stderr,
    )
    _write_stamp(done, path.name, failed_today)


def _fetch_examples(line: str, done: dict[str, str]) -> None:
    """The CommonMark specification's examples: without them their tests are skipped."""
    path, step = lock("run", line), "examples"
    pinned = spec_examples.pinned(path.read_text(encoding="utf-8"))
    state = hashlib.sha256(pinned.encode()).hexdigest()
    failed_today = f"{state} failed {time.strftime('%Y-%m-%d')}"
    there = spec_examples.place(VENV).is_file()
    if done.get(step) == failed_today or (there and done.get(step) == state):
        return
    if spec_examples.fetch(BIN / "python", path, VENV):
        _write_stamp(done, step, state)
        return
    print(
        "CommonMark's examples could not be fetched (see above); their tests are skipped.\n"
        "The set-up tries again tomorrow.",
        file=sys.stderr,
    )
    _write_stamp(done, step, failed_today)


def _check_system(purpose: str, done: dict[str, str]) -> None:
    displays = [os.environ.get(name, "") != "" for name in ("DISPLAY", "WAYLAND_DISPLAY")]
    key, state = f"system {purpose} {displays}", digest(Path(system_libraries.__file__))
    if done.get(key) == state:
        return
    if not system_libraries.ensure(purpose):
        raise SetupError("It cannot go on without these. Install them and start again.")
    _write_stamp(done, key, state)


def _read_stamp() -> dict[str, str]:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and stamp.get("root") == str(ROOT) else {}


def _write_stamp(done: dict[str, str], step: str, state: str) -> None:
    done.update({"root": str(ROOT), step: state})
    STAMP.write_text(json.dumps(done, indent=1), encoding="utf-8")


def main(arguments: list[str]) -> int:
    purpose = arguments[0] if arguments else "run"
    if purpose not in ("run", "test", "package"):
        print(__doc__, file=sys.stderr)
        return 2
    begun = time.monotonic()
    try:
        set_up(purpose)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    if time.monotonic() - begun > 2:
        print(f"Ready after {time.monotonic() - begun:.0f} s.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
