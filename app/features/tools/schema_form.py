"""A form for the arguments of a tool, made from its schema, or a box for them as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QVBoxLayout, QWidget

from app.core.form_field import FieldKind, FormField, form_fields, parsed
from app.core.visible_text import visible, visible_line
from app.features.tools.lines_edit import LinesEdit
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.choice_box import ChoiceBox
from app.kit.widgets.plain_label import PlainLabel

UNSENT: Any = object()
INDENT = 14


@dataclass(frozen=True, slots=True)
class _Row:
    """A field that is shown: `read` answers its value or UNSENT. Raises ValueError."""

    field: FormField
    read: Callable[[], Any]
    write: Callable[[Any], None]


class SchemaForm(QWidget):
    """`changed` tells that a value is another one."""

    changed = Signal()

    def __init__(self, *, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        self._fields: tuple[FormField, ...] | None = ()
        self._rows: list[_Row] = []
        self._form: QWidget | None = None
        self._as_json, self._json = QCheckBox(), LinesEdit(theme=theme, least=3, most=16)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self._as_json)
        self._column.addWidget(self._json)
        self._as_json.toggled.connect(self._switch)
        self._json.textChanged.connect(self.changed)
        self._retranslate()

    def show_schema(self, schema: Mapping[str, Any]) -> None:
        """Show the fields of this schema, filled in as it says or as they were."""
        fields = form_fields(schema)
        if fields == self._fields and self._form is not None:
            return
        try:
            before = self.values()
        except ValueError:
            before = {}
        self._fields = fields
        self._build(before)

    def values(self) -> dict[str, Any]:
        """The arguments as they are filled in. Raises ValueError: the name of the bad one."""
        if self._as_json.isChecked():
            try:
                value = parsed(FieldKind.JSON, self._json.toPlainText() or "{}")
            except ValueError:
                raise ValueError(self.tr("the JSON")) from None
            if not isinstance(value, dict):
                raise ValueError(self.tr("the JSON"))
            return value
        return _read(self._rows)

    def _build(self, values: Mapping[str, Any]) -> None:
        if self._form is not None:
            self._column.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
        self._form = QWidget()
        self._rows = self._filled(self._form, self._fields or (), values)
        self._column.insertWidget(1, self._form)
        self._as_json.setVisible(bool(self._fields))
        self._as_json.setChecked(not self._fields)
        self._switch(self._as_json.isChecked())
        self.changed.emit()

    def _switch(self, as_json: bool) -> None:
        if as_json and self._form is not None:
            try:
                text = json.dumps(_read(self._rows), ensure_ascii=False, indent=2)
            except ValueError:
                text = self._json.toPlainText() or "{}"
            self._json.show_text(text)
        self._json.setVisible(as_json)
        if self._form is not None:
            self._form.setVisible(not as_json)
        self.changed.emit()

    def _filled(
        self, place: QWidget, fields: Sequence[FormField], values: Mapping[str, Any]
    ) -> list[_Row]:
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        rows = []
        for field in fields:
            name = PlainLabel(visible_line(field.name, 80) + (" *" if field.required else ""))
            set_kind(name, "section")
            column.addWidget(name)
            start = values.get(field.name, field.start if field.has_start else UNSENT)
            widget, row = self._made(field, start)
            named = visible_line(field.name, 80)
            widget.setAccessibleName(named)
            column.addWidget(widget)
            if field.about:
                about = PlainLabel(visible(field.about[:1000]))
                set_kind(about, "caption")
                about.setWordWrap(True)
                column.addWidget(about)
            rows.append(row)
        return rows

    def _made(self, field: FormField, start: Any) -> tuple[QWidget, _Row]:
        match field.kind:
            case FieldKind.GROUP:
                widget, row = self._group(field, start)
            case FieldKind.CHOICE:
                widget, row = self._choice(field, field.choices)
            case FieldKind.BOOLEAN:
                widget, row = self._choice(field, (True, False))
            case FieldKind.LIST | FieldKind.JSON:
                widget, row = self._lines(field)
            case _:
                widget, row = self._line(field)
        if start is not UNSENT:
            row.write(start)
        return widget, row

    def _line(self, field: FormField) -> tuple[QWidget, _Row]:
        edit = QLineEdit()
        edit.textChanged.connect(lambda _text: self.changed.emit())

        def read() -> Any:
            if not edit.text() and not (field.required and field.kind is FieldKind.TEXT):
                return UNSENT
            return parsed(field.kind, edit.text())

        def write(value: Any) -> None:
            edit.setText(value if isinstance(value, str) else json.dumps(value))

        return edit, _Row(field, read, write)

    def _choice(self, field: FormField, choices: Sequence[Any]) -> tuple[QWidget, _Row]:
        box = ChoiceBox(theme=self._theme, icons=self._icons)
        if not field.required:
            box.addItem(self.tr("not sent"))
        for choice in choices:
            text = choice if isinstance(choice, str) else json.dumps(choice)
            box.addItem(visible_line(text, 80))
        first = int(not field.required)
        box.currentIndexChanged.connect(lambda _row: self.changed.emit())

        def read() -> Any:
            row = box.currentIndex() - first
            return choices[row] if row >= 0 else UNSENT

        def write(value: Any) -> None:
            if value in choices:
                box.setCurrentIndex(list(choices).index(value) + first)

        return box, _Row(field, read, write)

    def _lines(self, field: FormField) -> tuple[QWidget, _Row]:
        is_list = field.kind is FieldKind.LIST
        edit = LinesEdit(theme=self._theme, least=2, most=8)
        edit.setPlaceholderText(self.tr("One a line") if is_list else self.tr("JSON"))
        edit.textChanged.connect(self.changed)

        def read() -> Any:
            if not edit.toPlainText().strip():
                return [] if is_list and field.required else UNSENT
            if is_list:
                return [parsed(field.of, line) for line in edit.lines()]
            return parsed(FieldKind.JSON, edit.toPlainText())

        def write(value: Any) -> None:
            if is_list and isinstance(value, list):
                said = [one if isinstance(one, str) else json.dumps(one) for one in value]
                edit.show_text("\n".join(said))
            elif not is_list:
                edit.show_text(json.dumps(value, ensure_ascii=False, indent=2))

        return edit, _Row(field, read, write)

    def _group(self, field: FormField, start: Any) -> tuple[QWidget, _Row]:
        frame = QFrame()
        rows = self._filled(frame, field.fields, start if isinstance(start, dict) else {})
        layout = frame.layout()
        assert layout is not None
        layout.setContentsMargins(INDENT, 2, 0, 4)

        def read() -> Any:
            found = _read(rows)
            return found if found or field.required else UNSENT

        def write(_value: Any) -> None:
            """Its fields were written when they were made."""

        return frame, _Row(field, read, write)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._as_json.setText(self.tr("Write the arguments as JSON"))
        self._json.setAccessibleName(self.tr("Arguments as JSON"))


def _read(rows: Sequence[_Row]) -> dict[str, Any]:
    """The values of the rows. Raises ValueError: the name of the bad one."""
    found: dict[str, Any] = {}
    for row in rows:
        try:
            value = row.read()
        except ValueError as error:
            inner = str(error) if row.field.kind is FieldKind.GROUP else ""
            name = visible_line(row.field.name, 80)
            raise ValueError(f"{name}.{inner}" if inner else name) from None
        if value is not UNSENT:
            found[row.field.name] = value
    return found
