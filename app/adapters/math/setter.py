"""`ChildFormulaSetter`: formulas set as pictures, in a child process that may die in our stead."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from app.adapters.child import ChildError, ChildProblem, ChildWorker
from app.core.ports import Formula, FormulaLetter, FormulaPicture

IDLE_S = 120.0
CPU_LIMIT_S = 2.0
# Where processor time can be limited, the clock is only the way out of a machine that is stuck.
LIMIT_S = 2.0 if sys.platform == "win32" else 30.0
LONGEST = 4000
"""Characters of a formula."""
BATCH = 16
_NEVER = (b"<!", b"href", b"url(", b"<image", b"<use", b"<style", b"<script", b"&")
"""The child writes only shapes; a picture that holds any of these is not its work."""


class ChildFormulaSetter:
    """Fulfils `app.core.ports.FormulaSetter`; cheap until the first formula."""

    def __init__(
        self,
        worker: ChildWorker | None = None,
        *,
        limit_s: float = LIMIT_S,
        cpu_limit_s: float = CPU_LIMIT_S,
    ) -> None:
        self._worker = worker or ChildWorker("math", idle_s=IDLE_S)
        self._limit_s = limit_s
        self._cpu_limit_s = cpu_limit_s

    async def typeset(self, formulas: Sequence[Formula]) -> Sequence[FormulaPicture | None]:
        """A picture of each, in order; None of those that cannot be set."""
        made: dict[Formula, FormulaPicture | None] = dict.fromkeys(formulas)
        wanted = [formula for formula in made if len(formula.tex) <= LONGEST]
        for at in range(0, len(wanted), BATCH):
            batch = wanted[at : at + BATCH]
            made.update(zip(batch, await self._set_together(batch), strict=True))
        return [made[formula] for formula in formulas]

    async def close(self) -> None:
        """End the child process."""
        await self._worker.close()

    async def _set_together(self, batch: list[Formula]) -> list[FormulaPicture | None]:
        """Ask for several at once; one by one where that brought the child down or took long."""
        pictures = await self._ask(batch)
        if pictures is None:
            singly = [await self._ask([formula]) for formula in batch]
            pictures = [one[0] if one else None for one in singly]
        return pictures

    async def _ask(self, batch: list[Formula]) -> list[FormulaPicture | None] | None:
        """The pictures; None where no answer came, though asking again may bring one."""
        asked = [[f.tex, f.display] for f in batch]
        try:
            header, body = await self._worker.ask(
                {}, json.dumps(asked).encode(), limit_s=self._limit_s, cpu_s=self._cpu_limit_s
            )
        except ChildError as error:
            alone = len(batch) == 1 and error.problem is ChildProblem.TOO_SLOW
            return [None] if alone else None
        if "refused" in header:
            return None
        return list(_pictures(header["formulas"], body))


def _pictures(answers: Sequence[dict[str, Any]], body: bytes) -> Iterator[FormulaPicture | None]:
    at = 0
    for answer in answers:
        svg = body[at : at + int(answer["bytes"])]
        at += len(svg)
        if "refused" in answer or any(mark in svg for mark in _NEVER):
            yield None
            continue
        letters = tuple(FormulaLetter(*letter) for letter in answer["texts"])
        yield FormulaPicture(svg, answer["width"], answer["height"], answer["depth"], letters)
