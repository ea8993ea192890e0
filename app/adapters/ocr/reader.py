"""`ChildTextReader`: reads the text in pictures on this machine, in a child process."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence

from app.adapters.child import ChildError, ChildProblem, ChildWorker
from app.core.errors import ReadingError, ReadingProblem
from app.core.ports import TextLine
from app.core.reading_order import in_reading_order

IDLE_S = 120.0
LIMIT_S = 120.0


class ChildTextReader:
    """Fulfils `app.core.ports.TextReader` with the `ocr` extra; cheap until the first picture."""

    def __init__(self, worker: ChildWorker | None = None, *, limit_s: float = LIMIT_S) -> None:
        self._worker = worker or ChildWorker("ocr", idle_s=IDLE_S)
        self._limit_s = limit_s
        self._available: bool | None = None

    @property
    def available(self) -> bool:
        """Whether the engine is installed; looked up once, imported never."""
        if self._available is None:
            wanted = ("rapidocr", "onnxruntime")
            self._available = all(importlib.util.find_spec(name) for name in wanted)
        return self._available

    async def read(self, image: bytes) -> Sequence[TextLine]:
        """Pieces of text in reading order, with boxes in pixels. Raises ReadingError.

        Cancelling ends the child that reads.
        """
        if not self.available:
            raise ReadingError(ReadingProblem.NOT_INSTALLED)
        try:
            header, _ = await self._worker.ask({"op": "read"}, image, limit_s=self._limit_s)
        except ChildError as error:
            slow = error.problem is ChildProblem.TOO_SLOW
            problem = ReadingProblem.TOO_SLOW if slow else ReadingProblem.FAILED
            raise ReadingError(problem) from error
        if "refused" in header:
            raise ReadingError(ReadingProblem.FAILED)
        return in_reading_order([TextLine(*line) for line in header["lines"]])

    async def close(self) -> None:
        """End the child process."""
        await self._worker.close()
