"""The transcript: a conversation's messages as they are read, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import monotonic

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from app.core.events import FellBack, Opened, Sent, StreamEvent, Waiting
from app.core.message import Message, MessageState, Role
from app.core.settings import ReasoningFold
from app.features.chat.shown_branch import ShownBranch
from app.features.chat.transcript import words
from app.features.chat.transcript.accessible_answers import Answers
from app.features.chat.transcript.accessible_tree import AccessibleTree
from app.features.chat.transcript.actions import Action, Intent
from app.features.chat.transcript.box import Box
from app.features.chat.transcript.copied import joined
from app.features.chat.transcript.copying import text_of_item
from app.features.chat.transcript.growth import Growth
from app.features.chat.transcript.kinds import KINDS
from app.features.chat.transcript.message_item import MessageItem
from app.features.chat.transcript.part_kinds import PartKinds
from app.features.chat.transcript.selecting_view import SelectingView
from app.features.chat.transcript.surface import Surface
from app.kit.icons import Icons
from app.kit.markdown.formulas import Formulas
from app.kit.theme import Theme

COUNT_MS = 250
"""How often the seconds of a model that thinks are counted."""
WAIT_MS = 1000
"""How often it is looked how long nothing came."""


class TranscriptView(SelectingView):
    """Shows the messages of a branch.

    `blob_pixmap` gives a picture's thumbnail where it is ready; `image_arrived` tells that one is.
    `describe` words how a reply failed. `clock` gives seconds. Without `formulas` LaTeX is shown
    as it is. `kinds`: the parts that it can show. `footers`: below each message stands what can be
    done with it, and its figures.
    """

    regenerate_requested = Signal(str)
    branch_requested = Signal(str)
    edit_requested = Signal(str)
    version_requested = Signal(str, int)
    continue_requested = Signal(str)
    retry_requested = Signal(str)
    image_activated = Signal(str, str)  # blob, message
    file_activated = Signal(str, str)  # name, text
    link_activated = Signal(str)
    link_hovered = Signal(str)  # empty: none any more
    details_requested = Signal(str)
    fix_requested = Signal(str)
    stop_waiting_requested = Signal(str)
    raw_requested = Signal(str)
    code_save_requested = Signal(str, str)  # text, language
    settings_requested = Signal()

    def __init__(
        self,
        *,
        theme: Theme,
        icons: Icons,
        blob_pixmap: Callable[[str], QPixmap | None],
        describe: Callable[[Message], str] = words.description,
        clock: Callable[[], float] = monotonic,
        formulas: Formulas | None = None,
        kinds: PartKinds = KINDS,
        footers: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        surface = Surface(
            theme=theme,
            icons=icons,
            blob_pixmap=blob_pixmap,
            describe=describe,
            clock=clock,
            formulas=formulas,
            kinds=kinds,
            footers=footers,
        )
        super().__init__(surface, parent)
        self._growth = Growth(self._flush, self)
        self._growing: list[MessageItem] = []
        self._clock = QTimer(self)
        self._clock.setInterval(COUNT_MS)
        self._clock.timeout.connect(self._growth.touch)
        self._waits = QTimer(self)
        self._waits.setInterval(WAIT_MS)
        self._waits.timeout.connect(self._tell_waits)
        answers = Answers(self, self._column, surface, self._selection)
        self.accessible_tree = AccessibleTree(self, answers, self._pointer, perform=self._trigger)
        self._selection.changed = self.accessible_tree.selection_moved
        self._pointer.triggered.connect(self._trigger)
        self._pointer.link_hovered.connect(self.link_hovered)
        theme.changed.connect(self._restyle)
        if formulas is not None:
            formulas.arrived.connect(self._take_formulas)
        self._retranslate()

    # What is shown

    def show_messages(
        self, messages: Sequence[Message], versions: Mapping[str, tuple[int, int]] | None = None
    ) -> None:
        """Show a branch whose words are all there."""
        self.show_branch(ShownBranch.of(messages, versions or {}))

    def show_branch(self, shown: ShownBranch) -> None:
        """Replace everything. The place is kept where the line being read is still there."""
        anchor = None if self._following or self._hold is None else self.scroll_anchor()
        self._growth.stop()
        waits = {item.message.id: item.wait for item in self._growing}
        self._growing.clear()
        self._pointer.forget()
        self._copying.stop()
        self._column.show(shown)
        self._surface.has_pictures = self._column.rows.has_pictures
        self.accessible_tree.replaced()
        self._hold = None
        self._following = True
        for item in self._column.streaming():
            item.wait = waits.get(item.message.id) or item.wait
            self._grows(item)
        self._follow_clock()
        if anchor is not None and anchor.message is not None:
            self.restore_anchor(anchor)
        else:
            self._settle()
        for message_id in self._selection.messages():
            self._selection.message_changed(message_id)
        self.finding.start_again()

    def message(self, message_id: str) -> Message | None:
        """A message that is near the view."""
        return next((i.message for i in self._column.made() if i.message.id == message_id), None)

    def take_words(self, messages: Sequence[Message]) -> None:
        """Words that were missed are there; nothing that is read moves."""
        for message in messages:
            if self._column.rows.place_of(message.id) is None:
                continue  # it was wanted for a branch that is not shown any more
            self._column.update(message)
            self.accessible_tree.updated(message)
            self._selection.message_changed(message.id)
        self._settle()
        self._come_to_wanted(messages)
        self.finding.words_arrived()

    def append_message(self, message: Message) -> None:
        """A message at the end. One of the reader's own brings them there."""
        if self._column.get(message.id) is not None:
            self.update_message(message)
            return
        self._surface.has_pictures = self._surface.has_pictures or bool(message.images)
        item = self._column.append(message)
        self.accessible_tree.added(message.id)
        if message.role is Role.USER:
            self._following = True
            self._wanted = None
            # An answer is on its way: have the parser ready by then.
            QTimer.singleShot(0, self, self._surface.parser.warm)
        if message.state is MessageState.STREAMING:
            self._grows(item)
        self._settle()
        self.finding.message_changed(message.id)

    def update_message(self, message: Message) -> None:
        """A message changed as a whole: it ended, for one. Nothing flickers or moves."""
        item = self._column.get(message.id)
        if item is None:
            return
        self._flush()
        was_streaming = item.message.state is MessageState.STREAMING
        self._column.update(message)
        ended = message.state is not MessageState.STREAMING
        if ended and item in self._growing:
            self._growing.remove(item)
        self._follow_clock()
        self._settle()
        self._selection.message_changed(message.id)
        self.finding.message_changed(message.id)
        self.accessible_tree.updated(message, ended=ended and was_streaming)

    def grow(self, message_id: str, event: StreamEvent) -> None:
        """Something happened to a message that streams; shown within a frame or two."""
        item = self._column.get(message_id)
        if item is None:
            return
        if self._surface.kinds.grows_by(event):
            item.grow(event)
            self._grows(item)
        elif isinstance(event, Sent | Opened | Waiting | FellBack):
            item.hear(event)
            if isinstance(event, Waiting):
                sentence = words.busy(event.failure, round(event.seconds))
                self.accessible_tree.announce(sentence)
        else:
            return
        self._growth.touch()

    def call_changed(self, call_id: str) -> None:
        """A tool call of the turn that is under way stands elsewhere."""
        for item in self._column.rows.calls_changed({call_id}):
            self._column.item_changed(item)
            if item.is_counting:
                self._grows(item)
            elif item in self._growing and item.message.state is not MessageState.STREAMING:
                self._growing.remove(item)
            for part in item.sections:
                if (asks := part.asks_for(call_id)) is not None:
                    self.accessible_tree.announce(asks)
        self._follow_clock()
        self._settle()

    def _grows(self, item: MessageItem) -> None:
        if item not in self._growing:
            self._growing.append(item)
        self._follow_clock()

    def _flush(self) -> None:
        """Show what arrived."""
        self._growth.stop()
        changed = False
        for item in self._growing:
            changed = item.flush() or changed
            self._column.item_changed(item)
            self.finding.message_changed(item.message.id)
        if any(item.is_behind for item in self._growing):
            self._growth.touch()
        self._follow_clock()
        if changed:
            self._settle(mostly_same=True)

    def _follow_clock(self) -> None:
        """While a model thinks, the seconds are counted; while it streams, those of silence."""
        thinks = any(item.is_counting for item in self._growing)
        for timer, wanted in ((self._clock, thinks), (self._waits, bool(self._growing))):
            if wanted and not timer.isActive():
                timer.start()
            elif not wanted:
                timer.stop()

    def _tell_waits(self) -> None:
        """Count on, where what is waited for is said."""
        if self.isVisible():
            self._growth.touch()

    def set_reasoning_fold(self, fold: ReasoningFold) -> None:
        if fold is self._surface.fold:
            return
        self._surface.fold = fold
        for item in self._column.made():
            item.fold_changed()
            self._column.item_changed(item)
        self._settle()

    def image_arrived(self, blob: str) -> None:
        """A thumbnail is ready; its place was kept free."""
        if any(item.shows_blob(blob) for item in self._column.made()):
            self.viewport().update()

    def plain_text(self) -> str:
        """All that can be read, folded things aside."""
        return joined(list(self._column.all()))

    def message_text(self, message_id: str) -> str:
        """All that a message near the view says, folded things too."""
        item = self._column.get(message_id)
        if item is None or item.absent:
            return ""
        item.make()
        return text_of_item(item)

    def visible_text(self) -> str:
        """What can be read on the screen now."""
        shown = self._column.visible(self._top, self._extent)
        return joined([box for box, _y in shown])

    def actions_in_view(self) -> list[tuple[Action, QRect]]:
        """The actions that can be clicked now, with their places in the viewport."""
        return [(spot.action, spot.rect) for spot in self._pointer.spots()]

    # Events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pointer.double_click(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._pointer.leave()
        if event.type() == QEvent.Type.ToolTip:
            return self._pointer.show_tip(event)
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if not self._pointer.trigger_focused() and not self.scroll_by_key(event):
                event.ignore()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        moved = super().focusNextPrevChild(forward)
        self.accessible_tree.focus_moved(self._pointer.focused)
        return moved

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Conversation"))
        self._restyle()

    def _restyle(self) -> None:
        """Theme, zoom or language changed: lay out anew around the line being read."""
        self._surface.restyle()
        self._latest.restyle()
        self._column.restyle()
        self._settle()

    # What is done

    def _trigger(self, box: Box, action: Action) -> None:
        """Do what was clicked or entered."""
        item = box.item
        if item is None:
            return
        message = item.message.id
        match action.intent:
            case Intent.COPY:
                self.copy_message(message)
            case Intent.REGENERATE:
                self.regenerate_requested.emit(message)
            case Intent.BRANCH:
                self.branch_requested.emit(message)
            case Intent.EDIT:
                self.edit_requested.emit(message)
            case Intent.OLDER:
                self.version_requested.emit(message, -1)
            case Intent.NEWER:
                self.version_requested.emit(message, 1)
            case Intent.CONTINUE:
                self.continue_requested.emit(message)
            case Intent.RETRY:
                self.retry_requested.emit(message)
            case Intent.DETAILS:
                self.details_requested.emit(message)
            case Intent.FIX:
                self.fix_requested.emit(message)
            case Intent.STOP_WAITING:
                self.stop_waiting_requested.emit(message)
            case Intent.RAW:
                self.raw_requested.emit(message)
            case Intent.SETTINGS:
                self.settings_requested.emit()
            case Intent.LINK:
                self.link_activated.emit(action.payload)
            case Intent.IMAGE:
                self.image_activated.emit(action.payload, message)
            case Intent.FILE:
                file = item.message.files[int(action.payload)]
                self.file_activated.emit(file.name, file.text)
            case _:
                self._trigger_in_box(item, box, action)

    def _trigger_in_box(self, item: MessageItem, box: Box, action: Action) -> None:
        part = item.part_of(box)
        if part is None:
            return
        if action.intent is Intent.RESULT:
            self.file_activated.emit(action.payload, part.copied(box))
        elif action.intent is Intent.COPY_TEXT:
            QGuiApplication.clipboard().setText(part.copied(box))
        elif action.intent is Intent.SAVE and (saved := part.saved(box)) is not None:
            self.code_save_requested.emit(*saved)
        elif (change := part.change_for(box, action)) is not None:
            self._keeping(*change)
