"""What the person sends, made from a draft: a message, and a heading for its conversation."""

from __future__ import annotations

from app.core.conversation import Draft
from app.core.message import ImagePart, Message, Part, Role, TextPart

TITLE_LENGTH = 60


def user_message(draft: Draft, parent: str | None) -> Message:
    """Pictures first, then files, then the words: the order that services advise."""
    images = tuple(part for part in draft.parts if isinstance(part, ImagePart))
    others = tuple(part for part in draft.parts if not isinstance(part, ImagePart))
    words: tuple[Part, ...] = (TextPart(draft.text),) if draft.text.strip() else ()
    return Message(Role.USER, (*images, *others, *words), parent=parent, asked=draft.asked)


def title_of(message: Message) -> str:
    """A heading from what was first said: its first words, or the name of what came with it."""
    words = " ".join(message.text.split())
    if words:
        return words if len(words) <= TITLE_LENGTH else words[: TITLE_LENGTH - 1].rstrip() + "…"
    return next((part.name for part in message.parts if hasattr(part, "name")), "")


def asked_title(draft: Draft) -> str:
    """A heading from the quick action that is asked, and what it is asked about; empty: none is."""
    name = next((part.name for part in draft.parts if isinstance(part, ImagePart)), "")
    return f"{draft.asked.name}: {name}" if draft.asked is not None and name else ""
