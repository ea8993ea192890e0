"""What every part of a message is: boxes, and a way to tell that they changed.

A part tells its owner about every change through `splice(at, removed, boxes)`: which of its boxes
went, and what stands in their place. Boxes that need not change are not touched.

What a part is asked and told stands here for all of them, each with an answer that does for a part
that knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.core.events import StreamEvent
from app.core.message import Message, Part
from app.features.chat.transcript.actions import Action
from app.features.chat.transcript.box import Box
from app.features.chat.transcript.results import Results
from app.features.chat.transcript.surface import Surface

Splice = Callable[["PartBoxes", int, int, Sequence[Box]], None]
Change = tuple[Box, Callable[[], None]]
"""A change that the reader asks for, and the box that stays where it is meanwhile."""


def nowhere(_part: PartBoxes, _at: int, _removed: int, _boxes: Sequence[Box]) -> None:
    """Nobody is to be told."""


class PartBoxes:
    """A part as boxes, first to last."""

    def __init__(self, surface: Surface, splice: Splice) -> None:
        self.surface = surface
        self.boxes: list[Box] = []
        self._splice = splice

    def change(self, at: int, removed: int, boxes: Sequence[Box]) -> None:
        self.boxes[at : at + removed] = boxes
        self._splice(self, at, removed, boxes)

    def let_go(self) -> None:
        """It is not shown any more: nothing is left that holds on to each other."""
        for box in self.boxes:
            box.let_go()
        self.boxes = []
        self._splice = nowhere

    def expand(self, box: Box) -> None:
        """Make blocks of a `ChunkBox` of this part."""

    # While it arrives

    def take(self, event: StreamEvent, *, last: bool) -> bool:
        """Take in what belongs to it; False for what does not. `last`: it is the latest part."""
        return False

    def flush(self) -> None:
        """Show what was taken in."""

    @property
    def is_behind(self) -> bool:
        """Whether more has arrived than a flush could show."""
        return False

    @property
    def is_counting(self) -> bool:
        """Whether seconds are counted in it."""
        return False

    def end(self) -> None:
        """Another part begins below, or the message has ended."""

    def settled(self, part: Part) -> PartBoxes:
        """The message has ended and says this: it, or what is to stand in its place."""
        return self

    def shows(self, part: Part) -> bool:
        """Whether this is what it shows, to its end."""
        return False

    # What is known beyond the part itself

    def tell_message(self, message: Message, number: int, count: int) -> None:
        """What its message is now. It is the part `number` of `count` that are like it."""

    def results_changed(self, results: Results) -> None:
        """A tool gave something back; `results` by the ids of calls."""

    def asks_for(self, call_id: str) -> str | None:
        """What that call asks the reader, where it is this part and waits for an answer."""
        return None

    def fold_changed(self) -> None:
        """The setting how reasoning is folded changed."""

    def retell(self) -> None:
        """The language changed: say again what was said in words of our own."""

    # What is done with it

    def unfolded_boxes(self) -> Sequence[Box]:
        """The boxes that there would be with nothing folded away."""
        return tuple(self.boxes)

    def unfold(self) -> None:
        """Show what is folded away."""

    def change_for(self, box: Box, action: Action) -> Change | None:
        """What an action in one of its boxes changes in it; None: nothing."""
        return None

    def copy_text(self) -> str:
        """What its own Copy copies."""
        return ""

    def copied(self, box: Box) -> str:
        """What Copy in one of its boxes copies."""
        return self.copy_text()

    def saved(self, box: Box) -> tuple[str, str] | None:
        """What Save as in one of its boxes saves: a text and its language."""
        return None
