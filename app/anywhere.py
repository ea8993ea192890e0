"""Ask anywhere: a region of the screen becomes a conversation, held in a card beside it.

The card needs no main window; the conversation is one like all others, and can be opened as one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.capturing import png
from app.features.chat.session import ChatSession
from app.features.chat.sessions import ChatSessions
from app.kit.icons import Icons
from app.kit.tasks import TaskScope, in_thread
from app.kit.theme import Theme

if TYPE_CHECKING:
    from app.answer_beside import Answer, AnswerParts
    from app.features.capture.capture import Shot


class AskAnywhere(QObject):
    """`make` gives the parts for a session, `open_up` shows a session in the main window."""

    card_opened = Signal(object)  # AnswerCard
    ended = Signal()

    def __init__(
        self,
        *,
        theme: Theme,
        icons: Icons,
        sessions: ChatSessions,
        make: Callable[[ChatSession], AnswerParts],
        open_up: Callable[[ChatSession], None],
        has_tab: Callable[[str], bool],
        scope: TaskScope,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._sessions = sessions
        self._make = make
        self._open_up = open_up
        self._has_tab = has_tab
        self._scope = scope
        self._answers: list[Answer] = []

    @property
    def open(self) -> bool:
        """Whether a card is there."""
        return bool(self._answers)

    def ask(self, shot: Shot, name: str) -> None:
        """Open a card for what was taken; the picture is called `name`."""
        from app.answer_beside import Answer

        session = self._sessions.new()
        answer = Answer(session, self._make(session), shot, theme=self._theme, icons=self._icons)
        self._answers.append(answer)
        answer.open_wished.connect(partial(self._open_up, session))
        answer.closed.connect(partial(self._closed, answer))
        answer.show()
        self.card_opened.emit(answer.card)
        self._scope.start(self._prepare(answer, shot, name), name="picture to ask about")

    def close(self) -> None:
        """Close all cards."""
        for answer in tuple(self._answers):
            answer.card.close()

    async def _prepare(self, answer: Answer, shot: Shot, name: str) -> None:
        data = await in_thread(png, shot.image)
        if answer in self._answers:
            answer.take(data, name)

    def _closed(self, answer: Answer) -> None:
        self._answers.remove(answer)
        session = answer.session
        if session.busy:
            # What was asked is answered to its end, and then in the history.
            session.state_changed.connect(lambda _state: self._let_go(session))
        else:
            self._let_go(session)
        answer.deleteLater()
        self.ended.emit()

    def _let_go(self, session: ChatSession) -> None:
        key = session.info.id
        if not (session.busy or self._has_tab(key) or self._scope.closed):
            self._scope.start(self._sessions.close(key), name="close conversation")
