"""The parts of a message, each as the boxes it is shown as: reasoning, tool calls, texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import monotonic

from app.core.message import (
    Message,
    MessageState,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from app.core.settings import ReasoningFold
from app.features.chat.transcript import words
from app.features.chat.transcript.box import Box
from app.features.chat.transcript.part_boxes import PartBoxes, Splice
from app.features.chat.transcript.reasoning import ReasoningHead, ReasoningPane, reasoning_box
from app.features.chat.transcript.surface import Surface
from app.features.chat.transcript.text_parts import LiveTextBoxes, WholeTextBoxes
from app.features.chat.transcript.tool_card import ToolCard
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
    def live(self) -> bool:
        return self._live

    @property
    def unfolded(self) -> bool:
        if self._chosen is not None:
            return self._chosen
        if self._live:
            return self.surface.fold is not ReasoningFold.FOLDED
        return self.surface.fold is ReasoningFold.OPEN

    def feed(self, text: str) -> None:
        self._pieces.append(text)

    def flush(self) -> None:
        """Show what was fed since the last time, and the time that passed."""
        self._tell()
        pane = self.boxes[1] if len(self.boxes) > 1 else None
        if isinstance(pane, ReasoningPane):
            pane.show_end(self.text)
        elif self._live and self.unfolded:
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

    def set_tokens(self, tokens: str) -> None:
        """Say behind the head how many tokens it was."""
        self._tokens = tokens
        self._tell()

    def retell(self) -> None:
        self._tell()

    def toggle(self) -> None:
        self._chosen = not self.unfolded
        self._rebuild()

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


class ToolCallBoxes(PartBoxes):
    """A tool call as its card."""

    def __init__(
        self, surface: Surface, splice: Splice, call: ToolCallPart, *, live: bool, index: int = -1
    ) -> None:
        super().__init__(surface, splice)
        self.index = index
        self._call = call
        self._live = live
        self.card = ToolCard(surface, call, live=live)
        self.boxes = [self.card]
        self._arguments = [call.arguments]

    @property
    def call_id(self) -> str:
        return self._call.id

    @property
    def arguments(self) -> str:
        return "".join(self._arguments)

    def feed(self, name: str, call_id: str, arguments: str, *, replace: bool) -> None:
        if replace:
            self._arguments.clear()
        self._arguments.append(arguments)
        self._call = ToolCallPart(call_id or self._call.id, name or self._call.name, "")

    def flush(self) -> None:
        call = ToolCallPart(self._call.id, self._call.name, "".join(self._arguments))
        if call != self.card.call:
            self.card.show_call(call, live=True)
            self.change(0, 0, ())

    def end(self) -> None:
        call = ToolCallPart(self._call.id, self._call.name, "".join(self._arguments))
        self.card.show_call(call, live=False)
        self.change(0, 0, ())

    def show_result(self, result: ToolResultPart | None) -> None:
        self.card.show_result(result)
        self.change(0, 0, ())

    def toggle(self) -> None:
        self.card.toggle()
        self.change(0, 0, ())

    def unfold(self) -> None:
        if self.card.is_folded:
            self.toggle()

    def copy_text(self) -> str:
        return self.card.copy_text()


def assistant_parts(
    surface: Surface, splice: Splice, message: Message, results: Mapping[str, ToolResultPart]
) -> list[PartBoxes]:
    """A reply's parts; the last one may still grow while it streams. `results` by call id."""
    live = message.state is MessageState.STREAMING
    made: list[PartBoxes] = []
    for place, part in enumerate(message.parts):
        last = live and place == len(message.parts) - 1
        match part:
            case ReasoningPart():
                seconds = None if last else part.seconds
                made.append(ReasoningBoxes(surface, splice, part.text, live=last, seconds=seconds))
            case TextPart() if last:
                text = LiveTextBoxes(surface, splice)
                text.feed(part.text)
                text.flush()
                made.append(text)
            case TextPart():
                made.append(WholeTextBoxes(surface, splice, part.text))
            case ToolCallPart():
                index = sum(isinstance(known, ToolCallBoxes) for known in made)
                call = ToolCallBoxes(surface, splice, part, live=live, index=index)
                call.show_result(results.get(part.id))
                made.append(call)
    return made


def shows(parts: Sequence[PartBoxes], message: Message) -> bool:
    """Whether the boxes show this message's parts (each to its end)."""
    return len(parts) == len(message.parts) and all(map(_same, parts, message.parts))


def _same(shown: PartBoxes, part: object) -> bool:
    match shown, part:
        case LiveTextBoxes(), TextPart():
            return shown.text == part.text
        case ReasoningBoxes(), ReasoningPart():
            return shown.text == part.text
        case ToolCallBoxes(), ToolCallPart():
            return shown.call_id == part.id and shown.arguments == part.arguments
        case WholeTextBoxes(), TextPart():
            return shown.text == part.text
    return False
