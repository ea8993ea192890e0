"""The scroll area: it fills what is seen of a column of boxes, and holds the line being read.

Scrolling belongs to the reader. Whatever changes (text arriving, pictures, folding, another width
or theme), the line being read stays where it is; only a reader who is at the end follows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from time import perf_counter

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.core.conversation import ScrollAnchor
from app.core.message import Message
from app.features.chat.transcript.box import Box, PaintState, TextBox
from app.features.chat.transcript.column import Column, Hold
from app.features.chat.transcript.latest_button import LatestButton
from app.features.chat.transcript.message_item import MessageItem
from app.features.chat.transcript.painted import OVERHANG, Painted
from app.features.chat.transcript.pointer import Pointer
from app.features.chat.transcript.selection import Selection
from app.features.chat.transcript.surface import Surface
from app.features.chat.transcript.wheel import Wheel, sideways_of
from app.kit.theme import READING_WIDTH

SIDE = 16
AT_END = 4
"""Pixels from the end within which a reader counts as being there."""
STEP = 40
AHEAD = 1.5
"""Screens above and below that are laid out while nothing else is to do."""
SLICE_S = 0.002


class ColumnView(QAbstractScrollArea):
    """Lays out, paints and scrolls a `Column`; what it shows and does is its subclass's."""

    words_missed = Signal(object)  # tuple of ids: messages near the view whose words are not there

    def __init__(self, surface: Surface, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._surface = surface
        self._column = Column(surface)
        self._selection = Selection(self._column)
        self._hold: Hold | None = None
        self._following = True
        self._settling = False
        self._shows_selection = False
        self._wanted: ScrollAnchor | None = None
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._lay_out_ahead)
        self._latest = LatestButton(self, theme=surface.theme, icons=surface.icons)
        self._latest.clicked.connect(self.go_to_end)
        self._pointer = Pointer(self, self._column, self._selection)
        self._painted = Painted(self.viewport())
        self._wheel = Wheel(self.verticalScrollBar(), STEP)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(STEP)

    # Where the reader is

    @property
    def _top(self) -> int:
        return self.verticalScrollBar().value()

    @property
    def _extent(self) -> int:
        return self.viewport().height()

    @property
    def column_left(self) -> int:
        """Where the reading column begins in the viewport."""
        return (self.viewport().width() - self._column.width) // 2

    def _is_at_end(self) -> bool:
        return self._top >= self.verticalScrollBar().maximum() - AT_END

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
        # Its words will have another height than what stands for them now.
        self._wanted = anchor if item.absent else None

    def _come_to_wanted(self, messages: Sequence[Message]) -> None:
        """The words of the message that was gone to may be there now."""
        wanted = self._wanted
        if wanted is not None and any(message.id == wanted.message for message in messages):
            self.restore_anchor(wanted)

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

    @property
    def has_selection(self) -> bool:
        return self._selection.ends() is not None

    @property
    def has_marks(self) -> bool:
        """Whether anything is painted over the boxes that they do not know of."""
        return self.has_selection

    # Filling the view

    def _settle(self, hold: Hold | None = None, *, mostly_same: bool = False) -> None:
        """Fill the view, with what the reader reads in its place; then show it.

        `mostly_same`: what looks different is in boxes that know it (`Box.stale`) or are new.
        """
        if self._settling or not self.isVisible():
            # What is not seen is laid out when it is shown.
            return
        self._fill(hold)
        self._latest.setVisible(not self._following and not self._is_at_end())
        self._show(mostly_same=mostly_same)
        self._idle.start()
        self._tell_missed()

    def _show(self, *, mostly_same: bool) -> None:
        """Have painted what is not on the screen as it should be."""
        same_pointer = self._pointer.moved()
        was_selected, self._shows_selection = self._shows_selection, self.has_marks
        selected = was_selected or self._shows_selection
        seen = list(self._column.visible(self._top, self._extent))
        column = QRect(self.column_left, 0, self._column.width, self._extent)
        if mostly_same and same_pointer and not selected:
            free = self._latest.y() if self._latest.isVisible() else self._extent
            self._painted.follow(seen, column, free)
        else:
            self._painted.repaint(seen, column)

    def _tell_missed(self) -> None:
        if missed := self._column.take_wanted():
            self.words_missed.emit(missed)

    def _fill(self, hold: Hold | None) -> None:
        """Place until it holds: a scroll bar that comes or goes changes the width."""
        self._settling = True
        try:
            for _ in range(3):
                width = self._column.width
                self._place(hold)
                if self._column.width == width:
                    return
                hold = None
        finally:
            self._settling = False

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
        self._hold = self._column.hold_at(self._top, kept=held)

    def _set_bar(self, value: int, most: int) -> None:
        bar = self.verticalScrollBar()
        bar.setPageStep(max(1, self._extent))
        bar.setRange(0, most)
        bar.setValue(value)

    def _lay_out_ahead(self) -> None:
        """Lay out what is just out of sight, a few milliseconds at a time."""
        hold = self._hold
        if hold is None or hold.box.item is None:
            self._idle.stop()
            return
        until = perf_counter() + SLICE_S
        before = self._column.top_of(hold.box), self._column.total
        worked = False
        for box in self._ahead(hold.box):
            self._column.lay_out(box)
            if perf_counter() > until:
                break
        else:
            worked = self._surface.work(until)
            if not worked:
                self._idle.stop()
                self._column.let_go(self._held_items())
        # Also what was only made, and not laid out, may be higher or lower than was guessed.
        if worked or (self._column.top_of(hold.box), self._column.total) != before:
            self._fill(None)
            self._show(mostly_same=True)
        self._tell_missed()

    def _held_items(self) -> list[MessageItem]:
        """The messages that must not go: what is read, and what is selected."""
        ids = self._selection.messages()
        held = [item for item in self._column.made() if item.message.id in ids]
        return [*held, self._hold.item] if self._hold is not None else held

    def _ahead(self, here: Box) -> Iterator[Box]:
        """The boxes around the view, below first; made while one goes on."""
        end = round((1 + AHEAD) * self._extent)
        for step in (self._column.following, self._column.preceding):
            box, far = step(here), 0
            while box is not None and far < end:
                yield box
                far += box.outer
                box = step(box)

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

    # Events

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The reader scrolled (or moved the bar): fill the view from there."""
        if self._settling or not dy:
            return
        self._wanted = None
        top = self._top
        # Up is away from the end, be it a pixel.
        down = dy < 0
        self._following = down and self._is_at_end()
        hold = self._hold
        if hold is not None and hold.box.item is not None and abs(dy) <= 2 * self._extent:
            hold.offset += dy
        else:
            hold = self._column.hold_at(top)
        self._settle(None if self._following else hold, mostly_same=True)
        if down and not self._following and self._is_at_end():
            self._following = True
            self._latest.hide()

    def wheelEvent(self, event: QWheelEvent) -> None:
        sideways = sideways_of(event)
        if sideways and self._pointer.scroll_sideways(event.position().toPoint(), -sideways // 2):
            event.accept()
            return
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            # The window's zoom, or nothing: never a scroll by pages.
            event.ignore()
            return
        up = max(event.angleDelta().y(), event.pixelDelta().y()) > 0
        if up and self.verticalScrollBar().maximum() > 0:
            # Whoever turns the wheel up wants to read: do not run after what arrives.
            self._following = False
        self._wheel.turn(event)
        event.accept()

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

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        region = event.region()
        painter.fillRect(event.rect(), QColor(self._surface.tokens.canvas))
        left, width = self.column_left, self._column.width
        for box, y in self._column.visible(self._top, self._extent):
            area = QRect(left, y, width, box.height)
            clip = region.intersected(area.adjusted(-OVERHANG, -box.gap, OVERHANG, OVERHANG))
            if not clip.isEmpty():
                box.paint(painter, area, self._state_of(box, clip.boundingRect()))
        self._pointer.paint_focus(painter, self._surface.tokens.accent)
        painter.end()

    def _state_of(self, box: Box, clip: QRect) -> PaintState:
        state = PaintState(clip, self._selection.range_in(box))
        self._pointer.tell_state(box, state)
        return state

    def scroll_by_key(self, event: QKeyEvent) -> bool:
        """Home, End, Page Up and the like; False for other keys."""
        bar, key = self.verticalScrollBar(), event.key()
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match key:
            case Qt.Key.Key_Home:
                bar.setValue(0)
            case Qt.Key.Key_End:
                self.go_to_end()
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                bar.setValue(bar.value() + (STEP if key == Qt.Key.Key_Down else -STEP))
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                down = key == Qt.Key.Key_PageDown
                bar.setValue(bar.value() + (self._page if down else -self._page))
            case Qt.Key.Key_Space:
                bar.setValue(bar.value() + (-self._page if back else self._page))
            case _:
                return False
        return True

    @property
    def _page(self) -> int:
        """A page leaves a line or two of what was read in view."""
        return max(STEP, self._extent - STEP)

    def sizeHint(self) -> QSize:
        return QSize(READING_WIDTH + 2 * SIDE, 480)
