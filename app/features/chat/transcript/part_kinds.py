"""The kinds of parts that a message can have, each with how it is shown: a registry.

A new kind of part is a file with a `PartKind` and one line in `kinds`. Nothing else knows of it: it
is asked for boxes (`PartBoxes`), and these lay out, paint, place actions and say what they read as.
A box that must be a real widget (buttons that ask, a tree, a table) is a `WidgetBox`.

    class ClockKind(PartKind):
        part = ClockPart

        def show(self, part: ClockPart, place: PartPlace) -> PartBoxes:
            return ClockBoxes(place.surface, place.splice, part)

What a kind needs from outside (whom to tell of a decision) it is given when it is made, and the
registry with it is handed to the view: `TranscriptView(kinds=KINDS.joined_by(AskKind(decide)))`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.core.events import StreamEvent
from app.core.message import Message, MessageState, Part, Role
from app.features.chat.transcript.part_boxes import PartBoxes, Splice
from app.features.chat.transcript.results import Results
from app.features.chat.transcript.surface import Surface


@dataclass(frozen=True, slots=True)
class PartPlace:
    """Where a part is to be shown. `results` are what tools gave back, by the ids of calls."""

    surface: Surface
    splice: Splice
    results: Results
    number: int = 0
    """How many parts of its kind stand above it in the message."""
    arrives: bool = False
    """The message still arrives."""
    last: bool = False
    """It is the message's last part."""


class PartKind:
    """One kind of part: which class of parts it shows, and which stream event begins one."""

    part: ClassVar[type]
    delta: ClassVar[type | None] = None

    def show(self, part: Any, place: PartPlace) -> PartBoxes:
        """The boxes of a part of this kind."""
        raise NotImplementedError

    def begin(self, event: Any, place: PartPlace) -> PartBoxes | None:
        """The boxes of a part that an event begins, before they `take` it; None: it begins none."""
        return None


class PartKinds:
    """Knows how each kind of part is shown. A later kind of the same part replaces an earlier one.

    `question` shows all that a person said, in one.
    """

    def __init__(
        self,
        kinds: Sequence[PartKind],
        question: Callable[[Surface, Splice, Message], PartBoxes],
    ) -> None:
        self._kinds = tuple(kinds)
        self._question = question
        self._by_part = {kind.part: kind for kind in kinds}
        self._by_delta = {kind.delta: kind for kind in kinds if kind.delta is not None}

    def joined_by(self, *kinds: PartKind) -> PartKinds:
        """These kinds, and more."""
        return PartKinds((*self._kinds, *kinds), self._question)

    def parts_of(
        self,
        surface: Surface,
        splice: Splice,
        message: Message,
        results: Results,
    ) -> list[PartBoxes]:
        """A message's parts, in order; the last one may still grow while it streams."""
        if message.role is Role.USER:
            return [self._question(surface, splice, message)]
        arrives, end = message.state is MessageState.STREAMING, len(message.parts) - 1
        count: dict[type, int] = {}
        made: list[PartBoxes] = []
        for at, part in enumerate(message.parts):
            number = count.get(type(part), 0)
            count[type(part)] = number + 1
            place = PartPlace(surface, splice, results, number, arrives, arrives and at == end)
            kind = self._by_part.get(type(part))
            made.append(kind.show(part, place) if kind else Unshown(surface, splice, part))
        return made

    def begun_by(self, event: StreamEvent, place: PartPlace) -> PartBoxes | None:
        """The part that an event begins; None where it begins none."""
        kind = self._by_delta.get(type(event))
        return kind.begin(event, place) if kind is not None else None

    def grows_by(self, event: StreamEvent) -> bool:
        """Whether an event is what parts are made of."""
        return type(event) in self._by_delta


class Unshown(PartBoxes):
    """A part of a kind that nobody shows: it keeps its place among the parts."""

    def __init__(self, surface: Surface, splice: Splice, part: Part) -> None:
        super().__init__(surface, splice)
        self._part = part

    def shows(self, part: Part) -> bool:
        return part == self._part
