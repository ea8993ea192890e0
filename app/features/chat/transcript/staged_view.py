"""The scroll area with real widgets in it: those of the boxes that are seen, and no others."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.features.chat.transcript.column_view import ColumnView
from app.features.chat.transcript.message_item import MessageItem
from app.features.chat.transcript.sight import Spot
from app.features.chat.transcript.stage import Stage
from app.features.chat.transcript.surface import Surface
from app.features.chat.transcript.widget_box import WidgetBox


class StagedView(ColumnView):
    """Puts the widgets of `WidgetBox`es on its stage; the Tab key goes through all there is."""

    def __init__(self, surface: Surface, parent: QWidget | None) -> None:
        super().__init__(surface, parent)
        self._stage = surface.stage = Stage(self)
        self._stage.outgrown.connect(self._outgrown)

    @property
    def staged(self) -> list[QWidget]:
        """The widgets among what is seen, top to bottom."""
        return self._stage.widgets()

    # In view

    def _show(self, *, mostly_same: bool) -> None:
        # Pixels that are scrolled would take those of the widgets along.
        super()._show(mostly_same=mostly_same and self._stage.is_empty)
        self._place_widgets()

    def _place_widgets(self) -> None:
        seen = list(self._column.visible(self._top, self._extent))
        column = QRect(self.column_left, 0, self._column.width, self._extent)
        self._stage.place(seen, column, lambda box: self._column.top_of(box) - self._top)

    def _lay_out_ahead(self) -> None:
        super()._lay_out_ahead()
        self._stage.sweep()

    def _held_items(self) -> list[MessageItem]:
        staged = [box.item for box in self._stage.boxes() if box.item is not None]
        return [*super()._held_items(), *staged]

    def _outgrown(self, box: WidgetBox) -> None:
        """A widget wants another height: what the reader reads or uses stays where it is."""
        if self._settling or box.item is None:
            return
        if self._stage.focused() is box:
            self._keeping(box, box.measure_again)
            return
        box.measure_again()
        self._column.lay_out(box)
        self._settle()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._stage.clear()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._stage.check()
        return super().viewportEvent(event)

    # The keyboard

    def move_focus(self, *, forward: bool) -> bool:
        """To the next thing in view that the Tab key stops at; False where there is none."""
        if self._stage.is_empty:
            return self._pointer.move_focus(forward=forward)
        stops = self._stops()
        here = self._place_of_focus(stops)
        target = (0 if forward else len(stops) - 1) if here is None else here + 2 * forward - 1
        stop = stops[target] if 0 <= target < len(stops) else None
        if isinstance(stop, QWidget):
            self._pointer.focus_on(None)
            stop.setFocus(_reason(forward))
            return True
        if stop is not None and not self.hasFocus():
            self.setFocus(_reason(forward))
        self._pointer.focus_on(stop)
        return stop is not None

    def _stops(self) -> list[Spot | QWidget]:
        """All that can have the focus in view, in reading order."""
        spots = self._pointer.sight.spots(links=True)
        stops: list[Spot | QWidget] = []
        for box, _y in self._pointer.sight.visible():
            stops += [spot for spot in spots if spot.box is box]
            if isinstance(box, WidgetBox):
                stops += self._stage.stops(box)
        return stops

    def _place_of_focus(self, stops: list[Spot | QWidget]) -> int | None:
        """Where the focus is among them; None where it is on nothing that is seen."""
        widget, spot = QApplication.focusWidget(), self._pointer.focused
        for number, stop in enumerate(stops):
            if (
                stop is widget
                if isinstance(stop, QWidget)
                else self.hasFocus() and stop.is_same(spot)
            ):
                return number
        return None

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through what is seen, then on to the next widget."""
        if self.move_focus(forward=forward):
            return True
        if not self.hasFocus():
            # From here Qt goes on, as it knows nothing of the widgets.
            self.setFocus(_reason(forward))
        return super().focusNextPrevChild(forward)


def _reason(forward: bool) -> Qt.FocusReason:
    return Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
