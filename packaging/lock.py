"""`make lock`: pins every dependency with hashes, one file for each Python line and purpose.

    run   what the program needs, and the build backend that installs it
    test  what is added to test, lint and package it
    ocr   what is added to read text in pictures

The files stack: `test` and `ocr` leave out what `run` pins. They are universal (markers for
Linux, macOS and Windows) and name no index: where packages come from is the machine's affair.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "packaging" / "locks"
LINES = ("3.11", "3.12", "3.13", "3.14")
HEADER = (
    "# Pinned for Python {line} by packaging/lock.py: not to be edited, `make lock` renews it.\n"
)


def lock_file(line: str, purpose: str) -> Path:
    """The lock of a Python line (`3.12`) and purpose (`run`, `test`, `ocr`)."""
    return LOCKS / f"{purpose}-py{line.replace('.', '')}.txt"


def split(text: str) -> dict[str, str]:
    """Requirement line (name, version, marker) → its whole entry with hashes."""
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    return {entry.splitlines()[0].rstrip(" \\"): entry.rstrip() + "\n" for entry in entries}


def compile_lock(line: str, options: list[str], constraint: Path | None = None) -> dict[str, str]:
    """Resolve pyproject.toml with these options. Raises CalledProcessError if it cannot be."""
    command = [
        *("uv", "pip", "compile", "--universal", "--python-version", line, "--upgrade"),
        *("--generate-hashes", "--no-annotate", "--no-header", "--no-emit-index-url"),
        *("--no-python-downloads", "--quiet", *options),
    ]
    if constraint is not None:
        command += ["--constraint", str(constraint)]
    # Only public releases belong in a lock, so a machine's own wheels are left aside.
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "UV_"))}
    done = subprocess.run(
        [sys.executable, "-m", *command, "pyproject.toml"],
        cwd=ROOT,
        env={**environment, "UV_NO_CONFIG": "1"},
        check=True,
        capture_output=True,
        text=True,
    )
    return split(done.stdout)


def write_line(line: str) -> None:
    """Write the three locks of one Python line."""
    run = compile_lock(line, ["--group", "build"])
    with tempfile.TemporaryDirectory() as directory:
        pins = Path(directory) / "pins.txt"
        pins.write_text("\n".join(run), encoding="utf-8")
        test = compile_lock(line, ["--group", "test", "--group", "package"], pins)
        ocr = compile_lock(line, ["--extra", "ocr"], pins)
    for purpose, entries in (("run", run), ("test", test), ("ocr", ocr)):
        kept = [e for key, e in sorted(entries.items()) if purpose == "run" or key not in run]
        text = HEADER.format(line=line) + "".join(kept)
        lock_file(line, purpose).write_text(text, encoding="utf-8")
        print(f"{lock_file(line, purpose).relative_to(ROOT)}: {len(kept)} packages")


if __name__ == "__main__":
    LOCKS.mkdir(exist_ok=True)
    for line in sys.argv[1:] or LINES:
        write_line(line)
