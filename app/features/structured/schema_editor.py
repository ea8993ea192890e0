"""The schema editor: name, strict and the schema itself, checked while it is written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.core.json_text import WrongJson, json_text, read_json
from app.core.named_schema import NamedSchema, is_name, named, schema_in
from app.core.schema_example import schema_of
from app.core.schema_strict import made_strict
from app.core.schema_templates import TEMPLATES, Template
from app.features.structured.schema_list import EXAMPLE, SchemaList
from app.features.structured.schema_look import (
    Check,
    Look,
    is_too_long,
    lacks_of,
    look_at,
    said_of,
)
from app.features.structured.schema_text import SchemaText
from app.kit.json_words import fault_words
from app.kit.style import set_kind
from app.kit.tasks import TaskScope, in_thread
from app.kit.theme import Theme
from app.kit.widgets.plain_label import PlainLabel

SOON_MS = 150
EDGE = 60
"""Pixels of the screen that are left free around it."""


class SchemaEditor(QDialog):
    """`used` is what answers are to be asked for from now on; `kept` the schemas that are saved."""

    used = Signal(object)  # NamedSchema
    kept_changed = Signal(object)  # tuple[NamedSchema, ...]
    import_requested = Signal()
    export_requested = Signal(bytes, str)  # a file's bytes, and what it may be called

    def __init__(
        self,
        shown: NamedSchema | None,
        kept: Sequence[NamedSchema],
        *,
        check: Check,
        scope: TaskScope,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._check, self._scope, self._theme = check, scope, theme
        self._kept = tuple(kept)
        self._look = Look("")
        self._example = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SOON_MS)
        self._timer.timeout.connect(self._check_soon)
        self.schemas = SchemaList()
        self.name, self.strict, self.text = QLineEdit(), QCheckBox(), SchemaText()
        self._name_label, self._text_label = PlainLabel(), PlainLabel()
        self.state, self.lack = PlainLabel(), PlainLabel()
        self.go, self.fix, self.make = QPushButton(), QPushButton(), QPushButton()
        self.load, self.export, self.delete = QPushButton(), QPushButton(), QPushButton()
        self.save, self.cancel, self.use = QPushButton(), QPushButton(), QPushButton()
        self._lay_out()
        self._connect()
        self.schemas.show_kept(self._kept)
        self._retranslate()
        self._show_chosen()
        self.text.setFocus()
        self.show_schema(shown or NamedSchema("answer", schema_of({"answer": ""})))

    def show_schema(self, schema: NamedSchema) -> None:
        """Show this one in place of what stands there."""
        self._example = False
        self.name.setText(schema.name)
        self.strict.setChecked(schema.strict)
        text = json_text(dict(schema.schema))
        if (wrong := is_too_long(text)) is not None:
            self._say(fault_words(wrong))
            return
        self.text.setPlainText(text)
        self._show_mode()

    def take_file(self, data: bytes) -> None:
        """Show the schema that a file holds, in any of the forms they are handed round in."""
        try:
            text = data.decode("utf-8-sig")
            found = schema_in(read_json(text))
        except UnicodeDecodeError:
            found = None
        except WrongJson as wrong:
            self._say(fault_words(wrong))
            return
        if found is None:
            self._say(self.tr("There is no schema in this file."))
            return
        self.show_schema(found)

    # Within

    def _lay_out(self) -> None:
        px = self._theme.px
        set_kind(self, "canvas")
        room = self.screen().availableSize()
        self.resize(min(px(820), room.width() - EDGE), min(px(600), room.height() - EDGE))
        self.schemas.setFixedWidth(px(190))
        for label in (self._name_label, self._text_label):
            set_kind(label, "section")
        self.state.setWordWrap(True)
        self.lack.setWordWrap(True)
        set_kind(self.lack, "warning-caption")
        for button in (self.go, self.fix):
            set_kind(button, "link")
        for button in (self.load, self.export, self.delete):
            set_kind(button, "ghost")
        for button in (self.save, self.cancel, self.make):
            set_kind(button, "secondary")
        set_kind(self.use, "primary")
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.name, 1)
        top.addWidget(self.strict)
        said, lack = QHBoxLayout(), QHBoxLayout()
        said.addWidget(self.state, 1)
        said.addWidget(self.go)
        lack.addWidget(self.lack, 1)
        lack.addWidget(self.fix)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._name_label)
        right.addLayout(top)
        right.addWidget(self._text_label)
        right.addWidget(self.text, 1)
        right.addLayout(said)
        right.addLayout(lack)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.schemas)
        middle.addLayout(right, 1)
        foot = QHBoxLayout()
        for button in (self.load, self.export, self.delete):
            foot.addWidget(button)
        foot.addStretch(1)
        for button in (self.save, self.cancel, self.make, self.use):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(14)
        column.addLayout(middle, 1)
        column.addLayout(foot)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter in a field or the list presses none of them

    def _connect(self) -> None:
        self.schemas.currentItemChanged.connect(self._show_chosen)
        for taken in (self.schemas.itemClicked, self.schemas.itemActivated):
            taken.connect(self._chosen)
        self.text.textChanged.connect(self._timer.start)
        self.text.overfilled.connect(self._refuse_paste)
        self.name.textChanged.connect(lambda _text: self._show_look())
        self.strict.toggled.connect(lambda _on: self._show_look())
        self.go.clicked.connect(lambda: self.text.go_to_line(self._look.line))
        self.fix.clicked.connect(self._fix)
        self.make.clicked.connect(self._make_from_example)
        self.load.clicked.connect(self.import_requested)
        self.export.clicked.connect(self._export)
        self.delete.clicked.connect(self._delete)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)
        self.use.clicked.connect(self._use)

    def _show_chosen(self) -> None:
        self.delete.setEnabled(self._chosen_kept() is not None)

    def _chosen(self, item: QListWidgetItem) -> None:
        """A row was clicked or entered: begin with that. Going past it changes nothing."""
        key = item.data(Qt.ItemDataRole.UserRole)
        if key == EXAMPLE:
            self._example = True
            self.text.setPlainText("")
            self._show_mode()
        elif key in set(Template):
            self.show_schema(NamedSchema(key, TEMPLATES[Template(key)]))
        elif (kept := self._chosen_kept()) is not None:
            self.show_schema(kept)

    def _chosen_kept(self) -> NamedSchema | None:
        return next((one for one in self._kept if one.id == self.schemas.chosen), None)

    def _show_mode(self) -> None:
        """A schema is written, or an example to make one from."""
        for button in (self.save, self.use, self.export):
            button.setVisible(not self._example)
        self.make.setVisible(self._example)
        self._look = Look("")
        self._retranslate()
        self._check_soon()

    def _check_soon(self) -> None:
        if not self._scope.closed:
            self._scope.start(self._check_text(self.text.toPlainText()), name="check a schema")

    async def _check_text(self, text: str) -> None:
        check: Check = (lambda _text, _value: None) if self._example else self._check
        look = await in_thread(look_at, text, check)
        if isValid(self.text) and self.text.toPlainText() == text:
            self._look = look
            self._show_look()

    def _show_look(self) -> None:
        """Say what is known of the text."""
        look, name_fits = self._look, is_name(self.name.text())
        wrong = said_of(look) if look.text or not self._example else ""
        if self._example and look.wrong is None:
            wrong = ""
        checked = look.text == self.text.toPlainText()
        fits = checked and look.schema is not None
        set_kind(self.text, "mono-wrong" if wrong and look.text.strip() else "mono")
        set_kind(self.name, "" if name_fits else "wrong")
        if not name_fits:
            wrong = self.tr("A name is 1 to 64 letters, digits, _ or -.")
        good = "" if self._example or not checked else self.tr("✓ A schema that can be followed")
        self._say(wrong, good)
        self.go.setVisible(bool(wrong) and name_fits and look.line > 0)
        lacks = lacks_of(look) if fits and self.strict.isChecked() and not self._example else ""
        self.lack.setText(lacks)
        self.lack.setVisible(bool(lacks))
        self.fix.setVisible(bool(lacks))
        for button in (self.use, self.save, self.export):
            button.setEnabled(fits and name_fits)
        self.make.setEnabled(checked and bool(look.text.strip()) and look.wrong is None)

    def _say(self, wrong: str, good: str = "") -> None:
        set_kind(self.state, "warning-caption" if wrong else "ok")
        self.state.setText(wrong or good)

    def _refuse_paste(self) -> None:
        wrong = is_too_long(" " * 10**6)
        self._say(fault_words(wrong) if wrong is not None else "")

    def _fix(self) -> None:
        if self._look.schema is not None:
            cursor = self.text.textCursor()
            cursor.select(cursor.SelectionType.Document)
            cursor.insertText(json_text(made_strict(self._look.schema)))  # one step to undo

    def _make_from_example(self) -> None:
        try:
            example = read_json(self.text.toPlainText())
        except WrongJson as wrong:
            self._say(fault_words(wrong))
            return
        self.show_schema(NamedSchema(named(self.name.text()), schema_of(example)))

    def _made(self) -> NamedSchema | None:
        """What stands there, where it can be used."""
        schema = self._look.schema
        fresh = self._look.text == self.text.toPlainText()
        if schema is None or not fresh or self._example or not is_name(self.name.text()):
            return None
        return NamedSchema(self.name.text(), schema, self.strict.isChecked())

    def _save(self) -> None:
        """Keep it under its name, in place of the one that is called so."""
        if (made := self._made()) is None:
            return
        before = next((one for one in self._kept if one.name == made.name), None)
        if before is None:
            self._keep((*self._kept, made), made)
        else:
            made = replace(made, id=before.id)
            self._keep(tuple(made if one is before else one for one in self._kept), made)

    def _delete(self) -> None:
        gone = self._chosen_kept()
        self._keep(tuple(one for one in self._kept if one is not gone), None)

    def _keep(self, kept: tuple[NamedSchema, ...], chosen: NamedSchema | None) -> None:
        self._kept = kept
        with QSignalBlocker(self.schemas):
            self.schemas.show_kept(kept, chosen.id if chosen is not None else "")
        self._show_chosen()
        self.kept_changed.emit(kept)

    def _export(self) -> None:
        if (made := self._made()) is not None:
            text = json.dumps(made.response_format(), ensure_ascii=False, indent=2) + "\n"
            self.export_requested.emit(text.encode("utf-8", "replace"), f"{made.name}.schema.json")

    def _use(self) -> None:
        if (made := self._made()) is not None:
            self.used.emit(made)
            self.accept()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Schema of the answer"))
        self._name_label.setText(self.tr("Name and strictness"))
        example = self._example
        self._text_label.setText(self.tr("Example") if example else self.tr("JSON Schema"))
        hint = self.tr("Paste a JSON that looks like the answer.")
        self.text.setPlaceholderText(hint if example else "")
        self.name.setAccessibleName(self.tr("Name of the schema"))
        self.text.setAccessibleName(self.tr("The schema"))
        self.strict.setText(self.tr("Strict"))
        self.strict.setToolTip(self.tr("The model must follow the schema exactly"))
        named_buttons = {
            self.go: self.tr("Go to the line"),
            self.fix: self.tr("Make it strict"),
            self.make: self.tr("Make a schema"),
            self.load: self.tr("Import…"),
            self.export: self.tr("Export…"),
            self.delete: self.tr("Delete"),
            self.save: self.tr("Save"),
            self.cancel: self.tr("Cancel"),
            self.use: self.tr("Use in this conversation"),
        }
        for button, words in named_buttons.items():
            button.setText(words)
            button.setAccessibleName(words)
        self.schemas.retranslate()
        self._show_look()
