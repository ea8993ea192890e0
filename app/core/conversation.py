"""A conversation: its heading, and its messages as a tree of which one branch is shown."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.ids import new_id
from app.core.message import Message, Part


@dataclass(frozen=True, slots=True)
class ConversationInfo:
    """What a list of conversations needs; everything but the messages.

    `title` is empty until there is one. `profile` and `model` are the service and model it talks
    with; `parameters` holds only what was set. `leaf` is the last message of the branch shown.
    Times are seconds since the epoch.
    """

    id: str = field(default_factory=new_id)
    title: str = ""
    profile: str = ""
    model: str = ""
    system_prompt: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    leaf: str | None = None
    pinned: bool = False
    unread: bool = False
    message_count: int = 0
    created_at: float = field(default_factory=time.time)
    updated_at: float = field(default_factory=time.time)


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands unsent in a conversation's composer."""

    text: str = ""
    parts: tuple[Part, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text or self.parts)


@dataclass(frozen=True, slots=True)
class ScrollAnchor:
    """The line being read: `offset` pixels below the top of `message`. `None`: at the end."""

    message: str | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class TabState:
    """An open tab, as it is remembered."""

    conversation: str
    scroll: ScrollAnchor = ScrollAnchor()


class MessageTree:
    """All messages of a conversation, in sequence, and the branch that is shown.

    Owned by whoever owns the open conversation; not thread-safe.
    """

    def __init__(self, messages: Iterable[Message] = (), leaf: str | None = None) -> None:
        self._messages: dict[str, Message] = {}
        self._children: dict[str | None, list[str]] = {}
        for message in messages:
            self.put(message)
        if leaf is not None and leaf in self._messages:
            self.leaf: str | None = leaf
        else:
            self.leaf = self._latest_below(None)

    def __len__(self) -> int:
        return len(self._messages)

    def __contains__(self, message_id: object) -> bool:
        return message_id in self._messages

    def __iter__(self) -> Iterator[Message]:
        return iter(self._messages.values())

    def get(self, message_id: str) -> Message:
        """The message, or KeyError."""
        return self._messages[message_id]

    def put(self, message: Message) -> None:
        """Add a message, or replace the one that has its id (its place in the tree stays)."""
        if message.id not in self._messages:
            self._children.setdefault(message.parent, []).append(message.id)
        self._messages[message.id] = message

    def append(self, message: Message) -> None:
        """Add a message and show the branch that it ends."""
        self.put(message)
        self.leaf = message.id

    def branch(self, to: str | None = None) -> tuple[Message, ...]:
        """The messages shown, first to last, or those down to message `to`. O(length)."""
        chain: list[Message] = []
        here = to or self.leaf
        while here is not None and here in self._messages:
            message = self._messages[here]
            chain.append(message)
            here = message.parent
        return tuple(reversed(chain))

    def versions(self, message_id: str) -> tuple[str, ...]:
        """The ids of all versions of this message, itself included, oldest first."""
        return self.versions_of(self._messages[message_id].parent)

    def versions_of(self, parent: str | None) -> tuple[str, ...]:
        """The ids of all messages that follow `parent` directly, oldest first."""
        return tuple(self._children.get(parent, ()))

    def show(self, message_id: str) -> None:
        """Show the branch through this message, down to its latest descendant."""
        self.leaf = self._latest_below(self._messages[message_id].id)

    def _latest_below(self, message_id: str | None) -> str | None:
        here = message_id
        while below := self._children.get(here):
            here = below[-1]
        return here


@dataclass(slots=True)
class Conversation:
    """An open conversation, whole.

    `damaged` holds the ids of messages that are not what was once written: the disk changed them.
    """

    info: ConversationInfo
    tree: MessageTree
    draft: Draft = Draft()
    damaged: frozenset[str] = frozenset()
