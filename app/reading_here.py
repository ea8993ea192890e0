"""Reading pictures and documents on this computer: its child processes, and when they work."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.adapters.ocr.reader import ChildTextReader
from app.earlier_words import EarlierWords
from app.features.images.picture_texts import PictureTexts
from app.features.images.text_instead import ReadText
from app.features.images.text_preview import TextPreview
from app.kit.settings_holder import SettingsHolder
from app.kit.tasks import TaskScope
from app.page_picking import PagePicking
from app.program_parts import ProgramParts


class ReadingHere(QObject):
    """`reader` reads for who waits; `texts` keeps what was read; `documents` asks for pages.
    `earlier` knows what was read in the pictures of the conversations that are open.

    In idle time pictures are read while the settings say so and no answer is on its way.
    """

    def __init__(
        self,
        parts: ProgramParts,
        *,
        settings: SettingsHolder,
        tasks: TaskScope,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._running: frozenset[str] = frozenset()
        self.reader = ChildTextReader()
        self._calm_reader = ChildTextReader(calm=True)
        self.texts = PictureTexts(
            store=parts.store,
            reader=self.reader,
            calm_reader=self._calm_reader,
            wanted=lambda: settings.value.read_pictures,
            busy=lambda: bool(self._running),
            tasks=tasks,
            parent=self,
        )
        self.earlier = EarlierWords(parts.store, settings, tasks=tasks, parent=self)
        self.texts.came.connect(self.earlier.refresh)
        self.documents = PagePicking(parts, tasks=tasks, parent=self)
        settings.changed.connect(lambda _settings: self.texts.follow())

    @property
    def read_text(self) -> ReadText | None:
        """What stands in a picture, by its blob; None where the engine is not installed."""
        return self.texts.lines if self.reader.available else None

    def set_running(self, running: frozenset[str]) -> None:
        """Which conversations have an answer on its way."""
        self._running = running
        self.texts.follow()

    def show_text(self, name: str, text: str) -> None:
        """Show what goes in place of a picture."""
        TextPreview(name, text, theme=self._parts.theme, parent=self._parts.window).open()

    async def close(self) -> None:
        """End the child processes."""
        await self.reader.close()
        await self._calm_reader.close()
        await self.documents.close()
