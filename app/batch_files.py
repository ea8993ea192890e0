"""A batch's files as they go to a service: pictures, the pages of a PDF, or a document's text."""

from __future__ import annotations

from app.adapters.documents.reader import ChildDocumentReader
from app.core.documents import DocumentReader
from app.core.errors import ImageError, ImageProblem
from app.core.file_kind import FileKind, file_kind
from app.core.ports import ImageCodec, PreparedImage
from app.core.text_file import read_text
from app.features.batch.world import MOST_PAGES, ReadyFile
from app.features.images.preparing import KIND_PROBLEMS
from app.kit.tasks import in_thread

MOST_TEXT = 400_000
"""Characters of a text: about what the largest models take in."""


class BatchFiles:
    """Reads one file at a time, in child processes. What a file is, its bytes say."""

    def __init__(self, codec: ImageCodec, documents: DocumentReader | None = None) -> None:
        self._codec = codec
        self._documents = documents or ChildDocumentReader()

    async def ready(self, path: str) -> ReadyFile:
        """All of a file that is sent. Raises ImageError."""
        name, data = await self._codec.read_file(path)
        try:
            return ReadyFile((await self._codec.prepare(data, name),))
        except ImageError as error:
            if error.problem is not ImageProblem.NOT_SUPPORTED:
                raise
        if file_kind(data) is FileKind.PDF:
            return ReadyFile(await self._pages(data, name))
        text = await self._text(data, name)
        if len(text) > MOST_TEXT:
            raise ImageError(ImageProblem.TOO_LARGE, name)
        return ReadyFile((), text)

    async def close(self) -> None:
        """End the child process for documents."""
        await self._documents.close()

    async def _pages(self, data: bytes, name: str) -> tuple[PreparedImage, ...]:
        pages = await self._documents.pages(data, name)
        if pages.locked:
            raise ImageError(ImageProblem.PROTECTED, name)
        if len(pages.sizes) > MOST_PAGES:
            raise ImageError(ImageProblem.LARGE_DOCUMENT, name)
        made = [
            await self._codec.prepare(await pages.picture(number), name)
            for number in range(1, len(pages.sizes) + 1)
        ]
        if not made:
            raise ImageError(ImageProblem.BROKEN_DOCUMENT, name)
        return tuple(made)

    async def _text(self, data: bytes, name: str) -> str:
        kind = file_kind(data)
        if kind is FileKind.ZIP:
            return await self._documents.text(data, name)
        read = await in_thread(read_text, data)
        if read is None:
            raise ImageError(KIND_PROBLEMS.get(kind, ImageProblem.NOT_SUPPORTED), name)
        return read.text
