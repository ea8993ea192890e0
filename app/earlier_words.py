"""What was read in the pictures of open conversations, at hand for the requests that follow.

Looked up while nobody waits, and only where text is to go in place of earlier pictures: a request
and the composer's line both take what is known at that moment, so what goes is what was said.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.core.errors import StorageError
from app.core.picture_rule import OldPictures
from app.core.ports import HistoryStore
from app.core.reading_order import lines_to_text
from app.features.chat.session import ChatSession
from app.kit.settings_holder import SettingsHolder
from app.kit.tasks import TaskScope, in_thread


class EarlierWords(QObject):
    """`changed` whenever more or other words are known of some conversation."""

    changed = Signal()

    def __init__(
        self, store: HistoryStore, settings: SettingsHolder, *, tasks: TaskScope, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._settings = settings
        self._tasks = tasks
        self._open: dict[str, int] = {}
        self._words: dict[str, Mapping[str, Mapping[str, str]]] = {}
        self._texts: dict[str, str] = {}
        self._task: asyncio.Task[Any] | None = None
        self._again = False
        settings.changed.connect(lambda _settings: self.refresh())

    def of(self, conversation: str) -> Mapping[str, Mapping[str, str]]:
        """The words known of its pictures, by message and blob; pictures without any left out."""
        return self._words.get(conversation, {})

    def follow(self, session: ChatSession) -> None:
        """Know the words of its pictures for as long as it lives."""
        conversation = session.info.id
        self._open[conversation] = self._open.get(conversation, 0) + 1
        session.message_added.connect(lambda _message: self.refresh())
        session.destroyed.connect(lambda _gone: self._leave(conversation))
        self.refresh()

    def refresh(self, blob: str = "") -> None:
        """Look up what is new; `blob` was read just now."""
        self._texts.pop(blob, None)
        wanted = self._settings.value.old_pictures is OldPictures.AS_TEXT
        if not wanted or not self._open or self._tasks.closed:
            return
        if self._task is not None:
            self._again = True
            return
        self._task = self._tasks.start(self._look_up(), name="words of earlier pictures")
        self._task.add_done_callback(self._looked_up)

    def _looked_up(self, _task: asyncio.Task[Any]) -> None:
        self._task = None
        again, self._again = self._again, False
        if again:
            self.refresh()

    async def _look_up(self) -> None:
        for conversation in tuple(self._open):
            try:
                found = await self._of(conversation)
            except StorageError:
                continue  # what cannot be read does not go; the picture's name says so
            if conversation in self._open and found != self._words.get(conversation, {}):
                self._words[conversation] = found
                self.changed.emit()

    async def _of(self, conversation: str) -> dict[str, dict[str, str]]:
        read = await self._store.read_pictures(conversation)
        words: dict[str, dict[str, str]] = {}
        for message, blobs in read.items():
            for blob in blobs:
                text = self._texts.get(blob)
                if text is None:
                    lines = await self._store.text_layer(blob)
                    text = self._texts[blob] = await in_thread(lines_to_text, lines or ())
                if text.strip():
                    words.setdefault(message, {})[blob] = text
        return words

    def _leave(self, conversation: str) -> None:
        left = self._open.get(conversation, 0) - 1
        if left > 0:
            self._open[conversation] = left
            return
        self._open.pop(conversation, None)
        self._words.pop(conversation, None)
        if not self._open:
            self._texts.clear()
