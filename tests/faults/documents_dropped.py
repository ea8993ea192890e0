"""Documents dropped one by one on the real window, pages of them picked: what became of each."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtWidgets import QDialog

from app.core.pages import PageForm
from app.features.images.attachment_strip import AttachmentStrip
from app.features.images.document_password import DocumentPassword
from app.features.images.page_picker import PagePicker
from app.opening import application
from tests.adapters.documents.hostile import BOMBS, mutated
from tests.conftest import until
from tests.faults.pictures_dropped import GIVE_UP_S, Drops, main

LIMIT_MS = 12_000
"""Five seconds of the reader's processor time, which it is held to, on a machine that does more."""
MODULE = "tests.faults.documents_dropped"


def prepared(directory: Path, kind: str, first: int, count: int) -> None:
    """Write the documents for a window to drop that works in `directory`.

    It is not done there: what a process held before counts as held by each child that it starts.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application()  # Qt writes the PDFs
    folder = folder_for(directory)
    folder.mkdir()
    for number in range(first, first + count):
        name = list(BOMBS)[number] if kind == "bombs" else ""
        told, data = (name, BOMBS[name]()) if name else mutated(number)
        (folder / f"{number:05} {told}").write_bytes(data)


def folder_for(directory: Path) -> Path:
    return directory.with_name(f"{directory.name} files")


class DocumentDrops(Drops):
    """Each step has the limit: until something opens or is refused, and until pages are there."""

    def __init__(self, directory: Path, kind: str, first: int, count: int) -> None:
        super().__init__(directory, kind, first, count)
        self._files = ((path.name, path) for path in sorted(folder_for(directory).iterdir()))

    async def _drop(self, strip: AttachmentStrip, name: str, path: Path) -> None:
        self._refusals.clear()
        strip.add_paths([str(path)])
        await self._wait(name, lambda: not strip.busy)
        outcome = "taken" if strip.parts() else "refused" if self._refusals else "undecided"
        if (asked := self._asked()) is not None:
            outcome = await self._answer(strip, asked, name)
        self._counts[outcome] += 1
        if outcome == "undecided":
            self._late.append(f"{name}: undecided")
        strip.set_parts(())

    async def _answer(self, strip: AttachmentStrip, asked: QDialog, name: str) -> str:
        """Pick pages as texts and pictures; a password is not known."""
        if isinstance(asked, DocumentPassword):
            asked.field.setText("not the password")
            asked.open_button.setEnabled(True)
            asked.open_button.click()
            said = await self._wait(name, lambda: bool(asked.problem))
            asked.reject()
            return "refused" if said else "undecided"
        assert isinstance(asked, PagePicker)
        model = asked.model
        model.choose(range(1, min(4, model.count + 1)))
        model.set_form([1], PageForm.PICTURE)
        read = await self._wait(name, asked.attach_button.isEnabled)
        if not read:
            asked.reject()
            return "undecided"
        asked.attach_button.click()
        await self._wait(name, lambda: not strip.busy)
        return "taken" if strip.parts() else "refused" if self._refusals else "undecided"

    def _asked(self) -> QDialog | None:
        """What asks for pages or for a password."""
        shown = self._program.window.findChildren(QDialog)
        kinds = (PagePicker, DocumentPassword)
        return next((one for one in shown if isinstance(one, kinds) and one.isVisible()), None)

    async def _wait(self, name: str, is_so: Callable[[], bool]) -> bool:
        begun = time.perf_counter()
        with suppress(AssertionError):
            await until(is_so, GIVE_UP_S)
        self._time(name, (time.perf_counter() - begun) * 1000, LIMIT_MS)
        return is_so()


if __name__ == "__main__":
    sys.exit(main(DocumentDrops))
