"""What a person does with whole conversations: branch, duplicate, rename, pin, delete, undo."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.core.conversation import ConversationInfo
from app.core.errors import StorageError
from app.core.ports import HistoryStore
from app.features.chat.session import ChatSession
from app.features.chat.sessions import ChatSessions
from app.features.history.history_list import HistoryList
from app.kit.dialogs import ask_text
from app.kit.notices import Notice, Notices
from app.kit.tasks import TaskScope
from app.shell.workspace import Workspace


class Tending(QObject):
    """Joins the list of conversations with the tabs and the store."""

    def __init__(
        self,
        *,
        window: QWidget,
        store: HistoryStore,
        sessions: ChatSessions,
        history: HistoryList,
        workspace: Workspace,
        notices: Notices,
        scope: TaskScope,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._store = store
        self._sessions = sessions
        self._history = history
        self._workspace = workspace
        self._notices = notices
        self._scope = scope
        history.delete_requested.connect(self.delete)
        history.pin_requested.connect(self.pin)
        history.rename_requested.connect(self.rename)
        history.duplicate_requested.connect(self.duplicate)

    def purge(self) -> None:
        """Remove for good what earlier runs deleted."""
        if not self._scope.closed:
            self._scope.start(self._purge(), name="purge")

    async def _purge(self) -> None:
        with suppress(StorageError):
            await self._store.purge()

    def branch(self, session: ChatSession, message_id: str) -> None:
        """A new conversation with a copy of this one down to that message, in a tab in front."""

        self._scope.start(self._branch(session, message_id), name="branch")

    async def _branch(self, session: ChatSession, message_id: str) -> None:
        made = await self._sessions.branch_off(session, message_id)
        self._history.put(made.info)
        self._workspace.open_conversation(made.info.id)

    def duplicate(self, conversation_id: str) -> None:
        async def duplicate() -> None:
            session = await self._sessions.open(conversation_id)
            if session is None:
                return
            if (last := session.last()) is not None:
                await self._branch(session, last.id)
            await self._let_go(conversation_id)

        self._scope.start(duplicate(), name="duplicate")

    def delete(self, conversation_id: str) -> None:
        """Hide it at once; the notice offers to take that back."""

        async def delete() -> None:
            await self._store.delete(conversation_id)
            self._workspace.forget(conversation_id)
            # Until its session has ended, that would put it into the list again.
            await self._sessions.close(conversation_id)
            info = self._history.remove(conversation_id)
            text = self.tr("The conversation was deleted.")
            self._notices.post(
                Notice(text, action=self.tr("Undo"), act=lambda: self._restore(info))
            )

        self._scope.start(delete(), name="delete")

    def _restore(self, info: ConversationInfo | None) -> None:
        async def restore(info: ConversationInfo) -> None:
            await self._store.restore(info.id)
            self._history.put(info)

        if info is not None:
            self._scope.start(restore(info), name="restore")

    def pin(self, conversation_id: str, pinned: bool) -> None:
        self._change(conversation_id, lambda session: session.set_pinned(pinned))

    def rename(self, conversation_id: str) -> None:
        async def rename() -> None:
            info = self._history.info(conversation_id)
            old = info.title if info else ""
            title = await ask_text(self._window, self.tr("Rename conversation"), old)
            if title is not None and title.strip():
                self._change(conversation_id, lambda session: session.set_title(title))

        self._scope.start(rename(), name="rename")

    def _change(self, conversation_id: str, change: Callable[[ChatSession], None]) -> None:
        """Change a conversation's heading, whether or not it has a tab."""

        async def work() -> None:
            session = await self._sessions.open(conversation_id)
            if session is None:
                return
            change(session)
            self._history.put(session.info)
            await self._let_go(conversation_id)

        self._scope.start(work(), name="change heading")

    async def _let_go(self, conversation_id: str) -> None:
        """Close a session that was opened for the moment only: one that no tab shows."""
        if not self._workspace.has_tab(conversation_id):
            await self._sessions.close(conversation_id)
