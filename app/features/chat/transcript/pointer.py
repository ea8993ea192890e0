"""Pointer and keyboard in the transcript: which action is meant, and what is being selected."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QTextCursor
from PySide6.QtWidgets import QApplication, QToolTip

from app.features.chat.transcript.actions import Action, Intent
from app.features.chat.transcript.box import Box, PaintState, TextBox
from app.features.chat.transcript.column import Column
from app.features.chat.transcript.selection import Selection
from app.features.chat.transcript.sight import Sight, Spot, place_in

if TYPE_CHECKING:
    from app.features.chat.transcript.column_view import ColumnView

AUTO_SCROLL_MS = 30

Unit = QTextCursor.SelectionType

NAMED = (Intent.IMAGE, Intent.FILE)
"""What is told by its name under the pointer, which may be shortened where it stands."""


class Pointer(QObject):
    """Belongs to one view; tells it what was meant."""

    triggered = Signal(object, object)  # Box, Action
    link_hovered = Signal(str)
    picture_pressed = Signal(str)  # blob
    drag_begun = Signal(str)  # the blob of a picture; empty: what is selected
    selected = Signal()

    def __init__(self, view: ColumnView, column: Column, selection: Selection) -> None:
        super().__init__(view)
        self._view = view
        self._selection = selection
        self._sight = Sight(view, column)
        self._hovered: Spot | None = None
        self._pressed: Spot | None = None
        self._focused: Spot | None = None
        self._link = ""
        self._pressed_link = ""
        self._pressed_at = QPoint()
        self._selecting = False
        self._in_selection = False
        self._unit: Unit | None = None
        self._last_click = QPoint()
        self._click_timer = QTimer(self)
        self._click_timer.setSingleShot(True)
        self._auto_scroll = QTimer(self)
        self._auto_scroll.setInterval(AUTO_SCROLL_MS)
        self._auto_scroll.timeout.connect(self._scroll_on)
        self._at = QPoint()

    @property
    def sight(self) -> Sight:
        """What stands where in the view."""
        return self._sight

    @property
    def focused(self) -> Spot | None:
        """The action or link that has the keyboard's focus."""
        return self._focused

    def spots(self) -> list[Spot]:
        """All actions in view, in reading order."""
        return self._sight.spots()

    def forget(self) -> None:
        """Everything shown is about to be replaced."""
        self._hovered = self._pressed = self._focused = None
        self._selecting = self._in_selection = False
        self._auto_scroll.stop()

    def moved(self) -> bool:
        """What is under the pointer may be something else now; whether it is the same."""
        before, focused = self._hovered, self._focused
        under = self._view.viewport().underMouse() and before is not None
        self._hovered = self._sight.spot_at(self._at) if under else None
        if focused is not None and focused.box.item is None:
            self._focused = None
        same = self._hovered is before or (before is not None and before.is_same(self._hovered))
        # The ring around a link is painted over the boxes.
        is_link = focused is not None and focused.char >= 0
        return same and self._focused is focused and not is_link

    def tell_state(self, box: Box, state: PaintState) -> None:
        """How a box stands to pointer and focus."""
        for name in ("hovered", "pressed", "focused"):
            spot: Spot | None = getattr(self, f"_{name}")
            shown = name != "focused" or self._view.hasFocus()
            if spot is not None and spot.box is box and shown:
                setattr(state, name, spot.action)

    def paint_focus(self, painter: QPainter, color: str) -> None:
        """A ring around the link that has the focus."""
        spot = self._focused
        area = self._sight.where(spot) if spot is not None and self._view.hasFocus() else None
        if area is not None:
            painter.setPen(QColor(color))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(area).adjusted(-2.5, 0.5, 2.5, -0.5), 4, 4)

    def scroll_sideways(self, point: QPoint, by: int) -> bool:
        """Scroll the code or table under the pointer, where it is wider than the column."""
        found = self._sight.box_at(point)
        if found is None or not isinstance(found[0], TextBox):
            return False
        moved = found[0].scroll_sideways(by)
        if moved:
            self._view.viewport().update()
        return moved

    def scroll_sideways_by_key(self, by: int) -> bool:
        """The same where something of the box has the focus, or else nearest to the middle."""
        middle = self._view.viewport().height() // 2
        wide = [
            (abs(y + box.height // 2 - middle), number, box)
            for number, (box, y) in enumerate(self._sight.visible())
            if isinstance(box, TextBox) and box.is_wide
        ]
        focused = self._focused.box if self._focused is not None else None
        boxes = [box for _far, _number, box in sorted(wide) if focused is None or box is focused]
        if not boxes:
            return False
        if boxes[0].scroll_sideways(by):
            self._view.viewport().update()
        return True

    # Mouse

    def press(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = self._pressed_at = event.position().toPoint()
        self._focused = None
        self._pressed = self._sight.spot_at(point)
        self._view.viewport().update()
        if self._pressed is not None:
            if self._pressed.action.intent is Intent.IMAGE:
                self.picture_pressed.emit(self._pressed.action.payload)
            return
        self._pressed_link = self._sight.link_at(point)
        if self._is_third_click(point):
            self._select_span(point, Unit.BlockUnderCursor)
            return
        place = self._sight.place_at(point)
        if place is None:
            return
        self._unit = None
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if shift and self._selection.is_begun():
            self._selection.lead(place)
        elif self._selection.holds(place) and self._sight.is_over_text(point):
            # It may be the begin of a drag; a mere click lets go of the selection.
            self._in_selection = True
            return
        else:
            self._selection.begin(place)
        self._selecting = True
        self.selected.emit()

    def _is_third_click(self, point: QPoint) -> bool:
        return self._click_timer.isActive() and not self._is_far(point, self._last_click)

    def _is_far(self, point: QPoint, other: QPoint) -> bool:
        return (point - other).manhattanLength() >= QApplication.startDragDistance()

    def double_click(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._sight.spot_at(point) is not None:
            self.press(event)
            return
        self._last_click = point
        self._click_timer.start(QApplication.doubleClickInterval())
        self._select_span(point, Unit.WordUnderCursor)

    def _select_span(self, point: QPoint, unit: Unit) -> None:
        found = self._sight.char_at(point)
        if found is None:
            return
        box, char = found
        start, end = box.span_at(char, unit)
        self._selection.begin(place_in(box, start), place_in(box, end))
        self._unit = unit
        self._selecting, self._in_selection = True, False
        self._view.viewport().update()
        self.selected.emit()

    def move(self, event: QMouseEvent) -> None:
        self._at = event.position().toPoint()
        if event.buttons() & Qt.MouseButton.LeftButton:
            if self._selecting:
                self._lead_selection()
                return
            if self._may_drag():
                return
        spot = self._sight.spot_at(self._at)
        if spot != self._hovered:
            self._hovered = spot
            self._view.viewport().update()
        link = self._sight.link_at(self._at) if spot is None else ""
        if spot is not None and spot.action.intent is Intent.LINK:
            link = spot.action.payload
        if link != self._link:
            self._link = link
            self.link_hovered.emit(link)
        self._set_cursor(spot, link)

    def _may_drag(self) -> bool:
        """Take what was pressed out of the view, once the pointer is led away with it."""
        pressed = self._pressed
        picture = pressed is not None and pressed.action.intent is Intent.IMAGE
        if not (picture or self._in_selection) or not self._is_far(self._at, self._pressed_at):
            return False
        blob = pressed.action.payload if pressed is not None else ""
        self._pressed, self._in_selection, self._pressed_link = None, False, ""
        self.drag_begun.emit(blob)
        return True

    def _set_cursor(self, spot: Spot | None, link: str) -> None:
        shape = Qt.CursorShape.ArrowCursor
        if spot is not None or link:
            shape = Qt.CursorShape.PointingHandCursor
        elif self._sight.is_over_text(self._at):
            shape = Qt.CursorShape.IBeamCursor
        if self._view.viewport().cursor().shape() != shape:
            self._view.viewport().setCursor(shape)

    def _lead_selection(self) -> None:
        self._lead_to(self._at)
        if self._view.viewport().rect().contains(self._at):
            self._auto_scroll.stop()
        elif not self._auto_scroll.isActive():
            self._auto_scroll.start()

    def _lead_to(self, point: QPoint) -> None:
        """Select up to a point, by whole words or paragraphs if it was begun so."""
        by_words = self._unit is not None
        found = self._sight.char_at(point) if by_words else self._sight.text_place_at(point)
        if found is None:
            return
        box, char = found
        place = place_in(box, char)
        if self._unit is not None:
            start, end = box.span_at(char, self._unit)
            place = place_in(box, start if self._selection.is_before(place) else end)
        self._selection.lead(place)
        self._view.viewport().update()
        self.selected.emit()

    def _scroll_on(self) -> None:
        """The pointer is led out of the view while selecting: go on in that direction."""
        height = self._view.viewport().height()
        over = self._at.y() if self._at.y() < 0 else max(0, self._at.y() - height)
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + (over // 2 or (1 if over > 0 else 0)))
        self._lead_to(self._at)

    def release(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._auto_scroll.stop()
        self._selecting = False
        point = event.position().toPoint()
        pressed, self._pressed = self._pressed, None
        link, self._pressed_link = self._pressed_link, ""
        in_selection, self._in_selection = self._in_selection, False
        self._view.viewport().update()
        if pressed is not None:
            spot = self._sight.spot_at(point)
            if spot is not None and spot.is_same(pressed):
                self.triggered.emit(spot.box, spot.action)
            return
        if in_selection and (place := self._sight.place_at(point)) is not None:
            self._selection.begin(place)
            self.selected.emit()
        if link and link == self._sight.link_at(point) and self._selection.ends() is None:
            found = self._sight.box_at(point)
            assert found is not None
            self.triggered.emit(found[0], Action(Intent.LINK, link, payload=link))

    def leave(self) -> None:
        if self._hovered is not None or self._link:
            self._hovered = None
            self._link = ""
            self.link_hovered.emit("")
            self._view.viewport().update()

    def show_tip(self, event: QEvent) -> bool:
        """What an icon does, or what a picture is called."""
        assert isinstance(event, QHelpEvent)
        spot = self._sight.spot_at(event.pos())
        told = spot is not None and (spot.action.icon_only or spot.action.intent in NAMED)
        text = spot.action.label if spot is not None and told else ""
        # Escaped and wrapped, so that no text is ever taken for markup.
        QToolTip.showText(event.globalPos(), f"<span>{escape(text)}</span>" if text else "")
        return True

    # Keyboard

    def move_focus(self, *, forward: bool) -> bool:
        """To the next action or link in view; False where there is none in that direction."""
        spots = self._sight.spots(links=True)
        if not spots:
            return False
        place = next((i for i, spot in enumerate(spots) if spot.is_same(self._focused)), None)
        if place is None:
            target = 0 if forward else len(spots) - 1
        else:
            target = place + (1 if forward else -1)
        self.focus_on(spots[target] if 0 <= target < len(spots) else None)
        return self._focused is not None

    def focus_on(self, spot: Spot | None) -> None:
        """Give an action or link the keyboard's focus, or take it from them all."""
        self._view.viewport().update()
        self._focused = spot
        is_link = spot is not None and spot.action.intent is Intent.LINK
        self.link_hovered.emit(spot.action.payload if spot is not None and is_link else "")

    def focus(self, wanted: Callable[[Spot], bool]) -> None:
        """Give what is wanted, if it is in view, the keyboard's focus."""
        spots = self._sight.spots(links=True)
        self._focused = next(filter(wanted, spots), None)
        self._view.viewport().update()

    def trigger_focused(self) -> bool:
        """Do what has the focus; False where nothing has."""
        if self._focused is None:
            return False
        focused = self._focused
        self.triggered.emit(focused.box, focused.action)
        return True
