"""A tool call as the boxes it is shown as: its card, and the pictures that the tool gave."""

from __future__ import annotations

from app.core.events import StreamEvent, ToolCallDelta
from app.core.message import ImagePart, Part, ToolCallPart
from app.core.tool import CallNow, CallPhase, Leave
from app.features.chat.transcript.actions import Action, Intent
from app.features.chat.transcript.box import Box
from app.features.chat.transcript.part_boxes import Change, PartBoxes, Splice
from app.features.chat.transcript.part_kinds import PartKind, PartPlace
from app.features.chat.transcript.picture_part import PictureBox
from app.features.chat.transcript.results import Results
from app.features.chat.transcript.surface import Surface
from app.features.chat.transcript.tool_card import ToolCard
from app.features.chat.transcript.tool_state import Calls


class NoCalls:
    """Where no turn is shown that could call."""

    def now(self, call_id: str) -> CallNow | None:
        return None

    def answer(self, call_id: str, leave: Leave) -> None:
        return None


class ToolCallBoxes(PartBoxes):
    """`live` while the arguments arrive."""

    def __init__(
        self,
        surface: Surface,
        splice: Splice,
        call: ToolCallPart,
        calls: Calls,
        *,
        live: bool,
        index: int = -1,
    ) -> None:
        super().__init__(surface, splice)
        self.index = index
        self._call = call
        self._calls = calls
        self._live = live
        self.card = ToolCard(surface, call, live=live)
        self.boxes = [self.card]
        self._arguments = [call.arguments]
        self._pictures: tuple[ImagePart, ...] = ()
        self._began: float | None = None

    @property
    def call_id(self) -> str:
        return self._call.id

    @property
    def arguments(self) -> str:
        return "".join(self._arguments)

    def take(self, event: StreamEvent, *, last: bool) -> bool:
        if not isinstance(event, ToolCallDelta) or event.index != self.index:
            return False
        if event.replace:
            self._arguments.clear()
        self._arguments.append(event.arguments)
        self._call = ToolCallPart(event.id or self._call.id, event.name or self._call.name, "")
        return True

    def flush(self) -> None:
        if self._live:
            call = ToolCallPart(self._call.id, self._call.name, self.arguments)
            if call != self.card.call:
                self.card.show_call(call, live=True)
                self.change(0, 0, ())
        elif self.is_counting:
            self._tell()

    @property
    def is_counting(self) -> bool:
        now = self._calls.now(self.call_id)
        return now is not None and now.phase is CallPhase.RUNS

    def settled(self, part: Part) -> PartBoxes:
        self._live = False
        self.card.show_call(
            ToolCallPart(self._call.id, self._call.name, self.arguments), live=False
        )
        self.change(0, 0, ())
        return self

    def shows(self, part: Part) -> bool:
        if not isinstance(part, ToolCallPart):
            return False
        return self.call_id == part.id and self.arguments == part.arguments

    def results_changed(self, results: Results) -> None:
        self.card.show_result(results.get(self.call_id))
        self._tell()
        pictures = results.pictures(self.call_id)
        if pictures != self._pictures:
            self._pictures = pictures
            made: list[Box] = [PictureBox(self.surface, picture) for picture in pictures]
            self.change(1, len(self.boxes) - 1, made)

    def asks_for(self, call_id: str) -> str | None:
        now = self._calls.now(call_id)
        asks = call_id == self.call_id and now is not None and now.phase is CallPhase.ASKS
        return self.card.heading if asks else None

    def _tell(self) -> None:
        """Say where the call stands, and for how long it has been running."""
        now = self._calls.now(self.call_id)
        runs = now is not None and now.phase is CallPhase.RUNS
        if runs and self._began is None:
            self._began = self.surface.clock()
        elapsed = self.surface.clock() - self._began if self._began is not None else 0.0
        self.card.show_now(now, elapsed)
        self.change(0, 0, ())

    def retell(self) -> None:
        self._tell()

    def toggle(self) -> None:
        self.card.toggle()
        self.change(0, 0, ())

    def change_for(self, box: Box, action: Action) -> Change | None:
        if action.intent is Intent.LEAVE:
            leave = Leave(action.payload)
            return self.card, lambda: self._calls.answer(self.call_id, leave)
        return (self.card, self.toggle) if action.intent is Intent.TOGGLE else None

    def unfold(self) -> None:
        if self.card.is_folded:
            self.toggle()

    def copy_text(self) -> str:
        return self.card.copy_text()


class ToolCallKind(PartKind):
    """`calls` knows the calls of the turn that is under way."""

    part = ToolCallPart
    delta = ToolCallDelta

    def __init__(self, calls: Calls | None = None) -> None:
        self._calls = calls or NoCalls()

    def show(self, part: ToolCallPart, place: PartPlace) -> PartBoxes:
        call = ToolCallBoxes(
            place.surface,
            place.splice,
            part,
            self._calls,
            live=place.arrives,
            index=place.number,
        )
        call.results_changed(place.results)
        return call

    def begin(self, event: ToolCallDelta, place: PartPlace) -> PartBoxes | None:
        call = ToolCallPart(event.id, event.name, "")
        return ToolCallBoxes(
            place.surface, place.splice, call, self._calls, live=True, index=event.index
        )
