"""Services' lists of models as last loaded: one JSON file a service, beside the history."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.adapters.disk import make_private_folder, write_whole
from app.adapters.threads import in_daemon_thread
from app.core.model_info import ModelInfo, model_from_json, model_to_json

MODELS_FOLDER = "models"
VERSION = 1
LATEST = 1e11
"""Seconds since the epoch; what is larger is no time."""
LARGEST = 32 * 1024 * 1024
"""Bytes; a file that is larger was not written here."""

_log = logging.getLogger(__name__)


class ModelCacheFiles:
    """Fulfils `ModelCache` in one data directory. A list that is lost is loaded anew: a file that
    cannot be read or written is passed over, and noted in the log."""

    def __init__(self, directory: Path) -> None:
        self._folder = directory / MODELS_FOLDER

    async def load(self, profile_id: str, address: str) -> tuple[Sequence[ModelInfo], float] | None:
        """The models, and when they were loaded (seconds since the epoch)."""
        return await in_daemon_thread(self._load, self._path(profile_id), address)

    async def save(
        self, profile_id: str, address: str, models: Sequence[ModelInfo], loaded_at: float
    ) -> None:
        record = {
            "version": VERSION,
            "profile": profile_id,
            "address": address,
            "loaded_at": loaded_at,
            "models": models,
        }
        await in_daemon_thread(self._save, self._path(profile_id), record)

    async def forget(self, profile_id: str) -> None:
        await in_daemon_thread(self._forget, self._path(profile_id))

    def _path(self, profile_id: str) -> Path:
        """A name that any system takes, whatever the profile is called."""
        name = hashlib.sha256(profile_id.encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / f"{name[:32]}.json"

    @staticmethod
    def _load(path: Path, address: str) -> tuple[Sequence[ModelInfo], float] | None:
        try:
            with path.open("rb") as file:
                data = file.read(LARGEST + 1)
            record = json.loads(data) if len(data) <= LARGEST else None
        except FileNotFoundError:
            return None
        except OSError as error:
            _log.warning("a list of models cannot be read: %s", error.strerror)
            return None
        except (ValueError, RecursionError):
            record = None
        found = _read(record, address)
        if found is None:
            _log.info("a kept list of models is of another address, or odd: passed over")
        return found

    def _save(self, path: Path, record: dict[str, Any]) -> None:
        written = {**record, "models": [model_to_json(model) for model in record["models"]]}
        try:
            make_private_folder(self._folder)
            # JSON's own escapes stand for what is not ASCII, lone surrogates included.
            write_whole(path, json.dumps(written).encode("ascii"))
        except OSError as error:
            _log.warning("a list of models cannot be kept: %s", error.strerror)

    @staticmethod
    def _forget(path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("a list of models cannot be removed: %s", error.strerror)


def _read(record: Any, address: str) -> tuple[Sequence[ModelInfo], float] | None:
    """What a file says, if it is of this version and address."""
    if not isinstance(record, dict) or record.get("version") != VERSION:
        return None
    loaded_at, items = record.get("loaded_at"), record.get("models")
    if record.get("address") != address or not isinstance(items, list):
        return None
    if not isinstance(loaded_at, float | int) or not 0 < loaded_at < LATEST:
        return None
    return [model for item in items if (model := model_from_json(item)) is not None], loaded_at
