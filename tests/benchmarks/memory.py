"""What a process weighs, in MiB."""

from __future__ import annotations

import os
from pathlib import Path


def resident_mib() -> float:
    """What of this process is in memory now. Linux tells it; elsewhere OSError is raised."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 2**20
