"""The transcript with the find bar over it, joined to the conversation's session."""

from __future__ import annotations

from collections.abc import Callable

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

    def __init__(
        self, transcript: TranscriptView, session: ChatSession, *, theme: Theme, icons: Icons
    ) -> None:
        super().__init__()
        self._transcript = transcript
        self._session = session
        self._bar = FindBar(theme=theme, icons=icons)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(transcript, 1)
        moves = self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0
        transcript.set_glide(GLIDE_MS if moves else 0)
        self._connect()

    def _connect(self) -> None:
        transcript, bar, words = self._transcript, self._bar, self._session.words
        finding = transcript.finding
        transcript.words_missed.connect(words.want)
        words.arrived.connect(transcript.take_words)
        transcript.words_wanted.connect(words.fetch)
        words.fetched.connect(transcript.take_wanted)
        finding.candidates_wanted.connect(self._ask_candidates)
        words.candidates_found.connect(finding.take_candidates)
        finding.changed.connect(self._show_found)
        bar.query_changed.connect(self._look_for)
        bar.step_requested.connect(finding.step)
        bar.closed.connect(lambda: self._keeping_place(finding.stop))
        transcript.find_requested.connect(self.open_find)
        transcript.read_requested.connect(self._read)

    def open_find(self) -> None:
        """Open the find bar, with what is selected if that is a word or a phrase."""
        if not self.isVisible():
            return  # nothing was said yet
        seed = self._transcript.selected_text(SEED)
        words = "" if "\n" in seed else seed.strip()
        if self._bar.isVisible():
            self._bar.open_bar(words)
        else:
            self._keeping_place(lambda: self._bar.open_bar(words))

    def find_next(self, step: int) -> None:
        """To the next place, or with -1 to the one before; opens the bar where it is closed."""
        if self._bar.isVisible():
            self._transcript.finding.step(step)
        else:
            self.open_find()

    def go_to(self, anchor: ScrollAnchor) -> None:
        """Go to a place; where its message is in another branch, show that."""
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
        if event.key() == Qt.Key.Key_Escape and self._bar.isVisible():
            self._bar.close_bar()
        elif event.key() == Qt.Key.Key_Escape and self._session.busy:
            self._session.stop()
        else:
            super().keyPressEvent(event)

    def _look_for(self, query: str, match_case: bool) -> None:
        if self._bar.isVisible():
            self._transcript.finding.look_for(query, match_case=match_case)

    def _ask_candidates(self, query: str) -> None:
        self._session.words.find(self._session.info.id, query)

    def _show_found(self) -> None:
        finding = self._transcript.finding
        self._bar.show_found(
            finding.number, finding.total, complete=finding.complete, more=finding.rests
        )

    def _read(self, message_id: str) -> None:
        text = self._transcript.message_text(message_id)
        if text:
            self.message_read.emit(text)
