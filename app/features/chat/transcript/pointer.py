"""Pointer and keyboard in the transcript: which action is meant, and what is being selected."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from app.core.message import Role
from app.features.chat.transcript.actions import Action, Intent
from app.features.chat.transcript.box import Box, PaintState, TextBox
from app.features.chat.transcript.column import Column
from app.features.chat.transcript.selection import Place, Selection

if TYPE_CHECKING:
    from app.features.chat.transcript.column_view import ColumnView

AUTO_SCROLL_MS = 30


@dataclass(frozen=True, slots=True)
class Spot:
    """An action in a box, and where it is seen (in the viewport)."""

    box: Box
    action: Action
    rect: QRect

    def is_same(self, box: Box, action: Action) -> bool:
        return self.box is box and self.action == action


class Pointer(QObject):
    """Belongs to one view; tells it what was meant."""

    triggered = Signal(object, object)  # Box, Action
    link_hovered = Signal(str)

    def __init__(self, view: ColumnView, column: Column, selection: Selection) -> None:
        super().__init__(view)
        self._view = view
        self._column = column
        self._selection = selection
        self._hovered: Spot | None = None
        self._pressed: Spot | None = None
        self._focused: Spot | None = None
        self._link = ""
        self._pressed_link = ""
        self._selecting = False
        self._clicks = 0
        self._last_click = QPoint()
        self._click_timer = QTimer(self)
        self._click_timer.setSingleShot(True)
        self._auto_scroll = QTimer(self)
        self._auto_scroll.setInterval(AUTO_SCROLL_MS)
        self._auto_scroll.timeout.connect(self._scroll_on)
        self._at = QPoint()

    def forget(self) -> None:
        """Everything shown is about to be replaced."""
        self._hovered = self._pressed = self._focused = None
        self._selecting = False
        self._auto_scroll.stop()

    def moved(self) -> bool:
        """What is under the pointer may be something else now; whether all looks as before."""
        hovered, focused = self._hovered, self._focused
        under = self._view.viewport().underMouse()
        self._hovered = self._spot_at(self._at) if under and self._hovered is not None else None
        if self._focused is not None and self._focused.box.item is None:
            self._focused = None
        return _is_same(hovered, self._hovered) and focused is self._focused

    def tell_state(self, box: Box, state: PaintState) -> None:
        """How a box stands to pointer and focus."""
        for name in ("hovered", "pressed", "focused"):
            spot: Spot | None = getattr(self, f"_{name}")
            shown = name != "focused" or self._view.hasFocus()
            if spot is not None and spot.box is box and shown:
                setattr(state, name, spot.action)

    # Finding

    def spots(self) -> list[Spot]:
        """All actions in view, in reading order."""
        found: list[Spot] = []
        extent = self._view.viewport().rect()
        for box, y in self._visible():
            origin = QPoint(self._view.column_left, y)
            for placed in box.actions():
                rect = placed.rect.translated(origin)
                if rect.intersects(extent):
                    found.append(Spot(box, placed.action, rect))
        return found

    def _visible(self) -> list[tuple[Box, int]]:
        top, extent = self._view.verticalScrollBar().value(), self._view.viewport().height()
        return list(self._column.visible(top, extent))

    def _spot_at(self, point: QPoint) -> Spot | None:
        return next((spot for spot in self.spots() if spot.rect.contains(point)), None)

    def _box_at(self, point: QPoint) -> tuple[Box, QPoint] | None:
        """The box at a height, and the point in it; outside, the nearest one."""
        best: tuple[Box, QPoint] | None = None
        for box, y in self._visible():
            inside = QPoint(point.x() - self._view.column_left, point.y() - y)
            if best is None or y - box.gap <= point.y():
                best = (box, inside)
        return best

    def _place_at(self, point: QPoint) -> Place | None:
        """The nearest place in a text."""
        found = self._box_at(point)
        if found is None:
            return None
        box, inside = found
        if isinstance(box, TextBox):
            if inside.y() > box.height:
                return Place(box, box.length)
            return Place(box, box.hit(inside))
        other = self._column.preceding(box) or self._column.following(box)
        while other is not None and not isinstance(other, TextBox):
            other = self._column.preceding(other)
        return Place(other, other.length) if isinstance(other, TextBox) else Place(box, 0)

    def _link_at(self, point: QPoint) -> str:
        found = self._box_at(point)
        if found is None or not isinstance(found[0], TextBox):
            return ""
        return found[0].link_at(found[1])

    def scroll_sideways(self, point: QPoint, by: int) -> bool:
        """Scroll the code or table under the pointer, where it is wider than the column."""
        found = self._box_at(point)
        if found is None or not isinstance(found[0], TextBox):
            return False
        moved = found[0].scroll_sideways(by)
        if moved:
            self._view.viewport().update()
        return moved

    # Mouse

    def press(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        self._focused = None
        self._pressed = self._spot_at(point)
        self._view.viewport().update()
        if self._pressed is not None:
            return
        self._pressed_link = self._link_at(point)
        if self._is_third_click(point):
            self._select_span(point, QTextCursor.SelectionType.BlockUnderCursor)
            return
        place = self._place_at(point)
        if place is None:
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._selection.is_begun():
            self._selection.lead(place)
        else:
            self._selection.begin(place)
        self._selecting = True

    def _is_third_click(self, point: QPoint) -> bool:
        near = (point - self._last_click).manhattanLength() < QApplication.startDragDistance()
        return self._click_timer.isActive() and near

    def double_click(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._spot_at(point) is not None:
            self.press(event)
            return
        self._last_click = point
        self._click_timer.start(QApplication.doubleClickInterval())
        self._select_span(point, QTextCursor.SelectionType.WordUnderCursor)

    def _select_span(self, point: QPoint, kind: QTextCursor.SelectionType) -> None:
        place = self._place_at(point)
        if place is None or not isinstance(place.box, TextBox):
            return
        start, end = place.box.span_at(place.char, kind)
        self._selection.begin(Place(place.box, start), Place(place.box, end))
        self._selecting = True
        self._view.viewport().update()

    def move(self, event: QMouseEvent) -> None:
        self._at = event.position().toPoint()
        if self._selecting and event.buttons() & Qt.MouseButton.LeftButton:
            self._lead_selection()
            return
        spot = self._spot_at(self._at)
        if spot != self._hovered:
            self._hovered = spot
            self._view.viewport().update()
        link = "" if spot is not None else self._link_at(self._at)
        if link != self._link:
            self._link = link
            self.link_hovered.emit(link)
        self._set_cursor(spot, link)

    def _set_cursor(self, spot: Spot | None, link: str) -> None:
        shape = Qt.CursorShape.ArrowCursor
        found = self._box_at(self._at)
        if spot is not None or link:
            shape = Qt.CursorShape.PointingHandCursor
        elif found and isinstance(found[0], TextBox) and found[0].is_over_text(found[1]):
            shape = Qt.CursorShape.IBeamCursor
        if self._view.viewport().cursor().shape() != shape:
            self._view.viewport().setCursor(shape)

    def _lead_selection(self) -> None:
        place = self._place_at(self._at)
        if place is not None:
            self._selection.lead(place)
            self._view.viewport().update()
        if self._view.viewport().rect().contains(self._at):
            self._auto_scroll.stop()
        elif not self._auto_scroll.isActive():
            self._auto_scroll.start()

    def _scroll_on(self) -> None:
        """The pointer is led out of the view while selecting: go on in that direction."""
        height = self._view.viewport().height()
        over = self._at.y() if self._at.y() < 0 else max(0, self._at.y() - height)
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + (over // 2 or (1 if over > 0 else 0)))
        place = self._place_at(self._at)
        if place is not None:
            self._selection.lead(place)

    def release(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._auto_scroll.stop()
        self._selecting = False
        point = event.position().toPoint()
        pressed, self._pressed = self._pressed, None
        link, self._pressed_link = self._pressed_link, ""
        self._view.viewport().update()
        spot = self._spot_at(point)
        if pressed is not None:
            if spot is not None and spot.is_same(pressed.box, pressed.action):
                self.triggered.emit(spot.box, spot.action)
        elif link and link == self._link_at(point) and self._selection.ends() is None:
            found = self._box_at(point)
            assert found is not None
            self.triggered.emit(found[0], Action(Intent.LINK, link, payload=link))

    def leave(self) -> None:
        if self._hovered is not None or self._link:
            self._hovered = None
            self._link = ""
            self.link_hovered.emit("")
            self._view.viewport().update()

    def show_tip(self, event: QEvent) -> bool:
        """A link's address, or what an icon does."""
        assert isinstance(event, QHelpEvent)
        spot = self._spot_at(event.pos())
        text = spot.action.label if spot is not None and spot.action.icon_only else ""
        if spot is not None and spot.action.intent in (Intent.LINK, Intent.IMAGE):
            text = spot.action.payload if spot.action.intent is Intent.LINK else spot.action.label
        text = text or self._link_at(event.pos())
        # Escaped and wrapped, so that no text is ever taken for markup.
        QToolTip.showText(event.globalPos(), f"<span>{escape(text)}</span>" if text else "")
        return True

    def show_menu(self, event: QEvent) -> bool:
        assert isinstance(event, QContextMenuEvent)
        found = self._box_at(event.pos())
        item = found[0].item if found is not None else None
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(self.tr("Copy"), self._view.copy_selection)
        copy.setEnabled(self._view.has_selection)
        menu.addAction(self.tr("Select all"), self._view.select_all)
        if item is not None:
            message = item.message.id
            menu.addAction(self.tr("Copy message"), lambda: self._view.copy_message(message))
            if item.message.role is Role.ASSISTANT:
                # A reply that only called tools has no footer to offer it in.
                ask = Action(Intent.RAW, self.tr("Request and response"))
                menu.addAction(ask.label, lambda: self.triggered.emit(item.boxes[0], ask))
        menu.popup(event.globalPos())
        return True

    # Keyboard

    def move_focus(self, *, forward: bool) -> bool:
        """To the next action in view; False where there is none in that direction."""
        spots = self.spots()
        if not spots:
            return False
        here = self._focused
        place = next(
            (
                i
                for i, s in enumerate(spots)
                if here is not None and s.is_same(here.box, here.action)
            ),
            None,
        )
        if place is None:
            target = 0 if forward else len(spots) - 1
        else:
            target = place + (1 if forward else -1)
        self._view.viewport().update()
        if not 0 <= target < len(spots):
            self._focused = None
            return False
        self._focused = spots[target]
        return True

    def trigger_focused(self) -> bool:
        """Do what has the focus; False where nothing has."""
        if self._focused is None:
            return False
        focused = self._focused
        self.triggered.emit(focused.box, focused.action)
        return True


def _is_same(one: Spot | None, other: Spot | None) -> bool:
    """Whether both are the same action, wherever it stands."""
    if one is None or other is None:
        return one is other
    return one.is_same(other.box, other.action)
