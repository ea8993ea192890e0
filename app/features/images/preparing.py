"""Makes the parts of a message from what was dropped: a picture, its tiles, or a text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.core.documents import DocumentReader, Pages
from app.core.errors import ImageError, ImageProblem
from app.core.file_kind import FileKind, file_kind
from app.core.message import Detail, FilePart, ImagePart
from app.core.picture import NO_EDITS, SHARP, Edits, Preparation, Scaling
from app.core.ports import ImageCodec, PreparedImage
from app.core.text_encodings import Encoding
from app.core.text_file import TextRead, read_text, read_text_as
from app.features.images.thumbnails import Thumbnails
from app.kit.tasks import in_thread

AttachedParts = tuple[ImagePart | FilePart, ...]
"""What one chip stands for: a part, or the tiles of a picture."""


KIND_PROBLEMS = {
    FileKind.PDF: ImageProblem.OTHER_DOCUMENT,
    FileKind.ZIP: ImageProblem.ARCHIVE,
    FileKind.ARCHIVE: ImageProblem.ARCHIVE,
    FileKind.RICH_TEXT: ImageProblem.OTHER_DOCUMENT,
    FileKind.OLD_OFFICE: ImageProblem.OLD_OFFICE,
    FileKind.VIDEO: ImageProblem.VIDEO,
    FileKind.AUDIO: ImageProblem.AUDIO,
    FileKind.PROGRAM: ImageProblem.PROGRAM,
    FileKind.FONT: ImageProblem.FONT,
    FileKind.DATABASE: ImageProblem.DATABASE,
}


SURE = (FileKind.PDF, FileKind.ZIP, FileKind.RICH_TEXT)
"""Told by their first bytes alone; programs and sounds begin as words may."""


@dataclass(frozen=True, slots=True)
class Made:
    """What bytes became. `encoding`: the one that a text file was read in, None for all else."""

    parts: AttachedParts
    encoding: Encoding | None = None


class PagesToPickError(Exception):
    """Not a failure: a document was opened, and a person has to pick among its `pages`."""

    def __init__(self, pages: Pages) -> None:
        super().__init__("pages to pick")
        self.pages = pages


class Preparing:
    """Keeps what it makes in the store: what a part names is, byte for byte, what is sent."""

    def __init__(
        self,
        codec: ImageCodec,
        put_blob: Callable[[bytes], Awaitable[str]],
        thumbnails: Thumbnails,
        documents: DocumentReader | None = None,
    ) -> None:
        """`documents`: None where no documents are read."""
        self._codec = codec
        self._documents = documents
        self._put_blob = put_blob
        self._thumbnails = thumbnails

    async def read_file(self, path: str) -> bytes:
        """Raises ImageError."""
        return (await self._codec.read_file(path))[1]

    async def attached(self, data: bytes, name: str) -> Made:
        """A picture, or the text that the bytes are or hold.

        Raises ImageError and StorageError, and PagesToPickError for a document with pages.
        """
        try:
            return Made(await self.pictures(data, name))
        except ImageError as error:
            if error.problem is not ImageProblem.NOT_SUPPORTED:
                raise
        read = await self._text(data, name)
        if isinstance(read, TextRead):
            return Made((FilePart(name, read.text),), read.encoding)
        return Made((FilePart(name, read),))

    async def text_as(self, data: bytes, name: str, encoding: Encoding) -> AttachedParts:
        """A text file, read as a person says that it is encoded."""
        return (FilePart(name, await in_thread(read_text_as, data, encoding)),)

    async def _text(self, data: bytes, name: str) -> TextRead | str:
        """A text file's, or the bare text of a document."""
        kind = file_kind(data)
        if self._documents is not None and kind is FileKind.PDF:
            raise PagesToPickError(await self._documents.pages(data, name))
        if self._documents is not None and kind is FileKind.ZIP:
            return await self._documents.text(data, name)
        read = None if kind in SURE else await in_thread(read_text, data)
        if read is None:
            raise ImageError(KIND_PROBLEMS.get(kind, ImageProblem.NOT_SUPPORTED), name)
        return read

    async def pictures(
        self,
        data: bytes,
        name: str,
        how: Preparation = SHARP,
        edits: Edits = NO_EDITS,
        detail: Detail = Detail.AUTO,
    ) -> tuple[ImagePart, ...]:
        """A picture prepared as it is wished for. Raises ImageError and StorageError."""
        made: Sequence[PreparedImage]
        if how.scaling is Scaling.TILES:
            made = await self._codec.tiles(data, name, edits)
        else:
            made = [await self._codec.prepare(data, name, how, edits)]
        parts = [await self._part(ready, name, detail) for ready in made]
        if len(parts) == 1:
            return tuple(parts)
        return tuple(
            replace(part, piece=number, pieces=len(parts)) for number, part in enumerate(parts, 1)
        )

    async def upright(self, data: bytes, name: str) -> bytes:
        """The whole picture as it came, but upright and made anew: to be looked at and edited."""
        return (await self._codec.prepare(data, name)).data

    async def _part(self, ready: PreparedImage, name: str, detail: Detail) -> ImagePart:
        blob = await self._put_blob(ready.data)
        self._thumbnails.put(blob, ready.thumbnail)
        return ImagePart(
            name=name,
            media_type=ready.media_type,
            blob=blob,
            width=ready.width,
            height=ready.height,
            original_width=ready.original_width,
            original_height=ready.original_height,
            detail=detail,
            frames=ready.frames,
        )


def grouped(parts: Sequence[ImagePart | FilePart]) -> list[AttachedParts]:
    """The parts of a message, tiles of one picture together."""
    groups: list[list[ImagePart | FilePart]] = [[part] for part in parts[:1]]
    for before, part in pairwise(parts):
        if _follows(before, part):
            groups[-1].append(part)
        else:
            groups.append([part])
    return [tuple(group) for group in groups]


def _follows(before: ImagePart | FilePart, part: ImagePart | FilePart) -> bool:
    """Whether it is the next tile of the same picture."""
    if not isinstance(before, ImagePart) or not isinstance(part, ImagePart):
        return False
    here, there = (before.name, before.pieces), (part.name, part.pieces)
    return here == there and before.piece > 0 and part.piece == before.piece + 1
