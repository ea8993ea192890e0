"""What is asked of documents: their pages as texts and pictures, and the text of those without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PageSize:
    """The pixels of a page's picture, as `Pages.picture` makes it."""

    width: int
    height: int


class Pages(Protocol):
    """A document that has pages. Numbers count from 1. All raise ImageError."""

    @property
    def name(self) -> str: ...

    @property
    def sizes(self) -> Sequence[PageSize]:
        """A size for each page."""
        ...

    @property
    def locked(self) -> bool:
        """It opens with a password only; until then it has no pages."""
        ...

    async def unlock(self, password: str) -> bool:
        """Open it; False if the password is wrong. It is kept in memory alone."""
        ...

    async def texts(self, numbers: Sequence[int]) -> Sequence[str]:
        """The text of the first of these pages, of as many as a short time allows; one at least."""
        ...

    async def thumbnail(self, number: int) -> bytes:
        """A small PNG of a page."""
        ...

    async def picture(self, number: int) -> bytes:
        """A page as a PNG at its size."""
        ...


class DocumentReader(Protocol):
    """Reads documents in a process of its own. Raises ImageError; `name` is for that alone."""

    async def pages(self, data: bytes, name: str) -> Pages:
        """A PDF, opened."""
        ...

    async def text(self, data: bytes, name: str) -> str:
        """The text of a document that is a ZIP file within: Word's or Excel's."""
        ...

    async def close(self) -> None: ...
