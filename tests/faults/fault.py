"""What a fault's run found, and processes to inflict it on."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CHILD_LIMIT_S = 60


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line of `build/faults.json`.

    `lost` counts what a person was told is safe and was not there afterwards (or was touched, where
    it must not be). `worst_ms` is what the fault's own docstring says.
    """

    fault: str
    trials: int
    lost: int
    worst_ms: float
    note: str


def start(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    """A child process of this Python that runs one of our modules; its stdout is a pipe.

    The pipe is unbuffered: `communicate` would not see what a first `readline` had read ahead.
    """
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.Popen(
        command, bufsize=0, cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.PIPE
    )


def answer(module: str, *arguments: str) -> Any:
    """Run a child to its end; answers the JSON it printed."""
    child = start(module, *arguments)
    try:
        said, _ = child.communicate(timeout=CHILD_LIMIT_S)
    finally:
        child.kill()
        child.wait()
    assert child.returncode == 0, f"{module} {arguments} ended with {child.returncode}"
    return json.loads(said)
