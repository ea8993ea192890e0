"""What shape the answer is to have: `response_format`, in the API's own form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.features.parameters.choice_row import ON_OFF, Choice, ChoiceRow
from app.features.parameters.json_row import JsonRow, check_object
from app.features.parameters.row import ParameterRow, RowLook, translate
from app.features.parameters.text_row import TextRow
from app.kit.style import set_kind

NAME = "response_format"
_TEMPLATE = {
    "name": "answer",
    "strict": True,
    "schema": {
        "type": "object",
        "properties": {"answer": {"type": "string"}},
        "required": ["answer"],
        "additionalProperties": False,
    },
}
"""What a schema begins as, so that what is sent is whole from the first moment."""


class OutputSection(ParameterRow):
    """A shape to choose; a schema has its name, `strict` and its JSON beside it.

    `editor_requested` tells that the person wants more room for it, and templates.
    """

    editor_requested = Signal()

    def __init__(self, *, look: RowLook) -> None:
        super().__init__((NAME,), _title, _about, look=look)
        self._value: Any = None
        self._schema: dict[str, Any] = {}
        self._kind = ChoiceRow("type", _kind_title, _about, _kinds(), look=look)
        self._name = TextRow("name", _name_title, _name_about, _name_wrong, look=look)
        self._strict = ChoiceRow("strict", _strict_title, _strict_about, ON_OFF, look=look)
        self._text = JsonRow(
            "schema",
            _schema_title,
            _schema_about,
            '{"type": "object"}',
            check_object,
            wanted=_schema_wanted,
            look=look,
        )
        self._details = QWidget()
        inner = QVBoxLayout(self._details)
        inner.setContentsMargins(0, 4, 0, 0)
        inner.setSpacing(8)
        for row in (self._name, self._strict, self._text):
            inner.addWidget(row)
        self._editor = QPushButton()
        set_kind(self._editor, "secondary")
        self._editor.clicked.connect(self.editor_requested)
        inner.insertWidget(0, self._editor)
        self._column.insertWidget(1, self._kind)
        self._column.insertWidget(2, self._details)
        self._label.hide()
        self._column.setSpacing(8)
        self._details.hide()
        self._kind.edited.connect(self._kind_edited)
        for row in (self._name, self._strict, self._text):
            row.edited.connect(lambda values, row=row: self._schema_edited(row, values))
            row.explained.connect(self.explained)
        self._kind.explained.connect(self.explained)
        self.retranslate()

    def show_parameters(self, parameters: Mapping[str, Any]) -> None:
        self._value = parameters.get(NAME)
        kind = self._value.get("type") if isinstance(self._value, Mapping) else self._value
        inner = self._value.get("json_schema") if isinstance(self._value, Mapping) else None
        self._schema = dict(inner) if isinstance(inner, Mapping) else {}
        self._kind.show_parameters({"type": kind})
        for row in (self._name, self._strict, self._text):
            row.show_parameters(self._schema)
        self._details.setVisible(kind == "json_schema")

    def forget_typed(self) -> None:
        for row in (self._kind, self._name, self._strict, self._text):
            row.forget_typed()

    @property
    def is_set(self) -> bool:
        return self._value is not None

    def _kind_edited(self, values: Mapping[str, Any]) -> None:
        kind = values.get("type")
        if kind == "json_schema":
            self._put({"type": kind, "json_schema": self._schema or dict(_TEMPLATE)})
        else:
            self._put(None if kind is None else {"type": kind})

    def _schema_edited(self, row: ParameterRow, values: Mapping[str, Any]) -> None:
        others = {k: v for k, v in self._schema.items() if k not in row.names}
        made = others | dict(values)
        known = {k: made[k] for k in ("name", "description", "strict", "schema") if k in made}
        self._put({"type": "json_schema", "json_schema": known | made})

    def _put(self, value: Any) -> None:
        self._value = value
        before = self._schema
        self.show_parameters({NAME: value})
        if not self._schema:
            self._schema = before  # so that coming back to a schema finds it as it was
        self.edited.emit({} if value is None else {NAME: value})

    def offer_editor(self, offered: bool) -> None:
        """Whether there is an editor to be led to."""
        self._editor.setVisible(offered)

    def retranslate(self) -> None:
        super().retranslate()
        words = translate("Parameters", "Edit, templates, saved…")
        self._editor.setText(words)
        self._editor.setAccessibleName(translate("Parameters", "Open the schema editor"))

    def restyle(self) -> None:
        """Its rows look after themselves."""

    def _show_note(self) -> None:
        self._note.hide()


def _kinds() -> tuple[Choice, ...]:
    return (
        Choice("text", lambda: translate("Parameters", "Text")),
        Choice("json_object", lambda: translate("Parameters", "JSON object")),
        Choice("json_schema", lambda: translate("Parameters", "JSON schema")),
    )


def _title() -> str:
    return translate("Parameters", "Output")


def _about() -> str:
    return translate("Parameters", "The shape of the answer. Not every model takes every shape.")


def _kind_title() -> str:
    return translate("Parameters", "Format")


def _name_title() -> str:
    return translate("Parameters", "Name")


def _name_about() -> str:
    return translate("Parameters", "What the schema is called: letters, digits, _ and -.")


def _name_wrong(text: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9_-]{1,64}", text):
        return ""
    return translate("Parameters", "1 to 64 letters, digits, _ or - are meant here.")


def _strict_title() -> str:
    return translate("Parameters", "Strict")


def _strict_about() -> str:
    return translate("Parameters", "The answer must match the schema exactly.")


def _schema_title() -> str:
    return translate("Parameters", "Schema")


def _schema_about() -> str:
    return translate("Parameters", "A JSON Schema that the answer is to match.")


def _schema_wanted() -> str:
    return translate("Parameters", "This format wants a schema.")
