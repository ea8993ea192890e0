"""Secrets of a tool: each by its name, its value given to the keyring and never shown again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.core.own_tool import LONGEST_TEXT, MOST_ITEMS
from app.kit.style import set_kind


class SecretRows(QWidget):
    """`names_changed` tells the names; `value_given` a name and its value, which is then gone
    from here; `name_left` one whose value is not needed any more."""

    names_changed = Signal(object)  # tuple of str
    value_given = Signal(str, str)
    name_left = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._add = QPushButton()
        self._rows: list[tuple[QLineEdit, QLineEdit, QPushButton]] = []
        self._held: frozenset[str] = frozenset()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        set_kind(self._add, "ghost")
        self._add.clicked.connect(lambda: self._grow())
        self._retranslate()

    @property
    def names(self) -> tuple[str, ...]:
        """Each name once, in order."""
        typed = (name.text().strip() for name, _value, _drop in self._rows)
        return tuple(dict.fromkeys(name for name in typed if name))

    def show_names(self, names: Sequence[str]) -> None:
        """Show these; nothing is told of it, and a row that is being filled in stays."""
        if tuple(names) == self.names:
            return
        while self._rows:
            self._drop_row(self._rows[-1])
        for name in names:
            self._make_row(name)
        self._held = frozenset()
        self._retranslate()

    def show_held(self, names: frozenset[str]) -> None:
        """Mark those whose value the keyring holds."""
        self._held = names
        self._retranslate()

    def _grow(self) -> None:
        name, _value, _drop = self._make_row("")
        self._retranslate()
        name.setFocus()

    def _make_row(self, text: str) -> tuple[QLineEdit, QLineEdit, QPushButton]:
        row = (QLineEdit(text), QLineEdit(), QPushButton())
        name, value, drop = row
        name.setMaxLength(200)
        value.setMaxLength(LONGEST_TEXT)
        value.setEchoMode(QLineEdit.EchoMode.Password)
        set_kind(drop, "ghost")
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(name, 2)
        line.addWidget(value, 3)
        line.addWidget(drop)
        self._column.insertLayout(len(self._rows), line)
        self._rows.append(row)
        name.editingFinished.connect(lambda: self.names_changed.emit(self.names))
        value.editingFinished.connect(lambda: self._give(name, value))
        drop.clicked.connect(lambda: self._remove(row))
        self._add.setEnabled(len(self._rows) < MOST_ITEMS)
        return row

    def _give(self, name: QLineEdit, value: QLineEdit) -> None:
        given, wanted = value.text(), name.text().strip()
        if given and wanted:
            value.clear()
            self.names_changed.emit(self.names)
            self.value_given.emit(wanted, given)

    def _remove(self, row: tuple[QLineEdit, QLineEdit, QPushButton]) -> None:
        name = row[0].text().strip()
        self._drop_row(row)
        self.names_changed.emit(self.names)
        if name and name not in self.names:
            self.name_left.emit(name)

    def _drop_row(self, row: tuple[QLineEdit, QLineEdit, QPushButton]) -> None:
        line = self._column.takeAt(self._rows.index(row))
        self._rows.remove(row)
        for part in row:
            part.blockSignals(True)
            part.hide()
            part.deleteLater()
        if line is not None:
            line.deleteLater() if isinstance(line, QHBoxLayout) else None
        self._add.setEnabled(True)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._add.setText(self.tr("Add a secret"))
        for name, value, drop in self._rows:
            held = name.text().strip() in self._held
            name.setPlaceholderText(self.tr("Name"))
            name.setAccessibleName(self.tr("Name of the secret"))
            value.setPlaceholderText(
                self.tr("In the keyring; type to replace it") if held else self.tr("Value")
            )
            value.setAccessibleName(self.tr("Value of the secret"))
            drop.setText(self.tr("Remove"))
            drop.setAccessibleName(self.tr("Remove this secret"))
