"""The composer's mark that answers are asked for as JSON; a click leads to the schemas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QToolButton

from app.core.request import FormatKind, response_format_from_json
from app.kit.style import set_kind

LONGEST = 24
"""Characters of a name that are shown."""


class OutputMark(QToolButton):
    """Hidden while answers are text."""

    def __init__(self) -> None:
        super().__init__()
        self._name, self._is_json = "", False
        set_kind(self, "mark")
        self._retranslate()

    def show_format(self, parameters: Mapping[str, Any]) -> None:
        asked = response_format_from_json(parameters.get("response_format"))
        self._is_json = asked is not None and asked.kind is not FormatKind.TEXT
        schema = asked is not None and asked.kind is FormatKind.JSON_SCHEMA
        self._name = asked.name if asked is not None and schema else ""
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        name = self._name if len(self._name) <= LONGEST else f"{self._name[:LONGEST]}…"
        self.setText(self.tr("JSON: %1").replace("%1", name) if name else "JSON")
        self.setAccessibleName(self.tr("Output: %1").replace("%1", self._name or "JSON"))
        self.setToolTip(self.tr("What shape answers are asked for; click to change it"))
        self.setVisible(self._is_json)
