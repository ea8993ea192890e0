"""A service that others may still be streaming from when its key or address has changed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from app.core.errors import Failure, FailureKind
from app.core.events import Failed, StreamEvent
from app.core.model_info import ModelInfo
from app.core.ports import ChatService
from app.core.request import ChatRequest


class LentService:
    """Fulfils `core.ports.ChatService`; once retired it closes when its last request has ended.

    Whoever still holds it then, waiting to ask again, is told that there is no such service.
    """

    def __init__(self, service: ChatService) -> None:
        self._service = service
        self._running = 0
        self._retired = False
        self._closed = False

    async def stream(self, request: ChatRequest) -> AsyncIterator[StreamEvent]:
        if self._closed:
            yield Failed(Failure(FailureKind.NO_SERVICE))
            return
        self._running += 1
        events = self._service.stream(request)
        try:
            async for event in events:
                yield event
        finally:
            aclose = getattr(events, "aclose", None)
            if aclose is not None:
                await aclose()
            await self._ended()

    async def models(self) -> Sequence[ModelInfo]:
        self._running += 1
        try:
            return await self._service.models()
        finally:
            await self._ended()

    async def retire(self) -> None:
        """Close now, or as soon as nothing is running."""
        self._retired = True
        if not self._running:
            await self.close()

    async def close(self) -> None:
        if not self._closed:
            self._closed = True
            await self._service.close()

    async def _ended(self) -> None:
        self._running -= 1
        if self._retired and not self._running:
            await self.close()
