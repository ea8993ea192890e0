"""Settings as a JSON file: read without ever failing, written whole or not at all."""

from __future__ import annotations

import json
import logging
import time
from pathlib import Path

from app.adapters.disk import make_private_folder, storage_error, write_whole
from app.adapters.paths import SETTINGS_FILE
from app.core.settings import Settings, from_json, to_json

_log = logging.getLogger(__name__)


class SettingsFile:
    """The settings of one data directory. Blocking; small."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / SETTINGS_FILE

    def load(self) -> Settings:
        """What the file holds; defaults for what it lacks, and for all of it if it cannot be read.

        A file that is no JSON object is set aside as `settings.json.broken-…`, so that nothing a
        person typed is lost. Never raises.
        """
        try:
            data = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return Settings()
        except OSError as error:
            _log.warning("settings cannot be read: %s", error.strerror)
            return Settings()
        except (ValueError, RecursionError):
            data = None
        if not isinstance(data, dict):
            self._set_aside()
            return Settings()
        return from_json(data)

    def save(self, settings: Settings) -> None:
        """Write the settings; the file is for its owner alone. Raises StorageError."""
        text = json.dumps(to_json(settings), ensure_ascii=False, indent=2)
        try:
            make_private_folder(self._path.parent)
            # A lone surrogate has no bytes in UTF-8; it is kept as JSON's own escape.
            write_whole(self._path, text.encode("utf-8", "backslashreplace") + b"\n")
        except OSError as error:
            raise storage_error(error, self._path) from error

    def _set_aside(self) -> None:
        stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
        aside = self._path.with_name(f"{self._path.name}.broken-{stamp}")
        try:
            self._path.replace(aside)
        except OSError as error:
            _log.warning("broken settings cannot be set aside: %s", error.strerror)
        else:
            _log.warning("broken settings were set aside as %s", aside.name)
