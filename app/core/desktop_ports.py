"""What the features ask of the desktop. Adapters fulfil these; bootstrap hands them in.

As with `app.core.ports`, every coroutine may be awaited on the UI's event loop.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


class ScreenshotPortal(Protocol):
    """The desktop's own way to a picture of the screen. Raises CaptureError."""

    async def screenshot(self) -> bytes | None:
        """A picture file of what the person chose there; None if they left it."""
        ...


@dataclass(frozen=True, slots=True)
class HotKey:
    """A key that is to work whatever is in front.

    `title` is what it does, in the reader's language; `trigger` is what is proposed to the
    desktop, in the XDG shortcuts' own form (`CTRL+ALT+s`).
    """

    id: str
    title: str
    trigger: str


class HotKeyPortal(Protocol):
    """The desktop's own way to such keys. Raises CaptureError."""

    async def listen(
        self,
        keys: Sequence[HotKey],
        bound: Callable[[Mapping[str, str]], object],
        pressed: Callable[[str], object],
    ) -> None:
        """Have the keys bound, for as long as this is awaited; the desktop may ask the person.

        `bound` hears which of them are bound, once they are and whenever that changes: by id, in
        the desktop's own words. `pressed` hears the id of each that is pressed. Ends with
        CaptureError when the desktop takes them back.
        """
        ...
