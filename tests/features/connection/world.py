"""A small world for these tests: keys in memory, and services that answer or stream on command."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from app.core.errors import Failure, FailureKind, KeyStoreError, ServiceError
from app.core.events import Ended, StreamEvent, TextDelta
from app.core.model_info import Capability, ModelInfo
from app.core.network import Network
from app.core.request import ChatRequest
from app.core.settings import Profile, Settings
from app.features.connection.connections import Connections
from app.kit.settings_holder import SettingsHolder

MODELS = (
    ModelInfo("old/retired", retired=True),
    ModelInfo("deepseek/deepseek-v3.2", context_size=163_840, capabilities=frozenset()),
    ModelInfo("qwen/qwen2-vl-72b-instruct", capabilities=frozenset({Capability.VISION})),
)


class Keys:
    """A key store in memory; `error` makes it fail, `real` says that a keyring is there."""

    def __init__(self, *, real: bool = True, **kept: str) -> None:
        self.kept = kept
        self.real = real
        self.error: KeyStoreError | None = None
        self.gate: asyncio.Event | None = None

    async def get(self, profile_id: str) -> str | None:
        found = self.kept.get(profile_id)
        if self.gate is not None:
            await self.gate.wait()
        if self.error is not None:
            raise self.error
        return found

    async def set(self, profile_id: str, key: str) -> bool:
        if self.error is not None:
            raise self.error
        self.kept[profile_id] = key
        return self.real

    async def forget(self, profile_id: str) -> None:
        if self.error is not None:
            raise self.error
        self.kept.pop(profile_id, None)

    async def usable(self) -> bool:
        return self.real


class Service:
    """Refuses any key but `sk-good…`; its stream goes on when `go` is set."""

    def __init__(self, profile: Profile, address: str, key: str | None, network: Network) -> None:
        self.profile, self.address, self.key, self.network = profile, address, key, network
        self.closed = False
        self.go = asyncio.Event()

    async def stream(self, request: ChatRequest) -> AsyncIterator[StreamEvent]:
        yield TextDelta("half ")
        await self.go.wait()
        assert not self.closed
        yield TextDelta("whole")
        yield Ended()

    async def models(self) -> Sequence[ModelInfo]:
        if not (self.key or "").startswith("sk-good"):
            words = "Incorrect API key provided"
            host = self.address.split("/")[2]
            raise ServiceError(Failure(FailureKind.AUTH, words, 401, host=host))
        return MODELS

    async def close(self) -> None:
        self.closed = True


@dataclass
class World:
    connections: Connections
    settings: SettingsHolder
    keys: Keys
    made: list[Service] = field(default_factory=list)
    demo_starts: list[str] = field(default_factory=list)


def make_world(
    *,
    settings: Settings | None = None,
    keys: Keys | None = None,
    environ: dict[str, str] | None = None,
    service: type[Service] = Service,
) -> World:
    holder = SettingsHolder(settings or Settings(), save=lambda _settings: None)
    store = keys or Keys()
    made: list[Service] = []
    starts: list[str] = []

    def make(profile: Profile, address: str, key: str | None, network: Network) -> Service:
        made.append(service(profile, address, key, network))
        return made[-1]

    async def demo_address() -> str:
        starts.append("demo")
        return "http://127.0.0.1:4444/v1"

    connections = Connections(
        settings=holder,
        keys=store,
        make_service=make,
        demo_address=demo_address,
        environ=environ or {},
    )
    return World(connections, holder, store, made, starts)
