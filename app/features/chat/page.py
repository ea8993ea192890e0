"""A conversation as a page: header, transcript, composer, joined to its session.

The page shows what the session says and hands it what the person does; it streams and stores
nothing itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.conversation import ConversationInfo, Draft, ScrollAnchor
from app.core.fixes import FixKind, fix_for
from app.core.message import Message, Role
from app.core.model_info import ModelInfo
from app.core.settings import ReasoningFold
from app.features.chat.arriving import SessionState
from app.features.chat.composer import Composer
from app.features.chat.editing import Editing
from app.features.chat.first_run import DropZone
from app.features.chat.output_mark import OutputMark
from app.features.chat.page_banner import PageBanner
from app.features.chat.page_header import PageHeader
from app.features.chat.page_parts import PageParts
from app.features.chat.reader_toggle import ReaderToggle
from app.features.chat.session import ChatSession
from app.features.chat.structured_answers import StructuredAnswers
from app.features.chat.transcript import TranscriptView
from app.features.chat.transcript.kinds import KINDS
from app.features.chat.transcript.structured_parts import StructuredTextKind
from app.features.chat.transcript.tool_parts import ToolCallKind
from app.features.chat.transcript_pane import TranscriptPane
from app.features.chat.words_sent import asked_title
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import READING_WIDTH, Theme

SIDE_MARGIN = 16
LATEST = 40
"""How many messages back the person's last one is looked for."""


class ChatPage(QWidget):
    """One conversation, whole. `session` stays with the page for life."""

    settings_requested = Signal()
    details_requested = Signal(object)  # Message
    raw_requested = Signal(object)  # Message
    smaller_requested = Signal(object)  # Message: the question whose pictures were too large
    branch_requested = Signal(str)
    image_activated = Signal(str)  # blob
    link_activated = Signal(str)
    code_save_requested = Signal(str, str)
    typing_started = Signal()
    capture_requested = Signal()
    output_requested = Signal()
    scrolled = Signal()

    def __init__(
        self, session: ChatSession, parts: PageParts, *, theme: Theme, icons: Icons
    ) -> None:
        super().__init__()
        self.session = session
        self._theme = theme
        self._icons = icons
        self._parts = parts
        self._picker = parts.picker
        self._models: dict[str, ModelInfo] = {}
        self.answers = StructuredAnswers(session, parts.checker, parts.tasks, self)
        self._output = OutputMark()
        self._transcript = TranscriptView(
            theme=theme,
            icons=icons,
            blob_pixmap=parts.thumbnail,
            formulas=parts.formulas,
            describe=parts.describe,
            kinds=KINDS.joined_by(ToolCallKind(session.calling), StructuredTextKind(self.answers)),
        )
        self._pane = TranscriptPane(self._transcript, session, theme=theme, icons=icons)
        self._drop_zone: DropZone | None = None
        self._composer = Composer(
            theme=theme,
            icons=icons,
            attachments=parts.attachments,
            quick_actions=parts.quick_actions,
            earlier_pictures=parts.earlier_pictures,
        )
        self._inspector = parts.inspector
        self._editing = Editing(self._composer)
        self._banner = PageBanner(
            session, self._composer, self._editing, parts, add_key=self.settings_requested.emit
        )
        self._header = PageHeader(
            parts.picker_widget, parts.presets_widget, theme=theme, icons=icons
        )
        self._reader = ReaderToggle(session, self._header.reader, parts.reader, parent=self)
        self._middle = QStackedWidget()
        self._foot = QHBoxLayout()
        self._lay_out()
        self._connect()
        parts.inspector_widget.hide()
        self._composer.set_draft(session.draft)
        self._show_branch()
        self._show_info(session.info)
        self._show_state(session.state)

    # What the window asks for

    @property
    def is_untouched(self) -> bool:
        """A new conversation in which nothing was said, and nothing stands unsent."""
        return self.session.is_empty and not self._composer.draft()

    def draft(self) -> Draft:
        """What stands unsent."""
        return self._composer.draft()

    def quick_action(self, action: str) -> QAbstractButton:
        """The button of a quick action, by its id."""
        return self._parts.quick_actions.button(action)

    @property
    def transcript(self) -> TranscriptView:
        return self._transcript

    @property
    def send_text(self) -> str:
        """What the button says: Send, Stop, or why neither."""
        return self._composer.send_button.text()

    def shown_text(self) -> str:
        """All that the transcript says, as plain text."""
        return self._transcript.plain_text()

    def focus_composer(self) -> None:
        self._composer.focus_text()

    def insert_text(self, text: str) -> None:
        """Insert at the composer's cursor."""
        self._composer.text_box.insert_text(text)

    def take(self, mime: QMimeData) -> bool:
        """Take what was dropped on the window; False when it is nothing for a message."""
        taken = self._composer.take(mime)
        if taken:
            self._composer.focus_text()
        return taken

    def take_files(self, paths: Sequence[str]) -> None:
        self._parts.attachments.add_paths(list(paths))

    def scroll_anchor(self) -> ScrollAnchor:
        return self._transcript.scroll_anchor()

    def restore_scroll(self, anchor: ScrollAnchor) -> None:
        self._pane.go_to(anchor)

    @property
    def pane(self) -> TranscriptPane:
        """The transcript with what is found in it."""
        return self._pane

    def set_reasoning_fold(self, fold: ReasoningFold) -> None:
        self._transcript.set_reasoning_fold(fold)

    def set_enter_sends(self, enter_sends: bool) -> None:
        self._composer.set_enter_sends(enter_sends)

    def ask_by_key(self, key: str) -> None:
        """Ask the quick action with that key; in an empty conversation, of a file to be picked."""
        action = self._composer.ask_by_key(key)
        if action is not None and self.session.is_empty:
            self._composer.choose_files_for(action.id)

    def toggle_inspector(self) -> None:
        self._header.inspector.toggle()

    def toggle_reader(self) -> None:
        """Show the pictures beside what was read from them, where there are any."""
        if self._header.reader.isEnabled():
            self._header.reader.toggle()

    def choose_model(self) -> None:
        self._picker.open_list()

    def set_models(self, models: Sequence[ModelInfo]) -> None:
        """What is known of the service's models."""
        self._models = {model.id: model for model in models}
        self._show_model()

    def service_changed(self) -> None:
        """The profile's proposed models may be others now."""
        self._show_values()
        self._show_model()

    def let_go(self) -> None:
        """The tab closes: stop listening, so that a session that still ends tells nobody."""
        self.session.disconnect(self)
        self.session.calling.disconnect(self)

    # Within

    def _lay_out(self) -> None:
        self._middle.addWidget(self._pane)
        self._composer.add_mark(self._output)
        self._composer.add_mark(self._parts.tools)
        foot = self._foot
        foot.setContentsMargins(SIDE_MARGIN, 12, SIDE_MARGIN, 14)
        self._composer.setMaximumWidth(READING_WIDTH)
        foot.addStretch(1)
        foot.addWidget(self._composer, 1000)
        foot.addStretch(1)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._middle, 1)
        column.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(column, 1)
        row.addWidget(self._parts.inspector_widget)
        set_kind(self, "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _connect(self) -> None:
        session, composer, transcript = self.session, self._composer, self._transcript
        session.state_changed.connect(self._show_state)
        session.info_changed.connect(self._show_info)
        session.branch_changed.connect(self._show_branch)
        session.message_added.connect(self._add_message)
        session.message_changed.connect(transcript.update_message)
        session.delta_arrived.connect(transcript.grow)
        session.draft_taken.connect(self._let_go_of_draft)
        session.calling.call_changed.connect(transcript.call_changed)
        session.calling.asks_to_go_on.connect(self._ask_to_go_on)
        session.calling.answered.connect(self._show_banner)
        composer.send_requested.connect(self._send)
        composer.add_requested.connect(session.add)
        composer.stop_requested.connect(session.stop)
        composer.edit_last_requested.connect(self._edit_last)
        composer.draft_changed.connect(self._draft_changed)
        composer.typing_started.connect(self.typing_started)
        composer.capture_requested.connect(self.capture_requested)
        composer.page_requested.connect(transcript.scroll_by_key)
        self._output.clicked.connect(self.output_requested)
        transcript.regenerate_requested.connect(session.answer_again)
        transcript.retry_requested.connect(session.answer_again)
        transcript.continue_requested.connect(lambda _id: session.continue_reply())
        transcript.version_requested.connect(session.show_version)
        transcript.branch_requested.connect(self.branch_requested)
        transcript.edit_requested.connect(self._edit)
        transcript.details_requested.connect(self._ask_details)
        transcript.settings_requested.connect(self.settings_requested)
        transcript.stop_waiting_requested.connect(lambda _id: session.stop_waiting())
        transcript.fix_requested.connect(self._fix)
        transcript.raw_requested.connect(self._ask_raw)
        transcript.image_activated.connect(lambda blob, _id: self.image_activated.emit(blob))
        transcript.link_activated.connect(self.link_activated)
        transcript.quote_requested.connect(composer.quote)
        transcript.code_save_requested.connect(self.code_save_requested)
        transcript.verticalScrollBar().rangeChanged.connect(self._line_up)
        transcript.verticalScrollBar().valueChanged.connect(lambda _value: self.scrolled.emit())
        self._inspector.system_prompt_changed.connect(session.set_system_prompt)
        self._inspector.parameters_changed.connect(session.set_parameters)
        self._inspector.reasoning_changed.connect(self._switched)
        self._header.inspector.toggled.connect(self._parts.inspector_widget.setVisible)
        self._reader.toggled.connect(self._show_middle)
        self._pane.wanted.connect(self._reader.leave)

    def _line_up(self, low: int, high: int) -> None:
        """Keep the composer in line with the column above it, with a scroll bar and without."""
        bar = self._transcript.verticalScrollBar().sizeHint().width() if high > low else 0
        self._foot.setContentsMargins(SIDE_MARGIN, 12, SIDE_MARGIN + bar, 14)

    def _show_branch(self) -> None:
        self._transcript.show_branch(self.session.shown())
        self._show_middle()

    def _show_middle(self) -> None:
        """The transcript, or what stands in its place."""
        if self.session.is_empty:
            self._middle.setCurrentWidget(self._first_run())
            return
        reader = self._reader.pane
        if reader is not None and self._middle.indexOf(reader.widget) < 0:
            self._middle.addWidget(reader.widget)
        self._middle.setCurrentWidget(self._pane if reader is None else reader.widget)

    def _first_run(self) -> DropZone:
        """What an empty conversation shows, made for the first that is."""
        if self._drop_zone is None:
            zone = self._drop_zone = DropZone(hints=self._parts.hints())
            zone.files_requested.connect(self._composer.choose_files)
            zone.action_requested.connect(self._composer.choose_files_for)
            self._middle.addWidget(zone)
        return self._drop_zone

    def _add_message(self, message: Message) -> None:
        self._show_middle()
        self._transcript.append_message(message)

    def _show_state(self, state: SessionState) -> None:
        self._composer.set_streaming(state is not SessionState.IDLE)
        self._show_banner()

    def _show_info(self, _info: ConversationInfo) -> None:
        self._show_values()
        self._show_model()

    def _show_values(self) -> None:
        """The system prompt and parameters as a request sent now would carry them."""
        info = replace(self.session.info, parameters=self.session.parameters())
        self._inspector.set_model(self.session.model_for())
        self._inspector.show_info(info)
        self._output.show_format(info.parameters)
        self._parts.presets.show_values(info.system_prompt, info.parameters)

    def _switched(self) -> None:
        """Reasoning switches were set: the model's from now on."""
        self.session.remember_switches()
        self._show_values()

    def _show_model(self) -> None:
        self._picker.set_current(self._model())
        self._show_banner()

    def _model(self) -> str:
        return self.session.model_for(self._composer.draft().parts)

    def _ask_to_go_on(self, _rounds: int) -> None:
        self._show_banner()

    def _show_banner(self) -> None:
        self._banner.show(self._model(), self._models)

    def _send(self, draft: Draft) -> None:
        if self._editing:
            self.session.edit(self._editing.message, self._editing.as_asked(draft))
        else:
            self.session.send(draft, title=asked_title(draft))

    def _let_go_of_draft(self) -> None:
        if self._composer.clear():
            self._editing.end()

    def _draft_changed(self, draft: Draft) -> None:
        self.session.keep_draft(self._editing.aside or draft)
        self._show_model()

    def _edit_last(self) -> None:
        mine = [m for m in self.session.tail(LATEST) if m.role is Role.USER]
        if mine:
            self._editing.begin(mine[-1])

    def _edit(self, message_id: str) -> None:
        if (message := self._shown(message_id)) is not None:
            self._editing.begin(message)

    def _fix(self, message_id: str) -> None:
        """Ask anew as the service wants it."""
        message = self._shown(message_id)
        fix = fix_for(message.failure) if message and message.failure else None
        question = self._shown(message.parent or "") if message else None
        if fix is not None and fix.kind is FixKind.SMALLER_PICTURES and question is not None:
            self.smaller_requested.emit(question)
        else:
            self.session.answer_with_fix(message_id)

    def _ask_details(self, message_id: str) -> None:
        if (message := self._shown(message_id)) is not None:
            self.details_requested.emit(message)

    def _ask_raw(self, message_id: str) -> None:
        if (message := self._shown(message_id)) is not None:
            self.raw_requested.emit(message)

    def _shown(self, message_id: str) -> Message | None:
        return self.session.message(message_id) or self._transcript.message(message_id)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show_banner()
            anchor = self._transcript.scroll_anchor()
            self._show_branch()
            self._transcript.restore_anchor(anchor)
        super().changeEvent(event)
