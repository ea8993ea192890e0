"""Asks before a server's exact command first runs, or its address is first asked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from app.core.mcp import Http, McpServer
from app.features.mcp.words import exact_argument, exact_words
from app.kit.style import set_kind
from app.kit.widgets.plain_label import PlainLabel
from app.kit.widgets.text_pane import PADDING, TextPane

MOST_HEIGHT = 0.5
"""Of the window: what is longer scrolls."""


class _WholePane(TextPane):
    """As high as all its lines, those that wrap included: nothing is out of sight unnoticed."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_lines()

    def fit_lines(self) -> None:
        most = round(self.window().height() * MOST_HEIGHT)
        height = 2.0 * (round(self.document().documentMargin()) + PADDING)
        block = self.document().firstBlock()
        while block.isValid() and height < most:  # a line of Chinese is higher than others
            height += self.blockBoundingRect(block).height()
            block = block.next()
        self.setFixedHeight(min(round(height), most))


class RunCard(QFrame):
    """Shows all that decides what is run, nothing hidden in it. `allowed` or `put_off`."""

    allowed = Signal()
    put_off = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._server: McpServer | None = None
        self._title, self._about, self._pane = PlainLabel(), PlainLabel(), _WholePane()
        self._run, self._later = QPushButton(), QPushButton()
        set_kind(self, "card")
        set_kind(self._title, "heading")
        set_kind(self._about, "caption")
        set_kind(self._run, "primary")
        set_kind(self._later, "secondary")
        self._title.setWordWrap(True)
        self._about.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._run)
        buttons.addWidget(self._later)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(6)
        for part in (self._title, self._pane, self._about):
            column.addWidget(part)
        column.addLayout(buttons)
        self._run.clicked.connect(self.allowed)
        self._later.clicked.connect(self.put_off)
        self._retranslate()

    def show_server(self, server: McpServer) -> None:
        self._server = server
        self._retranslate()

    @property
    def said(self) -> str:
        """What it shows of the server."""
        return self._pane.text

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._later.setText(self.tr("Not now"))
        server = self._server
        if server is None:
            return
        if http := isinstance(server.way, Http):
            self._title.setText(self.tr("Connect to this address?"))
            self._run.setText(self.tr("Connect"))
        else:
            self._title.setText(self.tr("Run this program on your computer?"))
            self._run.setText(self.tr("Run"))
        self._pane.setAccessibleName(self._title.text())
        self._pane.show_text("\n".join(self._lines(server)))
        self._pane.fit_lines()
        about = self.tr(
            "It runs with your rights: it can read and change your files and use the network. Run "
            "only what you trust. You are asked again whenever any of this changes."
        )
        if http:
            about = self.tr(
                "What the model gives to its tools is sent there. You are asked again whenever "
                "the address or a header's name changes."
            )
        self._about.setText(about)

    def _lines(self, server: McpServer) -> list[str]:
        """Each thing in a line of its own."""
        way = server.way
        secrets = ", ".join(exact_words(name) for name in way.secrets)
        if isinstance(way, Http):
            lines = [exact_words(way.url)]
            if secrets:
                lines += ["", self.tr("Headers from the keyring: %1").replace("%1", secrets)]
            return lines
        lines = [exact_argument(way.command[0])]
        lines += [f"    {exact_argument(argument)}" for argument in way.command[1:]]
        lines.append("")
        folder = exact_argument(way.cwd) if way.cwd else self.tr("where Porthole was started")
        lines.append(self.tr("Folder: %1").replace("%1", folder))
        for name, value in way.env:
            line = self.tr("Variable: %1").replace("%1", f"{exact_words(name)}=")
            lines.append(line + exact_argument(value))
        if secrets:
            lines.append(self.tr("Variables from the keyring: %1").replace("%1", secrets))
        return lines
