"""`ChildImageCodec`: pictures made ready to send, in a child process that may die in our stead."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress

from app.adapters.child import ChildError, ChildProblem, ChildWorker
from app.adapters.child_frames import Header
from app.adapters.images.edit import edits_to_json
from app.adapters.images.files import MOST_BYTES, read_plain_file
from app.adapters.images.sniff import picture_format
from app.adapters.threads import in_daemon_thread
from app.core.errors import ImageError, ImageProblem
from app.core.picture import NO_EDITS, SHARP, Edits, Preparation, Scaling
from app.core.ports import PreparedImage

IDLE_S = 60.0
CPU_LIMIT_S = 1.8  # decided, and the child ended, within two seconds
TILES_CPU_LIMIT_S = 6.0  # tiles are for what is many times as large as a screenshot
# Where processor time can be limited, the clock is only the way out of a machine that is stuck.
PATIENCE = 1 if sys.platform == "win32" else 15

PROBLEMS = {
    "not_supported": ImageProblem.NOT_SUPPORTED,
    "too_large": ImageProblem.TOO_LARGE,
    "memory": ImageProblem.TOO_LARGE,
    "empty": ImageProblem.EMPTY,
    "too_slow": ImageProblem.TOO_SLOW,
}


class ChildImageCodec:
    """Fulfils `app.core.ports.ImageCodec`."""

    def __init__(self, worker: ChildWorker | None = None) -> None:
        self._worker = worker or ChildWorker("images", idle_s=IDLE_S)

    async def prepare(
        self, data: bytes, name: str, how: Preparation = SHARP, edits: Edits = NO_EDITS
    ) -> PreparedImage:
        """The picture as it will be sent, in one piece. Raises ImageError."""
        wish = _wish("prepare", edits)
        if how.scaling is Scaling.FIT:
            wish["longest_side"] = max(1, how.longest_side)
        return _pieces(*await self._ask(data, name, wish, CPU_LIMIT_S))[0]

    async def tiles(
        self, data: bytes, name: str, edits: Edits = NO_EDITS
    ) -> Sequence[PreparedImage]:
        """The picture in pieces that split no line of text. Raises ImageError."""
        return _pieces(*await self._ask(data, name, _wish("tiles", edits), TILES_CPU_LIMIT_S))

    async def edited(self, data: bytes, name: str, edits: Edits) -> PreparedImage:
        """The picture blacked out, cut and turned. Raises ImageError."""
        return await self.prepare(data, name, SHARP, edits)

    async def read_file(self, path: str) -> tuple[str, bytes]:
        """A plain file's name and bytes. Raises ImageError."""
        return await in_daemon_thread(read_plain_file, path)

    @property
    def running(self) -> bool:
        """Whether there is a child process, at work or waiting."""
        return self._worker.running

    async def warm(self) -> None:
        """Start the child process, as a picture may come soon; fails in silence."""
        with suppress(ChildError):
            await self._worker.warm()

    async def close(self) -> None:
        """End the child process."""
        await self._worker.close()

    async def _ask(
        self, data: bytes, name: str, wish: Header, cpu_s: float
    ) -> tuple[Header, bytes]:
        if not data:
            raise ImageError(ImageProblem.EMPTY, name)
        if len(data) > MOST_BYTES:
            raise ImageError(ImageProblem.TOO_LARGE, name)
        kind = picture_format(data)
        if kind is None or kind == "HEIF":
            problem = ImageProblem.NOT_SUPPORTED if kind is None else ImageProblem.HEIF
            raise ImageError(problem, name)
        try:
            header, body = await self._worker.ask(wish, data, limit_s=cpu_s * PATIENCE, cpu_s=cpu_s)
        except ChildError as error:
            slow = error.problem is ChildProblem.TOO_SLOW
            problem = ImageProblem.TOO_SLOW if slow else ImageProblem.DAMAGED
            raise ImageError(problem, name) from error
        if "refused" in header:
            raise ImageError(PROBLEMS.get(header["refused"], ImageProblem.DAMAGED), name)
        return header, body


def _wish(op: str, edits: Edits) -> Header:
    return {"op": op, "edits": edits_to_json(edits)}


def _pieces(header: Header, body: bytes) -> list[PreparedImage]:
    """What the child answered, each piece with its own bytes."""
    made = []
    at = 0
    for piece in header["pieces"]:
        picture_end = at + int(piece["picture_bytes"])
        end = picture_end + int(piece["thumbnail_bytes"])
        made.append(
            PreparedImage(
                data=body[at:picture_end],
                media_type=str(piece["media_type"]),
                width=int(piece["width"]),
                height=int(piece["height"]),
                original_width=int(header["original_width"]),
                original_height=int(header["original_height"]),
                thumbnail=body[picture_end:end],
                frames=int(header["frames"]),
            )
        )
        at = end
    return made
