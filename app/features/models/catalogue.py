"""The models of each service, loaded in the background and kept for this session."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence

from PySide6.QtCore import QObject, Signal

from app.core.errors import PortholeError
from app.core.model_info import ModelInfo
from app.kit.tasks import TaskScope

FRESH_S = 300.0
"""How old a list may be before opening the picker loads it again."""


class Catalogue(QObject):
    """`changed` names the profile whose models, or whose refreshing, differ.

    `load` asks a profile's service for its list; it may raise a PortholeError, which is kept as
    `error`: a list that cannot be loaded forbids nothing, since a model's name can be typed.
    """

    changed = Signal(str)  # profile id

    def __init__(
        self,
        *,
        load: Callable[[str], Awaitable[Sequence[ModelInfo]]],
        tasks: TaskScope,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._load = load
        self._tasks = tasks
        self._lists: dict[str, tuple[ModelInfo, ...]] = {}
        self._loaded_at: dict[str, float] = {}
        self._errors: dict[str, PortholeError] = {}
        self._running: set[str] = set()

    def models(self, profile_id: str) -> tuple[ModelInfo, ...]:
        """What was last loaded; empty if nothing was."""
        return self._lists.get(profile_id, ())

    def info(self, profile_id: str, model_id: str) -> ModelInfo | None:
        return next((m for m in self.models(profile_id) if m.id == model_id), None)

    def error(self, profile_id: str) -> PortholeError | None:
        """Why the last loading failed, if it did."""
        return self._errors.get(profile_id)

    def refreshing(self, profile_id: str) -> bool:
        return profile_id in self._running

    def put(self, profile_id: str, models: Sequence[ModelInfo]) -> None:
        """Take a list that was loaded elsewhere (by a connection test)."""
        self._lists[profile_id] = tuple(models)
        self._loaded_at[profile_id] = time.monotonic()
        self._errors.pop(profile_id, None)
        self.changed.emit(profile_id)

    def refresh(self, profile_id: str, *, stale_only: bool = True) -> None:
        """Load the list in the background, unless it is fresh or on its way already."""
        loaded_at = self._loaded_at.get(profile_id)
        fresh = loaded_at is not None and time.monotonic() - loaded_at < FRESH_S
        if profile_id in self._running or (fresh and stale_only) or self._tasks.closed:
            return
        self._running.add(profile_id)
        self._tasks.start(self._refresh(profile_id), name="models")
        self.changed.emit(profile_id)

    def forget(self, profile_id: str) -> None:
        """Drop the list: its service has another address or key."""
        self._lists.pop(profile_id, None)
        self._loaded_at.pop(profile_id, None)
        self._errors.pop(profile_id, None)
        self.changed.emit(profile_id)

    async def _refresh(self, profile_id: str) -> None:
        try:
            models = await self._load(profile_id)
        except PortholeError as error:
            self._errors[profile_id] = error
        else:
            self.put(profile_id, models)
        finally:
            self._running.discard(profile_id)
        self.changed.emit(profile_id)
