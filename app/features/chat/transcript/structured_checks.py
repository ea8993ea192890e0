"""What an answer that is JSON asks of its conversation: is it what was asked for, and what then."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Protocol

from PySide6.QtCore import SignalInstance

from app.core.message import Message
from app.core.request import ResponseFormat
from app.core.result_table import ResultTable
from app.core.schema_verdict import SchemaVerdict
from app.kit.tasks import TaskScope


class SaveAs(StrEnum):
    """Each is also the ending of a file's name."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


class Checks(Protocol):
    """Fulfilled by `chat.structured_answers`."""

    @property
    def changed(self) -> SignalInstance:
        """Carries the id of the message that there is more to say of; empty: of any."""
        ...

    @property
    def scope(self) -> TaskScope: ...

    def asked_now(self) -> ResponseFormat | None:
        """What is asked of answers now; None: JSON is not."""
        ...

    def so_far(self, asked: ResponseFormat, value: Any) -> SchemaVerdict | None:
        """What is wrong with what came so far; for a thread."""
        ...

    def check(self, message: Message, text: str | None) -> None:
        """Have an answer checked, once; `text` is its JSON, None where it is something else."""
        ...

    def verdict(self, message_id: str) -> SchemaVerdict | None:
        """What came of it; None before that, and where no schema was asked for."""
        ...

    def can_repair(self, message_id: str) -> bool:
        """Whether the model can be asked to set that answer right."""
        ...

    def repair(self, message_id: str) -> None: ...

    def save(self, kind: SaveAs, table: ResultTable | None, text: str) -> None:
        """Save a table, or the JSON, where the person wants it."""
        ...
