"""The widgets of a view's boxes: made when a box is seen, moved with it, let go when it leaves."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QChildEvent, QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from app.features.chat.transcript.addresses import Address, address_of
from app.features.chat.transcript.box import Box
from app.features.chat.transcript.painted import Seen
from app.features.chat.transcript.wheel import sideways_of
from app.features.chat.transcript.widget_box import WidgetBox

KEPT = 500
"""States remembered of widgets that went; those that went longest ago are forgotten."""

STOP = "tab_stop"
"""The property of what the Tab key stops at: the view leads it there, and Qt does not."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A widget, and where its box stands for as long as there is the conversation."""

    widget: QWidget
    place: tuple[str, Address]


class Stage(QObject):
    """Belongs to one view, whose viewport the widgets stand in."""

    outgrown = Signal(object)  # WidgetBox: its widget wants another height

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(view)
        self._view = view
        self._staged: dict[WidgetBox, Staged] = {}
        self._seen: dict[WidgetBox, int] = {}
        self._states: OrderedDict[tuple[str, Address], object] = OrderedDict()

    @property
    def is_empty(self) -> bool:
        return not self._staged

    def boxes(self) -> tuple[WidgetBox, ...]:
        """The boxes that have a widget now."""
        return tuple(self._staged)

    def widgets(self) -> list[QWidget]:
        """The widgets that are seen, top to bottom."""
        return [self._staged[box].widget for box in self._seen if box in self._staged]

    def measured(self, box: WidgetBox, width: int) -> int:
        """How high a box's widget wants to be in a column so wide."""
        widget = self._widget_of(box)
        widget.ensurePolished()
        return max(1, box.height_of(widget, width))

    # On and off

    def place(self, seen: Seen, column: QRect, top_of: Callable[[Box], int]) -> None:
        """Show the widgets of what is seen, each where its box stands, and no others.

        `column` is the reading column in the viewport; `top_of` answers where a box stands that
        is not seen.
        """
        self._seen = {box: y for box, y in seen if isinstance(box, WidgetBox)}
        self.sweep()
        for box in self._seen:
            self._widget_of(box)
        for box, staged in self._staged.items():
            y = self._seen[box] if box in self._seen else top_of(box)
            staged.widget.setGeometry(column.left(), y, column.width(), box.height)
            staged.widget.show()

    def sweep(self) -> None:
        """Let go of the widgets that are not seen, but for one that has the focus."""
        for box in tuple(self._staged):
            gone = box.item is None
            if gone or (box not in self._seen and self.focused() is not box):
                self._let_go(box)

    def clear(self) -> None:
        """Nothing is seen any more."""
        self._seen = {}
        for box in tuple(self._staged):
            self._let_go(box)

    def _widget_of(self, box: WidgetBox) -> QWidget:
        staged = self._staged.get(box)
        if staged is not None:
            return staged.widget
        assert box.item is not None
        place = box.item.message.id, address_of(box)
        widget = box.make()
        widget.setParent(self._view.viewport())
        widget.lower()  # below what the view shows over its text
        if place in self._states:
            box.restore(widget, self._states.pop(place))
        self._watch(widget)
        self._staged[box] = Staged(widget, place)
        return widget

    def _let_go(self, box: WidgetBox) -> None:
        if self.focused() is box:
            self._view.setFocus()
        staged = self._staged.pop(box)
        if (state := box.state_of(staged.widget)) is not None:
            self._states[staged.place] = state
            if len(self._states) > KEPT:
                self._states.popitem(last=False)
        staged.widget.hide()
        staged.widget.deleteLater()

    # The keyboard

    def focused(self) -> WidgetBox | None:
        """The box in whose widget the keyboard's focus is."""
        here = QApplication.focusWidget()
        if here is None or not self._view.isAncestorOf(here):
            return None
        return next((box for box, s in self._staged.items() if _holds(s.widget, here)), None)

    def stops(self, box: WidgetBox) -> list[QWidget]:
        """What the Tab key stops at in a box's widget, as far as it is seen."""
        staged = self._staged.get(box)
        if staged is None:
            return []
        viewport = self._view.viewport()
        return [
            one
            for one in _in_order(staged.widget)
            if one.isVisible()
            and viewport.rect().intersects(
                QRect(one.mapTo(viewport, one.rect().topLeft()), one.size())
            )
        ]

    # What happens in them

    def _watch(self, widget: QWidget) -> None:
        for one in (widget, *widget.findChildren(QWidget)):
            one.installEventFilter(self)
            policy = one.focusPolicy()
            if policy & Qt.FocusPolicy.TabFocus:
                # In the window's own order they would stand behind all there is.
                one.setFocusPolicy(policy & ~Qt.FocusPolicy.TabFocus)
                one.setProperty(STOP, True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.Wheel if isinstance(event, QWheelEvent):
                return self._is_for_the_view(watched, event)
            case QEvent.Type.ChildPolished if isinstance(event, QChildEvent):
                if isinstance(child := event.child(), QWidget):
                    self._watch(child)
            case QEvent.Type.LayoutRequest:
                self.check()
        return False

    def _is_for_the_view(self, watched: QObject, event: QWheelEvent) -> bool:
        """Whether a turn of the wheel over a widget scrolls the conversation."""
        box = self.focused()
        inside = box is not None and _holds(self._staged[box].widget, watched)
        if inside or sideways_of(event):
            return False
        event.ignore()  # so it is the viewport's next
        return True

    def check(self) -> None:
        """A layout changed: see which widgets want another height."""
        for box, staged in tuple(self._staged.items()):
            wanted = max(1, box.height_of(staged.widget, staged.widget.width()))
            if box in self._seen and box.exact and wanted != box.height:
                self.outgrown.emit(box)


def _holds(widget: QWidget, inner: QObject) -> bool:
    return inner is widget or (isinstance(inner, QWidget) and widget.isAncestorOf(inner))


def _in_order(widget: QWidget) -> Iterator[QWidget]:
    """What takes the focus in a widget, in the order of the Tab key."""
    one: QWidget | None = widget
    while one is not None:
        if one.property(STOP) and one.isEnabled() and _holds(widget, one):
            yield one
        one = one.nextInFocusChain()
        if one is widget:
            return
