"""Puts one open conversation on the disk: messages, checkpoints, drafts, its heading.

What cannot be written is kept, said once, and tried again by itself, so that a disk that was full
costs nothing once it has room.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.conversation import ConversationInfo, Draft
from app.core.errors import StorageError
from app.core.exchange import Exchange
from app.core.message import Message
from app.core.ports import HistoryStore
from app.kit.tasks import TaskScope

CHECKPOINT_MS = 200
DRAFT_MS = 400
AGAIN_MS = 1000


class ConversationWriter(QObject):
    """`exists` says whether the store has the conversation already; one that is still empty is
    not written for its heading's sake."""

    draft_stored = Signal()
    went_wrong = Signal(object)  # StorageError, or a fault of our own
    saved_again = Signal()

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
        self._so_far: Callable[[], Sequence[Message]] | None = None
        self._writing = False
        self._draft: Draft | None = None
        self._checkpoints = QTimer(self)
        self._checkpoints.setInterval(CHECKPOINT_MS)
        self._checkpoints.timeout.connect(self._checkpoint)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(DRAFT_MS)
        self._later.timeout.connect(self._save_draft)
        self._heading_waits = False
        self._told = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._save_again)

    async def append(self, info: ConversationInfo, messages: Sequence[Message]) -> None:
        """Messages and heading, on the disk when this returns. Raises StorageError."""
        try:
            await self._store.append(info, messages)
        except StorageError:
            self._told = True  # by whoever hears of it
            raise
        self._exists = True
        self._could_save()

    def heading_changed(self) -> None:
        """Save the heading, if the conversation is in the store at all."""
        if self._exists:
            self._scope.start(self._write_info(), name="save heading")

    def draft_changed(self, draft: Draft) -> None:
        """Save the draft within half a second."""
        self._draft = draft
        self._later.start()

    def begin_checkpoints(self, so_far: Callable[[], Sequence[Message]]) -> None:
        """Save what `so_far` answers several times a second, until `end_checkpoints`."""
        if self._so_far is None:
            self._so_far = so_far
            self._checkpoints.start()

    def end_checkpoints(self) -> None:
        self._checkpoints.stop()
        self._so_far = None

    async def reply_ended(self, message: Message, exchange: Exchange | None = None) -> None:
        """Save a reply for good; one that cannot be saved now is tried again later.

        What went over the wire is saved behind it, and goes where it cannot be: no word is in it
        that the reply has not.
        """
        self.end_checkpoints()
        await self.save(message)
        if exchange is not None and message.id not in self._unsaved:
            self._scope.start(self._write_exchange(message.id, exchange), name="save exchange")

    async def save(self, message: Message) -> None:
        """Save a message that is in the store as it is now; again later, if that fails."""
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
        if self._heading_waits:
            self._scope.start(self._write_info(), name="save heading")
        await self._scope.drain()
        self._again.stop()
        await self._scope.close()

    def _checkpoint(self) -> None:
        if not self._writing and self._so_far is not None:
            self._scope.start(self._write(self._so_far()), name="checkpoint")

    async def _write_exchange(self, message_id: str, exchange: Exchange) -> None:
        with suppress(StorageError):
            await self._store.save_exchange(message_id, exchange)

    async def _write(self, messages: Sequence[Message]) -> None:
        self._writing = True
        try:
            for message in messages:
                await self._store.update(message, durable=False)
            self._could_save()
        except StorageError as error:
            self._could_not_save(error)  # the next checkpoint tries again anyhow
        finally:
            self._writing = False

    async def _write_unsaved(self) -> None:
        for message in tuple(self._unsaved.values()):
            try:
                await self._store.update(message)
            except StorageError as error:
                self._could_not_save(error)
                return
            self._could_save()
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
            if self._draft is None:
                self._draft = draft
            self._could_not_save(error)
            return
        self._exists = True
        self._could_save()
        await self._write_unsaved()
        self.draft_stored.emit()

    async def _write_info(self) -> None:
        self._heading_waits = False
        try:
            await self._store.save_info(self._info())
        except StorageError as error:
            self._heading_waits = True
            self._could_not_save(error)

    def _could_not_save(self, error: StorageError) -> None:
        """Say so, once until something was saved again, and go on trying."""
        if not self._again.isActive():
            self._again.start()
        if not self._told:
            self._told = True
            self.went_wrong.emit(error)

    def _could_save(self) -> None:
        if self._told:
            self._told = False
            self.saved_again.emit()

    def _save_again(self) -> None:
        if self._heading_waits:
            self._scope.start(self._write_info(), name="save heading")
        if self._draft is not None:
            self._save_draft()
        elif self._unsaved:
            self._scope.start(self._write_unsaved(), name="save replies")
