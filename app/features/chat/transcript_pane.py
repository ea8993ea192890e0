"""The transcript with the find bar over it, joined to the conversation's session."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStyle, QVBoxLayout, QWidget

from app.core.conversation import ScrollAnchor
from app.features.chat.find_bar import FindBar
from app.features.chat.session import ChatSession
from app.features.chat.transcript import TranscriptView
from app.kit.icons import Icons
from app.kit.theme import Theme

SEED = 120
"""Characters of a selection that are taken for what is to be found; more is no word or phrase."""
GLIDE_MS = 110
"""How long a wheel's step takes where the desktop moves things at all."""


class TranscriptPane(QWidget):
    """Hands words from the disk to the transcript, and finds in it."""

    message_read = Signal(str)  # all that a message says, as plain text
    wanted = Signal()  # something in it is to be seen, whatever stands in its place

    def __init__(
        self, transcript: TranscriptView, session: ChatSession, *, theme: Theme, icons: Icons
    ) -> None:
        super().__init__()
        self._transcript = transcript
        self._session = session
        self._new_bar = partial(FindBar, theme=theme, icons=icons)
        self._bar: FindBar | None = None
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(transcript, 1)
        moves = self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0
        transcript.set_glide(GLIDE_MS if moves else 0)
        self._connect()

    def _connect(self) -> None:
        transcript, words = self._transcript, self._session.words
        finding = transcript.finding
        transcript.words_missed.connect(words.want)
        words.arrived.connect(transcript.take_words)
        transcript.words_wanted.connect(words.fetch)
        words.fetched.connect(transcript.take_wanted)
        finding.candidates_wanted.connect(self._ask_candidates)
        words.candidates_found.connect(finding.take_candidates)
        finding.changed.connect(self._show_found)
        transcript.find_requested.connect(self.open_find)
        transcript.read_requested.connect(self._read)

    def open_find(self) -> None:
        """Open the find bar, with what is selected if that is a word or a phrase."""
        self.wanted.emit()
        if not self.isVisible():
            return  # nothing was said yet
        seed = self._transcript.selected_text(SEED)
        words = "" if "\n" in seed else seed.strip()
        bar = self._bar = self._bar or self._made_bar()
        if bar.isVisible():
            bar.open_bar(words)
        else:
            self._keeping_place(lambda: bar.open_bar(words))

    def _made_bar(self) -> FindBar:
        """The bar, made when something is first looked for."""
        bar, finding = self._new_bar(), self._transcript.finding
        bar.hide()
        self._column.insertWidget(0, bar)
        bar.query_changed.connect(self._look_for)
        bar.step_requested.connect(finding.step)
        bar.closed.connect(lambda: self._keeping_place(finding.stop))
        return bar

    @property
    def _open_bar(self) -> FindBar | None:
        """The bar while it is open."""
        return self._bar if self._bar is not None and self._bar.isVisible() else None

    def find_next(self, step: int) -> None:
        """To the next place, or with -1 to the one before; opens the bar where it is closed."""
        if self._open_bar is not None:
            self._transcript.finding.step(step)
        else:
            self.open_find()

    def go_to(self, anchor: ScrollAnchor) -> None:
        """Go to a place; where its message is in another branch, show that."""
        self.wanted.emit()
        if anchor.message is not None:
            self._session.show_message(anchor.message)
        self._transcript.restore_anchor(anchor)

    def _keeping_place(self, change: Callable[[], None]) -> None:
        """Let the bar come or go; what is read stays where it is on the screen."""
        scroll = self._transcript.verticalScrollBar()
        was_at_end, top = scroll.value() >= scroll.maximum(), self._transcript.y()
        change()
        self._column.activate()
        if not was_at_end:
            scroll.setValue(scroll.value() + self._transcript.y() - top)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, where nothing below has a use for it."""
        bar = self._open_bar
        if event.key() == Qt.Key.Key_Escape and bar is not None:
            bar.close_bar()
        elif event.key() == Qt.Key.Key_Escape and self._session.busy:
            self._session.stop()
        else:
            super().keyPressEvent(event)

    def _look_for(self, query: str, match_case: bool) -> None:
        if self._open_bar is not None:
            self._transcript.finding.look_for(query, match_case=match_case)

    def _ask_candidates(self, query: str) -> None:
        self._session.words.find(self._session.info.id, query)

    def _show_found(self) -> None:
        if self._bar is None:
            return
        finding = self._transcript.finding
        self._bar.show_found(
            finding.number, finding.total, complete=finding.complete, more=finding.rests
        )

    def _read(self, message_id: str) -> None:
        text = self._transcript.message_text(message_id)
        if text:
            self.message_read.emit(text)
