"""`ChildImageCodec`: pictures made ready to send, in a child process that may die in our stead."""

from __future__ import annotations

import sys

from app.adapters.child import ChildError, ChildProblem, ChildWorker
from app.adapters.child_frames import Header
from app.adapters.images.files import MOST_BYTES, read_plain_file
from app.adapters.images.sniff import picture_format
from app.adapters.threads import in_daemon_thread
from app.core.errors import ImageError, ImageProblem
from app.core.ports import PreparedImage

IDLE_S = 60.0
CPU_LIMIT_S = 2.0
# Where processor time can be limited, the clock is only the way out of a machine that is stuck.
LIMIT_S = 2.0 if sys.platform == "win32" else 8.0

PROBLEMS = {
    "not_supported": ImageProblem.NOT_SUPPORTED,
    "too_large": ImageProblem.TOO_LARGE,
    "memory": ImageProblem.TOO_LARGE,
}


class ChildImageCodec:
    """Fulfils `app.core.ports.ImageCodec`."""

    def __init__(self, worker: ChildWorker | None = None) -> None:
        self._worker = worker or ChildWorker("images", idle_s=IDLE_S)

    async def prepare(
        self, data: bytes, name: str, longest_side: int | None = None
    ) -> PreparedImage:
        """The picture as it will be sent, upright and without metadata. Raises ImageError."""
        wish = {} if longest_side is None else {"longest_side": longest_side}
        header, body = await self._ask(data, name, wish)
        split = int(header["picture_bytes"])
        return PreparedImage(
            data=body[:split],
            media_type=str(header["media_type"]),
            width=int(header["width"]),
            height=int(header["height"]),
            original_width=int(header["original_width"]),
            original_height=int(header["original_height"]),
            thumbnail=body[split:],
        )

    async def read_file(self, path: str) -> tuple[str, bytes]:
        """A plain file's name and bytes. Raises ImageError."""
        return await in_daemon_thread(read_plain_file, path)

    async def close(self) -> None:
        """End the child process."""
        await self._worker.close()

    async def _ask(self, data: bytes, name: str, wish: Header) -> tuple[Header, bytes]:
        if not data:
            raise ImageError(ImageProblem.EMPTY, name)
        if len(data) > MOST_BYTES:
            raise ImageError(ImageProblem.TOO_LARGE, name)
        if picture_format(data) is None:
            raise ImageError(ImageProblem.NOT_SUPPORTED, name)
        try:
            header, body = await self._worker.ask(wish, data, limit_s=LIMIT_S, cpu_s=CPU_LIMIT_S)
        except ChildError as error:
            slow = error.problem is ChildProblem.TOO_SLOW
            problem = ImageProblem.TOO_SLOW if slow else ImageProblem.DAMAGED
            raise ImageError(problem, name) from error
        if "refused" in header:
            raise ImageError(PROBLEMS.get(header["refused"], ImageProblem.DAMAGED), name)
        return header, body
