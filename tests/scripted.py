"""A chat service that answers by script: for tests of what stands above the network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

from app.core.errors import ServiceError
from app.core.events import StreamEvent
from app.core.model_info import ModelInfo
from app.core.ports import ChatService
from app.core.request import ChatRequest


class Gate:
    """Stands in a script where the stream waits until the test opens it."""

    def __init__(self) -> None:
        self._open = asyncio.Event()

    def open(self) -> None:
        self._open.set()

    async def passed(self) -> None:
        await self._open.wait()


Step = StreamEvent | Exception | Gate


class ScriptedService:
    """Fulfils ChatService; each request plays the next script and is kept in `requests`.

    It is its own source (core.ports.ServiceSource); with `refusal`, no service is to be had.
    """

    def __init__(self, *scripts: Sequence[Step], refusal: ServiceError | None = None) -> None:
        self.scripts = list(scripts)
        self.requests: list[ChatRequest] = []
        self.refusal = refusal
        self.cancelled = 0

    async def chat_service(self, profile_id: str) -> ChatService:
        if self.refusal is not None:
            raise self.refusal
        return self

    async def stream(self, request: ChatRequest) -> AsyncIterator[StreamEvent]:
        self.requests.append(request)
        try:
            for step in self.scripts.pop(0):
                if isinstance(step, Exception):
                    raise step
                if isinstance(step, Gate):
                    await step.passed()
                else:
                    yield step
        except asyncio.CancelledError:
            self.cancelled += 1
            raise

    async def models(self) -> Sequence[ModelInfo]:
        return ()

    async def close(self) -> None:
        return None
