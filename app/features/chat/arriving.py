"""What a turn tells, taken into the conversation: replies as they start, grow and end.

A part of `ChatSession`, which owns it; it writes to the same conversation, through the same writer.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from app.core.conversation import Conversation, ConversationInfo
from app.core.events import (
    LimitsReported,
    ReasoningDelta,
    Sent,
    StreamEvent,
    TextDelta,
    ToolCallDelta,
    Waiting,
)
from app.core.message import Message, MessageState, Role
from app.core.reply import ReplyBuilder
from app.core.tool import CallNow
from app.features.chat.asking import Asking
from app.features.chat.calling import Calling
from app.features.chat.conversation_writer import ConversationWriter
from app.kit.tasks import to_the_end


class SessionState(StrEnum):
    IDLE = "idle"
    SENDING = "sending"
    """The message is being stored, the request made, and nothing has come yet."""
    WAITING = "waiting"
    """The service is busy: it is asked again in a while, which the person may end."""
    STREAMING = "streaming"
    CALLING = "calling"
    """Tools run that the model called, or wait for the person's leave."""


class Arriving(QObject):
    """Fulfils `core.turn.TurnListener`. `put_info` takes the heading that a new message brings."""

    phase_changed = Signal(object)  # SessionState
    message_added = Signal(object)  # Message, at the branch's end
    branch_changed = Signal()
    message_changed = Signal(object)  # Message, whole
    delta_arrived = Signal(str, object)  # message id, StreamEvent
    limits_reported = Signal(object)  # LimitsReported
    reply_ended = Signal(object)  # Message

    def __init__(
        self,
        conversation: Conversation,
        writer: ConversationWriter,
        asking: Asking,
        calling: Calling,
        *,
        put_info: Callable[[ConversationInfo], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._conversation = conversation
        self._writer = writer
        self._asking = asking
        self._calling = calling
        self._put_info = put_info
        self._replies: dict[str, tuple[Message, ReplyBuilder]] = {}
        self._phase = SessionState.SENDING
        self._asked_again_at = 0.0

    @property
    def waits_s(self) -> float | None:
        """In how many seconds a busy service is asked again; None while it is not waited for."""
        if self._phase is not SessionState.WAITING or not self._replies:
            return None
        return max(0.0, self._asked_again_at - time.monotonic())

    def has(self, message_id: str) -> bool:
        """Whether that message is a reply in flight."""
        return message_id in self._replies

    def so_far(self, message: Message) -> Message:
        """The message; a reply in flight with what it has by now."""
        if message.id not in self._replies:
            return message
        reply, builder = self._replies[message.id]
        return replace(builder.finish(reply), state=MessageState.STREAMING)

    async def message_started(self, message: Message) -> None:
        tree = self._conversation.tree
        info = self._info_with(message, leaf=message.id)
        await to_the_end(self._writer.append(info, (message,)))
        again = bool(tree.versions_of(message.parent))
        tree.append(message)
        self._put_info(info)
        if message.role is Role.ASSISTANT:
            self._replies[message.id] = (message, ReplyBuilder())
            self._phase = SessionState.SENDING
        if again:
            self.branch_changed.emit()
        else:
            self.message_added.emit(message)

    async def version_started(self, message: Message) -> None:
        info = self._info_with(message, leaf=self._conversation.info.leaf)
        await to_the_end(self._writer.append(info, (message,)))
        self._conversation.tree.put(message)
        self._put_info(info)
        self._replies[message.id] = (message, ReplyBuilder())

    def reply_grew(self, message: Message, builder: ReplyBuilder, event: StreamEvent) -> None:
        if message.id not in self._replies:
            return
        self._replies[message.id] = (message, builder)
        match event:
            case TextDelta() | ReasoningDelta() | ToolCallDelta():
                self._enter(SessionState.STREAMING)
                self._writer.begin_checkpoints(self._checkpoint)
            case Waiting():
                self._asked_again_at = time.monotonic() + event.seconds
                self._enter(SessionState.WAITING)
            case Sent():
                self._enter(SessionState.SENDING)
            case LimitsReported():
                self.limits_reported.emit(event)
        self.delta_arrived.emit(message.id, event)

    async def message_ended(self, message: Message, builder: ReplyBuilder | None) -> None:
        asked, _builder = self._replies.pop(message.id, (message, None))
        tree, profile = self._conversation.tree, self._conversation.info.profile
        message = self._asking.priced(profile, asked.model, message)
        self._asking.learn(profile, asked.model, message)
        self._show(message)
        if not self._replies and len(tree.versions(message.id)) > 1:
            self.branch_changed.emit()
        self.reply_ended.emit(message)
        tape = builder.tape if builder is not None else None
        await self._writer.reply_ended(message, tape.exchange() if tape is not None else None)

    def call_changed(self, call_id: str, now: CallNow) -> None:
        self._enter(SessionState.CALLING)
        self._calling.put(call_id, now)

    async def call_ended(self, results: Message) -> None:
        self._show(results)
        await to_the_end(self._writer.save(results))

    async def results_ended(self, results: Message) -> None:
        self._show(results)
        self._calling.forget()
        await to_the_end(self._writer.save(results))

    def _show(self, message: Message) -> None:
        self._conversation.tree.put(message)
        self.message_changed.emit(message)

    def _enter(self, phase: SessionState) -> None:
        if phase is not self._phase:
            self._phase = phase
            self.phase_changed.emit(phase)

    def _info_with(self, message: Message, leaf: str | None) -> ConversationInfo:
        count = len(self._conversation.tree) + 1
        return replace(self._conversation.info, leaf=leaf, message_count=count)

    def _checkpoint(self) -> tuple[Message, ...]:
        """The replies in flight as a checkpoint keeps them."""
        return tuple(self.so_far(reply) for reply, _builder in self._replies.values())
