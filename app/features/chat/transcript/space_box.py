"""A space that keeps the place of words that are still on the disk."""

from __future__ import annotations

from app.features.chat.transcript.box import Box
from app.features.chat.transcript.surface import Surface


class SpaceBox(Box):
    """Keeps the place of what is not there yet."""

    gap = 0

    def __init__(self, surface: Surface, height: int) -> None:
        super().__init__(surface)
        self.height = max(1, height)
        self.exact = True

    def estimate(self, width: int) -> None:
        self.exact = True
