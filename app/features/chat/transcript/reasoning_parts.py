"""Reasoning as the boxes it is shown as."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

from app.core.events import ReasoningDelta, StreamEvent
from app.core.message import Message, MessageState, Part, ReasoningPart
from app.core.settings import ReasoningFold
from app.features.chat.transcript import words
from app.features.chat.transcript.actions import Action, Intent
from app.features.chat.transcript.box import Box
from app.features.chat.transcript.part_boxes import Change, PartBoxes, Splice
from app.features.chat.transcript.part_kinds import PartKind, PartPlace
from app.features.chat.transcript.reasoning import ReasoningHead, ReasoningPane, reasoning_box
from app.features.chat.transcript.surface import Surface
from app.kit.markdown.reading import plain_blocks


class ReasoningBoxes(PartBoxes):
    """Reasoning: a head, and below it what is shown of the text.

    `live` while it arrives. The fold setting decides until the person does.
    """

    def __init__(
        self,
        surface: Surface,
        splice: Splice,
        text: str,
        *,
        live: bool,
        seconds: float | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(surface, splice)
        self._pieces = [text] if text else []
        self._live = live
        self._seconds = seconds
        self._tokens = ""
        self._clock = clock
        self._begun = clock()
        self._chosen: bool | None = None
        self._head = ReasoningHead(surface)
        self.boxes = [self._head, *self._body()]
        self._tell()

    @property
    def text(self) -> str:
        joined = "".join(self._pieces)
        self._pieces = [joined]
        return joined

    @property
    def is_counting(self) -> bool:
        return self._live

    @property
    def unfolded(self) -> bool:
        if self._chosen is not None:
            return self._chosen
        if self._live:
            return self.surface.fold is not ReasoningFold.FOLDED
        return self.surface.fold is ReasoningFold.OPEN

    def take(self, event: StreamEvent, *, last: bool) -> bool:
        if not (isinstance(event, ReasoningDelta) and last and self._live):
            return False
        self._pieces.append(event.text)
        return True

    def flush(self) -> None:
        """Show what was taken in since the last time, and the time that passed."""
        if not self._live:
            return
        self._tell()
        pane = self.boxes[1] if len(self.boxes) > 1 else None
        if isinstance(pane, ReasoningPane):
            pane.show_end(self.text)
        elif self.unfolded:
            self.change(1, len(self.boxes) - 1, self._body())
            return
        self.change(0, 0, ())

    def end(self, seconds: float | None = None) -> None:
        """No more comes: fold, as the setting says."""
        if seconds is not None:
            self._seconds = seconds
        if self._live:
            self._live = False
            if self._seconds is None:
                self._seconds = self._clock() - self._begun
            self._rebuild()
        else:
            self._tell()

    def settled(self, part: Part) -> PartBoxes:
        assert isinstance(part, ReasoningPart)
        self.end(part.seconds)
        return self

    def shows(self, part: Part) -> bool:
        return isinstance(part, ReasoningPart) and self.text == part.text

    def tell_message(self, message: Message, number: int, count: int) -> None:
        """Say behind the head how many tokens it was: of several pieces the last one tells it."""
        if number == count - 1 and message.state is not MessageState.STREAMING:
            self._tokens = words.thought_tokens(message, pieces=count)
            self._tell()

    def retell(self) -> None:
        self._tell()

    def toggle(self) -> None:
        self._chosen = not self.unfolded
        self._rebuild()

    def change_for(self, box: Box, action: Action) -> Change | None:
        return (self.boxes[0], self.toggle) if action.intent is Intent.TOGGLE else None

    def fold_changed(self) -> None:
        self._rebuild()

    def unfolded_boxes(self) -> Sequence[Box]:
        if self._live or self.unfolded:
            return tuple(self.boxes)
        return (self._head, *self._whole_body())

    def unfold(self) -> None:
        if not self.unfolded:
            self.toggle()

    def _rebuild(self) -> None:
        self._tell()
        self.change(1, len(self.boxes) - 1, self._body())

    def _body(self) -> list[Box]:
        if not self.unfolded or not self._pieces:
            return []
        if self._live:
            pane = ReasoningPane(self.surface)
            pane.show_end(self.text)
            return [pane]
        return self._whole_body()

    def _whole_body(self) -> list[Box]:
        return [reasoning_box(self.surface, b.source) for b in plain_blocks(self.text.rstrip())]

    def _tell(self) -> None:
        elapsed = self._clock() - self._begun
        title = words.thinking(elapsed) if self._live else words.thought(self._seconds)
        self._head.tell(title, tokens=self._tokens, unfolded=self.unfolded, live=self._live)

    def copy_text(self) -> str:
        return self.text


class ReasoningKind(PartKind):
    part = ReasoningPart
    delta = ReasoningDelta

    def show(self, part: ReasoningPart, place: PartPlace) -> PartBoxes:
        seconds = None if place.last else part.seconds
        return ReasoningBoxes(
            place.surface, place.splice, part.text, live=place.last, seconds=seconds
        )

    def begin(self, event: ReasoningDelta, place: PartPlace) -> PartBoxes | None:
        # Some deltas carry only what is to be sent back.
        return ReasoningBoxes(place.surface, place.splice, "", live=True) if event.text else None
