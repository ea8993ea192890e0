"""Lists of models load in the background, are kept for next time, and belong to an address."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.adapters.model_cache import ModelCacheFiles
from app.core.errors import Failure, FailureKind, ServiceError
from app.core.model_info import ModelInfo
from app.features.models.catalogue import FRESH_S, Catalogue
from app.kit.tasks import TaskScope
from tests.conftest import until

OLD, A, B = ModelInfo("old"), ModelInfo("a"), ModelInfo("b")


class World:
    """A service, a clock, an address and a data directory, each of which may change."""

    def __init__(self, directory: Path) -> None:
        self.tasks = TaskScope()
        self.cache = ModelCacheFiles(directory)
        self.asked: list[str] = []
        self.go = asyncio.Event()
        self.go.set()
        self.error: ServiceError | None = None
        self.answer: Sequence[ModelInfo] = [A, B]
        self.now = 1e9
        self.address = "https://one.example/v1"

    async def load(self, profile_id: str) -> Sequence[ModelInfo]:
        self.asked.append(profile_id)
        answer, error = self.answer, self.error
        await self.go.wait()
        if error is not None:
            raise error
        return answer

    def catalogue(self) -> Catalogue:
        """As at the start of the program: nothing in memory."""
        return Catalogue(
            load=self.load,
            tasks=self.tasks,
            cache=self.cache,
            address=lambda _profile: self.address,
            clock=lambda: self.now,
        )

    async def on_disk(self) -> Sequence[ModelInfo] | None:
        found = await self.cache.load("jiekou", self.address)
        return None if found is None else found[0]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


async def test_a_list_is_loaded_once_and_kept(world: World) -> None:
    world.go.clear()
    catalogue = world.catalogue()
    told: list[str] = []
    catalogue.changed.connect(told.append)
    catalogue.refresh("jiekou")
    catalogue.refresh("jiekou")
    assert catalogue.refreshing("jiekou")
    assert catalogue.loaded_at("jiekou") is None
    world.go.set()
    await world.tasks.drain()
    assert not catalogue.refreshing("jiekou")
    assert catalogue.models("jiekou") == (A, B)
    assert catalogue.info("jiekou", "b") == B
    assert catalogue.info("jiekou", "c") is None
    assert catalogue.loaded_at("jiekou") == 1e9
    catalogue.refresh("jiekou")
    assert world.asked == ["jiekou"]
    assert set(told) == {"jiekou"}
    catalogue.refresh("jiekou", stale_only=False)
    await world.tasks.drain()
    assert world.asked == ["jiekou", "jiekou"]
    assert await world.on_disk() == [A, B]


async def test_the_next_start_shows_the_kept_list_at_once(world: World) -> None:
    world.catalogue().put("jiekou", [OLD])
    await world.tasks.drain()
    world.now += FRESH_S
    world.go.clear()
    catalogue = world.catalogue()
    catalogue.refresh("jiekou")
    await until(lambda: catalogue.models("jiekou"))
    assert catalogue.models("jiekou") == (OLD,)
    assert catalogue.refreshing("jiekou")
    assert catalogue.loaded_at("jiekou") == 1e9
    world.go.set()
    await world.tasks.drain()
    assert catalogue.models("jiekou") == (A, B)


async def test_a_fresh_kept_list_is_not_loaded_again(world: World) -> None:
    world.catalogue().put("jiekou", [OLD])
    await world.tasks.drain()
    world.now += FRESH_S - 1
    catalogue = world.catalogue()
    catalogue.refresh("jiekou")
    await world.tasks.drain()
    assert (catalogue.models("jiekou"), world.asked) == ((OLD,), [])


async def test_recalling_asks_no_service(world: World) -> None:
    world.catalogue().put("jiekou", [OLD])
    await world.tasks.drain()
    world.now += 10 * FRESH_S
    catalogue = world.catalogue()
    catalogue.recall("jiekou")
    await world.tasks.drain()
    assert (catalogue.models("jiekou"), world.asked) == ((OLD,), [])


async def test_offline_the_kept_list_stays_and_the_failure_is_said(world: World) -> None:
    world.catalogue().put("jiekou", [OLD])
    await world.tasks.drain()
    world.now += FRESH_S
    world.error = ServiceError(Failure(FailureKind.NOT_CONNECTED))
    catalogue = world.catalogue()
    catalogue.refresh("jiekou")
    await world.tasks.drain()
    assert catalogue.models("jiekou") == (OLD,)
    assert catalogue.error("jiekou") is world.error
    assert catalogue.loaded_at("jiekou") == 1e9
    world.error = None
    catalogue.refresh("jiekou")
    await world.tasks.drain()
    assert catalogue.models("jiekou") == (A, B)
    assert catalogue.error("jiekou") is None


@pytest.mark.parametrize("step", [-1.0, -1e8, FRESH_S, 1e8])
async def test_after_a_jump_of_the_clock_the_list_is_loaded_again(
    world: World, step: float
) -> None:
    catalogue = world.catalogue()
    catalogue.put("jiekou", [OLD])
    world.now += step
    loaded_at = catalogue.loaded_at("jiekou")
    assert loaded_at == (1e9 if step > 0 else None)
    catalogue.refresh("jiekou")
    await world.tasks.drain()
    assert catalogue.models("jiekou") == (A, B)
    assert catalogue.loaded_at("jiekou") == world.now


async def test_another_key_forgets_the_list_on_disk_too(world: World) -> None:
    catalogue = world.catalogue()
    catalogue.put("jiekou", [OLD])
    await world.tasks.drain()
    catalogue.forget("jiekou")
    assert catalogue.models("jiekou") == ()
    await world.tasks.drain()
    assert await world.on_disk() is None


async def test_another_address_forgets_the_list(world: World) -> None:
    catalogue = world.catalogue()
    catalogue.put("jiekou", [OLD])
    await world.tasks.drain()
    catalogue.follow_addresses()
    assert catalogue.models("jiekou") == (OLD,)
    world.address = "https://two.example/v1"
    catalogue.follow_addresses()
    assert catalogue.models("jiekou") == ()
    catalogue.refresh("jiekou")
    await world.tasks.drain()
    assert catalogue.models("jiekou") == (A, B)
    assert await world.on_disk() == [A, B]
    world.address = "https://one.example/v1"
    assert await world.on_disk() is None


@pytest.mark.parametrize("way", ["key", "address"])
@pytest.mark.parametrize("fails", [False, True])
async def test_what_the_former_service_still_answers_is_not_taken(
    world: World, way: str, fails: bool
) -> None:
    world.go.clear()
    world.answer = [OLD]
    world.error = ServiceError(Failure(FailureKind.AUTH)) if fails else None
    catalogue = world.catalogue()
    catalogue.refresh("jiekou")
    await until(lambda: world.asked)
    world.answer, world.error = [A], None
    if way == "key":
        catalogue.forget("jiekou")
    else:
        world.address = "https://two.example/v1"
    world.go.set()
    await world.tasks.drain()
    assert world.asked == ["jiekou", "jiekou"]
    assert catalogue.models("jiekou") == (A,)
    assert catalogue.error("jiekou") is None
    assert await world.on_disk() == [A]


async def test_forgetting_and_loading_at_once_ends_with_the_new_list(world: World) -> None:
    catalogue = world.catalogue()
    catalogue.put("jiekou", [OLD])
    catalogue.forget("jiekou")
    catalogue.put("jiekou", [A])
    await world.tasks.drain()
    assert await world.on_disk() == [A]


async def test_a_service_without_an_address_of_its_own_is_not_kept(world: World) -> None:
    world.address = ""
    catalogue = world.catalogue()
    catalogue.put("demo", [A])
    await world.tasks.drain()
    assert await world.cache.load("demo", "") is None
    assert catalogue.models("demo") == (A,)
