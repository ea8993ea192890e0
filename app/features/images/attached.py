"""One thing that goes with a message: its chip, its parts, and how they were made."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from app.core.message import ImagePart
from app.core.picture import NO_EDITS, SHARP, Edits, Preparation
from app.core.picture_text import text_instead
from app.core.text_encodings import Encoding
from app.features.images.chip import Chip
from app.features.images.goes import Goes
from app.features.images.preparing import AttachedParts

Reader = Callable[[], Awaitable[bytes]]
"""Gives the bytes of what was dropped, as they came. Raises PortholeError."""


@dataclass(slots=True, eq=False)
class Attached:
    """`parts` is empty while it is being prepared; a picture that was cut has one for each tile.

    `reader` leads to the original; without it what is kept is the original.
    """

    name: str
    chip: Chip
    parts: AttachedParts = ()
    reader: Reader | None = None
    how: Preparation = SHARP
    edits: Edits = NO_EDITS
    task: asyncio.Task[Any] | None = None
    goes: Goes = Goes.PICTURE
    """What the person chose; it holds for the picture however often it is made anew."""
    reading: asyncio.Task[Any] | None = None
    encoding: Encoding | None = None
    """The one that a text file is read in, as long as it can be read in another."""
    pictured: str = ""
    """The blob whose thumbnail the chip shows."""
    before: AttachedParts = ()
    """What it was, while it is made anew: never sent in place of what it is to be."""
    make: Callable[[], Awaitable[AttachedParts]] | None = None
    """Makes it anew once more, where that failed."""

    @property
    def busy(self) -> bool:
        return not self.parts or self.reading is not None

    @property
    def pictures(self) -> tuple[ImagePart, ...]:
        return tuple(part for part in self.parts if isinstance(part, ImagePart))

    @property
    def words(self) -> str:
        """The text that goes: a file's own, or what was read in pictures."""
        said = (
            text_instead(part) if isinstance(part, ImagePart) else part.text for part in self.parts
        )
        return "\n\n".join(said)

    @property
    def blob(self) -> str:
        """The first picture's; empty where there is none."""
        return (self.pictures[0].blob or "") if self.pictures else ""

    def show(self, parts: AttachedParts) -> None:
        """It is ready: these are its parts."""
        self.parts, self.before, self.make = parts, (), None
        self.chip.show_parts(parts, self.how.scaling, self.encoding)
