"""What the features ask of the desktop. Adapters fulfil these; bootstrap hands them in.

As with `app.core.ports`, every coroutine may be awaited on the UI's event loop.
"""

from __future__ import annotations

from typing import Protocol


class ScreenshotPortal(Protocol):
    """The desktop's own way to a picture of the screen. Raises CaptureError."""

    async def screenshot(self) -> bytes | None:
        """A picture file of what the person chose there; None if they left it."""
        ...
