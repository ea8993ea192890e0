"""One MCP server: how it stands, what can be done with it, what it offers, and its log."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QPushButton, QTabBar, QVBoxLayout, QWidget

from app.core.mcp import McpServer, McpState
from app.core.visible_text import visible_line
from app.features.mcp.log_view import LogView
from app.features.mcp.offer_view import OfferView
from app.features.mcp.offered import prompt_rows, resource_rows, tool_rows
from app.features.mcp.run_card import RunCard
from app.features.mcp.servers import Servers
from app.features.mcp.words import command_line, trouble
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.elided_label import ElidedLabel
from app.kit.widgets.flow_area import FlowArea
from app.kit.widgets.plain_label import PlainLabel, plain_tip

BUTTONS = ("start", "stop", "restart", "edit", "copy", "delete")
TOOLS, PROMPTS, RESOURCES, LOG = range(4)
COMMAND = 300


class ServerPanel(QWidget):
    """Shows the server that it is told to; asks before what it would run is run."""

    edit_requested = Signal()
    copy_requested = Signal()
    delete_requested = Signal()

    def __init__(self, *, servers: Servers, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._servers = servers
        self._id, self._way_shown = "", ""
        self._asking = False
        self._command, self._says = ElidedLabel(), PlainLabel()
        self._trouble, self._enabled = PlainLabel(), QCheckBox()
        self._card = RunCard()
        self._buttons = {name: QPushButton() for name in BUTTONS}
        self._tabs, self._below = QTabBar(), QFrame()
        tools = OfferView(checkable=True, theme=theme, icons=icons)
        prompts, resources = (OfferView(checkable=False, theme=theme, icons=icons) for _ in "ab")
        self._offers = (tools, prompts, resources)
        self._log = LogView()
        self._shown: list[object] = [None] * 3
        self._build()
        self._connect()
        self._retranslate()

    def button(self, name: str) -> QPushButton:
        """One of the buttons: start, stop, restart, edit, copy, delete."""
        return self._buttons[name]

    def show_server(self, server: McpServer) -> None:
        """Show this one; where it has not been allowed, ask at once."""
        if server.id != self._id:
            self._shown = [None] * 3
            self._asking = not server.may_start
        elif not server.may_start and self._way_shown != server.fingerprint:
            self._asking = True
        self._id, self._way_shown = server.id, server.fingerprint
        self.refresh()

    def refresh(self) -> None:
        """Show how it stands by now."""
        server = self._servers.get(self._id)
        if server is None:
            return
        status = self._servers.status(server.id)
        self._asking = self._asking and not server.may_start
        self._card.setVisible(self._asking)
        if self._asking:
            self._card.show_server(server)
        line = command_line(server.way)
        self._command.setText(visible_line(line, COMMAND))
        self._command.setToolTip(plain_tip(visible_line(line, 10 * COMMAND)))
        self._trouble.setText(f"⚠ {said}" if (said := trouble(status)) else "")
        self._trouble.setVisible(bool(said))
        about = " ".join(p for p in (status.server_name, status.server_version) if p)
        if status.instructions:
            about = f"{about}: {status.instructions}" if about else status.instructions
        says = self.tr("It says of itself: %1").replace("%1", visible_line(about, COMMAND))
        self._says.setText(says)
        self._says.setVisible(bool(about))
        if self._enabled.isChecked() != server.enabled:
            self._enabled.setChecked(server.enabled)
        running = status.state in (McpState.STARTING, McpState.READY)
        self._buttons["start"].setVisible(not running)
        self._buttons["start"].setEnabled(server.enabled and not self._asking)
        self._buttons["stop"].setVisible(running)
        self._buttons["restart"].setVisible(status.state is McpState.READY)
        self._buttons["copy"].setEnabled(not self._servers.is_full)
        self._show_offers(server)
        if self._tabs.currentIndex() == LOG:
            self._log.show_lines(self._servers.log(server.id))

    def _build(self) -> None:
        for label in (self._command, self._says):
            set_kind(label, "caption")
        set_kind(self._trouble, "warning-caption")
        for label in (self._says, self._trouble):
            label.setWordWrap(True)
        set_kind(self._tabs, "sections")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        for _ in range(4):
            self._tabs.addTab("")
        buttons = FlowArea(gap=4, most_height=200)
        for name, button in self._buttons.items():
            set_kind(button, "secondary" if name in ("start", "stop", "restart") else "ghost")
            buttons.add(button)
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        for view in (*self._offers, self._log):
            below.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._command, self._card, self._trouble, buttons, self._enabled, self._says):
            column.addWidget(part)
        column.addWidget(self._tabs, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._below)
        self._show_tab(TOOLS)

    def _connect(self) -> None:
        self._card.allowed.connect(self._allow)
        self._card.put_off.connect(self._put_off)
        self._tabs.currentChanged.connect(self._show_tab)
        self._offers[TOOLS].switched.connect(self._servers.set_on)
        self._enabled.clicked.connect(lambda on: self._servers.set_enabled(self._id, on))
        for name, act in (
            ("start", self._start),
            ("stop", lambda: self._servers.stop(self._id)),
            ("restart", lambda: self._servers.restart(self._id)),
            ("edit", self.edit_requested.emit),
            ("copy", self.copy_requested.emit),
            ("delete", self.delete_requested.emit),
        ):
            self._buttons[name].clicked.connect(lambda _checked=False, act=act: act())

    def _start(self) -> None:
        server = self._servers.get(self._id)
        if server is not None and server.may_start:
            self._servers.start(server.id)
        else:
            self._asking = True
            self.refresh()

    def _allow(self) -> None:
        self._asking = False
        self._servers.allow(self._id)
        self.refresh()

    def _put_off(self) -> None:
        self._asking = False
        self.refresh()

    def _show_tab(self, place: int) -> None:
        for number, view in enumerate((*self._offers, self._log)):
            view.setVisible(number == place)
        if place == LOG:
            self._log.show_lines(self._servers.log(self._id))

    def _show_offers(self, server: McpServer) -> None:
        """Bring the lists up to date; those that are the same are left alone."""
        offer = self._servers.offer(server.id)
        nothing = self.tr("None. Start the server to see what it offers.")
        if self._servers.status(server.id).state is McpState.READY:
            nothing = self.tr("None.")
        rows = (
            lambda: tool_rows(self._servers, server),
            lambda: prompt_rows(offer.prompts),
            lambda: resource_rows(offer.resources),
        )
        switches = (self._servers.switches, self._servers.tools(server.id))
        for place, facts in enumerate((offer.tools, offer.prompts, offer.resources)):
            key = (facts, nothing, switches if place == TOOLS else None)
            if key != self._shown[place]:
                self._shown[place] = key
                self._offers[place].show_offered(rows[place](), nothing)
        for place, (words, count) in enumerate(
            (
                (self.tr("Tools"), len(offer.tools)),
                (self.tr("Prompts"), len(offer.prompts)),
                (self.tr("Resources"), len(offer.resources)),
            )
        ):
            self._tabs.setTabText(place, f"{words} {count}" if count else words)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._shown = [None] * 3
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._enabled.setText(self.tr("Use this server in conversations"))
        self._tabs.setTabText(LOG, self.tr("Log"))
        self._tabs.setAccessibleName(self.tr("What is shown of the server"))
        for name, words in (
            ("start", self.tr("Start")),
            ("stop", self.tr("Stop")),
            ("restart", self.tr("Restart")),
            ("edit", self.tr("Edit…")),
            ("copy", self.tr("Duplicate")),
            ("delete", self.tr("Delete")),
        ):
            self._buttons[name].setText(words)
            self._buttons[name].setAccessibleName(words)
        self.refresh()
