"""Where the packaged program is, and how it is started: in an environment without the venv."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from app.adapters.child import ChildWorker
from tests.architecture.packaging_scripts import load

package = load("package")
PROGRAM: Path = package.PROGRAM
LIMIT_S = 120


def run(
    home: Path, *arguments: str, given: str = "", more: Sequence[tuple[str, str]] = ()
) -> subprocess.CompletedProcess[str]:
    """Run it without a window until it ends; `given` is what it reads, `more` its environment."""
    return subprocess.run(
        [str(PROGRAM), *arguments],
        check=False,
        cwd=home,
        env={**package.environment(home), **dict(more)},
        input=given,
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT_S,
    )


def child(name: str) -> ChildWorker:
    """One of its child processes, asked as it asks them itself."""
    return ChildWorker(name, idle_s=60, command=[str(PROGRAM), "--child", name])


def has_reader() -> bool:
    """Whether reading text in pictures was packaged."""
    return os.path.isdir(PROGRAM.parent / "_internal" / "rapidocr")
