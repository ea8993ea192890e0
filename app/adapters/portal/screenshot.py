"""`PortalScreenshots`: a picture of the screen from the desktop itself, which asks the person."""

from __future__ import annotations

import asyncio
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from app.adapters.images.files import read_plain_file
from app.adapters.portal.bus import DONE, LEFT, Bus
from app.adapters.threads import in_daemon_thread
from app.core.errors import CaptureError, CaptureProblem, ImageError

INTERFACE = "org.freedesktop.portal.Screenshot"


class PortalScreenshots:
    """Asks `org.freedesktop.portal.Screenshot`, with the desktop's own way to choose a region."""

    async def screenshot(self) -> bytes | None:
        """A picture file; None if the person left it. Raises CaptureError.

        Cancelled, it takes the desktop's question back.
        """
        bus = Bus()
        try:
            return await in_daemon_thread(_screenshot, bus)
        except asyncio.CancelledError:
            bus.end()
            raise


def _screenshot(bus: Bus) -> bytes | None:
    try:
        code, results = bus.ask(
            INTERFACE, "Screenshot", "s", ("",), interactive=("b", True), modal=("b", True)
        )
    finally:
        bus.close()
    if code == LEFT:
        return None
    path = path_of(str(results.get("uri", "")))
    if code != DONE or path is None:
        raise CaptureError(CaptureProblem.REFUSED)
    try:
        return read_plain_file(path)[1]
    except ImageError as error:
        raise CaptureError(CaptureProblem.REFUSED) from error
    finally:
        _clear_up(Path(path))


def path_of(uri: str) -> str | None:
    """The file on this computer that a `file:` address names; None for any other."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        return None
    path = os.fsdecode(unquote_to_bytes(parts.path))
    return path if path.startswith("/") and "\0" not in path else None


def _clear_up(path: Path) -> None:
    """Remove a picture that the desktop only lent us; one among the person's own pictures stays."""
    lent = [tempfile.gettempdir()]
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        lent.append(runtime)
    with suppress(OSError):
        real = path.resolve()
        if any(real.is_relative_to(Path(folder).resolve()) for folder in lent):
            path.unlink(missing_ok=True)
