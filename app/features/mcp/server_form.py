"""The form of one MCP server: a program with its arguments, or an address with its headers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.core.mcp import Http, McpServer, Stdio
from app.core.mcp_paste import is_address
from app.features.mcp.rows import ArgumentRow, Rows, Variable, VariableRow, variables_of
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.choice_box import ChoiceBox
from app.kit.widgets.plain_label import PlainLabel

LONGEST_NAME = 120
HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
STDIO, HTTP = "stdio", "http"


@dataclass(frozen=True, slots=True)
class Filled:
    """What the form says; `secrets` are those that were typed, for the keyring alone."""

    name: str
    way: Stdio | Http
    secrets: dict[str, str] = field(default_factory=dict, repr=False)


class ServerForm(QFrame):
    """Nothing is kept before `saved`, which carries what is `Filled` in."""

    saved = Signal(object)
    cancelled = Signal()

    def __init__(self, *, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._title, self._problem = PlainLabel(), PlainLabel()
        self._kind = ChoiceBox(theme=theme, icons=icons)
        self._name, self._program, self._folder, self._address = (QLineEdit() for _ in range(4))
        self._arguments = Rows(ArgumentRow, theme=theme, icons=icons)
        self._variables = Rows(lambda: VariableRow(always_secret=False), theme=theme, icons=icons)
        self._headers = Rows(lambda: VariableRow(always_secret=True), theme=theme, icons=icons)
        self._save, self._cancel = QPushButton(), QPushButton()
        self._labels = {
            key: PlainLabel()
            for key in ("name", "kind", "program", "arguments", "folder", "env", "url", "headers")
        }
        self._adding = True
        self._build()
        self._kind.activated.connect(lambda _row: self._show_kind())
        self._save.clicked.connect(self._try_to_save)
        self._cancel.clicked.connect(self.cancelled)
        self._retranslate()

    def show_server(self, server: McpServer | None) -> None:
        """Fill in this server; None: a new one."""
        way = server.way if server is not None else Stdio(("",))
        self._adding = server is None
        self._name.setText(server.name if server is not None else "")
        self._kind.setCurrentIndex(self._kind.findData(HTTP if isinstance(way, Http) else STDIO))
        for rows in (self._arguments, self._variables, self._headers):
            rows.clear()
        self._address.setText(way.url if isinstance(way, Http) else "")
        command = way.command if isinstance(way, Stdio) else ("",)
        self._program.setText(command[0])
        self._folder.setText(way.cwd if isinstance(way, Stdio) else "")
        for argument in command[1:]:
            row = self._arguments.add()
            assert isinstance(row, ArgumentRow)
            row.show_argument(argument)
        plain = way.env if isinstance(way, Stdio) else ()
        variables = [Variable(name, value) for name, value in plain]
        variables += [Variable(name, secret=True, held=True) for name in way.secrets]
        for variable in variables:
            row = (self._headers if isinstance(way, Http) else self._variables).add()
            assert isinstance(row, VariableRow)
            row.show_variable(variable)
        self._say("")
        self._show_kind()
        self._retranslate()
        self._name.setFocus()

    def _build(self) -> None:
        set_kind(self, "card")
        set_kind(self._title, "heading")
        set_kind(self._problem, "error-caption")
        self._problem.setWordWrap(True)
        set_kind(self._save, "primary")
        set_kind(self._cancel, "secondary")
        self._name.setMaxLength(LONGEST_NAME)
        for kind in (STDIO, HTTP):
            self._kind.addItem("", kind)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(5)
        column.addWidget(self._title)
        fields: tuple[tuple[str, QWidget], ...] = (
            ("name", self._name),
            ("kind", self._kind),
            ("program", self._program),
            ("arguments", self._arguments),
            ("folder", self._folder),
            ("env", self._variables),
            ("url", self._address),
            ("headers", self._headers),
        )
        for key, widget in fields:
            set_kind(self._labels[key], "section")
            self._labels[key].setBuddy(widget)
            column.addWidget(self._labels[key])
            column.addWidget(widget)
        column.addWidget(self._problem)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._save)
        buttons.addWidget(self._cancel)
        buttons.addStretch(1)
        column.addSpacing(4)
        column.addLayout(buttons)

    def _show_kind(self) -> None:
        http = self._kind.currentData() == HTTP
        for key, widget in (("url", self._address), ("headers", self._headers)):
            self._labels[key].setVisible(http)
            widget.setVisible(http)
        for key, widget in (
            ("program", self._program),
            ("arguments", self._arguments),
            ("folder", self._folder),
            ("env", self._variables),
        ):
            self._labels[key].setVisible(not http)
            widget.setVisible(not http)

    def _try_to_save(self) -> None:
        http = self._kind.currentData() == HTTP
        variables = variables_of((self._headers if http else self._variables).rows)
        problem = self._address_problem() if http else self._program_problem()
        problem = problem or self._variables_problem(variables, http=http)
        self._say(problem)
        if problem:
            return
        secrets = tuple(v.name for v in variables if v.secret)
        way: Stdio | Http
        if http:
            way = Http(self._address.text().strip(), secrets)
        else:
            arguments = (r.argument for r in self._arguments.rows if isinstance(r, ArgumentRow))
            plain = tuple((v.name, v.value) for v in variables if not v.secret)
            command = (self._program.text().strip(), *arguments)
            way = Stdio(command, self._folder.text().strip(), plain, secrets)
        name = self._name.text().strip() or (way.url if isinstance(way, Http) else way.command[0])
        typed = {v.name: v.value for v in variables if v.secret and v.value}
        self.saved.emit(Filled(name, way, typed))
        for rows in (self._variables, self._headers):
            rows.clear()  # no secret stays in a field

    def _address_problem(self) -> str:
        if is_address(self._address.text().strip()):
            return ""
        return self.tr("The address must be http or https, without a name and password in it.")

    def _program_problem(self) -> str:
        return "" if self._program.text().strip() else self.tr("A program is needed.")

    def _variables_problem(self, variables: list[Variable], *, http: bool) -> str:
        names = [v.name.lower() if http else v.name for v in variables]
        for variable, name in zip(variables, names, strict=True):
            fits = HEADER.fullmatch(name) if http else name and "=" not in name
            if not fits:
                said = self.tr("“%1” cannot be a name here.")
            elif names.count(name) > 1:
                said = self.tr("“%1” is there twice.")
            elif variable.secret and not variable.value and not variable.held:
                said = self.tr("The secret “%1” has no value yet.")
            else:
                continue
            return said.replace("%1", variable.name)
        return ""

    def _say(self, problem: str) -> None:
        self._problem.setText(f"⚠ {problem}" if problem else "")
        self._problem.setVisible(bool(problem))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        adding = self._adding
        self._title.setText(self.tr("Add a server") if adding else self.tr("Edit the server"))
        self._kind.setItemText(0, self.tr("A program on this computer (stdio)"))
        self._kind.setItemText(1, self.tr("An address (streamable HTTP)"))
        for key, words, edit in (
            ("name", self.tr("Name"), self._name),
            ("kind", self.tr("How it is reached"), self._kind),
            ("program", self.tr("Program"), self._program),
            ("arguments", self.tr("Arguments, one a line"), self._arguments),
            ("folder", self.tr("Working folder (may be empty)"), self._folder),
            ("env", self.tr("Environment variables"), self._variables),
            ("url", self.tr("Address"), self._address),
            ("headers", self.tr("Headers, kept in the system keyring"), self._headers),
        ):
            self._labels[key].setText(words)
            edit.setAccessibleName(words)
        self._arguments.set_words(self.tr("+ Add an argument"), self.tr("Remove this argument"))
        self._variables.set_words(self.tr("+ Add a variable"), self.tr("Remove this variable"))
        self._headers.set_words(self.tr("+ Add a header"), self.tr("Remove this header"))
        self._save.setText(self.tr("Save"))
        self._cancel.setText(self.tr("Cancel"))
