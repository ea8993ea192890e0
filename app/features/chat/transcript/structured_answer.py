"""One answer that is JSON: what there is of it, whether it is right, and what can be asked then."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.core.message import Message, MessageState
from app.core.result_table import ResultTable
from app.core.schema_verdict import SchemaVerdict, Verdict
from app.features.chat.transcript.structured_checks import Checks, SaveAs
from app.features.chat.transcript.structured_reader import NOTHING_YET, JsonReader, JsonSoFar
from app.kit.intake import AT_ONCE, Intake

translate = QCoreApplication.translate


class StructuredAnswer(QObject):
    """What its card shows. `live`: it arrives."""

    changed = Signal()

    def __init__(self, checks: Checks, *, live: bool, is_json: bool = True) -> None:
        super().__init__()
        self._checks = checks
        self._message: Message | None = None
        self._is_json = is_json
        self._asked = checks.asked_now() if live else None
        judges = self._asked is not None and self._asked.schema is not None
        self._intake = Intake(
            self._reader, NOTHING_YET, checks.scope, self, at_once=0 if judges else AT_ONCE
        )
        self._intake.changed.connect(self._taken)
        checks.changed.connect(self._heard)

    # What there is of it

    @property
    def so_far(self) -> JsonSoFar:
        found = self._intake.result
        assert isinstance(found, JsonSoFar)
        return found

    @property
    def text(self) -> str:
        """All of it, as it came."""
        return self._intake.text

    @property
    def busy(self) -> bool:
        return self._intake.busy

    @property
    def arrives(self) -> bool:
        message = self._message
        return message is None or message.state is MessageState.STREAMING

    @property
    def name(self) -> str:
        """What the schema is called that it is to match, as long as it arrives."""
        asked = self._asked
        return asked.name if asked is not None and asked.schema is not None else ""

    def feed(self, text: str) -> None:
        self._intake.feed(text)

    def finish(self) -> None:
        """No more will come."""
        self._intake.finish()
        self._intake.take_in()

    def tell(self, message: Message) -> None:
        """What its message is now."""
        self._message = message
        if message.state is not MessageState.STREAMING:
            self._ask()
        self.changed.emit()

    # Whether it is right

    @property
    def verdict(self) -> SchemaVerdict | None:
        """What was found, in the end or so far."""
        found = self._checks.verdict(self._message.id) if self._message is not None else None
        return found or (self.so_far.wrong if self.arrives else None)

    @property
    def can_repair(self) -> bool:
        found, message = self.verdict, self._message
        if found is None or message is None or self.arrives:
            return False
        wrong = found.verdict in (Verdict.MISMATCH, Verdict.NO_JSON)
        return wrong and self._checks.can_repair(message.id)

    def repair(self) -> None:
        if self._message is not None and self.can_repair:
            self._checks.repair(self._message.id)

    def save(self, kind: SaveAs, table: ResultTable | None) -> None:
        self._checks.save(kind, table, self.so_far.text)

    # Within

    def _reader(self) -> JsonReader:
        heads = translate("Structured", "Field"), translate("Structured", "Value")
        asked, so_far = self._asked, self._checks.so_far
        if asked is None or asked.schema is None:
            return JsonReader(heads)
        return JsonReader(heads, lambda value: so_far(asked, value))

    def _taken(self) -> None:
        self._ask()
        self.changed.emit()

    def _ask(self) -> None:
        """Have it checked when all of it is there."""
        message = self._message
        if message is None or message.state is not MessageState.COMPLETE or self._intake.busy:
            return
        if message.tool_calls:
            return  # the answer is still to come
        read = self._is_json and not self.so_far.broken
        self._checks.check(message, self.so_far.text if read else None)

    def _heard(self, message_id: str) -> None:
        if self._message is not None and message_id in ("", self._message.id):
            self.changed.emit()
