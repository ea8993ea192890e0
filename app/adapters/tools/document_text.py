"""The text of PDFs, Word documents and Excel workbooks, for tools; read in the child process."""

from __future__ import annotations

from app.adapters.tools.own_tool import ToolFault
from app.core.documents import DocumentReader
from app.core.file_kind import FileKind, file_kind
from app.core.pages import joined_text

MOST_CHARACTERS = 2_000_000
"""Of one document; the pages beyond are not read."""


def is_document(data: bytes) -> bool:
    return file_kind(data) in (FileKind.PDF, FileKind.ZIP)


async def document_text(reader: DocumentReader, data: bytes, name: str) -> str:
    """All of its text, with a mark before each page. Raises ToolFault, ImageError."""
    if file_kind(data) is not FileKind.PDF:
        return await reader.text(data, name)
    pages = await reader.pages(data, name)
    if pages.locked:
        raise ToolFault("This PDF opens with a password only.")
    texts: list[str] = []
    read = 0
    while len(texts) < len(pages.sizes) and read < MOST_CHARACTERS:
        wanted = range(len(texts) + 1, len(pages.sizes) + 1)
        more = await pages.texts(tuple(wanted))
        texts += more
        read += sum(map(len, more))
    if not any(text.strip() for text in texts):
        raise ToolFault("There is no text in this PDF: its pages are pictures.")
    return joined_text(list(enumerate(texts, 1)))
