"""Writes the settings to their file, one write at a time, the latest last."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from app.adapters.settings_file import SettingsFile
from app.core.settings import Settings
from app.kit.tasks import TaskScope, in_thread


class SettingsSaving:
    """`latest` gives the settings in force when a write begins."""

    def __init__(
        self,
        directory: Path,
        latest: Callable[[], Settings],
        went_wrong: Callable[[BaseException], None],
    ) -> None:
        self._file = SettingsFile(directory)
        self._latest = latest
        self._scope = TaskScope(went_wrong)
        self._one = asyncio.Lock()

    def save(self, _settings: Settings) -> None:
        """Write them soon; nothing after `close`."""
        if not self._scope.closed:
            self._scope.start(self._write(), name="save settings")

    async def close(self) -> None:
        """All that was asked for is written when this returns."""
        await self._scope.drain()
        await self._scope.close()

    async def _write(self) -> None:
        async with self._one:
            await in_thread(self._file.save, self._latest())
