"""Answers against the schemas they were asked for: looked up in the history, checked in threads."""

from __future__ import annotations

from typing import Any

from app.adapters.json_schema import check, check_so_far
from app.core.message import Message
from app.core.ports import HistoryStore
from app.core.request import ResponseFormat
from app.core.schema_verdict import SchemaVerdict
from app.features.chat.session import ChatSession
from app.kit.tasks import in_thread

FORMAT = "response_format"


class AnswerChecks:
    """Fulfils `chat.structured_answers.SchemaChecker` for one session."""

    def __init__(self, session: ChatSession, store: HistoryStore) -> None:
        self._session, self._store = session, store

    async def asked(self, message: Message) -> Any:
        exchange = await self._store.exchange(message.id)
        if message.fell_back:
            return self._session.parameters().get(FORMAT)  # then it stood in the prompt
        return exchange.request.get(FORMAT) if exchange is not None else None

    async def check(self, asked: ResponseFormat, text: str | None) -> SchemaVerdict:
        return await in_thread(check, asked, text)

    def so_far(self, asked: ResponseFormat, value: Any) -> SchemaVerdict | None:
        return check_so_far(asked, value)
