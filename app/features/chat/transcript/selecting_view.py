"""The scroll area as something to take from: text is selected, copied, quoted and dragged out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from app.core.conversation import ScrollAnchor
from app.core.message import Message
from app.features.chat.transcript.addresses import Address
from app.features.chat.transcript.box import Box, PaintState, TextBox
from app.features.chat.transcript.caret import Caret, Move, move_of
from app.features.chat.transcript.column import Hold
from app.features.chat.transcript.context_menu import PointedAt, context_menu
from app.features.chat.transcript.copied import Copied
from app.features.chat.transcript.copying import Copying
from app.features.chat.transcript.drag_out import drag_out, picture_data, words_pixmap
from app.features.chat.transcript.finding import Finding
from app.features.chat.transcript.message_item import MessageItem
from app.features.chat.transcript.staged_view import StagedView
from app.features.chat.transcript.status_line import StatusLine
from app.features.chat.transcript.surface import Surface

SIDEWAYS = 48
"""Pixels by which a key moves what is wider than the column."""
DRAGGED = 30_000
"""Characters that can be dragged out; more takes too long while the pointer waits."""


class SelectingView(StagedView):
    """What is beyond the column is asked for by signals."""

    words_wanted = Signal(object)  # tuple of ids, for a copy or a search; `take_wanted` answers
    blob_wanted = Signal(str)  # a picture may be dragged out; `take_blob` answers
    quote_requested = Signal(str)
    read_requested = Signal(str)  # message
    find_requested = Signal()
    picture_save_requested = Signal(str, str)  # blob, name

    def __init__(self, surface: Surface, parent: QWidget | None) -> None:
        super().__init__(surface, parent)
        self._copying = Copying(self._column, self)
        self._caret = Caret(self._column)
        self._caret_shown = False
        self._blob: tuple[str, bytes, QImage] = ("", b"", QImage())
        self._status = StatusLine(self.viewport(), theme=surface.theme)
        self.finding = Finding(self, self._column)
        """Finds words in the conversation."""
        self._copying.words_wanted.connect(self.words_wanted)
        self._copying.progressed.connect(self._tell_progress)
        self._copying.ended.connect(lambda: self._status.tell(""))
        self.finding.words_wanted.connect(self.words_wanted)
        self.finding.changed.connect(self.viewport().update)
        self._pointer.link_hovered.connect(self._status.show_address)
        self._pointer.selected.connect(self._mouse_selected)
        self._pointer.picture_pressed.connect(self.blob_wanted)
        self._pointer.drag_begun.connect(self._drag)

    @property
    def status(self) -> str:
        """What the line at the lower edge says."""
        return self._status.text

    def take_wanted(self, asked: Sequence[str], messages: Sequence[Message]) -> None:
        """Words that were wanted; those not among them are nowhere."""
        self._copying.take_words(asked, messages)
        self.finding.take_words(asked, messages)

    def take_blob(self, blob: str, data: bytes, image: QImage) -> None:
        """A picture that may be dragged out."""
        self._blob = (blob, data, image)

    def set_glide(self, glide_ms: int) -> None:
        """How long a step of the wheel takes; 0: it is made at once."""
        self._wheel.glide_ms = glide_ms

    def seen(self) -> Sequence[tuple[Box, int]]:
        """The boxes in view, each with its top below the view's."""
        return self._pointer.sight.visible()

    def unfold(self, item: MessageItem, address: Address) -> None:
        """Show what is folded away where an address is."""
        part = item.sections[min(address[0], len(item.sections) - 1)]
        if part.boxes:
            self._keeping(part.boxes[0], part.unfold)

    # Going there

    def go_to_message(self, message_id: str) -> bool:
        """Show a message from its top; False for one that is not in the branch."""
        if self._column.get(message_id) is None:
            return False
        self.restore_anchor(ScrollAnchor(message_id))
        return True

    def go_to_char(self, box: TextBox, char: int, *, margin: int = 0) -> None:
        """Bring a character into view, with some pixels above and below it.

        One that is seen already does not make anything move.
        """
        item = box.item
        if item is None or not self.isVisible():
            return
        self._wanted = None
        self._column.lay_out(box)
        box.show_char(char)
        line = box.rect_of(char).translated(0, self._column.top_of(box) - self._top)
        margin = min(margin, self._extent // 3)
        if line.top() >= margin and line.bottom() < self._extent - margin:
            self.viewport().update()
            return
        self._following = False
        near = -self._extent < line.top() < 2 * self._extent
        below = self._extent - margin - box.rect_of(char).height()
        y = self._extent // 3 if not near else margin if line.top() < margin else below
        self._settle(Hold(box, y, item, box.index, char))
        self._following = self._is_at_end()

    # Copying

    def copy_selection(self) -> None:
        """Put what is selected on the clipboard: plain text, Markdown and rich text."""
        self._copy(lambda copied: QGuiApplication.clipboard().setMimeData(copied.mime()))

    def copy_as_markdown(self) -> None:
        """Put the Markdown of what is selected on the clipboard."""
        self._copy(lambda copied: self.copy_text(copied.markdown))

    def quote_selection(self) -> None:
        """Offer what is selected as a quote."""
        self._copy(lambda copied: self.quote_requested.emit(quoted(copied.markdown)))

    def copy_text(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    def copy_message(self, message_id: str) -> None:
        item = self._column.get(message_id)
        if item is not None:
            self.copy_text(item.message.text)

    def selected_text(self, most: int) -> str:
        """What is selected, as plain text; empty if it is more than so many characters."""
        ends = self._selection.ends()
        copied = self._copying.at_once(ends, most) if ends is not None else None
        return copied.plain if copied is not None else ""

    def _copy(self, done: Callable[[Copied], None]) -> None:
        ends = self._selection.ends()
        if ends is not None:
            self._copying.start(ends, done)

    def _tell_progress(self, share: float) -> None:
        text = self.tr("Copying… %1 %").replace("%1", str(round(share * 100)))
        self._status.tell(text, stays=True)

    # Selecting

    def select_all(self) -> None:
        self._selection.select_all()
        self._caret_shown = False
        self.viewport().update()

    def _mouse_selected(self) -> None:
        self._caret_shown = False
        self._caret.forget_column()

    def select_by_key(self, event: QKeyEvent) -> bool:
        """Lead the selection on from where it stands; False for other keys."""
        move = move_of(event)
        if move is None:
            return False
        if not self._selection.is_begun():
            start = self._pointer.sight.place_at(QPoint(self.column_left, 1))
            if start is None:
                return False
            self._selection.begin(start)
        led = self._selection.led
        assert led is not None
        place = self._caret.step(led, move, self._page)
        self._caret_shown = True
        if place is not None:
            self._selection.lead(place)
            self._show_caret(move)
        self.viewport().update()
        return True

    def show_led(self) -> None:
        """Show the place that the selection was led to, from outside."""
        self._caret_shown = True
        self._show_caret(Move.RIGHT)
        self.viewport().update()

    def _show_caret(self, move: Move) -> None:
        led = self._selection.led
        assert led is not None
        if move is Move.END:
            self.go_to_end()
            return
        box = self._column.box_at(led.message, led.address)
        if isinstance(box, TextBox):
            self.go_to_char(box, led.char, margin=8)
        elif move is Move.START:
            self.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif not (
            self.select_by_key(event)
            or self.scroll_by_key(event)
            or self.scroll_sideways_by_key(event)
        ):
            event.ignore()

    def scroll_sideways_by_key(self, event: QKeyEvent) -> bool:
        """Left and Right move code and tables that are wider than the column."""
        ways = {Qt.Key.Key_Left: -SIDEWAYS, Qt.Key.Key_Right: SIDEWAYS}
        by = ways.get(Qt.Key(event.key()), 0)
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        return bool(by) and plain and self._pointer.scroll_sideways_by_key(by)

    def _take_formulas(self, came: frozenset[str]) -> None:
        """Formulas have pictures now; the line being read stays, and so does what is selected."""
        changed = False
        hold = self._hold
        for box in self._surface.laid_out():
            if not isinstance(box, TextBox) or not box.formulas & came:
                continue
            changed = True
            held = hold is not None and hold.box is box and hold.char is not None
            if not held and not self._selection.is_in(box):
                self._surface.forget(box)
                box.exact = False
                continue
            where = box.write_anew()
            self._selection.moved(box, where)
            if hold is not None and held and hold.char is not None:
                hold.char = where(hold.char)
            box.exact = False
            self._column.lay_out(box)
        if changed:
            self._settle()

    # Dragging out

    def _drag(self, blob: str) -> None:
        if blob:
            self._drag_picture(blob)
            return
        ends = self._selection.ends()
        copied = self._copying.at_once(ends, DRAGGED) if ends is not None else None
        if copied is None:
            self._status.tell(self.tr("Too much to drag. Copy it instead."))
            return
        shown = words_pixmap(copied.plain, self._surface.theme, self.devicePixelRatioF())
        drag_out(self.viewport(), copied.mime(), shown)

    def _drag_picture(self, blob: str) -> None:
        thumbnail = self._surface.blob_pixmap(blob)
        if self._blob[0] != blob or thumbnail is None:
            self._status.tell(self.tr("The picture is still being loaded."))
            return
        _blob, data, image = self._blob
        drag_out(self.viewport(), picture_data(self._picture_name(blob), data, image), thumbnail)

    def _picture_name(self, blob: str) -> str:
        names = (
            picture.name
            for item in self._column.made()
            for picture in item.message.images
            if picture.blob == blob
        )
        return next(names, "")

    # Painting, and the menu

    @property
    def has_marks(self) -> bool:
        return self.has_selection or self._caret_shown or self.finding.active

    def _state_of(self, box: Box, clip: QRect) -> PaintState:
        state = super()._state_of(box, clip)
        if isinstance(box, TextBox) and self.finding.active:
            state.found, state.found_now = self.finding.ranges_in(box)
        return state

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        led = self._selection.led
        if not self._caret_shown or led is None or not self.hasFocus():
            return
        for box, y in self._pointer.sight.visible():
            if isinstance(box, TextBox) and self._selection.is_led_in(box):
                line = box.rect_of(led.char).translated(self.column_left, y)
                painter = QPainter(self.viewport())
                painter.fillRect(line.adjusted(0, 2, 1, -2), self._surface.tokens.color("text"))
                painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._status.place()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        sight = self._pointer.sight
        point = event.pos()
        spot = sight.spot_at(point)
        if event.reason() is QContextMenuEvent.Reason.Keyboard and self._pointer.focused:
            spot = self._pointer.focused
            point = spot.rect.center()
        found = sight.box_at(point)
        link = sight.link_at(point)
        if spot is not None and spot.action.payload.startswith(("http", "mailto")):
            link = spot.action.payload
        at = PointedAt(found[0] if found is not None else None, spot, link)
        menu = context_menu(self, at, self._pointer.triggered.emit)
        menu.popup(self.viewport().mapToGlobal(point))


def quoted(markdown: str) -> str:
    """Markdown as a quote, with an empty line behind it to go on in."""
    lines = markdown.strip("\n").split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"
