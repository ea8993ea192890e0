"""One open conversation: the only writer of it while it is open, and the task that streams into it.

Idle → sending → (waiting →) streaming → idle, and every way out unlocks and saves. It streams on
whether or not anyone looks; views show what its signals say. What the person sent is on the disk
before the request leaves; what arrives is checkpointed four times a second (`arriving.py`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.core.conversation import Conversation, ConversationInfo, Draft
from app.core.errors import PortholeError, StorageError
from app.core.fixes import fix_for
from app.core.message import Message, Part, sends_pictures
from app.core.outline import Outline
from app.core.ports import HistoryStore, ServiceSource
from app.core.tool_choice import ToolChoice
from app.core.tool_ports import ToolBox
from app.features.chat.answering import Answering
from app.features.chat.arriving import Arriving, SessionState
from app.features.chat.asking import Asking, ModelKnowledge, wanted_model
from app.features.chat.calling import Calling
from app.features.chat.conversation_writer import ConversationWriter
from app.features.chat.shown_branch import ShownBranch
from app.features.chat.words_on_disk import WordsOnDisk
from app.features.chat.words_sent import title_of, user_message
from app.kit.tasks import TaskScope, to_the_end


class ChatSession(QObject):
    """Holds a conversation, sends, streams, stops, and saves.

    `stored` says that the store has the conversation. `default_model` answers the model for one
    that has none of its own: given its profile's id, and whether pictures are in it. `ready`
    returns once it is known which service a new conversation talks with.
    """

    state_changed = Signal(object)  # SessionState
    info_changed = Signal(object)  # ConversationInfo
    branch_changed = Signal()
    message_added = Signal(object)  # Message, at the branch's end
    message_changed = Signal(object)  # Message, whole
    delta_arrived = Signal(str, object)  # message id, StreamEvent
    draft_stored = Signal()
    draft_taken = Signal()  # what was sent is on the disk: the composer may let go of it
    reply_ended = Signal(object)  # Message
    limits_reported = Signal(object)  # LimitsReported
    saved_again = Signal()  # what could not be stored is stored now
    went_wrong = Signal(object)  # BaseException: PortholeError, or a fault of our own

    def __init__(
        self,
        conversation: Conversation,
        *,
        store: HistoryStore,
        stored: bool = False,
        services: ServiceSource,
        models: ModelKnowledge,
        tools: ToolBox,
        default_model: Callable[[str, bool], str],
        ready: Callable[[], Awaitable[None]] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._conversation = conversation
        self._default_model = default_model
        self._ready = ready
        self._scope = TaskScope(self.went_wrong.emit)
        self._state = SessionState.IDLE
        self._turn: asyncio.Task[Any] | None = None
        self._asking = Asking(models)
        self._writer = ConversationWriter(store, lambda: self.info, exists=stored, parent=self)
        self._writer.draft_stored.connect(self.draft_stored)
        self._writer.went_wrong.connect(self.went_wrong)
        self._writer.saved_again.connect(self.saved_again)
        self._calling = Calling(tools, lambda: self.info, self.set_tools, self)
        self._arriving = Arriving(
            conversation,
            self._writer,
            self._asking,
            self._calling,
            put_info=self._set_info,
            parent=self,
        )
        self._answering = Answering(
            services, asking=self._asking, arriving=self._arriving, calling=self._calling
        )
        self._words = WordsOnDisk(
            conversation.tree, store, self._arriving.has, scope=self._scope, parent=self
        )
        self._arriving.phase_changed.connect(self._set_state)
        self._arriving.message_added.connect(self.message_added)
        self._arriving.branch_changed.connect(self.branch_changed)
        self._arriving.message_changed.connect(self.message_changed)
        self._arriving.delta_arrived.connect(self.delta_arrived)
        self._arriving.limits_reported.connect(self.limits_reported)
        self._arriving.reply_ended.connect(self.reply_ended)

    @property
    def info(self) -> ConversationInfo:
        return self._conversation.info

    @property
    def state(self) -> SessionState:
        return self._state

    @property
    def busy(self) -> bool:
        return self._state is not SessionState.IDLE

    @property
    def waits_s(self) -> float | None:
        """In how many seconds a busy service is asked again; None while it is not waited for."""
        return self._arriving.waits_s

    @property
    def draft(self) -> Draft:
        return self._conversation.draft

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said yet."""
        return self._conversation.tree.leaf is None

    def last(self) -> Outline | None:
        """The last message shown."""
        leaf = self._conversation.tree.leaf
        return None if leaf is None else self._conversation.tree.outline(leaf)

    def message(self, message_id: str) -> Message | None:
        """A message, if its words are there; one that still streams with what it has."""
        message = self._conversation.tree.find(message_id)
        return None if message is None else self._arriving.so_far(message)

    def shown(self) -> ShownBranch:
        """The branch for a transcript."""
        tree = self._conversation.tree
        return ShownBranch(tree.table, tree.places(), self.message, tree.forked())

    def tail(self, count: int) -> tuple[Message, ...]:
        """The last so many messages shown."""
        return tuple(m for key in self._conversation.tree.tail(count) if (m := self.message(key)))

    def branch(self) -> tuple[Message, ...]:
        """The messages shown, as far as their words are there: the latest ones always are."""
        return tuple(m for key in self._conversation.tree.path() if (m := self.message(key)))

    def versions(self) -> Mapping[str, tuple[int, int]]:
        """For each message shown that has siblings: which of them it is (from 1), and how many."""
        return self._conversation.tree.forked()

    @property
    def calling(self) -> Calling:
        """The tool calls under way."""
        return self._calling

    @property
    def words(self) -> WordsOnDisk:
        """The words that are still on the disk."""
        return self._words

    async def whole_branch(self, to: str | None = None) -> tuple[Message, ...]:
        """All messages shown, or those down to message `to`. Raises StorageError."""
        return tuple(self._arriving.so_far(m) for m in await self._words.branch(to))

    async def asked_before(self, message_id: str) -> tuple[Message, ...]:
        """The messages that a reply answers, first to last. Raises StorageError."""
        return await self._words.before(message_id)

    def parameters(self) -> Mapping[str, Any]:
        """What a request sent now would carry."""
        begun = len(self._conversation.tree) > 0
        return self._asking.parameters(self.info, self.model_for(), begun=begun)

    def model_for(self, parts: tuple[Part, ...] = ()) -> str:
        """The model that would answer, if `parts` were sent now."""
        if self.info.model:
            return self.info.model
        pictures = self._conversation.tree.has_pictures()
        pictures = pictures or sends_pictures(parts)
        return self._default_model(self.info.profile, pictures)

    # What the person asks for

    def send(self, draft: Draft, *, title: str = "") -> None:
        """Store the draft as a message and ask for an answer to it. Nothing happens while busy.

        `title` is for a conversation that has none yet.
        """
        if self.busy or not draft:
            return
        message = user_message(draft, self._conversation.tree.leaf)
        self._start_turn(message, draft, title)

    def add(self, draft: Draft) -> None:
        """Store the draft as a message without asking for an answer."""
        if self.busy or not draft:
            return
        message = user_message(draft, self._conversation.tree.leaf)
        self._begin(self._take(message, draft))

    def edit(self, message_id: str, draft: Draft) -> None:
        """Send the draft as a new version of that message of the person's."""
        if self.busy or not draft or message_id not in self._conversation.tree:
            return
        parent = self._conversation.tree.parent(message_id)
        self._start_turn(user_message(draft, parent), draft)

    def answer_again(self, message_id: str, model: str = "") -> None:
        """Ask anew for the reply `message_id`; the old one stays as a version beside it."""
        tree = self._conversation.tree
        if self.busy or message_id not in tree:
            return
        parent = tree.parent(message_id)
        if parent is None:
            return
        self._begin(self._answer(model, parent))

    def answer_last(self) -> None:
        """Ask for an answer to what was last said, where there is none yet."""
        if not self.busy and self._conversation.tree.leaf is not None:
            self._begin(self._answer())

    def answer_with_fix(self, message_id: str) -> None:
        """Ask anew as the service wants it, and keep that in mind for the model."""
        message = self.message(message_id)
        failure = message.failure if message is not None else None
        fix = fix_for(failure) if failure is not None else None
        if self.busy or message is None or fix is None:
            return
        self._asking.remember_fix(self.info.profile, message.model, fix)
        self.answer_again(message_id, message.model)

    def continue_reply(self) -> None:
        """Ask the model to go on where its reply was cut."""
        text = QCoreApplication.translate(
            "ChatSession", "Please continue exactly where you stopped."
        )
        self.send(Draft(text))

    def show_version(self, message_id: str, step: int) -> None:
        """Show the version `step` places from this one, and what followed it."""
        tree = self._conversation.tree
        if self.busy or message_id not in tree:
            return
        among = tree.versions(message_id)
        place = among.index(message_id) + step
        if 0 <= place < len(among):
            self._show(among[place])

    def show_message(self, message_id: str) -> None:
        """Show the branch that a message is in, where another one is shown."""
        tree = self._conversation.tree
        if not self.busy and message_id in tree and message_id not in tree.path():
            self._show(message_id)

    def _show(self, message_id: str) -> None:
        tree = self._conversation.tree
        tree.show(message_id)
        self._change_info(leaf=tree.leaf)
        self.branch_changed.emit()

    def stop_waiting(self) -> None:
        """Do not wait for a busy service: its refusal is what stays."""
        self._answering.stop_waiting()

    def stop(self) -> None:
        """End the turn; what arrived stays."""
        if self._turn is not None:
            self._turn.cancel()

    def keep_draft(self, draft: Draft) -> None:
        """Remember what stands in the composer; on the disk within half a second."""
        if draft != self._conversation.draft:
            self._conversation.draft = draft
            self._writer.draft_changed(draft)

    def set_model(self, model: str) -> None:
        """Talk with that model from now on, with the reasoning switches last set for it."""
        if model != self.info.model:
            switched = self._asking.with_switches_of(self.info, model)
            self._change_info(model=model, parameters=dict(switched))

    def set_profile(self, profile: str) -> None:
        if profile != self.info.profile:
            moved = replace(self.info, profile=profile, model="")
            switched = self._asking.with_switches_of(moved, self._default_model(profile, False))
            self._change_info(profile=profile, model="", parameters=dict(switched))

    def set_title(self, title: str) -> None:
        self._change_info(title=" ".join(title.split()))

    def set_system_prompt(self, text: str) -> None:
        self._change_info(system_prompt=text)

    def set_parameters(self, parameters: Mapping[str, Any]) -> None:
        self._change_info(parameters=dict(parameters))

    def set_tools(self, tools: ToolChoice) -> None:
        self._change_info(tools=tools)

    def remember_switches(self) -> None:
        """The reasoning switches set here are what new conversations with the model begin with."""
        self._asking.remember_switches(self.info.profile, self.model_for(), self.info.parameters)

    def set_pinned(self, pinned: bool) -> None:
        self._change_info(pinned=pinned)

    async def close(self) -> None:
        """Stop, save everything, and let go."""
        self.stop()
        await self._scope.drain()
        await self._writer.close()
        await self._scope.close()

    # A turn

    def _start_turn(self, message: Message, draft: Draft, title: str = "") -> None:
        async def turn() -> None:
            if self._ready is not None:
                await self._ready()
            if await self._take(message, draft, title):
                await self._answer()

        self._begin(turn())

    def _begin(self, work: Any) -> None:
        self._set_state(SessionState.SENDING)
        self._turn = self._scope.start(work, name="turn")
        self._turn.add_done_callback(lambda _task: self._turn_over())

    def _turn_over(self) -> None:
        self._turn = None
        self._writer.end_checkpoints()
        self._set_state(SessionState.IDLE)

    async def _take(self, message: Message, draft: Draft, title: str = "") -> bool:
        """Put a message of the person's on the disk, then into the tree. False: it did not go."""
        tree = self._conversation.tree
        info = replace(
            self.info,
            title=self.info.title or title or title_of(message),
            parameters=dict(self.parameters()),
            leaf=message.id,
            message_count=len(tree) + 1,
            updated_at=message.created_at,
        )
        try:
            await to_the_end(self._writer.append(info, (message,)))
        except StorageError as error:
            self.went_wrong.emit(error)
            return False
        edited = message.parent != tree.leaf
        tree.append(message)
        if self._conversation.draft == draft:
            self._conversation.draft = Draft()
            self._writer.draft_changed(Draft())
        self._set_info(info)
        self.draft_taken.emit()
        if edited:
            self.branch_changed.emit()
        else:
            self.message_added.emit(message)
        return True

    async def _answer(self, model: str = "", to: str | None = None) -> None:
        """Ask for an answer to message `to`, or to the last one shown."""
        try:
            messages = await self.whole_branch(to)
            model = model or wanted_model(messages) or self.model_for()
            await self._answering.answer(self.info, messages, model)
        except PortholeError as error:
            self.went_wrong.emit(error)

    # Within

    def _change_info(self, **changes: Any) -> None:
        info = replace(self.info, **changes)
        if info == self.info:
            return
        self._set_info(info)
        self._writer.heading_changed()

    def _set_info(self, info: ConversationInfo) -> None:
        self._conversation.info = info
        self.info_changed.emit(info)

    def _set_state(self, state: SessionState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)
