"""A conversation: its heading, and its messages as a tree of which one branch is shown."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.ids import new_id
from app.core.message import Part
from app.core.message_tree import MessageTree
from app.core.picture_action import Asked
from app.core.tool_choice import ToolChoice


@dataclass(frozen=True, slots=True)
class ConversationInfo:
    """What a list of conversations needs; everything but the messages.

    `title` is empty until there is one. `profile` and `model` are the service and model it talks
    with; `parameters` holds only what was set, `tools` what it may call. `leaf` is the last message
    of the branch shown. Times are seconds since the epoch.
    """

    id: str = field(default_factory=new_id)
    title: str = ""
    profile: str = ""
    model: str = ""
    system_prompt: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    tools: ToolChoice = field(default_factory=ToolChoice)
    leaf: str | None = None
    pinned: bool = False
    unread: bool = False
    message_count: int = 0
    created_at: float = field(default_factory=time.time)
    updated_at: float = field(default_factory=time.time)


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands unsent in a conversation's composer; `asked`: how it is sent, if it is."""

    text: str = ""
    parts: tuple[Part, ...] = ()
    asked: Asked | None = None

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


@dataclass(slots=True)
class Conversation:
    """An open conversation, whole.

    `damaged` holds the ids of messages that are not what was once written: the disk changed them.
    """

    info: ConversationInfo
    tree: MessageTree
    draft: Draft = Draft()
    damaged: frozenset[str] = frozenset()
