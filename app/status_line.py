"""Keeps the status bar in step with the conversation in front, second by second where it must."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

from app.core.cost import UsageRow
from app.core.errors import StorageError
from app.core.events import LimitsReported
from app.core.ports import HistoryStore
from app.core.settings import DEMO_PROFILE
from app.features.chat.arriving import SessionState
from app.features.chat.session import ChatSession
from app.features.connection.connections import Connections
from app.features.models.catalogue import Catalogue
from app.features.usage.sums import start_of_day
from app.features.usage.words import conversation_text, today_text
from app.kit.tasks import TaskScope
from app.shell.status_bar import StatusBar
from app.status_words import context_words, limits_words, service_words

COUNT_MS = 500
LATEST = 20
"""How many messages back a service's count of the context is looked for."""


class StatusLine(QObject):
    """`front` answers the session in front, if there is one."""

    def __init__(
        self,
        bar: StatusBar,
        *,
        front: Callable[[], ChatSession | None],
        connections: Connections,
        catalogue: Catalogue,
        store: HistoryStore,
        tasks: TaskScope,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bar = bar
        self._front = front
        self._connections = connections
        self._catalogue = catalogue
        self._store = store
        self._tasks = tasks
        self._limits: dict[str, LimitsReported] = {}
        self._today: Sequence[UsageRow] = ()
        self._spent: tuple[str, Sequence[UsageRow]] = ("", ())
        self._clock = QTimer(self)
        self._clock.setInterval(COUNT_MS)
        self._clock.timeout.connect(self.refresh)

    def follow(self, session: ChatSession) -> None:
        """Hear of what a session tells."""
        session.state_changed.connect(self.refresh)
        session.calling.call_changed.connect(lambda _call: self.refresh())
        session.calling.asks_to_go_on.connect(lambda _rounds: self.refresh())
        session.reply_ended.connect(self.count_today)
        session.limits_reported.connect(
            lambda limits: self._limits.update({session.info.profile: limits})
        )

    def refresh(self, *_what: object) -> None:
        """Say how things are now."""
        session = self._front()
        if session is None:
            self._clock.stop()
            words = service_words(None, self._connections)
            self._bar.show_texts(words, cost=today_text(self._today))
            return
        profile = session.info.profile
        model = self._catalogue.info(profile, session.model_for())
        costs = (conversation_text(self._spent_in(session)), today_text(self._today))
        self._bar.show_texts(
            service_words(session, self._connections),
            context_words(session.tail(LATEST), model),
            limits_words(self._limits.get(profile)),
            " · ".join(text for text in costs if text),
        )
        if session.state is SessionState.WAITING:
            self._clock.start()
        else:
            self._clock.stop()

    def count_today(self, *_what: object) -> None:
        """Read anew what today cost."""
        self._spent = ("", ())
        self.refresh()
        if not self._tasks.closed:
            self._tasks.start(self._count(), name="count today")

    def _spent_in(self, session: ChatSession) -> Sequence[UsageRow]:
        """What the conversation used; read once until another answer ends."""
        key = session.info.id
        if self._spent[0] != key:
            self._spent = (key, ())
            if session.info.profile != DEMO_PROFILE and not self._tasks.closed:
                self._tasks.start(self._sum_up(key), name="count conversation")
        return self._spent[1]

    async def _sum_up(self, conversation: str) -> None:
        try:
            rows = await self._store.usage(0, conversation)
        except StorageError:
            return  # said by whoever writes
        if self._spent[0] == conversation:
            self._spent = (conversation, rows)
            self.refresh()

    async def _count(self) -> None:
        try:
            rows = await self._store.usage(start_of_day(datetime.date.today()))  # noqa: DTZ011
        except StorageError:
            return  # said by whoever writes; the sum of before stays
        self._today = [row for row in rows if row.profile != DEMO_PROFILE]
        self.refresh()
