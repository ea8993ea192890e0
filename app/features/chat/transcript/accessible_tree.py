"""What assistive tools were given of a transcript, and what they are told of by themselves.

Owns the interfaces of messages and pieces, from the moment somebody asks for one until its message
is not shown any more.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleStateChangeEvent,
    QAccessibleTextCursorEvent,
    QAccessibleTextSelectionEvent,
    QAccessibleTextUpdateEvent,
)
from PySide6.QtWidgets import QWidget
from shiboken6 import Shiboken

from app.core.conversation import ScrollAnchor
from app.core.message import Message, Role
from app.features.chat.transcript.accessible import make_known
from app.features.chat.transcript.accessible_answers import Answers, foot_of
from app.features.chat.transcript.accessible_items import (
    SET_FOCUS,
    AccessibleItem,
    AccessibleMessage,
    AccessiblePiece,
)
from app.features.chat.transcript.accessible_pieces import Key, Piece
from app.features.chat.transcript.accessible_text import MISSING, Passage
from app.features.chat.transcript.actions import Action, Intent
from app.features.chat.transcript.box import Box
from app.features.chat.transcript.latest_button import LatestButton
from app.features.chat.transcript.reasoning_parts import ReasoningBoxes
from app.features.chat.transcript.sight import Spot

if TYPE_CHECKING:
    from app.features.chat.transcript.pointer import Pointer
    from app.features.chat.transcript.selecting_view import SelectingView

KEPT = 1000
"""Messages that keep their interface; of more, those asked for longest ago lose it."""
AT_ONCE = 1000
"""Interfaces let go of before Qt is back in its loop."""


class AccessibleTree:
    """Belongs to one view. `perform` does an action."""

    def __init__(
        self,
        view: SelectingView,
        answers: Answers,
        pointer: Pointer,
        *,
        perform: Callable[[Box, Action], None],
    ) -> None:
        self.answers = answers
        self._view = view
        self._pointer = pointer
        self._perform = perform
        self._messages: OrderedDict[str, AccessibleMessage] = OrderedDict()
        self._focused: AccessibleItem | None = None
        self._read: AccessibleMessage | None = None
        answers.reader.cursor_set = self._take_cursor
        self._selected: frozenset[str] = frozenset()
        self._deeds: list[Callable[[], None]] = []
        self._trim, self._soon, self._marked = QTimer(view), QTimer(view), QTimer(view)
        for timer, due in (
            (self._trim, self._let_go_of_old),
            (self._soon, self._do_all),
            (self._marked, self._tell_selection),
        ):
            timer.setSingleShot(True)
            timer.timeout.connect(due)
        view.destroyed.connect(self._close)
        make_known()

    # What there is

    def __len__(self) -> int:
        return len(self.answers.places())

    def root(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._view)

    def widgets(self) -> list[QWidget]:
        """Those in the view that are to be found behind the messages."""
        latest = [b for b in self._view.findChildren(LatestButton) if b.isVisible()]
        return [*self._view.staged, *latest]

    def at(self, index: int) -> AccessibleMessage:
        return self.message(self.answers.id_at(index))

    def under(self, x: int, y: int) -> AccessibleMessage | None:
        """The message at a point of the screen."""
        message_id = self.answers.message_at(x, y)
        return None if message_id is None else self.message(message_id)

    def message(self, message_id: str) -> AccessibleMessage:
        """The interface of a message that is shown, made now if it was not there."""
        made = self._messages.get(message_id)
        if made is None:
            made = self._messages[message_id] = AccessibleMessage(self, message_id)
            QAccessible.registerAccessibleInterface(made)
            if len(self._messages) > KEPT:
                # Not now: whoever asks may hold one of the others.
                self._trim.start()
        self._messages.move_to_end(message_id)
        return made

    def piece(self, owner: AccessibleMessage, key: Key) -> AccessiblePiece:
        """The interface of a piece of a message."""
        made = owner.pieces.get(key)
        if made is None:
            made = owner.pieces[key] = AccessiblePiece(self, owner, key)
            QAccessible.registerAccessibleInterface(made)
        return made

    def count(self) -> int:
        """How many messages have an interface."""
        return len(self._messages)

    # Letting go

    def _let_go_of_old(self) -> None:
        here = self._focused
        kept = here.owner if isinstance(here, AccessiblePiece) else here
        for message_id, item in tuple(islice(self._messages.items(), AT_ONCE)):
            if len(self._messages) <= KEPT:
                return
            if item is not kept:
                self._retire(message_id)
        self._trim.start()

    def _retire(self, message_id: str) -> None:
        """Let go of a message's interface, and those within it, on both sides."""
        item = self._messages.pop(message_id)
        gone: list[AccessibleItem] = [*item.pieces.values(), item]
        item.pieces.clear()
        self._focused = None if self._focused in gone else self._focused
        self._read = None if self._read in gone else self._read
        for each in gone:
            if Shiboken.isValid(each):
                QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(each))

    def _close(self) -> None:
        """The view is gone."""
        self._deeds.clear()
        for message_id in tuple(self._messages):
            self._retire(message_id)

    # What happens in the transcript

    def replaced(self) -> None:
        """Another branch is shown."""
        self.answers.forget()
        for message_id in tuple(self._messages):
            if self.answers.place_of(message_id) is None:
                self._retire(message_id)

    def added(self, message_id: str) -> None:
        """A message more at the end."""
        if QAccessible.isActive() and self.answers.index_of(message_id) >= 0:
            self._send(QAccessibleEvent(self.message(message_id), QAccessible.Event.ObjectCreated))

    def updated(self, message: Message, *, ended: bool = False) -> None:
        """A message says something else now, or its words are there."""
        self.answers.forget(message.id)
        if ended and message.role is Role.ASSISTANT and QAccessible.isActive():
            # The finished answer is heard, not each token.
            said = self.answers.passage(message.id).text, self.answers.standing(message.id)
            self.announce("\n".join(filter(None, said)))
        item = self._messages.get(message.id)
        if item is None:
            return
        if message.id in self.answers.asked:
            self.answers.asked.discard(message.id)
            text = self.answers.passage(message.id).text
            self._send(QAccessibleTextUpdateEvent(item, 0, MISSING, text))
            self._send(QAccessibleEvent(item, QAccessible.Event.NameChanged))
        if ended:
            busy = QAccessible.State()
            busy.busy = True
            self._send(QAccessibleStateChangeEvent(item, busy))

    def focus_moved(self, spot: Spot | None) -> None:
        """The keyboard's focus went to something in the transcript, or away from it all."""
        self._focused = None
        if not QAccessible.isActive() or spot is None or spot.box.item is None:
            return
        owner = self.message(spot.box.item.message.id)
        self.answers.forget(owner.message_id)
        for key, piece in self.answers.pieces(owner.message_id).items():
            if piece.is_at(spot):
                self._tell_focus(self.piece(owner, key))
                return

    def announce(self, text: str) -> None:
        """Let a text be heard, whatever has the focus."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._view, text))

    def focused(self) -> AccessibleItem | None:
        """What has the keyboard's focus within the view."""
        here = self._focused
        return here if here is not None and self._view.hasFocus() and here.isValid() else None

    def reads(self, item: AccessibleMessage | None) -> None:
        """Whose words are read just now."""
        self._read = item

    def _tell_focus(self, item: AccessibleItem) -> None:
        self._focused = item
        self._send(QAccessibleEvent(item, QAccessible.Event.Focus))

    # What is selected, in the transcript and by them

    def selection_moved(self) -> None:
        """Something else is selected now: told once Qt is back in its loop."""
        if QAccessible.isActive():
            self._marked.start()

    def _tell_selection(self) -> None:
        now = self.answers.selection.messages()
        for message_id in self._selected | now:
            if self.answers.place_of(message_id) is not None:
                passage = self.answers.passage(message_id)
                start, end = self.answers.selection.in_message(message_id, passage) or (0, 0)
                item = self.message(message_id)
                self._send(QAccessibleTextSelectionEvent(item, start, end))
        self._selected = now

    def _take_cursor(self, passage: Passage, anchor: int, position: int) -> None:
        """They put the cursor somewhere, or select: so does the transcript, and shows it."""
        item = self._read
        if item is None or not item.isValid():
            return
        self._send(QAccessibleTextCursorEvent(item, position))
        message_id = item.message_id
        self._later(lambda: self._show_cursor(message_id, passage, anchor, position))

    def _show_cursor(self, message_id: str, passage: Passage, anchor: int, position: int) -> None:
        shown = self.answers.place_of(message_id) is not None
        if shown and self.answers.selection.take(message_id, passage, anchor, position):
            self._view.show_led()

    def _send(self, event: QAccessibleEvent) -> None:
        if QAccessible.isActive():
            QAccessible.updateAccessibility(event)

    # What they do: once whoever asked has their answer, for much may change by it

    def do(self, message_id: str, name: str) -> None:
        """Do something with a message, by its name."""
        self._later(lambda: self._do(message_id, name))

    def do_piece(self, item: AccessiblePiece, *, press: bool) -> None:
        """Click a piece, or give it the keyboard's focus."""
        key, message_id = item.key, item.owner.message_id
        self._later(lambda: self._do_piece(message_id, key, press=press))

    def _later(self, deed: Callable[[], None]) -> None:
        self._deeds.append(deed)
        self._soon.start()

    def _do_all(self) -> None:
        deeds, self._deeds = self._deeds, []
        for deed in deeds:
            deed()

    def _do(self, message_id: str, name: str) -> None:
        if self.answers.place_of(message_id) is None:
            return
        if name == SET_FOCUS:
            self._view.setFocus()
            self._view.restore_anchor(ScrollAnchor(message_id, 0))
            self._tell_focus(self.message(message_id))
            return
        item = self.answers.with_boxes(message_id)
        if item is None:
            return
        if name == Intent.TOGGLE:
            part = next((p for p in item.sections if isinstance(p, ReasoningBoxes)), None)
            if part is not None:
                self._perform(part.boxes[0], Action(Intent.TOGGLE, ""))
            return
        for box, action in foot_of(item):
            if action.intent == name:
                self._perform(box, action)
                return

    def _do_piece(self, message_id: str, key: Key, *, press: bool) -> None:
        if self.answers.place_of(message_id) is None:
            return
        piece: Piece | None = self.answers.pieces(message_id).get(key)
        if piece is None or piece.action is None or piece.box.item is None:
            return
        if press:
            self._perform(piece.box, piece.action)
        else:
            self._view.setFocus()
            self._pointer.focus(piece.is_at)
            self._tell_focus(self.piece(self.message(message_id), key))
