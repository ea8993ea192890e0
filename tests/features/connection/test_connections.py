"""Who is asked, with which key: one service at a time, and no key at a foreign address."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import replace
from typing import Any, cast

import pytest

from app.core.errors import FailureKind, KeyStoreError, KeyStoreProblem, ServiceError
from app.core.network import NetworkChoice, ProxyChoice
from app.core.request import ChatRequest
from app.core.settings import DEMO_MODEL, DEMO_PROFILE, Profile, Settings
from app.features.connection.status import Check, KeyPlace
from tests.features.connection.world import MODELS, Keys, make_world

JIEKOU = "https://api.jiekou.ai/openai/v1"
LOCAL = Profile("local", "Local", "http://127.0.0.1:8080/v1")
ANY_REQUEST = cast(ChatRequest, None)


def with_profile(profile: Profile, *, default: bool = False) -> Settings:
    settings = Settings().with_profile(profile)
    return replace(settings, default_profile=profile.id) if default else settings


async def refusal(call: Any) -> FailureKind:
    with pytest.raises(ServiceError) as caught:
        await call
    return caught.value.failure.kind


async def test_one_service_for_a_profile_until_its_key_changes() -> None:
    world = make_world(keys=Keys(jiekou="sk-good-00000001"))
    connections = world.connections
    first = await connections.chat_service("jiekou")
    assert await connections.chat_service("jiekou") is first
    assert [(s.address, s.key) for s in world.made] == [(JIEKOU, "sk-good-00000001")]
    assert await connections.keep_key("jiekou", "  sk-good-00000002\n")
    assert world.made[0].closed
    assert await connections.chat_service("jiekou") is not first
    assert world.made[1].key == "sk-good-00000002"
    await connections.close()
    assert world.made[1].closed


async def test_another_key_or_address_is_told_once_each() -> None:
    world = make_world(keys=Keys(jiekou="sk-good-00000001"))
    told: list[str] = []
    world.connections.service_renewed.connect(told.append)
    await world.connections.chat_service("jiekou")
    assert told == []
    await world.connections.keep_key("jiekou", "sk-good-00000002")
    await world.connections.set_address("jiekou", "https://other.example/v1")
    assert told == ["jiekou", "jiekou"]


async def test_other_limits_make_another_service() -> None:
    world = make_world(keys=Keys(jiekou="sk-good-1"))
    first = await world.connections.chat_service("jiekou")
    world.settings.replace(zoom_percent=120)
    assert await world.connections.chat_service("jiekou") is first
    world.settings.replace(idle_limit_s=120)
    assert await world.connections.chat_service("jiekou") is not first
    assert [s.closed for s in world.made] == [True, False]


async def test_a_running_stream_ends_before_its_service_is_closed() -> None:
    world = make_world(keys=Keys(jiekou="sk-good-1"))
    service = await world.connections.chat_service("jiekou")
    async with aclosing(cast(Any, service.stream(ANY_REQUEST))) as events:
        await anext(events)
        await world.connections.keep_key("jiekou", "sk-good-2")
        assert not world.made[0].closed
        world.made[0].go.set()
        assert [type(e).__name__ async for e in events] == ["TextDelta", "Ended"]
    assert world.made[0].closed


async def test_a_stopped_stream_lets_go_of_its_service() -> None:
    world = make_world(keys=Keys(jiekou="sk-good-1"))
    service = await world.connections.chat_service("jiekou")
    async with aclosing(cast(Any, service.stream(ANY_REQUEST))) as events:
        await anext(events)
        await world.connections.keep_key("jiekou", "sk-good-2")
    assert world.made[0].closed


async def test_a_key_that_changes_while_the_keyring_is_asked_is_not_mixed_up() -> None:
    world = make_world(keys=Keys(jiekou="sk-good-old"))
    world.keys.gate = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        asking = group.create_task(world.connections.chat_service("jiekou"))
        keeping = group.create_task(world.connections.keep_key("jiekou", "sk-good-new"))
        await asyncio.sleep(0)
        world.keys.gate.set()
    assert keeping.result() is True
    service = await world.connections.chat_service("jiekou")
    assert service is asking.result()
    assert world.made[-1].key == "sk-good-new"


async def test_with_no_key_nothing_is_made_and_it_is_demo_mode() -> None:
    world = make_world()
    assert await refusal(world.connections.chat_service("jiekou")) is FailureKind.NO_KEY
    await world.connections.start()
    assert world.connections.demo_mode
    assert world.connections.for_new() == (DEMO_PROFILE, DEMO_MODEL)
    assert world.made == []
    assert world.demo_starts == []
    await world.connections.chat_service(DEMO_PROFILE)
    again = await world.connections.chat_service(DEMO_PROFILE)
    assert again is not None
    assert [(s.profile.id, s.address, s.key) for s in world.made] == [
        (DEMO_PROFILE, "http://127.0.0.1:4444/v1", None)
    ]
    await world.connections.keep_key("jiekou", "sk-good-1")
    assert world.connections.for_new() == ("jiekou", "deepseek/deepseek-v3.2")
    await world.connections.forget_key("jiekou")
    assert world.connections.demo_mode
    assert world.keys.kept == {}


async def test_the_environments_key_is_for_its_own_address_only() -> None:
    environ = {"JIEKOU_API_KEY": "sk-good-from-env-7Qk2"}
    world = make_world(settings=with_profile(LOCAL), environ=environ)
    assert not world.connections.demo_mode
    await world.connections.start()
    status = world.connections.status("jiekou")
    assert (status.place, status.variable, status.key_end) == (
        KeyPlace.ENVIRONMENT,
        "JIEKOU_API_KEY",
        "7Qk2",
    )
    await world.connections.chat_service("jiekou")
    await world.connections.chat_service("local")
    assert [s.key for s in world.made] == ["sk-good-from-env-7Qk2", None]
    await world.connections.set_address("jiekou", "https://proxy.example/openai")
    assert await refusal(world.connections.chat_service("jiekou")) is FailureKind.NO_KEY


async def test_a_changed_address_does_not_get_the_key_until_it_is_confirmed() -> None:
    world = make_world(keys=Keys(jiekou="sk-good-12345678"))
    connections = world.connections
    await connections.start()
    await connections.set_address("jiekou", "https://evil.example/openai")
    assert await refusal(connections.chat_service("jiekou")) is FailureKind.NO_KEY
    status = connections.status("jiekou")
    assert status.place is KeyPlace.ELSEWHERE
    assert status.key_origin == "https://api.jiekou.ai"
    assert world.made == []
    await connections.set_address("jiekou", "https://api.jiekou.ai/openai/v1/models")
    await connections.chat_service("jiekou")
    assert [(s.address, s.key) for s in world.made] == [(JIEKOU, "sk-good-12345678")]
    await connections.set_address("jiekou", "https://good.example/v1")
    await connections.use_key_here("jiekou")
    await connections.chat_service("jiekou")
    assert world.made[-1].address == "https://good.example/v1"
    assert world.made[-1].key == "sk-good-12345678"
    assert world.made[0].closed


async def test_a_local_service_needs_no_key() -> None:
    world = make_world(settings=with_profile(LOCAL, default=True))
    await world.connections.start()
    assert not world.connections.demo_mode
    await world.connections.chat_service("local")
    assert world.made[0].key is None


async def test_what_is_no_key_or_no_address_changes_nothing() -> None:
    world = make_world(keys=Keys(jiekou="sk-good-1"))
    for typed in ("", "密钥", "sk-\u00e9", "sk a"):
        assert await refusal(world.connections.keep_key("jiekou", typed)) is FailureKind.BAD_KEY
    bad = world.connections.set_address("jiekou", "file:///etc")
    assert await refusal(bad) is FailureKind.BAD_ADDRESS
    assert world.keys.kept == {"jiekou": "sk-good-1"}
    assert world.settings.value == Settings()
    assert await refusal(world.connections.chat_service("gone")) is FailureKind.NO_SERVICE


async def test_without_a_keyring_the_key_is_for_this_session() -> None:
    world = make_world(keys=Keys(real=False))
    await world.connections.start()
    assert world.connections.keyring_usable is False
    assert await world.connections.keep_key("jiekou", "sk-good-1") is False
    assert world.connections.status("jiekou").place is KeyPlace.SESSION


async def test_a_locked_keyring_is_said_and_is_not_demo_mode() -> None:
    world = make_world()
    world.keys.error = KeyStoreError(KeyStoreProblem.LOCKED)
    await world.connections.start()
    assert world.connections.status("jiekou").place is KeyPlace.LOCKED
    assert not world.connections.demo_mode
    with pytest.raises(ServiceError) as caught:
        await world.connections.chat_service("jiekou")
    assert caught.value.failure.kind is FailureKind.KEYRING_LOCKED


async def test_a_test_says_what_came_of_it_and_proposes_models() -> None:
    world = make_world(settings=with_profile(LOCAL), keys=Keys(local="sk-good-1"))
    told: list[tuple[str, int]] = []
    world.connections.connection_tested.connect(lambda pid, models: told.append((pid, len(models))))
    status = await world.connections.test("local")
    assert (status.check, status.models) == (Check.PASSED, len(MODELS))
    profile = world.settings.value.profile("local")
    assert profile is not None
    assert profile.text_model == "deepseek/deepseek-v3.2"
    assert profile.picture_model == "qwen/qwen2-vl-72b-instruct"
    await world.connections.keep_key("local", "sk-bad")
    assert world.connections.status("local").check is Check.NONE
    status = await world.connections.test("local")
    assert status.check is Check.FAILED
    assert isinstance(status.error, ServiceError)
    assert status.error.failure.kind is FailureKind.AUTH
    assert told == [("local", 3)]


async def test_a_removed_service_takes_its_key_along_and_undo_brings_both_back() -> None:
    world = make_world(settings=with_profile(LOCAL, default=True), keys=Keys(local="sk-good-1"))
    await world.connections.chat_service("local")
    before = world.settings.value
    restore = await world.connections.remove("local")
    assert world.made[0].closed
    assert world.keys.kept == {}
    assert world.settings.value.default_profile == "jiekou"
    with pytest.raises(ValueError, match="last"):
        await world.connections.remove("jiekou")
    await restore()
    assert world.settings.value == before
    assert world.keys.kept == {"local": "sk-good-1"}


async def test_no_repr_shows_a_key() -> None:
    world = make_world(keys=Keys(jiekou="sk-good-canary-1234"))
    await world.connections.chat_service("jiekou")
    await world.connections.start()
    known = world.connections._known
    assert "canary" not in repr(known) + repr(world.connections)


MANUAL = NetworkChoice(ProxyChoice.MANUAL, "http://proxy.example:3128", user="me")


async def test_a_service_goes_the_way_that_was_chosen_with_the_password_from_the_keyring() -> None:
    own = replace(LOCAL, address="https://lab.example/v1", network=replace(MANUAL, user="lab"))
    settings = replace(with_profile(own), network=MANUAL)
    keys = Keys(jiekou="sk-good-1", local="sk-good-2")
    keys.kept |= {"proxy": "for all", "proxy:local": "for one"}
    world = make_world(settings=settings, keys=keys)
    first = await world.connections.chat_service("jiekou")
    await world.connections.chat_service("local")
    seen = [(s.network.choice.user, s.network.password) for s in world.made]
    assert seen == [("me", "for all"), ("lab", "for one")]
    keys.kept["proxy"] = "another"
    assert await world.connections.chat_service("jiekou") is first
    world.connections.network_changed()
    assert await world.connections.chat_service("jiekou") is not first
    assert [s.network.password for s in world.made] == ["for all", "for one", "another"]
    assert [s.closed for s in world.made] == [True, False, False]
    world.connections.network_changed("local")
    await world.connections.chat_service("local")
    assert [s.closed for s in world.made] == [True, True, False, False]
    world.settings.replace(network=NetworkChoice(ProxyChoice.NONE))
    await world.connections.chat_service("jiekou")
    assert world.made[-1].network.password is None
    assert world.made[2].closed


async def test_the_keyring_is_not_asked_for_a_password_that_is_not_needed() -> None:
    settings = replace(with_profile(LOCAL), network=MANUAL)
    world = make_world(settings=settings)
    world.keys.kept["proxy"] = "never"
    await world.connections.chat_service("local")
    assert world.made[0].network.password is None
    assert "never" not in repr(world.connections._known)


async def test_a_locked_keyring_sends_nothing_through_a_proxy_without_its_password() -> None:
    environ = {"JIEKOU_API_KEY": "sk-good-from-env"}
    world = make_world(settings=replace(Settings(), network=MANUAL), environ=environ)
    world.keys.error = KeyStoreError(KeyStoreProblem.LOCKED)
    assert await refusal(world.connections.chat_service("jiekou")) is FailureKind.KEYRING_LOCKED
    assert world.made == []


async def test_a_removed_service_takes_its_proxys_password_along() -> None:
    settings = with_profile(replace(LOCAL, network=MANUAL))
    world = make_world(settings=settings, keys=Keys(local="sk-good-1"))
    world.keys.kept["proxy:local"] = "secret"
    restore = await world.connections.remove("local")
    assert world.keys.kept == {}
    await restore()
    assert world.keys.kept == {"local": "sk-good-1", "proxy:local": "secret"}
    assert world.settings.value == settings
