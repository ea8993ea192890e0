"""The services as the program knows them: made for a profile, the demo's own started when asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.adapters.chat_api.models import model_list
from app.core.model_info import ModelInfo
from app.core.network import Network, NetworkChoice, ProbeResult
from app.core.ports import BlobReader, ChatService, ServiceSource, TextReader
from app.core.settings import Profile, Settings
from app.demo.model import model_entry

if TYPE_CHECKING:
    from app.demo.service import DemoService
from app.kit.tasks import to_the_end

MAX_TOKENS = 4096
"""What a service that requires `max_tokens` is sent, unless the person set another."""


class ServiceMaker:
    """Makes `ChatApi`s by the settings in force, and owns the service inside the program."""

    def __init__(
        self, *, settings: Callable[[], Settings], read_blob: BlobReader, reader: TextReader
    ) -> None:
        self._settings = settings
        self._read_blob = read_blob
        self._reader = reader
        self._demo: DemoService | None = None
        self._demo_at = ""
        self._starting = asyncio.Lock()

    def make(
        self, profile: Profile, address: str, key: str | None, network: Network
    ) -> ChatService:
        from app.adapters.chat_api.client import ChatApi

        settings = self._settings()
        return ChatApi(
            address,
            key,
            self._read_blob,
            first_token_limit_s=settings.first_token_limit_s,
            idle_limit_s=settings.idle_limit_s,
            always_max_tokens=MAX_TOKENS if profile.always_max_tokens else None,
            network=network,
        )

    async def demo_address(self) -> str:
        """Where the inner service listens; it starts with the first that asks."""
        async with self._starting:
            if self._demo is None:
                from app.demo.service import DemoService

                demo = DemoService(self._reader)
                self._demo_at = await to_the_end(demo.start())
                self._demo = demo
            return self._demo_at

    async def close(self) -> None:
        if self._demo is not None:
            await self._demo.close()


def demo_models(reader: TextReader) -> Sequence[ModelInfo]:
    """The demo's own catalogue, as it tells it itself."""
    return model_list({"data": [model_entry(reader)]}) or ()


async def probe(address: str, network: Network) -> ProbeResult:
    """Fulfils `core.network.Probe`."""
    from app.adapters.chat_api import probe as way

    return await way.probe(address, network)


async def system_proxy(address: str) -> str:
    """Fulfils `core.network.SystemProxy`."""
    from app.adapters import network

    return await network.system_proxy(address)


async def fetch_picture(address: str, choice: NetworkChoice) -> bytes:
    """The bytes behind an address on the web. Raises ImageError, and ServiceError (BAD_NETWORK)."""
    from app.adapters import network
    from app.adapters.images.fetch import WebPictures

    way = Network(choice)
    pictures = WebPictures(
        behind_proxy=lambda place: network.proxy_for(place, way) is not None,
        context=lambda: network.trusted(way),
    )
    return await pictures.fetch(address)


async def load_models(services: ServiceSource, profile_id: str) -> Sequence[ModelInfo]:
    """A profile's catalogue. Raises ServiceError."""
    service = await services.chat_service(profile_id)
    return await service.models()
