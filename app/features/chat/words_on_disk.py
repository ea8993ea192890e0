"""The words of a long conversation: loaded when they are needed, let go when there are many."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from app.core.message import Message
from app.core.message_tree import MessageTree
from app.core.ports import HistoryStore
from app.kit.tasks import TaskScope

KEPT = 400
"""Messages whose words are held; the rest are loaded again when needed."""
KEPT_AT_END = 60


class WordsOnDisk(QObject):
    """A part of `ChatSession`, over its tree. `busy` tells of messages that must not go.

    What is loaded is told by signals, so that nobody is told who is gone by then.
    """

    arrived = Signal(object)  # tuple[Message, ...]: words that were wanted
    fetched = Signal(object, object)  # ids asked for, and the messages that there are
    candidates_found = Signal(str, object)  # query, and the ids of messages that may hold it

    def __init__(
        self,
        tree: MessageTree,
        store: HistoryStore,
        busy: Callable[[str], bool],
        *,
        scope: TaskScope,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._tree = tree
        self._store = store
        self._busy = busy
        self._scope = scope

    def want(self, message_ids: Sequence[str]) -> None:
        """Load the words of these messages, and keep them; `arrived` tells of them."""

        async def load() -> None:
            self.arrived.emit(await self.load(message_ids))

        self._scope.start(load(), name="load words")

    def fetch(self, message_ids: Sequence[str]) -> None:
        """Read these messages without keeping their words; `fetched` gives them."""

        async def read() -> None:
            missing = self._tree.missing(message_ids)
            loaded = {message.id: message for message in await self._store.messages(missing)}
            found = (self._tree.find(key) or loaded.get(key) for key in message_ids)
            self.fetched.emit(message_ids, tuple(m for m in found if m is not None))

        self._scope.start(read(), name="read words")

    def find(self, conversation: str, query: str) -> None:
        """Ask which messages may hold a query; `candidates_found` tells."""

        async def look() -> None:
            found = await self._store.find_in(conversation, query)
            self.candidates_found.emit(query, found)

        self._scope.start(look(), name="find in conversation")

    async def load(self, message_ids: Sequence[str]) -> tuple[Message, ...]:
        """Those that were missing; they are in the tree now. Raises StorageError."""
        tree = self._tree
        found = await self._store.messages(tree.missing(message_ids))
        tree.take_in(found)
        held = tuple(tree.there())
        if (spare := len(held) - KEPT) > 0:
            kept = {*message_ids, *tree.tail(KEPT_AT_END)}
            old = [key for key in held if key not in kept and not self._busy(key)]
            tree.let_go(old[:spare])
        return tuple(found)

    async def branch(self, to: str | None = None) -> tuple[Message, ...]:
        """All messages shown, or those down to message `to`. Raises StorageError."""
        path = self._tree.path(to)
        loaded = {m.id: m for m in await self._store.messages(self._tree.missing(path))}
        return tuple(self._tree.find(key) or loaded[key] for key in path)

    async def before(self, message_id: str) -> tuple[Message, ...]:
        """The messages that a reply answers, first to last. Raises StorageError."""
        parent = self._tree.parent(message_id) if message_id in self._tree else None
        return await self.branch(parent) if parent is not None else ()
