"""The open conversations, one session each: opened once, shared by all who show it, closed once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.core.conversation import Conversation, ConversationInfo
from app.core.ids import new_id
from app.core.message import Message, MessageState
from app.core.message_tree import MessageTree
from app.core.ports import HistoryStore, ServiceSource
from app.core.tool_ports import ToolBox
from app.features.chat.asking import ModelKnowledge
from app.features.chat.session import ChatSession


class ChatSessions(QObject):
    """Opens and closes `ChatSession`s, and makes new conversations.

    `new_profile` answers the profile that a new conversation talks with.
    """

    opened = Signal(object)  # ChatSession

    def __init__(
        self,
        *,
        store: HistoryStore,
        services: ServiceSource,
        models: ModelKnowledge,
        tools: ToolBox,
        default_model: Callable[[str, bool], str],
        new_profile: Callable[[], str],
        ready: Callable[[], Awaitable[None]] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._services = services
        self._models = models
        self._tools = tools
        self._default_model = default_model
        self._new_profile = new_profile
        self._ready = ready
        self._open: dict[str, ChatSession] = {}
        self._closing: dict[str, asyncio.Future[None]] = {}

    def get(self, conversation_id: str) -> ChatSession | None:
        """The session, if that conversation is open."""
        return self._open.get(conversation_id)

    def all(self) -> tuple[ChatSession, ...]:
        return tuple(self._open.values())

    def new(self) -> ChatSession:
        """A new, empty conversation. Nothing is stored until there is something to store."""
        info = ConversationInfo(profile=self._new_profile())
        return self._add(Conversation(info, MessageTree()), stored=False)

    async def open(self, conversation_id: str, at: str | None = None) -> ChatSession | None:
        """The conversation's session; None if there is none of that id. Raises StorageError.

        `at`: the message that is seen first, so that its words come at once.
        """
        if (session := self._open.get(conversation_id)) is not None:
            return session
        await self._until_closed(conversation_id)
        conversation = await self._store.open(conversation_id, at)
        if (session := self._open.get(conversation_id)) is not None:
            return session  # opened by another while this one was read
        return None if conversation is None else self._add(conversation)

    async def branch_off(self, source: ChatSession, message_id: str) -> ChatSession:
        """A new conversation that holds a copy of this one down to that message.

        Raises StorageError.
        """
        copies: list[Message] = []
        for message in await source.whole_branch(message_id):
            parent = copies[-1].id if copies else None
            state = message.state
            if state is MessageState.STREAMING:
                state = MessageState.STOPPED
            copies.append(replace(message, id=new_id(), parent=parent, state=state))
        info = ConversationInfo(
            title=source.info.title,
            profile=source.info.profile,
            model=source.info.model,
            system_prompt=source.info.system_prompt,
            parameters=source.info.parameters,
            tools=source.info.tools,
            leaf=copies[-1].id if copies else None,
            message_count=len(copies),
        )
        await self._store.append(info, copies)
        return self._add(Conversation(info, MessageTree(copies)))

    async def close(self, conversation_id: str) -> None:
        """Close one session; everything is saved when this returns, also if another closed it.

        One that does not exist is no matter.
        """
        if (session := self._open.pop(conversation_id, None)) is None:
            await self._until_closed(conversation_id)
            return
        closed = self._closing[conversation_id] = asyncio.get_running_loop().create_future()
        try:
            await session.close()
        finally:
            del self._closing[conversation_id]
            closed.set_result(None)
        session.deleteLater()

    async def _until_closed(self, conversation_id: str) -> None:
        """Wait for a session that still saves what it has: who read now would read less."""
        if (closing := self._closing.get(conversation_id)) is not None:
            await asyncio.wait((closing,))

    async def close_all(self) -> None:
        for conversation_id in tuple(self._open):
            await self.close(conversation_id)

    def _add(self, conversation: Conversation, *, stored: bool = True) -> ChatSession:
        session = ChatSession(
            conversation,
            store=self._store,
            stored=stored,
            services=self._services,
            models=self._models,
            tools=self._tools,
            default_model=self._default_model,
            ready=self._ready,
            parent=self,
        )
        self._open[session.info.id] = session
        self.opened.emit(session)
        return session
