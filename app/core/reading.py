"""What was read of a conversation's pictures: questions about them, and the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.message import ImagePart, Message, Role
from app.core.ports import TextLine


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


def lines_for(cells: Sequence[str], lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """Where a row of a table stands in its picture, by what was read there on this machine.

    The line that tells of the row is the one with the rarest of its cells; those beside it that
    have others of its cells belong to it. Nothing where no cell is found at one place only.
    """
    words = [text for cell in cells if len(text := _bare(cell)) > 1]
    read = [_bare(line.text) for line in lines]
    found = {text: [at for at, line in enumerate(read) if text in line] for text in words}
    told = sorted((text for text in words if len(found[text]) == 1), key=len)
    if not told:
        return ()
    first = lines[found[told[-1]][0]]
    return tuple(
        line
        for at, line in enumerate(lines)
        if line is first
        or (_beside(line, first) and any(at in places for places in found.values()))
    )


def _bare(text: str) -> str:
    """Without what is written now so, now so: spaces, case, currency signs."""
    return "".join(c for c in text.casefold() if not c.isspace() and c not in "¥￥$€£,，")


def _beside(line: TextLine, other: TextLine) -> bool:
    middle = (line.top + line.bottom) / 2
    return other.top <= middle <= other.bottom
