"""What a schema can begin with: the templates, an example, and those that are kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.core.named_schema import NamedSchema
from app.core.schema_templates import Template
from app.kit.style import set_kind

EXAMPLE, KEY = "from an example", Qt.ItemDataRole.UserRole


class SchemaList(QListWidget):
    """Each row's key is a template's value, `EXAMPLE`, or the id of a schema that is kept."""

    def __init__(self) -> None:
        super().__init__()
        set_kind(self, "presets")
        for key in (*Template, EXAMPLE):
            self._add(str(key), "")
        self.retranslate()

    @property
    def chosen(self) -> str:
        """The key of the row that is chosen; empty: none is."""
        item = self.currentItem()
        return str(item.data(KEY)) if item is not None else ""

    def show_kept(self, kept: Sequence[NamedSchema], chosen: str = "") -> None:
        """Show these below the templates, and choose one of them."""
        first = len(Template) + 1
        while self.count() > first:
            self.takeItem(first)
        for one in kept:
            self._add(one.id, one.name)
            if one.id == chosen:
                self.setCurrentRow(self.count() - 1)
        if not chosen:
            self.setCurrentRow(-1)

    def _add(self, key: str, words: str) -> None:
        item = QListWidgetItem(words)
        item.setData(KEY, key)
        self.addItem(item)

    def retranslate(self) -> None:
        """Called by whoever shows it, when the language changes."""
        names = {
            Template.RECEIPT: self.tr("Template: receipt"),
            Template.TABLE: self.tr("Template: table"),
            Template.CONTACT: self.tr("Template: contact"),
            Template.KEY_POINTS: self.tr("Template: key points"),
            EXAMPLE: self.tr("From an example…"),
        }
        for row, words in enumerate(names.values()):
            self.item(row).setText(words)
        self.setAccessibleName(self.tr("Templates and saved schemas"))
