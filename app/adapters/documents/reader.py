"""`ChildDocumentReader`: documents read in a child process that may die in our stead."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from app.adapters.child import ChildError, ChildProblem, ChildWorker
from app.adapters.child_frames import Header
from app.core.documents import Pages, PageSize
from app.core.errors import ImageError, ImageProblem
from app.core.ids import new_id

IDLE_S = 60.0
CPU_LIMIT_S = 5.0
# Where processor time can be limited, the clock is only the way out of a machine that is stuck.
PATIENCE = 1 if sys.platform == "win32" else 15
AT_ONCE = 20
"""Pages whose text is asked for together."""
PROBLEMS = {
    "archive": ImageProblem.ARCHIVE,
    "other_document": ImageProblem.OTHER_DOCUMENT,
    "protected": ImageProblem.PROTECTED,
    "large": ImageProblem.LARGE_DOCUMENT,
    "memory": ImageProblem.LARGE_DOCUMENT,
}


class ChildDocumentReader:
    """Fulfils `app.core.documents.DocumentReader`; cheap until the first document."""

    def __init__(self, worker: ChildWorker | None = None) -> None:
        self._worker = worker or ChildWorker("documents", idle_s=IDLE_S)

    async def pages(self, data: bytes, name: str) -> Pages:
        """A PDF, opened as far as it goes without a password. Raises ImageError."""
        opened = _PdfPages(self, data, name)
        await opened.open()
        return opened

    async def text(self, data: bytes, name: str) -> str:
        """The text of a Word document or an Excel workbook. Raises ImageError."""
        _, body = await self.ask({"op": "text"}, data, name)
        text = body.decode()
        if not text.strip():
            raise ImageError(ImageProblem.NO_TEXT, name)
        return text

    async def web_page(
        self, data: bytes, charset: str, address: str, *, links: bool = False
    ) -> str:
        """The readable text of a page from the web, empty if it has none. Raises ImageError.

        `charset` is what HTTP said, or empty; with `links` they are listed at the end.
        """
        question = {"op": "web_page", "charset": charset, "address": address, "links": links}
        return (await self.ask(question, data, address))[1].decode()

    async def close(self) -> None:
        """End the child process."""
        await self._worker.close()

    async def ask(self, question: Header, data: bytes, name: str) -> tuple[Header, bytes]:
        """The child's answer. Raises ImageError."""
        limit = CPU_LIMIT_S * PATIENCE
        try:
            answer = await self._worker.ask(question, data, limit_s=limit, cpu_s=CPU_LIMIT_S)
        except ChildError as error:
            slow = error.problem is ChildProblem.TOO_SLOW
            problem = ImageProblem.SLOW_DOCUMENT if slow else ImageProblem.BROKEN_DOCUMENT
            raise ImageError(problem, name) from error
        if "refused" in answer[0]:
            raise ImageError(PROBLEMS.get(answer[0]["refused"], ImageProblem.BROKEN_DOCUMENT), name)
        return answer


class _PdfPages:
    """Fulfils `app.core.documents.Pages`. A child that is new is given the document again."""

    def __init__(self, reader: ChildDocumentReader, data: bytes, name: str) -> None:
        self._reader, self._data, self._name = reader, data, name
        self._key, self._password, self._locked = new_id(), "", False
        self._sizes: tuple[PageSize, ...] = ()

    @property
    def name(self) -> str:
        return self._name

    @property
    def sizes(self) -> Sequence[PageSize]:
        return self._sizes

    @property
    def locked(self) -> bool:
        return self._locked

    async def open(self) -> None:
        header, _ = await self._ask("open", ())
        self._locked = "locked" in header
        self._sizes = tuple(PageSize(*size) for size in header.get("sizes", ()))

    async def unlock(self, password: str) -> bool:
        self._password = password.replace("\0", "")
        await self.open()
        if self._locked:
            self._password = ""
        return not self._locked

    async def texts(self, numbers: Sequence[int]) -> Sequence[str]:
        """One page that is too much for the child costs the others nothing."""
        wanted = numbers[:AT_ONCE]
        try:
            header, _ = await self._ask("texts", wanted)
        except ImageError:
            if len(wanted) == 1:
                raise
            header, _ = await self._ask("texts", wanted[:1])
        found: Sequence[str] = header["texts"]
        return found

    async def thumbnail(self, number: int) -> bytes:
        return (await self._ask("thumbnail", (number,)))[1]

    async def picture(self, number: int) -> bytes:
        return (await self._ask("picture", (number,)))[1]

    async def _ask(self, op: str, numbers: Sequence[int]) -> tuple[Header, bytes]:
        question: dict[str, Any] = {"op": op, "key": self._key, "numbers": list(numbers)}
        header, body = await self._reader.ask(question, b"", self._name)
        if header.get("missing"):
            question["password"] = self._password
            header, body = await self._reader.ask(question, self._data, self._name)
        return header, body
