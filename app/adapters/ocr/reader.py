"""`ChildTextReader`: reads the text in pictures on this machine, in a child process."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence

from app.adapters.child import ChildError, ChildProblem, ChildWorker
from app.core.errors import ReadingError, ReadingProblem
from app.core.ports import TextLine
from app.core.reading_order import in_reading_order

IDLE_S = 120.0
CALM_IDLE_S = 15.0
LIMIT_S = 120.0
CALM_LIMIT_S = 600.0


class ChildTextReader:
    """Fulfils `app.core.ports.TextReader` with the `ocr` extra; cheap until the first picture."""

    def __init__(
        self, worker: ChildWorker | None = None, *, limit_s: float = LIMIT_S, calm: bool = False
    ) -> None:
        """`calm`: nobody waits for it. Its child leaves the processor to all others."""
        self._worker = worker or ChildWorker("ocr", idle_s=CALM_IDLE_S if calm else IDLE_S)
        self._limit_s = max(limit_s, CALM_LIMIT_S) if calm else limit_s
        self._calm = calm
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
            question = {"op": "read", "calm": self._calm}
            header, _ = await self._worker.ask(question, image, limit_s=self._limit_s)
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
