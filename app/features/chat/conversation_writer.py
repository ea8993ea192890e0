"""Puts one open conversation on the disk: messages, checkpoints, drafts, its heading.

What cannot be written is kept and tried again with the next write, so that a disk that was full
costs nothing once it has room.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.conversation import ConversationInfo, Draft
from app.core.errors import StorageError
from app.core.message import Message
from app.core.ports import HistoryStore
from app.kit.tasks import TaskScope

CHECKPOINT_MS = 200
DRAFT_MS = 400


class ConversationWriter(QObject):
    """`exists` says whether the store has the conversation already; one that is still empty is
    not written for its heading's sake."""

    draft_stored = Signal()
    went_wrong = Signal(object)  # StorageError, or a fault of our own

    def __init__(
        self,
        store: HistoryStore,
        info: Callable[[], ConversationInfo],
        *,
        exists: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._info = info
        self._exists = exists
        self._scope = TaskScope(self.went_wrong.emit)
        self._unsaved: dict[str, Message] = {}
        self._so_far: Callable[[], Message] | None = None
        self._writing = False
        self._draft: Draft | None = None
        self._checkpoints = QTimer(self)
        self._checkpoints.setInterval(CHECKPOINT_MS)
        self._checkpoints.timeout.connect(self._checkpoint)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(DRAFT_MS)
        self._later.timeout.connect(self._save_draft)

    async def append(self, info: ConversationInfo, messages: Sequence[Message]) -> None:
        """Messages and heading, on the disk when this returns. Raises StorageError."""
        await self._store.append(info, messages)
        self._exists = True

    def heading_changed(self) -> None:
        """Save the heading, if the conversation is in the store at all."""
        if self._exists:
            self._scope.start(self._write_info(self._info()), name="save heading")

    def draft_changed(self, draft: Draft) -> None:
        """Save the draft within half a second."""
        self._draft = draft
        self._later.start()

    def begin_checkpoints(self, so_far: Callable[[], Message]) -> None:
        """Save what `so_far` answers several times a second, until `end_checkpoints`."""
        self._so_far = so_far
        self._checkpoints.start()

    def end_checkpoints(self) -> None:
        self._checkpoints.stop()
        self._so_far = None

    async def reply_ended(self, message: Message) -> None:
        """Save a reply for good; one that cannot be saved now is tried again later."""
        self.end_checkpoints()
        self._unsaved[message.id] = message
        await self._write_unsaved()

    async def close(self) -> None:
        """Write all that waits, and end."""
        self.end_checkpoints()
        self._later.stop()
        if self._draft is not None:
            self._save_draft()
        elif self._unsaved:
            self._scope.start(self._write_unsaved(), name="save replies")
        await self._scope.drain()
        await self._scope.close()

    def _checkpoint(self) -> None:
        if not self._writing and self._so_far is not None:
            self._scope.start(self._write(self._so_far()), name="checkpoint")

    async def _write(self, message: Message) -> None:
        self._writing = True
        try:
            await self._store.update(message, durable=False)
        except StorageError as error:
            self._checkpoints.stop()
            self.went_wrong.emit(error)
        finally:
            self._writing = False

    async def _write_unsaved(self) -> None:
        for message in tuple(self._unsaved.values()):
            try:
                await self._store.update(message)
            except StorageError as error:
                self.went_wrong.emit(error)
                return
            if self._unsaved.get(message.id) is message:
                del self._unsaved[message.id]

    def _save_draft(self) -> None:
        draft, self._draft = self._draft, None
        if draft is not None and (draft or self._exists):
            self._scope.start(self._write_draft(draft), name="save draft")

    async def _write_draft(self, draft: Draft) -> None:
        try:
            await self._store.save_draft(self._info(), draft)
        except StorageError as error:
            self._draft = self._draft or draft
            self.went_wrong.emit(error)
            return
        self._exists = True
        await self._write_unsaved()
        self.draft_stored.emit()

    async def _write_info(self, info: ConversationInfo) -> None:
        try:
            await self._store.save_info(info)
        except StorageError as error:
            self.went_wrong.emit(error)
