"""The fields of one own tool: what models are told of it, and what is done on a call."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from app.core.form_field import FieldKind, parsed
from app.core.own_tool import (
    LEAST_LIMIT_S,
    LONGEST_DESCRIPTION,
    LONGEST_NAME,
    LONGEST_SCHEMA,
    MOST_LIMIT_S,
    Action,
    CommandAction,
    OwnTool,
    RequestAction,
    effect_of,
    held,
    lack_of,
)
from app.core.schema_verdict import SchemaFault
from app.core.tool import Tool
from app.core.tool_list import is_shallow
from app.features.tools.action_fields import CommandFields, RequestFields
from app.features.tools.lines_edit import LinesEdit
from app.features.tools.own_words import effect_words
from app.features.tools.secret_rows import SecretRows
from app.features.tools.tool_words import fault_words, lack_words, name_words
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.choice_box import ChoiceBox
from app.kit.widgets.plain_label import PlainLabel

DRAFT, COMMAND, REQUEST = "", "command", "request"


class ToolEditor(QWidget):
    """Shows a tool; `edited` carries the fields that the person changed, by their names.

    `schema_typed` tells the text of a schema that wants to be looked at.
    """

    edited = Signal(object)  # dict
    on_toggled = Signal(bool)
    schema_typed = Signal(str, object)

    def __init__(self, *, theme: Theme, icons: Icons, others: Callable[[], Sequence[Tool]]) -> None:
        super().__init__()
        self._others = others
        self._tool: OwnTool | None = None
        self._kept: dict[str, Action] = {}
        self._name, self._limit = QLineEdit(), QLineEdit()
        self._known_as, self._problem, self._asks = PlainLabel(), PlainLabel(), PlainLabel()
        self._lack = PlainLabel()
        self._description = LinesEdit(theme=theme, least=2, most=8, code=False)
        self._schema = LinesEdit(theme=theme, least=4, most=18)
        self._kind = ChoiceBox(theme=theme, icons=icons)
        self._enabled, self._on = QCheckBox(), QCheckBox()
        self._labels = [PlainLabel() for _ in range(5)]
        self._command = CommandFields(theme=theme)
        self._request = RequestFields(theme=theme, icons=icons)
        self._build()
        self._connect()
        self._retranslate()

    @property
    def secrets(self) -> tuple[SecretRows, SecretRows]:
        """Where secrets are given, by program and by request."""
        return self._command.secrets, self._request.secrets

    def show_tool(self, tool: OwnTool, *, anew: bool, on: bool) -> None:
        """Show this tool; `anew`: another than before, so that nothing being typed is kept."""
        self._tool = tool
        if anew:
            self._kept = {}
            self._limit.setText(str(tool.limit_s))
            self._say_schema("")
            self._schema.show_text(_schema_text(tool))
            self.schema_typed.emit(self._schema.toPlainText(), tool.parameters)
        if anew or not self._name.hasFocus():
            self._name.setText(tool.name)
        if self._description.toPlainText() != tool.description:
            self._description.show_text(tool.description)
        with QSignalBlocker(self._kind):
            self._kind.setCurrentIndex(self._kind.findData(_kind_of(tool.action)))
        if isinstance(tool.action, CommandAction):
            self._command.show_action(tool.action)
        elif isinstance(tool.action, RequestAction):
            self._request.show_action(tool.action)
        for box, value in ((self._enabled, tool.enabled), (self._on, on)):
            with QSignalBlocker(box):
                box.setChecked(value)
        self._say_state()

    def show_fault(self, text: str, fault: SchemaFault | None) -> None:
        """What was found out about a schema, if that is still the one typed."""
        if text == self._schema.toPlainText():
            self._say_schema(fault_words(fault) if fault is not None else "")

    def focus_name(self) -> None:
        self._name.setFocus()
        self._name.selectAll()

    def _build(self) -> None:
        self._name.setMaxLength(LONGEST_NAME)
        self._limit.setMaxLength(4)
        for label in self._labels:
            set_kind(label, "section")
        for label in (self._known_as, self._asks):
            set_kind(label, "caption")
        set_kind(self._problem, "error-caption")
        set_kind(self._lack, "warning-caption")
        for label in (self._known_as, self._asks, self._problem, self._lack):
            label.setWordWrap(True)
        for kind in (DRAFT, COMMAND, REQUEST):
            self._kind.addItem("", kind)
        name, description, schema, action, limit = self._labels
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (
            *(name, self._name, self._known_as),
            *(description, self._description),
            *(schema, self._schema, self._problem),
            *(action, self._kind, self._command, self._request, self._asks),
            *(limit, self._limit),
            *(self._enabled, self._lack, self._on),
        ):
            column.addWidget(part)

    def _connect(self) -> None:
        self._name.textEdited.connect(lambda text: self._tell(name=text.strip()))
        self._description.textChanged.connect(
            lambda: self._tell(description=self._description.toPlainText()[:LONGEST_DESCRIPTION])
        )
        self._schema.textChanged.connect(self._schema_changed)
        self._kind.activated.connect(lambda _row: self._choose_kind(self._kind.currentData()))
        for fields in (self._command, self._request):
            fields.edited.connect(lambda action: self._tell(action=action))
        self._limit.textEdited.connect(self._limit_typed)
        self._limit.editingFinished.connect(self._show_limit)
        self._enabled.toggled.connect(lambda wanted: self._tell(enabled=wanted))
        self._on.toggled.connect(self.on_toggled)

    def _tell(self, **changes: Any) -> None:
        self.edited.emit(changes)

    def _choose_kind(self, kind: str) -> None:
        """Do something else on a call; what was filled in before comes back with its kind."""
        before = self._tool.action if self._tool is not None else None
        if before is not None:
            self._kept[_kind_of(before)] = before
        blank: dict[str, Action] = {COMMAND: CommandAction(), REQUEST: RequestAction()}
        action = self._kept.get(kind, blank.get(kind))
        if action is None:
            self._tell(action=None, enabled=False)
        else:
            self._tell(action=action)

    def _schema_changed(self) -> None:
        text = self._schema.toPlainText()
        try:
            value = parsed(FieldKind.JSON, text)
        except ValueError:
            self._say_schema(self.tr("This is not JSON yet; the schema before it holds."))
            return
        if not isinstance(value, dict) or value.get("type", "object") != "object":
            self._say_schema(self.tr("It has to be the schema of an object: “type”: “object”."))
        elif len(text) > LONGEST_SCHEMA or not is_shallow(value):
            self._say_schema(self.tr("It is too long or too deep."))
        else:
            self._say_schema("")
            self._tell(parameters=value)
            self.schema_typed.emit(text, value)

    def _limit_typed(self, text: str) -> None:
        if text.isascii() and text.isdecimal():
            self._tell(limit_s=held(int(text)))

    def _show_limit(self) -> None:
        if self._tool is not None:
            self._limit.setText(str(self._tool.limit_s))

    def _say_schema(self, problem: str) -> None:
        self._problem.setText(f"⚠ {problem}" if problem else "")
        self._problem.setVisible(bool(problem))
        self._schema.set_wrong(bool(problem))

    def _say_state(self) -> None:
        """What depends on all of the tool: its name for models, what it lacks, whom it asks."""
        tool = self._tool
        if tool is None:
            return
        known_as = name_words(tool, self._others())
        self._known_as.setText(known_as)
        self._known_as.setVisible(bool(known_as))
        lack = lack_of(tool)
        self._lack.setText(lack_words(lack))
        self._lack.setVisible(lack is not None)
        self._enabled.setEnabled(lack is None or tool.enabled)
        self._on.setEnabled(lack is None and tool.enabled)
        self._command.setVisible(isinstance(tool.action, CommandAction))
        self._request.setVisible(isinstance(tool.action, RequestAction))
        self._asks.setVisible(tool.action is not None)
        self._asks.setText(effect_words(effect_of(tool.action)))
        for part in (self._labels[4], self._limit):
            part.setVisible(tool.action is not None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        texts = (
            self.tr("Name"),
            self.tr("Description for the model"),
            self.tr("Arguments, as a JSON schema"),
            self.tr("On a call"),
            self.tr("Longest time, %1–%2 s")
            .replace("%1", str(LEAST_LIMIT_S))
            .replace("%2", str(MOST_LIMIT_S)),
        )
        fields = (self._name, self._description, self._schema, self._kind, self._limit)
        for label, field, text in zip(self._labels, fields, texts, strict=True):
            label.setText(text)
            field.setAccessibleName(text)
        self._description.setPlaceholderText(self.tr("When to call it, and what it gives back."))
        for row, text in enumerate(
            (self.tr("Nothing yet"), self.tr("Run a program"), self.tr("Send an HTTP request"))
        ):
            self._kind.setItemText(row, text)
        self._enabled.setText(self.tr("Switched on: conversations may choose it"))
        self._on.setText(self.tr("Let new conversations use it"))
        self._say_state()


def _kind_of(action: Action | None) -> str:
    if isinstance(action, CommandAction):
        return COMMAND
    return REQUEST if isinstance(action, RequestAction) else DRAFT


def _schema_text(tool: OwnTool) -> str:
    return json.dumps(dict(tool.parameters), ensure_ascii=False, indent=2)
