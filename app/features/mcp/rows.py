"""Lists that a person fills in row by row: arguments, and names with values or secrets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme

translate = QCoreApplication.translate
ICON = 14


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable or header as it stands in the form; `held`: the keyring has its value."""

    name: str
    value: str = ""
    secret: bool = False
    held: bool = False


class Rows(QWidget):
    """Rows below each other, each with a button that takes it away, and one that adds another."""

    def __init__(self, make_row: Callable[[], QWidget], *, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._make_row, self._theme, self._icons = make_row, theme, icons
        self._rows: list[tuple[QWidget, QWidget, QPushButton]] = []
        self._words = ("", "")
        self._add = QPushButton()
        set_kind(self._add, "ghost")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        line = QHBoxLayout()
        line.addWidget(self._add)
        line.addStretch(1)
        self._column.addLayout(line)
        self._add.clicked.connect(lambda: self.add().setFocus())
        theme.changed.connect(self._restyle)

    @property
    def rows(self) -> tuple[QWidget, ...]:
        return tuple(row for row, _line, _button in self._rows)

    def add(self) -> QWidget:
        """A new row, last."""
        row, remove, line = self._make_row(), QPushButton(), QWidget()
        set_kind(remove, "icon")
        inside = QHBoxLayout(line)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(row, 1)
        inside.addWidget(remove)
        self._column.insertWidget(len(self._rows), line)
        line.show()  # the layout would do so later, and the focus waits for it
        entry = (row, line, remove)
        self._rows.append(entry)
        remove.clicked.connect(lambda: self._remove(entry))
        self._restyle()
        self.set_words(*self._words)
        return row

    def clear(self) -> None:
        while self._rows:
            self._remove(self._rows[-1])

    def set_words(self, add: str, remove: str) -> None:
        """What the buttons are called."""
        self._words = add, remove
        self._add.setText(add)
        self._add.setAccessibleName(add)
        for _row, _line, button in self._rows:
            button.setAccessibleName(remove)
            button.setToolTip(remove)

    def _remove(self, entry: tuple[QWidget, QWidget, QPushButton]) -> None:
        self._rows.remove(entry)
        entry[1].hide()
        entry[1].deleteLater()

    def _restyle(self) -> None:
        size = self._theme.px(ICON)
        for _row, _line, button in self._rows:
            button.setIcon(self._icons.icon("close", self._theme.tokens.text_2, size))


class ArgumentRow(QLineEdit):
    """One argument, kept as it is while nobody types: a line edit would drop its line ends."""

    def __init__(self) -> None:
        super().__init__()
        self._argument = ""
        self.setAccessibleName(translate("Mcp", "Argument"))
        self.textEdited.connect(self._typed)

    @property
    def argument(self) -> str:
        return self._argument

    def show_argument(self, argument: str) -> None:
        self._argument = argument
        self.setText(argument)

    def _typed(self, text: str) -> None:
        self._argument = text


class VariableRow(QWidget):
    """A name, its value, and whether that is a secret; one that is held is not shown."""

    secret_chosen = Signal()

    def __init__(self, *, always_secret: bool) -> None:
        super().__init__()
        self._held = ""
        self._name, self._value, self._secret = QLineEdit(), QLineEdit(), QCheckBox()
        self._secret.setChecked(always_secret)
        self._secret.setVisible(not always_secret)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._name, 2)
        row.addWidget(self._value, 3)
        row.addWidget(self._secret)
        self.setFocusProxy(self._name)
        self._secret.toggled.connect(self._show_secrecy)
        self._name.textEdited.connect(lambda _text: self._show_secrecy())
        self._name.setPlaceholderText(translate("Mcp", "Name"))
        self._name.setAccessibleName(translate("Mcp", "Variable name"))
        self._value.setAccessibleName(translate("Mcp", "Variable value"))
        self._secret.setText(translate("Mcp", "Secret"))
        self._secret.setToolTip(translate("Mcp", "Kept in the system keyring"))
        self._show_secrecy()

    @property
    def variable(self) -> Variable:
        secret = self._secret.isChecked()
        held = secret and not self._value.text() and self._name.text().strip() == self._held != ""
        return Variable(self._name.text().strip(), self._value.text(), secret, held)

    def show_variable(self, variable: Variable) -> None:
        self._held = variable.name if variable.held else ""
        self._name.setText(variable.name)
        self._value.setText(variable.value)
        self._secret.setChecked(variable.secret)
        self._show_secrecy()

    def _show_secrecy(self) -> None:
        secret = self._secret.isChecked()
        mode = QLineEdit.EchoMode.Password if secret else QLineEdit.EchoMode.Normal
        self._value.setEchoMode(mode)
        hint = translate("Mcp", "Value")
        if secret and self._held and self._name.text().strip() == self._held:
            hint = translate("Mcp", "Kept in the keyring; type to replace it")
        self._value.setPlaceholderText(hint)


def variables_of(rows: Sequence[QWidget]) -> list[Variable]:
    """What the rows say; those that are left empty say nothing."""
    said = [row.variable for row in rows if isinstance(row, VariableRow)]
    return [variable for variable in said if variable.name or variable.value]
