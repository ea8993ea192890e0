"""Documents on their way into a message: read in a child process, their pages picked one by one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from app.adapters.documents.reader import ChildDocumentReader
from app.core.documents import Pages
from app.core.pages import PageForm, joined_text, page_runs
from app.features.images.attachment_strip import AttachmentStrip
from app.kit.tasks import TaskScope
from app.program_parts import ProgramParts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from app.features.images.page_model import PageModel

Price = Callable[[], float | None]
"""USD per million tokens of the model that would be asked, None if unknown."""


class PagePicking(QObject):
    """One picker at a time, over the program's window; documents that come meanwhile wait."""

    def __init__(self, parts: ProgramParts, *, tasks: TaskScope, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._tasks = tasks
        self.reader = ChildDocumentReader()
        self._waiting: list[tuple[AttachmentStrip, Pages, Price]] = []
        self._asking: QDialog | None = None

    def join(self, strip: AttachmentStrip, price: Price) -> None:
        """Ask whenever a document with pages comes to `strip`; show the texts that go."""
        strip.pages_found.connect(lambda pages: self._take(strip, pages, price))
        strip.file_activated.connect(self.show_file)

    async def close(self) -> None:
        """End the child process."""
        await self.reader.close()

    def _take(self, strip: AttachmentStrip, pages: Pages, price: Price) -> None:
        self._waiting.append((strip, pages, price))
        self._ask_next()

    def _ask_next(self) -> None:
        while self._waiting and self._asking is None and not self._tasks.closed:
            strip, pages, price = self._waiting.pop(0)
            if isValid(strip) and pages.locked:
                self._ask_password(strip, pages, price)
            elif isValid(strip):
                self._ask(strip, pages, price())

    def _ask_password(self, strip: AttachmentStrip, pages: Pages, price: Price) -> None:
        from app.features.images.document_password import DocumentPassword

        asking = DocumentPassword(pages, scope=self._tasks, parent=self._parts.window)
        asking.accepted.connect(lambda: self._waiting.insert(0, (strip, pages, price)))
        self._open(asking)

    def _ask(self, strip: AttachmentStrip, pages: Pages, price: float | None) -> None:
        from app.features.images.page_picker import PagePicker

        picker = PagePicker(
            pages,
            price=price,
            theme=self._parts.theme,
            icons=self._parts.icons,
            scope=self._tasks,
            parent=self._parts.window,
        )
        picker.picked.connect(lambda: _attach(strip, pages, picker.model))
        self._open(picker)

    def _open(self, asking: QDialog) -> None:
        asking.finished.connect(self._ended)
        self._asking = asking
        asking.open()

    def _ended(self) -> None:
        self._asking = None
        self._ask_next()

    def show_file(self, name: str, text: str) -> None:
        """Show the text of a file that goes, or went, with a message."""
        from app.features.images.text_preview import TextPreview

        parts = self._parts
        TextPreview(name, text, theme=parts.theme, parent=parts.window, of_file=True).open()


def _attach(strip: AttachmentStrip, pages: Pages, model: PageModel) -> None:
    """Text of pages that follow each other goes as one file, each picture by itself."""
    from app.features.images.page_words import run_name

    if not isValid(strip):
        return
    for run in page_runs(model.picked()):
        name = run_name(pages.name, run)
        if run.form is PageForm.PICTURE:
            strip.add_reader(name, partial(pages.picture, run.numbers[0]))
        else:
            texts = [(number, model.text(number) or "") for number in run.numbers]
            strip.add_text(name, joined_text(texts))
