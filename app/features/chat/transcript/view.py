"""The transcript: one scroll area that lays out and paints what is seen of a conversation.

Scrolling belongs to the reader. Whatever changes (text arriving, pictures, folding, another width
or theme), the line being read stays where it is; only a reader who is at the end follows it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import perf_counter

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.core.conversation import ScrollAnchor
from app.core.errors import Failure
from app.core.events import ReasoningDelta, StreamEvent, TextDelta, ToolCallDelta
from app.core.message import Message, MessageState, Role
from app.core.settings import ReasoningFold
from app.features.chat.transcript.actions import Action, Intent
from app.features.chat.transcript.box import Box, PaintState, TextBox
from app.features.chat.transcript.code_box import CodeBox
from app.features.chat.transcript.column import Column, Hold
from app.features.chat.transcript.growth import Growth
from app.features.chat.transcript.latest_button import LatestButton
from app.features.chat.transcript.message_item import MessageItem
from app.features.chat.transcript.parts import ReasoningBoxes, ToolCallBoxes
from app.features.chat.transcript.pointer import Pointer
from app.features.chat.transcript.selection import Selection, joined
from app.features.chat.transcript.surface import Surface
from app.features.chat.transcript.user_parts import UserBoxes
from app.kit.icons import Icons
from app.kit.theme import READING_WIDTH, Theme

SIDE = 20
AT_END = 4
"""Pixels from the end within which a reader counts as being there."""
STEP = 40
AHEAD = 1.5
"""Screens above and below that are laid out while nothing else is to do."""
SLICE_S = 0.004


class TranscriptView(QAbstractScrollArea):
    """Shows the messages of a branch.

    `blob_pixmap` gives a picture's thumbnail where it is ready; `image_arrived` tells that one is.
    `describe` words a failure.
    """

    regenerate_requested = Signal(str)
    branch_requested = Signal(str)
    edit_requested = Signal(str)
    version_requested = Signal(str, int)
    continue_requested = Signal(str)
    retry_requested = Signal(str)
    image_activated = Signal(str, str)  # blob, message
    link_activated = Signal(str)
    link_hovered = Signal(str)  # empty: none any more
    details_requested = Signal(str)
    code_save_requested = Signal(str, str)  # text, language
    settings_requested = Signal()

    def __init__(
        self,
        *,
        theme: Theme,
        icons: Icons,
        blob_pixmap: Callable[[str], QPixmap | None],
        describe: Callable[[Failure], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._surface = Surface(
            theme=theme, icons=icons, blob_pixmap=blob_pixmap, describe=describe
        )
        self._column = Column(self._surface)
        self._selection = Selection(self._column)
        self._hold: Hold | None = None
        self._following = True
        self._settling = False
        self._wanted: ScrollAnchor | None = None
        self._growth = Growth(self._flush, self)
        self._growing: list[MessageItem] = []
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._lay_out_ahead)
        self._clock = QTimer(self)
        self._clock.setInterval(500)
        self._clock.timeout.connect(self._growth.touch)
        self._latest = LatestButton(self, theme=theme, icons=icons)
        self._latest.clicked.connect(self.go_to_end)
        self._pointer = Pointer(self, self._column, self._selection)
        self._set_up()
        theme.changed.connect(self._restyle)
        self._retranslate()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        viewport = self.viewport()
        viewport.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        viewport.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(STEP)
        self._pointer.triggered.connect(self._trigger)
        self._pointer.link_hovered.connect(self.link_hovered)

    # What is shown

    def show_branch(
        self, messages: Sequence[Message], versions: Mapping[str, tuple[int, int]]
    ) -> None:
        """Replace everything. The place is kept where the line being read is still there."""
        anchor = None if self._following or self._hold is None else self.scroll_anchor()
        self._growth.stop()
        self._growing.clear()
        self._clock.stop()
        self._pointer.forget()
        self._selection.clear()
        self._column.show(messages, versions)
        self._hold = None
        self._following = True
        for item in self._column.items:
            if item.message.state is MessageState.STREAMING:
                self._grows(item)
        if anchor is not None and anchor.message is not None:
            self.restore_anchor(anchor)
        else:
            self._settle()

    def append_message(self, message: Message) -> None:
        """A message at the end. One of the reader's own brings them there."""
        item = self._column.append(message)
        if message.role is Role.USER:
            self._following = True
            self._wanted = None
        if message.state is MessageState.STREAMING:
            self._grows(item)
        self._settle()

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
        if ended and was_streaming and message.role is Role.ASSISTANT:
            self._announce(message)

    def grow(self, message_id: str, event: StreamEvent) -> None:
        """A delta for a message that streams; shown within a frame or two."""
        if not isinstance(event, TextDelta | ReasoningDelta | ToolCallDelta):
            return
        item = self._column.get(message_id)
        if item is None:
            return
        item.grow(event)
        self._grows(item)
        self._growth.touch()

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
        self._follow_clock()
        if changed:
            self._settle()

    def _follow_clock(self) -> None:
        """While a model thinks, the seconds are counted."""
        if any(item.is_thinking for item in self._growing):
            if not self._clock.isActive():
                self._clock.start()
        else:
            self._clock.stop()

    def set_reasoning_fold(self, fold: ReasoningFold) -> None:
        if fold is self._surface.fold:
            return
        self._surface.fold = fold
        for item in self._column.items:
            item.fold_changed()
            self._column.item_changed(item)
        self._settle()

    def image_arrived(self, blob: str) -> None:
        """A thumbnail is ready; its place was kept free."""
        if any(item.shows_blob(blob) for item in self._column.items):
            self.viewport().update()

    def plain_text(self) -> str:
        """All that can be read, folded things aside."""
        return joined(list(self._column.all()))

    def visible_text(self) -> str:
        """What can be read on the screen now."""
        shown = self._column.visible(self._top, self._extent)
        return joined([box for box, _y in shown])

    def actions_in_view(self) -> list[tuple[Action, QRect]]:
        """The actions that can be clicked now, with their places in the viewport."""
        return [(spot.action, spot.rect) for spot in self._pointer.spots()]

    # Scrolling

    @property
    def _top(self) -> int:
        return self.verticalScrollBar().value()

    @property
    def _extent(self) -> int:
        return self.viewport().height()

    @property
    def is_following(self) -> bool:
        """Whether the view goes along with what arrives."""
        return self._following

    def scroll_anchor(self) -> ScrollAnchor:
        """Where the reader is, to come back to it later."""
        if self._wanted is not None:
            return self._wanted
        hold = self._hold
        if self._following or hold is None or hold.box.item is None:
            return ScrollAnchor()
        item = hold.box.item
        return ScrollAnchor(item.message.id, self._top - self._column.top_of_item(item))

    def restore_anchor(self, anchor: ScrollAnchor) -> None:
        """Go where the reader was."""
        item = self._column.get(anchor.message) if anchor.message is not None else None
        if item is None:
            self.go_to_end()
            return
        if not self.isVisible():
            # The size is not known yet: offsets mean something only once it is.
            self._wanted = anchor
            return
        self._go_to(item, anchor.offset)

    def _go_to(self, item: MessageItem, offset: int) -> None:
        self._following = False
        top = self._column.top_of_item(item)
        first = self._column.at(top + 1)
        if first is None:
            return
        # Everything from the message's head to the place must be exact for the offset to hold.
        box: Box | None = first
        while box is not None and self._column.top_of(box) - top < offset:
            self._column.lay_out(box)
            box = self._column.following(box)
        self._hold = self._column.hold_at(self._column.top_of_item(item) + offset)
        self._settle()
        self._following = self._is_at_end()

    def go_to_end(self) -> None:
        """To the latest message, and along with what arrives."""
        self._wanted = None
        self._following = True
        self._settle()

    def _is_at_end(self) -> bool:
        return self._top >= self.verticalScrollBar().maximum() - AT_END

    def _settle(self, hold: Hold | None = None) -> None:
        """Fill the view, with what the reader reads in its place; then show it."""
        if self._settling:
            return
        self._settling = True
        try:
            self._place(hold)
        finally:
            self._settling = False
        self._latest.setVisible(not self._following and not self._is_at_end())
        self._pointer.moved()
        self.viewport().update()
        self._idle.start()

    def _place(self, hold: Hold | None) -> None:
        extent = self._extent
        held = hold or (None if self._following else self._hold)
        held = held or self._column.hold_end(extent)
        if held is None:
            self._set_bar(0, 0)
            self._hold = None
            return
        top = self._column.settle(held, extent)
        most = max(0, self._column.total - extent)
        if top > most and (end := self._column.hold_end(extent)) is not None:
            top = self._column.settle(end, extent)
            most = max(0, self._column.total - extent)
        if top < 0 and (first := self._column.first()) is not None and first.item is not None:
            start = Hold(first, self._column.top_of(first), first.item, 0)
            top = self._column.settle(start, extent)
            most = max(0, self._column.total - extent)
        self._set_bar(min(max(0, top), most), most)
        self._hold = self._column.hold_at(self._top)

    def _set_bar(self, value: int, most: int) -> None:
        bar = self.verticalScrollBar()
        bar.setPageStep(max(1, self._extent))
        bar.setRange(0, most)
        bar.setValue(value)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The reader scrolled (or moved the bar): fill the view from there."""
        if self._settling or not dy:
            return
        self._wanted = None
        top = self._top
        self._following = self._is_at_end()
        hold = self._hold
        if hold is not None and hold.box.item is not None and abs(dy) <= 2 * self._extent:
            hold.offset += dy
        else:
            hold = self._column.hold_at(top)
        self._settle(None if self._following else hold)
        if not self._following and self._is_at_end():
            self._following = True
            self._latest.hide()

    def _lay_out_ahead(self) -> None:
        """Lay out what is just out of sight, a few milliseconds at a time."""
        hold = self._hold
        if hold is None or hold.box.item is None:
            self._idle.stop()
            return
        until = perf_counter() + SLICE_S
        changed = False
        reach = round(AHEAD * self._extent)
        for box in self._ahead(reach):
            if box.exact:
                continue
            self._column.lay_out(box)
            changed = True
            if perf_counter() > until:
                break
        else:
            self._idle.stop()
        if changed:
            self._settling = True
            self._place(None)
            self._settling = False

    def _ahead(self, reach: int) -> list[Box]:
        """The boxes around the view, below first."""
        assert self._hold is not None
        here = self._hold.box
        found: list[Box] = []
        for step in (self._column.following, self._column.preceding):
            box, far = step(here), 0
            while box is not None and far < reach + self._extent:
                found.append(box)
                far += box.outer
                box = step(box)
        return found

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta()
        sideways = delta.x() or (
            delta.y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0
        )
        if sideways and self._pointer.scroll_sideways(event.position().toPoint(), -sideways // 2):
            event.accept()
            return
        if delta.y() > 0 and self.verticalScrollBar().maximum() > 0:
            # Whoever turns the wheel up wants to read: do not run after what arrives.
            self._following = False
        super().wheelEvent(event)

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_width()
        size = self._latest.sizeHint()
        self._latest.setGeometry(
            QRect(
                QPoint((self.width() - size.width()) // 2, self.height() - size.height() - 10), size
            )
        )
        self._settle()

    def _fit_width(self) -> None:
        width = min(READING_WIDTH, max(200, self.viewport().width() - 2 * SIDE))
        if width != self._column.width:
            self._column.set_width(width)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.restore_anchor(wanted)
        else:
            self._settle()

    @property
    def column_left(self) -> int:
        """Where the reading column begins in the viewport."""
        return (self.viewport().width() - self._column.width) // 2

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        clip = event.rect()
        painter.fillRect(clip, QColor(self._theme.tokens.canvas))
        for box, y in self._column.visible(self._top, self._extent):
            area = QRect(self.column_left, y, self._column.width, box.height)
            if area.adjusted(-4, -box.gap, 4, 4).intersects(clip):
                box.paint(painter, area, self._state_of(box, clip))
        painter.end()

    def _state_of(self, box: Box, clip: QRect) -> PaintState:
        state = PaintState(clip, self._selection.range_in(box))
        self._pointer.tell_state(box, state)
        return state

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
        if event.type() == QEvent.Type.ContextMenu:
            return self._pointer.show_menu(event)
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._selection.select_all()
            self.viewport().update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if not self._pointer.trigger_focused():
                event.ignore()
        elif event.key() == Qt.Key.Key_Home:
            self._following = False
            bar.setValue(0)
        elif event.key() == Qt.Key.Key_End:
            self.go_to_end()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_PageUp):
            self._following = False
            super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the actions that are seen, then on to the next widget."""
        if self._pointer.move_focus(forward=forward):
            return True
        return super().focusNextPrevChild(forward)

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

    def sizeHint(self) -> QSize:
        return QSize(READING_WIDTH + 2 * SIDE, 480)

    def _announce(self, message: Message) -> None:
        """A screen reader hears the finished answer, not each token."""
        words = message.text or joined(list(self._boxes_of(message.id)))
        self.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _boxes_of(self, message_id: str) -> list[Box]:
        item = self._column.get(message_id)
        return list(item.boxes) if item is not None else []

    # What is done

    def copy_selection(self) -> None:
        """Put what is selected on the clipboard."""
        data = self._selection.mime()
        if data is not None:
            QGuiApplication.clipboard().setMimeData(data)

    @property
    def has_selection(self) -> bool:
        return self._selection.ends() is not None

    def select_all(self) -> None:
        self._selection.select_all()
        self.viewport().update()

    def copy_message(self, message_id: str) -> None:
        item = self._column.get(message_id)
        if item is not None:
            QGuiApplication.clipboard().setText(item.message.text)

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
            case Intent.SETTINGS:
                self.settings_requested.emit()
            case Intent.LINK:
                self.link_activated.emit(action.payload)
            case Intent.IMAGE:
                self.image_activated.emit(action.payload, message)
            case _:
                self._trigger_in_box(item, box, action)

    def _trigger_in_box(self, item: MessageItem, box: Box, action: Action) -> None:
        part = item.part_of(box)
        match action.intent:
            case Intent.COPY_TEXT:
                text = box.text if isinstance(box, CodeBox) else part.copy_text() if part else ""
                QGuiApplication.clipboard().setText(text)
            case Intent.SAVE if isinstance(box, CodeBox):
                self.code_save_requested.emit(box.text, box.language)
            case Intent.WRAP if isinstance(box, CodeBox):
                self._keeping(box, lambda: box.set_wrap(not box.wrapped))
            case Intent.TOGGLE if isinstance(part, ReasoningBoxes | ToolCallBoxes | UserBoxes):
                self._keeping(part.boxes[0], part.toggle)

    def _keeping(self, box: Box, change: Callable[[], None]) -> None:
        """Change something that the reader clicked; what they clicked stays under the pointer."""
        item = box.item
        if item is None:
            return
        hold = Hold(box, self._column.top_of(box) - self._top, item, box.index)
        if hold.offset < 0 and not isinstance(box, TextBox):
            hold.offset = 0
        change()
        self._column.item_changed(item)
        self._following = False
        self._settle(hold)
        self._following = self._is_at_end()
        self._latest.setVisible(not self._following)
