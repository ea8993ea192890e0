"""Schemas looked at off the window's thread: the latest one, and no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from app.core.schema_verdict import SchemaFault
from app.kit.tasks import TaskScope, in_thread

DELAY_MS = 250

SchemaCheck = Callable[[str, Any], SchemaFault | None]
"""What is wrong with a schema, which the text says. Blocking."""


class SchemaLook(QObject):
    """`found` carries the text of a schema, and what is wrong with it or None."""

    found = Signal(str, object)

    def __init__(self, *, check: SchemaCheck, tasks: TaskScope, parent: QObject) -> None:
        super().__init__(parent)
        self._check, self._tasks = check, tasks
        self._wanted: tuple[str, Any] | None = None
        self._busy = False
        self._later = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._later.timeout.connect(self._begin)

    def look(self, text: str, schema: Any) -> None:
        """Look at this one a moment from now, unless another one comes."""
        self._wanted = (text, schema)
        self._later.start()

    def _begin(self) -> None:
        if self._wanted is None or self._busy or self._tasks.closed:
            return
        self._busy = True
        text, schema = self._wanted
        self._wanted = None
        self._tasks.start(self._looked(text, schema), name="look at a schema")

    async def _looked(self, text: str, schema: Any) -> None:
        fault = await in_thread(self._check, text, schema)
        if isValid(self):
            self._busy = False
            self.found.emit(text, fault)
            self._begin()
