"""Text that is JSON as a card; text that was to be JSON and is not, with a note below it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.core.events import TextDelta
from app.core.message import Message, Part, TextPart
from app.features.chat.transcript.part_boxes import PartBoxes, Splice
from app.features.chat.transcript.part_kinds import PartKind, PartPlace
from app.features.chat.transcript.structured_answer import StructuredAnswer
from app.features.chat.transcript.structured_card import CardState, StructuredCard
from app.features.chat.transcript.structured_checks import Checks
from app.features.chat.transcript.structured_note import StructuredNote
from app.features.chat.transcript.structured_reader import begins_json, is_json
from app.features.chat.transcript.surface import Surface
from app.features.chat.transcript.text_parts import LiveTextBoxes, TextKind, WholeTextBoxes
from app.features.chat.transcript.widget_box import WidgetBox


class CardBox(WidgetBox):
    """The card of an answer that is JSON."""

    def __init__(self, surface: Surface, answer: StructuredAnswer) -> None:
        super().__init__(surface)
        self._answer = answer

    def make(self) -> QWidget:
        theme, icons = self.surface.theme, self.surface.icons
        return StructuredCard(self._answer, theme=theme, icons=icons)

    def state_of(self, widget: QWidget) -> object:
        return widget.state if isinstance(widget, StructuredCard) else None

    def restore(self, widget: QWidget, state: object) -> None:
        if isinstance(widget, StructuredCard) and isinstance(state, CardState):
            widget.restore(state)

    def plain(self, start: int = 0, end: int | None = None) -> str:
        return self._answer.text

    def markdown(self) -> str:
        return f"```json\n{self._answer.text.strip()}\n```"

    def searched(self) -> str:
        return self._answer.text


class NoteBox(WidgetBox):
    """Says that an answer is no JSON where that was asked for; else a pixel."""

    gap = 8

    def __init__(self, surface: Surface, answer: StructuredAnswer) -> None:
        super().__init__(surface)
        self._answer = answer

    def make(self) -> QWidget:
        return StructuredNote(self._answer, alone=True)

    def height_of(self, widget: QWidget, width: int) -> int:
        assert isinstance(widget, StructuredNote)
        return super().height_of(widget, width) if widget.problems.text() else 1


class StructuredBoxes(LiveTextBoxes):
    """Text that is JSON as far as it came; should it turn out to be none, it is text like any."""

    def __init__(self, surface: Surface, splice: Splice, checks: Checks, *, live: bool) -> None:
        super().__init__(surface, splice)
        self._checks, self._live = checks, live
        self._fenced = checks.asked_now() is not None
        self._answer: StructuredAnswer | None = None
        self._is_text = False

    def feed(self, text: str) -> None:
        if self._is_text:
            super().feed(text)
            return
        self._pieces.append(text)
        if self._answer is not None:
            self._answer.feed(text)
            return
        begins = begins_json(self.text, fenced=self._fenced)
        if begins is False:
            self._be_text()
        elif begins:
            self._answer = StructuredAnswer(self._checks, live=self._live)
            self._answer.feed(self.text)
            self.change(0, len(self.boxes), (CardBox(self.surface, self._answer),))

    def flush(self) -> None:
        if self._answer is not None and self._answer.so_far.broken:
            self._be_text()
        super().flush()

    @property
    def is_behind(self) -> bool:
        return super().is_behind or (self._answer is not None and self._answer.busy)

    def end(self) -> None:
        if self._answer is None and not self._is_text:
            self._be_text()
        if self._answer is not None:
            self._answer.finish()
        else:
            super().end()

    def settled(self, part: Part) -> PartBoxes:
        assert isinstance(part, TextPart)
        if self._answer is not None:
            if is_json(part.text, fenced=self._fenced):
                return self
            self._let_answer_go()
        elif self._checks.asked_now() is None:
            return super().settled(part)
        return text_boxes(self.surface, self._splice, self._checks, part.text)

    def tell_message(self, message: Message, number: int, count: int) -> None:
        if self._answer is not None:
            self._answer.tell(message)

    def let_go(self) -> None:
        self._let_answer_go()
        super().let_go()

    def copy_text(self) -> str:
        return self.text

    def _be_text(self) -> None:
        """It is no JSON: all that came is shown as text."""
        self._is_text = True
        self._let_answer_go()
        whole, self._pieces = self.text, []
        self.change(0, len(self.boxes), ())
        super().feed(whole)

    def _let_answer_go(self) -> None:
        if self._answer is not None:
            self._answer.deleteLater()
            self._answer = None


class NotedTextBoxes(WholeTextBoxes):
    """Text of a reply that may have been asked for as JSON: a note below says that it is none."""

    def __init__(self, surface: Surface, splice: Splice, checks: Checks, text: str) -> None:
        super().__init__(surface, splice, text)
        self._answer = StructuredAnswer(checks, live=False, is_json=False)
        self.boxes.append(NoteBox(surface, self._answer))

    def tell_message(self, message: Message, number: int, count: int) -> None:
        if number == count - 1:
            self._answer.tell(message)

    def let_go(self) -> None:
        self._answer.deleteLater()
        super().let_go()


def text_boxes(surface: Surface, splice: Splice, checks: Checks, text: str) -> PartBoxes:
    """A whole text that is no JSON."""
    asked = checks.asked_now()
    if asked is None or asked.schema is None:
        return WholeTextBoxes(surface, splice, text)
    return NotedTextBoxes(surface, splice, checks, text)


class StructuredTextKind(PartKind):
    """Words, and JSON. That of the latest part of a message that arrives may go on."""

    part = TextPart
    delta = TextDelta

    def __init__(self, checks: Checks) -> None:
        self._checks = checks
        self._text = TextKind()

    def show(self, part: TextPart, place: PartPlace) -> PartBoxes:
        fenced = self._checks.asked_now() is not None
        if place.last:
            made = StructuredBoxes(place.surface, place.splice, self._checks, live=True)
            made.feed(part.text)
            made.flush()
            return made
        if not place.arrives and is_json(part.text, fenced=fenced):
            whole = StructuredBoxes(place.surface, place.splice, self._checks, live=False)
            whole.feed(part.text)
            whole.end()
            return whole
        if place.arrives:
            return self._text.show(part, place)
        return text_boxes(place.surface, place.splice, self._checks, part.text)

    def begin(self, event: TextDelta, place: PartPlace) -> PartBoxes | None:
        return StructuredBoxes(place.surface, place.splice, self._checks, live=True)
