"""What is different in the packaged program: whatever it starts gets the person's own environment.

PyInstaller has the program find its libraries and Qt's plugins by variables that every process
would inherit: a browser that a link opens would load our libraries in the place of its own.
"""

from __future__ import annotations

import os
import sys

OURS = ("LD_LIBRARY_PATH", "QT_PLUGIN_PATH", "QML2_IMPORT_PATH")
"""They have done their work once the program runs; Qt's wheels know themselves where they lie."""


def give_back_environment() -> None:
    """Undo what the packaging set in `os.environ`, on Linux; elsewhere nothing is inherited so."""
    if not (getattr(sys, "frozen", False) and sys.platform.startswith("linux")):
        return
    for name in OURS:
        before = os.environ.pop(f"{name}_ORIG", None)
        if before is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = before
