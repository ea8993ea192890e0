"""A conversation's answers that are to match a schema: checked once, repaired once, saved."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from app.core.conversation import Draft
from app.core.errors import PortholeError
from app.core.message import Message, MessageState, Role
from app.core.request import FormatKind, ResponseFormat, response_format_from_json
from app.core.result_table import ResultTable
from app.core.schema_verdict import SchemaVerdict, Verdict
from app.features.chat.session import ChatSession
from app.features.chat.transcript.structured_checks import SaveAs
from app.features.chat.transcript.structured_words import repair_prompt
from app.kit.tasks import TaskScope

FORMAT = "response_format"


class SchemaChecker(Protocol):
    """Knows what was asked for, and whether an answer is that. `check` and `so_far` block."""

    async def asked(self, message: Message) -> Any:
        """The `response_format` that went with the request for a reply. Raises StorageError."""
        ...

    async def check(self, asked: ResponseFormat, text: str | None) -> SchemaVerdict: ...

    def so_far(self, asked: ResponseFormat, value: Any) -> SchemaVerdict | None: ...


class StructuredAnswers(QObject):
    """Fulfils `transcript.structured_checks.Checks` for one session."""

    changed = Signal(str)
    save_requested = Signal(str, object, str)  # SaveAs, ResultTable | None, JSON

    def __init__(
        self,
        session: ChatSession,
        checker: SchemaChecker,
        scope: TaskScope,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._checker = session, checker
        self.scope = scope
        self._asked: dict[str, Any] = {}
        """The response format by message, of those that were asked for here, or were looked up."""
        self._verdicts: dict[str, SchemaVerdict | None] = {}
        session.message_added.connect(self._added)
        session.state_changed.connect(self._all_changed)

    def _all_changed(self, _state: object) -> None:
        self.changed.emit("")

    def asked_now(self) -> ResponseFormat | None:
        made = response_format_from_json(self._session.parameters().get(FORMAT))
        return None if made is None or made.kind is FormatKind.TEXT else made

    def so_far(self, asked: ResponseFormat, value: Any) -> SchemaVerdict | None:
        return self._checker.so_far(asked, value)

    def check(self, message: Message, text: str | None) -> None:
        if message.id in self._verdicts or self.scope.closed:
            return
        self._verdicts[message.id] = None
        self.scope.start(self._check(message, text), name="check an answer")

    def verdict(self, message_id: str) -> SchemaVerdict | None:
        return self._verdicts.get(message_id)

    def can_repair(self, message_id: str) -> bool:
        """Only of the last answer: once asked, or when something else was, it is not offered."""
        found, last = self.verdict(message_id), self._session.last()
        wrong = found is not None and found.verdict in (Verdict.MISMATCH, Verdict.NO_JSON)
        return wrong and not self._session.busy and last is not None and last.id == message_id

    def repair(self, message_id: str) -> None:
        found = self.verdict(message_id)
        if found is None or not self.can_repair(message_id):
            return
        session, asked = self._session, self._asked.get(message_id)
        if asked is not None and session.parameters().get(FORMAT) != asked:
            session.set_parameters({**session.info.parameters, FORMAT: asked})
        session.send(Draft(repair_prompt(found)))

    def save(self, kind: SaveAs, table: ResultTable | None, text: str) -> None:
        self.save_requested.emit(kind.value, table, text)

    def _added(self, message: Message) -> None:
        """What is asked for now is what this reply is to be."""
        if message.role is Role.ASSISTANT and message.state is MessageState.STREAMING:
            self._asked[message.id] = self._session.parameters().get(FORMAT)

    async def _check(self, message: Message, text: str | None) -> None:
        if message.id not in self._asked:
            try:
                self._asked[message.id] = await self._checker.asked(message)
            except PortholeError:
                return  # what was asked for cannot be read: nothing is said of it
        asked = response_format_from_json(self._asked[message.id])
        if asked is None or asked.kind is not FormatKind.JSON_SCHEMA:
            return
        self._verdicts[message.id] = await self._checker.check(asked, text)
        self.changed.emit(message.id)
