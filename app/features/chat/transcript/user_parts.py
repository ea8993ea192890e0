"""The person's message as the pieces of its bubble, with long words folded."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.message import Message, TextPart
from app.features.chat.transcript.actions import Action, Intent
from app.features.chat.transcript.box import Box
from app.features.chat.transcript.files_piece import FilesPiece
from app.features.chat.transcript.part_boxes import Change, PartBoxes, Splice
from app.features.chat.transcript.surface import Surface
from app.features.chat.transcript.user_boxes import (
    Bubble,
    BubblePiece,
    FoldPiece,
    PicturesPiece,
    WordsPiece,
    folded,
)
from app.kit.markdown.reading import plain_blocks


class UserBoxes(PartBoxes):
    """All of the message: pictures, files, words."""

    def __init__(self, surface: Surface, splice: Splice, message: Message) -> None:
        super().__init__(surface, splice)
        self._message = message
        self._unfolded = False
        self.boxes = self._pieces()

    def toggle(self) -> None:
        """Show all words, or their start."""
        self._unfolded = not self._unfolded
        removed = len(self.boxes)
        self.change(0, removed, self._pieces())

    def change_for(self, box: Box, action: Action) -> Change | None:
        return (self.boxes[0], self.toggle) if action.intent is Intent.TOGGLE else None

    def unfolded_boxes(self) -> Sequence[Box]:
        return tuple(self.boxes) if self._unfolded else self._pieces(unfolded=True)

    def unfold(self) -> None:
        if not self._unfolded and any(isinstance(box, FoldPiece) for box in self.boxes):
            self.toggle()

    def _pieces(self, *, unfolded: bool = False) -> list[Box]:
        bubble = Bubble()
        made: list[BubblePiece] = []
        if self._message.images:
            made.append(PicturesPiece(self.surface, bubble, self._message.images))
        if files := self._message.files:
            made.append(FilesPiece(self.surface, bubble, files))
        made.extend(self._words(bubble, unfolded=unfolded or self._unfolded))
        bubble.pieces = made
        return list(made)

    def _words(self, bubble: Bubble, *, unfolded: bool) -> list[BubblePiece]:
        parts = [p.text for p in self._message.parts if isinstance(p, TextPart)]
        text = "\n".join(parts).strip("\n")
        if not text.strip():
            return []
        start = folded(text)
        shown = text if unfolded else start
        made: list[BubblePiece] = [
            WordsPiece(self.surface, bubble, block.source) for block in plain_blocks(shown)
        ]
        if start != text:
            made.append(FoldPiece(self.surface, bubble, unfolded=unfolded))
        return made

    def copy_text(self) -> str:
        return self._message.text
