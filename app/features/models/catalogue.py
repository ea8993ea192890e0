"""The models of each service: shown as last kept, loaded in the background, kept for next time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.core.errors import PortholeError
from app.core.model_info import ModelInfo
from app.core.ports import ModelCache
from app.kit.tasks import TaskScope

FRESH_S = 300.0
"""How old a list may be before opening the picker loads it again."""


@dataclass(frozen=True, slots=True)
class _Held:
    models: tuple[ModelInfo, ...]
    loaded_at: float
    address: str


class Catalogue(QObject):
    """`changed` names the profile whose models, or whose refreshing, differ.

    `load` asks a profile's service for its list; it may raise a PortholeError, which is kept as
    `error` beside the list that was loaded before: a list that cannot be loaded forbids nothing,
    since a model's name can be typed. `address` gives a profile's normalised address: a list
    belongs to it, and is kept in `cache` where there is one. `clock` is in seconds since the epoch.
    """

    changed = Signal(str)  # profile id

    def __init__(
        self,
        *,
        load: Callable[[str], Awaitable[Sequence[ModelInfo]]],
        tasks: TaskScope,
        cache: ModelCache | None = None,
        address: Callable[[str], str] = lambda _profile: "",
        clock: Callable[[], float] = time.time,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._load = load
        self._tasks = tasks
        self._cache = cache
        self._address = address
        self._clock = clock
        self._held: dict[str, _Held] = {}
        self._errors: dict[str, PortholeError] = {}
        self._running: set[str] = set()
        self._recalled: set[str] = set()
        self._terms: dict[str, int] = {}
        self._disk = asyncio.Lock()  # what is kept and what is forgotten happen in that order

    def models(self, profile_id: str) -> tuple[ModelInfo, ...]:
        """What was last loaded or kept; empty if nothing was."""
        held = self._held.get(profile_id)
        return held.models if held else ()

    def info(self, profile_id: str, model_id: str) -> ModelInfo | None:
        return next((m for m in self.models(profile_id) if m.id == model_id), None)

    def loaded_at(self, profile_id: str) -> float | None:
        """When the list was loaded (seconds since the epoch).

        None: there is none, or the clock was set back since, so that nobody knows.
        """
        held = self._held.get(profile_id)
        return held.loaded_at if held and held.loaded_at <= self._clock() else None

    def error(self, profile_id: str) -> PortholeError | None:
        """Why the last loading failed, if it did."""
        return self._errors.get(profile_id)

    def refreshing(self, profile_id: str) -> bool:
        return profile_id in self._running

    def put(self, profile_id: str, models: Sequence[ModelInfo]) -> None:
        """Take a list that was just loaded (by a connection test, too), and keep it."""
        held = _Held(tuple(models), self._clock(), self._address(profile_id))
        self._held[profile_id] = held
        self._errors.pop(profile_id, None)
        if held.address and self._cache is not None and not self._tasks.closed:
            self._tasks.start(self._keep(self._cache, profile_id, held), name="keep models")
        self.changed.emit(profile_id)

    def recall(self, profile_id: str) -> None:
        """Show the list that was kept on disk, without asking the service."""
        if self._can_recall(profile_id) and not self._tasks.closed:
            self._tasks.start(self._recall(profile_id), name="recall models")

    def refresh(self, profile_id: str, *, stale_only: bool = True) -> None:
        """Load the list in the background, unless it is fresh or on its way already.

        A list that was kept on disk is shown first, and used as it is if it is fresh.
        """
        self._drop_foreign(profile_id)
        wanted = not stale_only or self._is_stale(profile_id)
        if not wanted or profile_id in self._running or self._tasks.closed:
            return
        self._running.add(profile_id)
        self._tasks.start(self._refresh(profile_id, stale_only), name="models")
        self.changed.emit(profile_id)

    def follow_addresses(self) -> None:
        """Forget the lists of services that are at another address by now."""
        for profile_id in tuple(self._held):
            self._drop_foreign(profile_id)

    def forget(self, profile_id: str) -> None:
        """Drop the list, here and on disk: its service has another address or key."""
        self._held.pop(profile_id, None)
        self._errors.pop(profile_id, None)
        self._recalled.add(profile_id)
        self._terms[profile_id] = self._terms.get(profile_id, 0) + 1
        if self._cache is not None and not self._tasks.closed:
            self._tasks.start(self._forget(self._cache, profile_id), name="forget models")
        self.changed.emit(profile_id)

    def _is_stale(self, profile_id: str) -> bool:
        held = self._held.get(profile_id)
        return held is None or not 0 <= self._clock() - held.loaded_at < FRESH_S

    def _drop_foreign(self, profile_id: str) -> None:
        held = self._held.get(profile_id)
        if held is not None and held.address != self._address(profile_id):
            self.forget(profile_id)

    def _can_recall(self, profile_id: str) -> bool:
        return profile_id not in self._recalled and profile_id not in self._held

    async def _refresh(self, profile_id: str, stale_only: bool) -> None:
        try:
            await self._recall(profile_id)
            while not stale_only or self._is_stale(profile_id):
                before = self._term(profile_id)
                try:
                    models = await self._load(profile_id)
                except PortholeError as error:
                    failed: PortholeError | None = error
                else:
                    failed = None
                if before != self._term(profile_id):
                    continue  # the service became another meanwhile: this is not its list
                if failed is None:
                    self.put(profile_id, models)
                else:
                    self._errors[profile_id] = failed
                break
        finally:
            self._running.discard(profile_id)
        self.changed.emit(profile_id)

    def _term(self, profile_id: str) -> tuple[int, str]:
        """Changes when the service becomes another one."""
        return self._terms.get(profile_id, 0), self._address(profile_id)

    async def _recall(self, profile_id: str) -> None:
        address = self._address(profile_id)
        if self._cache is None or not address:
            return
        async with self._disk:
            if not self._can_recall(profile_id):
                return
            found = await self._cache.load(profile_id, address)
            if not self._can_recall(profile_id):
                return  # forgotten or loaded meanwhile
            self._recalled.add(profile_id)
            if found is None or address != self._address(profile_id):
                return
            self._held[profile_id] = _Held(tuple(found[0]), found[1], address)
        self.changed.emit(profile_id)

    async def _keep(self, cache: ModelCache, profile_id: str, held: _Held) -> None:
        async with self._disk:
            if self._held.get(profile_id) is held:
                await cache.save(profile_id, held.address, held.models, held.loaded_at)

    async def _forget(self, cache: ModelCache, profile_id: str) -> None:
        async with self._disk:
            await cache.forget(profile_id)
