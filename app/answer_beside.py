"""An answer beside a region of the screen: one card and its conversation, joined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.answer_table import table_in
from app.core.conversation import Draft
from app.core.errors import PortholeError
from app.core.message import ImagePart, Message, Role
from app.core.picture_action import PictureAction
from app.features.capture.capture import Shot
from app.features.capture.card import AnswerCard
from app.features.capture.geometry import Box, Screen, beside, plan, screen_at
from app.features.capture.region_mark import RegionMark
from app.features.chat.session import ChatSession
from app.features.chat.transcript import TranscriptView, words
from app.features.chat.words_sent import asked_title
from app.features.images.attachment_strip import AttachmentStrip
from app.features.images.quick_actions import QuickActions
from app.kit import error_text
from app.kit.icons import Icons
from app.kit.theme import Theme

GAP = 28
"""Between a region and the card beside it."""


@dataclass(frozen=True, slots=True, eq=False)
class AnswerParts:
    """What a card is made with. `ask_on` sends a further question about pictures.

    `caution` answers what is to be said of a model before it is asked about a picture.
    """

    strip: AttachmentStrip
    actions: QuickActions
    transcript: TranscriptView
    ask_on: Callable[[ChatSession, Draft, tuple[ImagePart, ...]], None]
    caution: Callable[[str], str]


class Answer(QObject):
    """`open_wished`: to go on with it in the main window."""

    open_wished = Signal()
    closed = Signal()

    def __init__(
        self, session: ChatSession, parts: AnswerParts, shot: Shot, *, theme: Theme, icons: Icons
    ) -> None:
        super().__init__()
        self.session = session
        self._strip, self._transcript = parts.strip, parts.transcript
        self._actions, self._ask_on = parts.actions, parts.ask_on
        self._caution = parts.caution
        self._shot = shot
        self._wanted: Draft | None = None
        self._wants_open = False
        self._taken = False
        self._reply: Message | None = None
        self.card = AnswerCard(
            theme=theme, icons=icons, actions=parts.actions, answer=parts.transcript
        )
        # It is prepared as for any message, but what is asked about is seen on the screen itself.
        self._aside = QWidget(self.card)
        self._aside.hide()
        self._strip.setParent(self._aside)
        self._mark: RegionMark | None = None
        if shot.region is not None:
            made = plan(shot.region, shot.screens)
            size = f"{made.width} × {made.height}"
            self._mark = RegionMark(shot.region, size, theme=theme)
        self._connect()

    def _connect(self) -> None:
        card, session, transcript = self.card, self.session, self._transcript
        card.question_asked.connect(lambda text: self._ask(Draft(text)))
        self._actions.chosen.connect(self._ask_action)
        card.action_key_pressed.connect(self._ask_by_key)
        card.stop_requested.connect(session.stop)
        card.copy_requested.connect(self._copy)
        card.table_requested.connect(self._copy_table)
        card.open_requested.connect(self._open)
        card.closed.connect(self._end)
        self._strip.changed.connect(self._go_on)
        self._strip.refused.connect(self._refused)
        session.state_changed.connect(self._show_state)
        session.message_added.connect(self._add)
        session.message_changed.connect(transcript.update_message)
        session.delta_arrived.connect(transcript.grow)
        session.branch_changed.connect(self._show_branch)
        session.draft_taken.connect(card.clear_question)
        session.reply_ended.connect(self._ended)
        session.went_wrong.connect(self._went_wrong)
        transcript.regenerate_requested.connect(session.answer_again)
        transcript.retry_requested.connect(session.answer_again)
        transcript.continue_requested.connect(lambda _id: session.continue_reply())
        transcript.version_requested.connect(session.show_version)
        transcript.stop_waiting_requested.connect(lambda _id: session.stop_waiting())
        # For all that takes room there is the main window.
        for wish in (
            transcript.branch_requested,
            transcript.edit_requested,
            transcript.details_requested,
            transcript.fix_requested,
            transcript.raw_requested,
            transcript.settings_requested,
        ):
            wish.connect(self._open)

    def show(self) -> None:
        """The card, beside the region where there is one."""
        region, screens = self._shot.region, self._shot.screens
        if region is None:
            room = QGuiApplication.primaryScreen().availableGeometry()
            wide, high = room.width(), room.height()
            screens = (Screen(room.x(), room.y(), wide, high, wide, high),)
            region = Box(*screens[0].box.centre, 0, 0)
        screen = screen_at(screens, region.centre)
        size = float(self.card.room.width()), float(self.card.room.height())
        model = self.session.model_for((_a_picture(),))
        self.card.set_note(_short(model))
        self.card.set_caution(self._caution(model))
        self.card.stand(*beside(size, region, screen, GAP))
        if self._mark is not None:
            self._mark.show()

    def take(self, data: bytes, name: str) -> None:
        """The picture that is asked about."""
        self._taken = True
        self._strip.add_bytes(data, name)

    # What the person does

    def _ask_action(self, action: PictureAction) -> None:
        typed = self.card.question.text().strip()
        prompt = f"{action.prompt}\n\n{typed}" if typed else action.prompt
        self._ask(Draft(prompt, asked=action.asked()))

    def _ask_by_key(self, key: str) -> None:
        for action in self._actions.actions_shown:
            if action.key == key and self._actions.isEnabled():
                self._ask_action(action)
                return

    def _ask(self, draft: Draft) -> None:
        if self._wanted is None and not self.session.busy:
            self._wanted = draft
            self._show_state()
            self._go_on()

    def _go_on(self) -> None:
        """Do what waited for the picture to be prepared."""
        if not self._taken or self._strip.busy:
            return
        if self._wants_open:
            self._open()
        elif self._wanted is not None:
            draft, self._wanted = self._wanted, None
            if self.session.is_empty:
                draft = replace(draft, parts=self._strip.parts())
                self.session.send(draft, title=asked_title(draft))
            else:
                self._ask_on(self.session, draft, self._pictures())
            self._show_state()

    def _open(self, *_what: object) -> None:
        """Go on in the main window; what stands unasked goes along."""
        if not self._taken or self._strip.busy:
            self._wants_open = True
            return
        if self.session.is_empty and not self.session.busy:
            self.session.keep_draft(Draft(self.card.question.text(), self._strip.parts()))
        self.open_wished.emit()
        self.card.close()

    def _copy(self) -> None:
        if self._reply is not None:
            self._transcript.copy_text(self._reply.text)

    def _copy_table(self) -> None:
        if self._reply is not None and (table := table_in(self._reply.text)) is not None:
            QGuiApplication.clipboard().setMimeData(table)

    def _end(self) -> None:
        if self._mark is not None:
            self._mark.close()
            self._mark.deleteLater()
        session = self.session
        if session.is_empty and not session.busy and not session.draft:
            self._strip.set_parts(())  # it was never asked about, and stays nowhere
        self.session.disconnect(self)
        self.session.disconnect(self._transcript)
        self.closed.emit()

    # What is seen

    def _show_state(self, *_state: object) -> None:
        self.card.set_busy(busy=self.session.busy or self._wanted is not None)
        if self.session.busy:
            self.card.show_answer()

    def _add(self, message: Message) -> None:
        """Answers, and questions after the first: that one is what the card is about."""
        if message.role is not Role.USER or message.parent is not None:
            self._transcript.append_message(message)
        if message.role is Role.ASSISTANT:
            self._reply = None
            self.card.set_answer(text=False, table=False)
            self.card.set_note(_short(message.model))

    def _show_branch(self) -> None:
        shown = [m for m in self.session.branch() if m.parent is not None]
        self._transcript.show_messages(shown, self.session.versions())

    def _ended(self, message: Message) -> None:
        self._reply = message
        table = table_in(message.text) is not None
        self.card.set_answer(text=bool(message.text), table=table)
        took = f" · {words.seconds(message.took)}" if message.took is not None else ""
        self.card.set_note(f"{_short(message.model)}{took}")

    def _refused(self, why: str) -> None:
        self._wanted = None
        self.card.say(why)
        self._show_state()

    def _went_wrong(self, error: BaseException) -> None:
        if isinstance(error, PortholeError):
            self.card.say(error_text.sentence(error))

    def _pictures(self) -> tuple[ImagePart, ...]:
        first = next((m for m in self.session.branch() if m.parent is None), None)
        return first.images if first is not None else ()


def _short(model: str) -> str:
    """A model's name without its maker's."""
    return model.rsplit("/", 1)[-1]


def _a_picture() -> ImagePart:
    """Any picture: what matters is that one goes along."""
    return ImagePart(name="", media_type="image/png")
