"""Outlines: what is known of messages whose words are still on the disk, kept small for many."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.core.message import Message, MessageState, Role, TextPart

_ROLES = tuple(Role)
_STATES = tuple(MessageState)
ROLE_CODES = {role: code for code, role in enumerate(_ROLES)}
STATE_CODES = {state: code for code, state in enumerate(_STATES)}


@dataclass(frozen=True, slots=True)
class Outline:
    """A message without its parts. `length` counts the characters of its text, `lines` the line
    ends in it, `pictures` its pictures."""

    id: str
    role: Role
    state: MessageState
    length: int = 0
    lines: int = 0
    pictures: int = 0


def outline_of(message: Message) -> Outline:
    texts = [part.text for part in message.parts if isinstance(part, TextPart)]
    return Outline(
        message.id,
        message.role,
        message.state,
        sum(map(len, texts)),
        sum(text.count("\n") for text in texts),
        len(message.pictures_sent),
    )


@dataclass(slots=True)
class OutlineTable:
    """Outlines in sequence, a column for each field: about 150 bytes a message.

    `odd_parents` holds the parent (None: a first message) of those that do not simply follow the
    message before them.
    """

    ids: list[str] = field(default_factory=list)
    roles: bytearray = field(default_factory=bytearray)
    states: bytearray = field(default_factory=bytearray)
    lengths: array[int] = field(default_factory=lambda: array("L"))
    lines: array[int] = field(default_factory=lambda: array("L"))
    pictures: array[int] = field(default_factory=lambda: array("L"))
    odd_parents: dict[int, str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, messages: Iterable[Message]) -> OutlineTable:
        table = cls()
        for message in messages:
            table.add(outline_of(message), message.parent)
        return table

    @classmethod
    def from_columns(
        cls,
        ids: Sequence[str],
        roles: bytes,
        states: bytes,
        sizes: Sequence[Iterable[int]],
        odd_parents: Mapping[int, str | None],
    ) -> OutlineTable:
        """Made of whole columns. `roles` and `states` are their codes; `sizes` are lengths, lines
        and pictures."""
        lengths, lines, pictures = (array("L", column) for column in sizes)
        return cls(
            list(ids),
            bytearray(roles),
            bytearray(states),
            lengths,
            lines,
            pictures,
            dict(odd_parents),
        )

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, place: int) -> Outline:
        return Outline(
            self.ids[place],
            _ROLES[self.roles[place]],
            _STATES[self.states[place]],
            self.lengths[place],
            self.lines[place],
            self.pictures[place],
        )

    def role(self, place: int) -> Role:
        return _ROLES[self.roles[place]]

    def add(self, outline: Outline, parent: str | None) -> None:
        """One more at the end."""
        before = self.ids[-1] if self.ids else None
        if parent != before or before is None:
            self.odd_parents[len(self.ids)] = parent
        self.ids.append(outline.id)
        self.roles.append(ROLE_CODES[outline.role])
        self.states.append(STATE_CODES[outline.state])
        self.lengths.append(outline.length)
        self.lines.append(outline.lines)
        self.pictures.append(outline.pictures)

    def replace(self, place: int, outline: Outline) -> None:
        """Other facts of the message at `place`; its id and parent stay."""
        self.roles[place] = ROLE_CODES[outline.role]
        self.states[place] = STATE_CODES[outline.state]
        self.lengths[place] = outline.length
        self.lines[place] = outline.lines
        self.pictures[place] = outline.pictures
