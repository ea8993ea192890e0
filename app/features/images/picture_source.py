"""Where the viewer has the words of a picture from: kept already, or read now, on this computer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.core.errors import PortholeError
from app.core.ports import TextLine
from app.kit.tasks import TaskScope


class Texts(Protocol):
    """What was read in pictures. Its methods raise ReadingError and StorageError."""

    async def kept(self, blob: str) -> Sequence[TextLine] | None:
        """What is kept of a picture; None where it was not read."""
        ...

    async def lines(self, blob: str) -> Sequence[TextLine]:
        """As it is kept, or else read now and kept. Cancelling ends the reading."""
        ...

    async def read(self, data: bytes) -> Sequence[TextLine]:
        """Read now, and kept by nobody. Cancelling ends the reading."""
        ...


@dataclass(frozen=True, slots=True)
class PictureSource:
    """`blob` is the picture that is shown first; empty where no single one is kept of it."""

    texts: Texts
    blob: str
    scope: TaskScope
    describe: Callable[[PortholeError], str]
