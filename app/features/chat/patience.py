"""Waiting for a busy service, until the time is over or the person would rather not."""

from __future__ import annotations

import asyncio


class Patience:
    """Fulfils `core.again.Pause`; `end` is the person's word that they will not wait."""

    def __init__(self) -> None:
        self._ended = asyncio.Event()

    async def pause(self, seconds: float) -> bool:
        """True once the time is over; False as soon as `end` was called."""
        self._ended.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._ended.wait()
        except TimeoutError:
            return True
        return False

    def end(self) -> None:
        self._ended.set()
