"""The words of a long conversation: loaded when they are needed, let go when there are many."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.core.message import Message
from app.core.message_tree import MessageTree
from app.core.ports import HistoryStore

KEPT = 400
"""Messages whose words are held; the rest are loaded again when needed."""
KEPT_AT_END = 60


class WordsOnDisk:
    """A part of `ChatSession`, over its tree. `busy` tells of messages that must not go."""

    def __init__(self, tree: MessageTree, store: HistoryStore, busy: Callable[[str], bool]) -> None:
        self._tree = tree
        self._store = store
        self._busy = busy

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
        missing = self._tree.missing(path)
        # Nothing is awaited that need not be: whoever asks for an answer would see it begin later.
        loaded = {m.id: m for m in await self._store.messages(missing)} if missing else {}
        return tuple(self._tree.find(key) or loaded[key] for key in path)

    async def before(self, message_id: str) -> tuple[Message, ...]:
        """The messages that a reply answers, first to last. Raises StorageError."""
        parent = self._tree.parent(message_id) if message_id in self._tree else None
        return await self.branch(parent) if parent is not None else ()
