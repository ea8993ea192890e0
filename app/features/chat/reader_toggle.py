"""Joins a conversation and its reader: shown in the transcript's place while that is wished."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QToolButton

from app.core.events import StreamEvent, TextDelta
from app.core.message import Role
from app.core.reading import readings
from app.features.chat.page_parts import ReadingPane
from app.features.chat.session import ChatSession

BEFORE, AFTER = 60, 240
"""Messages that are looked at, before the latest question with a picture and from there on."""


class ReaderToggle(QObject):
    """`make` makes the pane when it is first wished for; `button` is the toggle in the header."""

    toggled = Signal()

    def __init__(
        self,
        session: ChatSession,
        button: QToolButton,
        make: Callable[[], ReadingPane],
        *,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._button = button
        self._make = make
        self._made: ReadingPane | None = None
        button.toggled.connect(self._toggle)
        session.branch_changed.connect(self._refresh)
        session.message_added.connect(self._refresh)
        session.message_changed.connect(self._refresh)
        session.state_changed.connect(self._refresh)
        session.delta_arrived.connect(self._grow)
        session.words.arrived.connect(self._show)
        self._refresh()

    @property
    def pane(self) -> ReadingPane | None:
        """The reader, while it is to be shown."""
        return self._made if self._button.isChecked() else None

    def leave(self) -> None:
        """Back to the transcript."""
        self._button.setChecked(False)

    def _toggle(self, on: bool) -> None:
        if on and self._made is None:
            self._made = self._make()
            self._made.again_requested.connect(self._session.answer_again)
        self._refresh()
        self.toggled.emit()

    def _latest(self) -> int | None:
        """The place in the branch of the latest question with a picture.

        Outlines count those that were sent; one of which only the text went is near, or not found.
        """
        shown = self._session.shown()
        table, places = shown.table, shown.places
        for at in range(len(places) - 1, -1, -1):
            place = places[at]
            if table.role(place) is not Role.USER:
                continue
            near = len(places) - at <= BEFORE
            message = self._session.message(table.ids[place]) if near else None
            if table.pictures[place] or (message is not None and message.images):
                return at
        return None

    def _refresh(self) -> None:
        latest = self._latest()
        self._button.setEnabled(latest is not None)
        if latest is None:
            self._button.setChecked(False)
        elif self.pane is not None:
            self._show()
            if missing := [key for key in self._near(latest) if self._session.message(key) is None]:
                self._session.words.want(missing)

    def _show(self) -> None:
        """Show what the words are there of."""
        latest, pane = self._latest(), self.pane
        if latest is None or pane is None:
            return
        found = (self._session.message(key) for key in self._near(latest))
        messages = [message for message in found if message is not None]
        pane.show_readings(readings(messages), busy=self._session.busy)

    def _near(self, latest: int) -> list[str]:
        """The messages around the latest picture."""
        shown = self._session.shown()
        ids = [shown.table.ids[place] for place in shown.places]
        return ids[max(0, latest - BEFORE) : latest + 1] + ids[latest + 1 :][-AFTER:]

    def _grow(self, message_id: str, event: StreamEvent) -> None:
        if isinstance(event, TextDelta) and (pane := self.pane) is not None:
            pane.grow(message_id, event.text)
