"""A box that is a real widget while it is seen: for buttons that ask, trees, tables.

What a kind of part says of its widget:

    class AskBox(WidgetBox):
        def make(self) -> QWidget:
            return AskCard(self._question, decided=self._decided)

        def state_of(self, widget: QWidget) -> object:
            return widget.text()

        def restore(self, widget: QWidget, state: object) -> None:
            widget.set_text(state)

        def plain(self, start: int = 0, end: int | None = None) -> str:
            return self._question

The view's stage (see `stage`) does the rest. The widget is made when its box comes into view, and
let go when it leaves: its state is kept, and given to the next one. It moves with what is around
it and is cut off where the view ends. Where it asks for another height (`updateGeometry`, a layout
that changed) it gets it, and the line being read stays. Tab goes through it in reading order. The
wheel scrolls the conversation, unless it was clicked or tabbed into. While it has the keyboard's
focus it is kept, also out of sight. What it paints, and how it follows theme and language, is its
own matter.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.features.chat.transcript.box import Box
from app.features.chat.transcript.surface import Surface
from app.kit.markdown.look import Look


class WidgetBox(Box):
    """Its height is measured from the widget, once for a width and a look."""

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface)
        self._measured: tuple[int, Look] | None = None

    def make(self) -> QWidget:
        """The widget, as the state it is in at first; the stage gives it a parent."""
        raise NotImplementedError

    def state_of(self, widget: QWidget) -> object:
        """What is to be remembered of a widget that goes; small, for many are remembered."""
        return None

    def restore(self, widget: QWidget, state: object) -> None:
        """Let a new widget be as the one was that went."""

    def height_of(self, widget: QWidget, width: int) -> int:
        """How high the widget wants to be."""
        if widget.hasHeightForWidth():
            return widget.heightForWidth(width)
        return widget.sizeHint().height()

    def estimate(self, width: int) -> None:
        if self._measured != (width, self.surface.look):
            self.height = self.height or 4 * self.surface.look.line()

    def lay_out(self, width: int) -> None:
        if self._measured != (width, self.surface.look):
            assert self.surface.stage is not None
            self.height = self.surface.stage.measured(self, width)
            self._measured = (width, self.surface.look)
        self.exact = True

    def release(self) -> None:
        self._measured = None

    def measure_again(self) -> None:
        """Its widget wants another height."""
        self._measured = None
        self.exact = False
        self.stale = 0
