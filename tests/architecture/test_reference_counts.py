"""PySide6 must not lose references to None: 6.12.0 does on CPython 3.11, and then aborts.

From Python 3.12 on None is immortal and the count stands still, so nothing can be lost.
"""

from __future__ import annotations

import subprocess
import sys

CALLS = 2000
COUNT = f"""
import sys
from PySide6.QtCore import QCoreApplication, QObject, Signal

class Clock(QObject):
    ticked = Signal(object)
    ticks = 0

    def timerEvent(self, event):
        self.ticks += 1
        self.ticked.emit(None)

app = QCoreApplication([])
clock = Clock()
clock.ticked.connect(lambda value: None)
clock.startTimer(0)
before = sys.getrefcount(None)
while clock.ticks < {CALLS}:
    app.processEvents()
print(before - sys.getrefcount(None))
"""


def test_pyside_keeps_its_references_to_none() -> None:
    done = subprocess.run(
        [sys.executable, "-c", COUNT], capture_output=True, text=True, check=True, timeout=60
    )
    # A lost reference a call would be thousands; what is lost here is noise.
    assert int(done.stdout) < CALLS / 10
