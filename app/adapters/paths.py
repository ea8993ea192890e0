"""Where things lie: the data directory, and the resources that come with the code."""

from __future__ import annotations

import os
import sys
from pathlib import Path

SETTINGS_FILE = "settings.json"
LOGS_FOLDER = "logs"


def data_dir(override: str | None = None) -> Path:
    """The data directory, absolute: `override`, else $PORTHOLE_DATA_DIR, else the system's place.

    It is made by whoever first writes into it.
    """
    named = override or os.environ.get("PORTHOLE_DATA_DIR")
    return Path(named).expanduser().absolute() if named else system_place()


def resources_dir() -> Path:
    """The folder of icons, translations and samples.

    It lies beside the `app` package in a source tree and in an installed wheel, and in the folder
    that a packaged program unpacks itself to.
    """
    unpacked = getattr(sys, "_MEIPASS", None)
    root = Path(unpacked) if unpacked else Path(__file__).resolve().parents[2]
    return root / "resources"


def system_place() -> Path:
    """Where data lie unless something else is asked for."""
    home = Path.home()
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "Porthole"
    if sys.platform == "win32":
        return _from_environment("LOCALAPPDATA", home / "AppData" / "Local") / "Porthole"
    return _from_environment("XDG_DATA_HOME", home / ".local" / "share") / "porthole"


def _from_environment(name: str, otherwise: Path) -> Path:
    """The folder a variable names; one that is not absolute counts as unset, as XDG demands."""
    value = os.environ.get(name, "")
    return Path(value) if os.path.isabs(value) else otherwise
