"""Lists of models load in the background, once, and are kept for the session."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from app.core.errors import Failure, FailureKind, ServiceError
from app.core.model_info import ModelInfo
from app.features.models.catalogue import Catalogue
from app.kit.tasks import TaskScope


class Source:
    def __init__(self) -> None:
        self.asked: list[str] = []
        self.go = asyncio.Event()
        self.error: ServiceError | None = None

    async def load(self, profile_id: str) -> Sequence[ModelInfo]:
        self.asked.append(profile_id)
        await self.go.wait()
        if self.error is not None:
            raise self.error
        return [ModelInfo("a"), ModelInfo("b")]


async def test_a_list_is_loaded_once_and_kept() -> None:
    source, tasks = Source(), TaskScope()
    catalogue = Catalogue(load=source.load, tasks=tasks)
    told: list[str] = []
    catalogue.changed.connect(told.append)
    catalogue.refresh("jiekou")
    catalogue.refresh("jiekou")
    assert catalogue.refreshing("jiekou")
    source.go.set()
    await tasks.drain()
    assert not catalogue.refreshing("jiekou")
    assert [m.id for m in catalogue.models("jiekou")] == ["a", "b"]
    assert catalogue.info("jiekou", "b") == ModelInfo("b")
    assert catalogue.info("jiekou", "c") is None
    catalogue.refresh("jiekou")
    assert source.asked == ["jiekou"]
    assert set(told) == {"jiekou"}
    catalogue.refresh("jiekou", stale_only=False)
    await tasks.drain()
    assert source.asked == ["jiekou", "jiekou"]


async def test_a_failure_keeps_the_old_list_and_is_said() -> None:
    source, tasks = Source(), TaskScope()
    source.go.set()
    catalogue = Catalogue(load=source.load, tasks=tasks)
    catalogue.put("jiekou", [ModelInfo("old")])
    assert catalogue.models("jiekou") == (ModelInfo("old"),)
    source.error = ServiceError(Failure(FailureKind.AUTH))
    catalogue.refresh("jiekou", stale_only=False)
    await tasks.drain()
    assert catalogue.models("jiekou") == (ModelInfo("old"),)
    assert catalogue.error("jiekou") is source.error
    catalogue.forget("jiekou")
    assert catalogue.models("jiekou") == ()
    assert catalogue.error("jiekou") is None
