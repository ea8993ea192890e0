"""A bare PySide6 window, run as a program: says in a file when it first painted itself.

`start.interactive_ratio` holds Porthole's start against this one's.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class BareWindow(QMainWindow):
    """Writes the time of its first paint to `trace`, and ends."""

    def __init__(self, trace: Path) -> None:
        super().__init__()
        self._trace: Path | None = trace
        self.resize(1280, 832)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._trace is not None:
            self._trace.write_text(json.dumps({"interactive_at": time.time()}), encoding="utf-8")
            self._trace = None
            QTimer.singleShot(0, QApplication.quit)


def main() -> int:
    app = QApplication(sys.argv[:1])
    window = BareWindow(Path(sys.argv[1]))
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
