"""What every part of a message is: boxes, and a way to tell that they changed.

A part tells its owner about every change through `splice(at, removed, boxes)`: which of its boxes
went, and what stands in their place. Boxes that need not change are not touched.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.features.chat.transcript.box import Box
from app.features.chat.transcript.code_card import CodeCard
from app.features.chat.transcript.surface import Surface

Splice = Callable[["PartBoxes", int, int, Sequence[Box]], None]


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

    def unfolded_boxes(self) -> Sequence[Box]:
        """The boxes that there would be with nothing folded away."""
        return tuple(self.boxes)

    def unfold(self) -> None:
        """Show what is folded away."""

    def wrap_code(self, card: CodeCard) -> None:
        """Wrap the long lines of a block of code, or no longer."""
        at, count = self.boxes.index(card.boxes[0]), len(card.boxes)
        card.set_wrap(not card.wraps)
        self.change(at, count, card.boxes)

    def fold_code(self, card: CodeCard) -> None:
        """Show all of a block of code, or its first lines only."""
        at, count = self.boxes.index(card.boxes[0]), len(card.boxes)
        card.set_folded(not card.folded)
        self.change(at, count, card.boxes)

    def retell(self) -> None:
        """The language changed: say again what was said in words of our own."""

    def copy_text(self) -> str:
        """What its own Copy copies."""
        return ""
