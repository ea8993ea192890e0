"""What was read of a conversation's pictures: questions about them, and the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.message import ImagePart, Message, Role


@dataclass(frozen=True, slots=True)
class Reading:
    """One answer beside the pictures it is about.

    `pictures` are those of the latest question that had any: what is asked on without a picture
    is about them still. `question` is the one that was asked, `reply` None while there is none.
    """

    pictures: tuple[ImagePart, ...]
    question: Message
    reply: Message | None


def readings(messages: Sequence[Message]) -> tuple[Reading, ...]:
    """The questions about pictures in a branch, each with its last answer, first to last.

    Words that a tool loop has between its calls are no answers of their own.
    """
    made: list[Reading] = []
    pictures: tuple[ImagePart, ...] = ()
    for message in messages:
        if message.role is Role.USER:
            pictures = message.images or pictures
            if pictures:
                made.append(Reading(pictures, message, None))
        elif message.role is Role.ASSISTANT and made:
            made[-1] = Reading(made[-1].pictures, made[-1].question, message)
    return tuple(made)
